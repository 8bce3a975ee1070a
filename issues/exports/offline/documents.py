"""The pages of the static copy as HTML. Pure; whatever comes from a text is escaped here."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from issues.exports import bodies, colophon, notes
from issues.exports.shape import Book, BookArticle, BookCorrection, BookEdition, BookSection, Face
from issues.exports.xhtml import Paths, Writer, line

_PAGE = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="{root}style.css">
</head>
<body>
{body}
</body>
</html>
"""


def names(book: Book) -> list[str]:
    """The file of each article, in print order."""
    digits = max(2, len(str(len(book.articles))))
    return [f"articles/{at:0{digits}d}.html" for at in range(1, len(book.articles) + 1)]


def index(
    book: Book, face: Face, edition: BookEdition, cover: str, files: Mapping[str, str]
) -> str:
    """Cover, facts, contents, corrections, colophon."""
    label = colophon.label(book)
    body = (
        f'<header class="front"><img class="cover" src={quoteattr(cover)}'
        f" alt={quoteattr(f'封面：{face.name}{label}')}>"
        f'<div class="facts"><h1>{escape(face.name)}</h1>{_english("p", face.name_en)}'
        f'<p class="number">{escape(label)}</p>'
        f"{line('theme', book.theme)}{line('standfirst', book.standfirst)}{_offers(files)}"
        f"</div></header>\n<main>{_contents(book)}"
        f"{_all_corrections(book, edition.corrections)}</main>\n{_colophon(book, face)}"
    )
    return _PAGE.format(title=escape(f"{face.name} {label}"), root="", body=body)


def _english(tag: str, words: str) -> str:
    return f'<{tag} class="english" lang="en">{escape(words)}</{tag}>' if words else ""


def _offers(files: Mapping[str, str]) -> str:
    links = "".join(
        f"<li><a href={quoteattr(name)}>{escape(words)}</a></li>" for name, words in files.items()
    )
    return f'<ul class="offers">{links}</ul>' if links else ""


def _contents(book: Book) -> str:
    """By section; articles are in print order, so each section stands together."""
    known = {part.slug: part for part in book.sections}
    rows = zip(names(book), book.articles, strict=True)
    parts = [
        f"<section><h3>{escape(known[slug].name)} {_english('span', known[slug].name_en)}</h3>"
        f"<ol>{''.join(_entry(name, article) for name, article in group)}</ol></section>"
        for slug, group in groupby(rows, key=lambda row: row[1].section)
    ]
    return f'<section class="contents"><h2>目录</h2>{"".join(parts)}</section>'


def _entry(name: str, article: BookArticle) -> str:
    kicker = f'<span class="kicker">{escape(article.kicker)}</span>' if article.kicker else ""
    by = colophon.byline(article.authors)
    told = f'<span class="by">{escape(by)}</span>' if by else ""
    return f'<li>{kicker}<a href="{name}">{escape(article.title)}</a>{told}</li>'


def _colophon(book: Book, face: Face) -> str:
    told = "".join(
        f"<div><dt>{name}</dt><dd>{escape(fact)}</dd></div>"
        for name, fact in colophon.imprint(book).items()
    )
    return (
        f"<footer>{line('slogan', book.slogan)}{line('about', face.about)}<dl>{told}</dl></footer>"
    )


# Articles


def article(book: Book, face: Face, edition: BookEdition, at: int, paths: Paths) -> str:
    """The page of the article at that place, from 0; `paths` are seen from the root."""
    shown = book.articles[at]
    part = next(part for part in book.sections if part.slug == shown.section)
    own = {picture.token for picture in shown.pictures}
    writer = Writer({token: f"../{path}" for token, path in paths.items() if token in own})
    words = writer.blocks(notes.gather(bodies.read(shown.body)))
    home = escape(f"{face.name} {colophon.label(book)}")
    mended = [each for each in edition.corrections if each.article == at + 1]
    body = (
        f'<nav class="home" aria-label="本期"><a href="../index.html">{home}</a></nav>\n'
        f"<main><article{_looks(part)}>{_opening(shown, part)}\n"
        f'<div class="body">{words}</div>\n{_notes(writer)}'
        f"{_corrections(_dated(each) for each in mended)}</article></main>\n{_turn(book, at)}"
    )
    return _PAGE.format(title=escape(f"{shown.title} · {face.name}"), root="../", body=body)


def _looks(part: BookSection) -> str:
    return ' class="preamble"' if part.is_preamble else ""


def _opening(shown: BookArticle, part: BookSection) -> str:
    by = colophon.byline(shown.authors)
    ring = '<span class="ring" aria-hidden="true">◎</span>'
    return (
        f"<header>{line('rubric', part.name)}{line('kicker', shown.kicker)}"
        f"<h1>{escape(shown.title)}</h1>{line('standfirst', shown.standfirst)}"
        + (f'<p class="byline">{ring}{escape(by)}</p>' if by else "")
        + "</header>"
    )


def _notes(writer: Writer) -> str:
    told = writer.asides()
    return f'<section class="notes"><h2>注释</h2>{told}</section>\n' if told else ""


def _turn(book: Book, at: int) -> str:
    """To the articles before and after; they lie in the same folder."""
    files = [name.removeprefix("articles/") for name in names(book)]
    links = [
        f'<a rel="{rel}" href="{files[there]}"><span>{words}</span>'
        f"{escape(book.articles[there].title)}</a>"
        for there, rel, words in ((at - 1, "prev", "上一篇"), (at + 1, "next", "下一篇"))
        if 0 <= there < len(files)
    ]
    return f'<nav class="turn" aria-label="前后文章">{"".join(links)}</nav>' if links else ""


# Corrections


def _all_corrections(book: Book, corrections: Iterable[BookCorrection]) -> str:
    files = names(book)
    return _corrections(_dated(each, _where(book, files, each.article)) for each in corrections)


def _where(book: Book, files: list[str], place: int) -> str:
    """The article at that place; 0 is the cover or the colophon."""
    if not place:
        return "本期"
    title = escape(book.articles[place - 1].title)
    return f'<a href="{files[place - 1]}">{title}</a>'


def _corrections(told: Iterable[str]) -> str:
    items = "".join(told)
    return f'<section class="corrections"><h2>更正</h2><ul>{items}</ul></section>' if items else ""


def _dated(correction: BookCorrection, where: str = "") -> str:
    day = f'<time datetime="{correction.at:%Y-%m-%d}">{_date(correction.at)}</time>'
    return f"<li>{day} {where}：{escape(correction.reason)}</li>"


def _date(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日"
