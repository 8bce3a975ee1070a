"""The pages of an EPUB as XHTML. Pure; whatever comes from a text is escaped here."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from issues import numbering
from issues.exports import bodies, colophon, notes
from issues.exports.bodies import Block
from issues.exports.shape import Book, BookArticle, BookAuthor, BookSection, Face
from issues.exports.xhtml import Paths, Writer, line

#: The QR code of the issue.
CODE = "code.svg"
#: Columns that a phone shows beside each other; where there are more, characters for each.
_FITS, _ACROSS = 4, 5

_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="zh-Hans" xml:lang="zh-Hans">
<head>
<meta charset="UTF-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}
</body>
</html>
"""  # noqa: E501


_PAGE_BREAK = (
    '<span epub:type="pagebreak" role="doc-pagebreak" id="{id}" aria-label="第 {page} 页"></span>'
)


def page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)


def cover(alt: str, file: str) -> str:
    image = f"<img src={quoteattr(file)} alt={quoteattr(alt)}/>"
    return page("封面", f'<section class="cover" epub:type="cover">{image}</section>')


def imprint(book: Book, face: Face) -> str:
    """The colophon."""
    told = "".join(
        f"<dt>{each.name}</dt><dd>{escape(each.words)}</dd>"
        for each in colophon.imprint(book, face)
    )
    alt = f"二维码：{face.name}{numbering.label(book)}在网上"
    code = f'<p class="plain"><img class="code" src="{CODE}" alt={quoteattr(alt)}/></p>'
    words = "".join(
        line("plain", words) for words in (book.theme, book.standfirst, face.about, book.slogan)
    )
    heading = f"<h1>{escape(face.name)}</h1>"
    english = f'<p class="plain" lang="en" xml:lang="en">{escape(face.name_en)}</p>'
    body = f"{heading}{english}{words}<dl>{told}</dl>{code if face.address else ''}"
    return page(
        "版权页",
        f'<section epub:type="colophon" role="doc-colophon" aria-label="版权页">{body}</section>',
    )


def entry(shown: BookArticle) -> str:
    """What a list of contents shows of an article: its title, and who signed it."""
    named = colophon.byline(shown.authors)
    return escape(shown.title) + (f' <span class="by">{escape(named)}</span>' if named else "")


def section(part: BookSection, listed: Iterable[tuple[str, BookArticle]]) -> str:
    """The page that opens a section: what stands in it; `listed` are (file, article)."""
    english = f'<p class="plain" lang="en" xml:lang="en">{escape(part.name_en)}</p>'
    articles = "".join(
        f'<li><a href="{file}">{entry(each)}</a>{line("summary", each.standfirst)}</li>'
        for file, each in listed
    )
    opening = f"<h1>{escape(part.name)}</h1>{english if part.name_en else ''}"
    body = f'{opening}<ol class="within">{articles}</ol>'
    return page(part.name, _section("part", part.name, ' class="part"', body))


def page_mark(number: int) -> str:
    """The id of the place where a page of print begins."""
    return f"page-{number}"


def article(
    shown: BookArticle, part: BookSection, paths: Paths, *, begins: int | None = None
) -> str:
    """`begins` is the page of print that it begins on."""
    own = {picture.token for picture in shown.pictures}
    blocks = notes.gather(bodies.of(shown.body, shown.pictures))
    writer = _Writer({token: file for token, file in paths.items() if token in own})
    kind = "preface" if part.is_preamble else "chapter"
    mark = "" if begins is None else _PAGE_BREAK.format(id=page_mark(begins), page=begins)
    body = (
        f'{mark}<p class="rubric">{escape(part.name)}</p>'
        + line("kicker", shown.kicker)
        + f"<h1>{escape(shown.title)}</h1>"
        + line("standfirst", shown.standfirst)
        + _byline(shown.authors)
        + writer.blocks(blocks)
        + writer.asides()
    )
    looks = ' class="preamble"' if part.is_preamble else ""
    return page(shown.title, _section(kind, shown.title, looks, body))


def _section(kind: str, name: str, looks: str, body: str) -> str:
    """Told twice what it is: to programs that read books, and to those that read aloud."""
    told = f'epub:type="{kind}" role="doc-{kind}" aria-label={quoteattr(name)}'
    return f"<section {told}{looks}>{body}</section>"


def _byline(authors: Iterable[BookAuthor]) -> str:
    named = colophon.byline(authors)
    ring = '<span class="ring" aria-hidden="true">◎</span>'
    return f'<p class="byline">{ring}{escape(named)}</p>' if named else ""


class _Writer(Writer):
    """E-readers show what is typed as a note in a window of its own."""

    FOOTNOTE = ' epub:type="footnote"'
    REFERENCE = ' epub:type="noteref"'

    def _table(self, block: Block) -> str:
        """One that a phone cannot show keeps its width and scrolls by itself."""
        table = super()._table(block)
        if block["columns"] <= _FITS:
            return table
        words = bodies.text(block["caption"]).strip()
        label = quoteattr(f"表格：{words}" if words else "表格")
        width = f"min-width: {block['columns'] * _ACROSS}em"
        table = table.replace("<table>", f'<table style="{width}">', 1)
        return f'<div class="table" role="group" aria-label={label} tabindex="0">{table}</div>'
