"""The pages of an EPUB as XHTML. Pure; whatever comes from a text is escaped here."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from issues.exports import bodies, notes
from issues.exports.bodies import Block, Word
from issues.exports.shape import Book, BookArticle, BookAuthor, BookSection, Face

#: Files of pictures by their token.
Paths = dict[str, str]

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


def page(title: str, body: str) -> str:
    return _PAGE.format(title=escape(title), body=body)


def cover(alt: str, file: str) -> str:
    image = f"<img src={quoteattr(file)} alt={quoteattr(alt)}/>"
    return page("封面", f'<section class="cover" epub:type="cover">{image}</section>')


def imprint(book: Book, face: Face, label: str) -> str:
    """The colophon: what is not known is not mentioned."""
    date = f"{book.date.year}年{book.date.month}月{book.date.day}日" if book.date else ""
    facts = {
        "期号": label,
        "出刊日期": date,
        "编印": book.compiled_by,
        "电话": book.telephone,
        "网址": book.website,
        "投稿": book.submissions_to,
    }
    told = "".join(
        f"<dt>{name}</dt><dd>{escape(fact)}</dd>" for name, fact in facts.items() if fact
    )
    words = "".join(
        f'<p class="plain">{escape(line)}</p>'
        for line in (book.theme, book.standfirst, face.about, book.slogan)
        if line
    )
    heading = f"<h1>{escape(face.name)}</h1>"
    english = f'<p class="plain" lang="en" xml:lang="en">{escape(face.name_en)}</p>'
    body = f"{heading}{english}{words}<dl>{told}</dl>"
    return page("版权页", f'<section epub:type="colophon">{body}</section>')


def section(part: BookSection) -> str:
    """The page that opens a section."""
    english = f'<p class="plain" lang="en" xml:lang="en">{escape(part.name_en)}</p>'
    body = f"<h1>{escape(part.name)}</h1>{english if part.name_en else ''}"
    return page(part.name, f'<section class="part" epub:type="part">{body}</section>')


def article(shown: BookArticle, part: BookSection, paths: Paths) -> str:
    own = {picture.token for picture in shown.pictures}
    blocks = notes.gather(bodies.read(shown.body))
    writer = _Writer({token: file for token, file in paths.items() if token in own})
    kind = "preface" if part.is_preamble else "chapter"
    body = (
        f'<p class="rubric">{escape(part.name)}</p>'
        + _line("kicker", shown.kicker)
        + f"<h1>{escape(shown.title)}</h1>"
        + _line("standfirst", shown.standfirst)
        + _byline(shown.authors)
        + writer.blocks(blocks)
        + writer.asides()
    )
    looks = ' class="preamble"' if part.is_preamble else ""
    return page(shown.title, f'<section epub:type="{kind}"{looks}>{body}</section>')


def _line(name: str, words: str) -> str:
    return f'<p class="{name}">{escape(words)}</p>' if words else ""


def _byline(authors: Iterable[BookAuthor]) -> str:
    named = "　".join(f"{author.branch} {author.name}".strip() for author in authors)
    ring = '<span class="ring" aria-hidden="true">◎</span>'
    return f'<p class="byline">{ring}{escape(named)}</p>' if named else ""


class _Writer:
    """Blocks and words as XHTML; keeps the notes for the end. The title of the page is an h1."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._notes: list[Word] = []
        self._level = 1

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(getattr(self, f"_{block['kind']}")(block) for block in blocks)

    def words(self, words: Iterable[Word]) -> str:
        return "".join(getattr(self, f"_{word['kind']}")(word) for word in words)

    def asides(self) -> str:
        return "".join(
            f'<aside epub:type="footnote" role="doc-footnote" id="n{note["number"]}">'
            f'<p class="plain">{note["number"]}. {self.words(note["words"])}</p></aside>'
            for note in self._notes
        )

    # Blocks

    def _p(self, block: Block) -> str:
        return f"<p>{self.words(block['words'])}</p>"

    def _heading(self, block: Block) -> str:
        """No level is left out, whatever the writer chose."""
        self._level = min(block["level"], self._level + 1)
        return f"<h{self._level}>{self.words(block['words'])}</h{self._level}>"

    def _list(self, block: Block) -> str:
        items = "".join(f"<li>{self.blocks(item)}</li>" for item in block["items"])
        if block["ordered"]:
            start = f' start="{block["start"]}"' if block["start"] != 1 else ""
            return f"<ol{start}>{items}</ol>"
        return f'<ul class="marks">{items}</ul>' if block["marked"] else f"<ul>{items}</ul>"

    def _quote(self, block: Block) -> str:
        return f"<blockquote>{self.blocks(block['blocks'])}</blockquote>"

    def _rule(self, block: Block) -> str:
        return "<hr/>"

    def _figure(self, block: Block) -> str:
        caption = self.words(block["caption"])
        if block["token"] not in self._paths:
            return f"<p>{caption}</p>" if caption else ""
        told = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{self._picture(block)}{told}</figure>"

    def _table(self, block: Block) -> str:
        caption = self.words(block["caption"])
        rows: dict[int, list[str]] = {}
        for cell in block["cells"]:
            rows.setdefault(cell["y"], []).append(self._cell(cell))
        head, body = [], []
        for y in range(max(cell["y"] + cell["rowspan"] for cell in block["cells"])):
            into = head if y < block["header"] else body
            into.append(f"<tr>{''.join(rows.get(y, ()))}</tr>")
        told = f"<caption>{caption}</caption>" if caption else ""
        thead = f"<thead>{''.join(head)}</thead>" if head else ""
        return f"<table>{told}{thead}<tbody>{''.join(body)}</tbody></table>"

    def _cell(self, cell: dict) -> str:
        tag = "th" if cell["head"] else "td"
        wide = f' colspan="{cell["colspan"]}"' if cell["colspan"] > 1 else ""
        high = f' rowspan="{cell["rowspan"]}"' if cell["rowspan"] > 1 else ""
        return f"<{tag}{wide}{high}>{self.blocks(cell['blocks'])}</{tag}>"

    # Words

    def _text(self, word: Word) -> str:
        return escape(word["text"])

    def _break(self, word: Word) -> str:
        return "<br/>"

    def _picture(self, word: Word) -> str:
        file = self._paths.get(word["token"])
        return f"<img src={quoteattr(file)} alt={quoteattr(word['alt'])}/>" if file else ""

    def _strong(self, word: Word) -> str:
        return f"<strong>{self.words(word['words'])}</strong>"

    def _em(self, word: Word) -> str:
        return f"<em>{self.words(word['words'])}</em>"

    def _sup(self, word: Word) -> str:
        return f"<sup>{self.words(word['words'])}</sup>"

    def _sub(self, word: Word) -> str:
        return f"<sub>{self.words(word['words'])}</sub>"

    def _link(self, word: Word) -> str:
        return f"<a href={quoteattr(word['to'])}>{self.words(word['words'])}</a>"

    def _note(self, word: Word) -> str:
        self._notes.append(word)
        number = word["number"]
        return (
            f'<sup><a epub:type="noteref" role="doc-noteref" href="#n{number}">{number}</a></sup>'
        )
