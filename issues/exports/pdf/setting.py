"""What the template is told: a `Book` and its `Face` as plain values. Pure."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby
from typing import Any
from zlib import crc32

from issues import numbering
from issues.covers.lettering import seal_text
from issues.exports import colophon
from issues.exports.shape import Book, BookArticle, BookAuthor, BookSection, Face
from servicejournal.papers import qr

from . import columns

#: Colour and mark of the ten sections.
STYLES = {
    "preamble": ("#a4231d", "book"),
    "service-management": ("#22476b", "squares"),
    "service-discussion": ("#3a6a52", "talk"),
    "service-sketch": ("#94562a", "hills"),
    "service-vanguard": ("#a02b34", "pennant"),
    "service-emotion": ("#6b3b5c", "waves"),
    "extraterritorial-service": ("#1f6a84", "globe"),
    "service-support": ("#7d641f", "pillars"),
    "service-echoes": ("#2f5f58", "echo"),
    "service-innovate": ("#3f4c93", "spark"),
}
#: Characters in a column of upright type, and columns, that the large size has room for.
TALL = 8
BROAD = 3
#: Places for the tabs at the outer edge.
TABS = 10

_MARKS = re.compile(r"[\s，、；：。！？,;:!?—…·]+")


def of(book: Book, face: Face, paths: columns.Paths) -> dict[str, Any]:
    """`paths` gives a picture's file by its token, and the cover's as "cover"."""
    numbers = count()
    styles = _styles(book)
    parts = [
        _section(section, articles, paths, numbers)
        | {"order": order, "colour": styles[section.slug][0], "mark": styles[section.slug][1]}
        for order, (section, articles) in enumerate(_by_section(book))
    ]
    return {
        **_front(book, face),
        "face": {
            "name": face.name,
            "name_en": face.name_en,
            "about": face.about,
            "ground": face.ground,
            "ink": face.ink,
            "seal": face.seal,
            "seal_ink": face.seal_ink,
        },
        "cover": {"path": paths["cover"], "alt": f"封面：{face.name}{numbering.label(book)}"},
        "tabs": max(TABS, len(parts)),
        "preambles": [part for part in parts if part["is_preamble"]],
        "sections": [part for part in parts if not part["is_preamble"]],
    }


def in_one_column(told: dict[str, Any]) -> set[str]:
    """The paths of pictures that stand in no place wider than one column of two."""
    shown = [node for node in _nodes(told) if "token" in node]
    broad = {node["path"] for node in shown if node["kind"] == "figure" and not _is_narrow(node)}
    return {node["path"] for node in shown} - broad


def _is_narrow(figure: dict[str, Any]) -> bool:
    return figure["floats"] and not figure["wide"]


def _nodes(told: Any) -> Iterator[dict[str, Any]]:
    if isinstance(told, dict):
        yield told
    if isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from _nodes(part)


def _full_label(book: Book) -> str:
    return f"{numbering.label(book)}　{numbering.running(book)}".rstrip()


def _front(book: Book, face: Face) -> dict[str, Any]:
    """Cover pages, theme and imprint."""
    theme = upright(book.theme or face.name)
    fits = max(map(len, theme)) <= TALL and len(theme) <= BROAD
    return {
        "title": f"{face.name}　{numbering.label(book)}"
        + (f"　{book.theme}" if book.theme else ""),
        "keywords": [section.name for section in book.sections],
        "label": _full_label(book),
        "running": f"{face.name}　{numbering.label(book)}",
        "theme": theme,
        "theme_size": 4.4 if fits else 2.8,
        "theme_label": "本期主题" if book.theme else numbering.label(book),
        "theme_label_en": "In this issue" if book.theme else face.name_en,
        "standfirst": book.standfirst,
        "imprint": [{"name": line.name, **_fact(line.words)} for line in _imprint(book, face)],
        "code": qr.drawing_of(face.address).decode() if face.address else "",
        "seal": seal_text(book),
        "slogan": book.slogan.split() or [face.name],
        "back": [_fact(words) for words in (book.compiled_by, book.website) if words],
    }


def _imprint(book: Book, face: Face) -> list[colophon.Line]:
    """With the number as the cover has it."""
    number, *others = colophon.imprint(book, face)
    return [replace(number, words=_full_label(book)), *others]


def _fact(words: str) -> dict[str, str]:
    return {"words": words, "to": colophon.address(words)}


def upright(words: str) -> list[str]:
    """A line as columns of upright type: parted at marks, which have no place there."""
    runs = [run for run in _MARKS.split(words) if run]
    return [part for run in runs for part in _evenly(run)] or ["　"]


def _evenly(run: str) -> list[str]:
    columns = -(-len(run) // TALL)
    length = -(-len(run) // columns)
    return [run[at : at + length] for at in range(0, len(run), length)]


def _by_section(book: Book) -> Iterator[tuple[BookSection, list[tuple[int, BookArticle]]]]:
    known = {section.slug: section for section in book.sections}
    for slug, articles in groupby(enumerate(book.articles), key=lambda pair: pair[1].section):
        yield known[slug], list(articles)


def _section(
    section: BookSection,
    articles: list[tuple[int, BookArticle]],
    paths: columns.Paths,
    numbers: Iterator[int],
) -> dict[str, Any]:
    make = _opening if section.is_preamble else _article
    return {
        "name": section.name,
        "name_en": section.name_en,
        "is_preamble": section.is_preamble,
        "articles": [make(article, at, paths, numbers) for at, article in articles],
    }


def _styles(book: Book) -> dict[str, tuple[str, str]]:
    """Colour and mark of each section; one that editors added gets what no other here has."""
    slugs = [section.slug for section in book.sections]
    styles = {slug: STYLES[slug] for slug in slugs if slug in STYLES}
    for slug in slugs:
        if slug not in styles:
            begin = crc32(slug.encode()) % len(STYLES)
            turns = [*list(STYLES.values())[begin:], *list(STYLES.values())[:begin]]
            styles[slug] = next((s for s in turns if s not in styles.values()), turns[0])
    return styles


def _article(
    article: BookArticle, at: int, paths: columns.Paths, numbers: Iterator[int]
) -> dict[str, Any]:
    blocks = columns.read(article, paths)
    return {
        **_head(article, at),
        "is_short": columns.is_short(blocks),
        "segments": columns.in_columns(blocks, numbers),
    }


def _opening(
    article: BookArticle, at: int, paths: columns.Paths, numbers: Iterator[int]
) -> dict[str, Any]:
    """A preamble: one column, and its first picture on the page beside it."""
    blocks = columns.read(article, paths)
    hero = columns.take_first_picture(blocks)
    segments = columns.in_one_column(blocks)
    return {**_head(article, at), "is_short": False, "segments": segments, "hero": hero}


def _head(article: BookArticle, at: int) -> dict[str, Any]:
    by = byline(article.authors)
    return {
        "at": at,
        "kicker": article.kicker,
        "title": article.title,
        "standfirst": article.standfirst,
        "authors": by,
        "by": "　".join(by),
        "follows": "",
    }


def byline(authors: tuple[BookAuthor, ...]) -> list[str]:
    """As in print: 净月支行 谷淳; authors of one branch share its name."""
    parts: list[str] = []
    last = ""
    for author in authors:
        is_new = author.branch and author.branch != last
        parts.append(f"{author.branch} {author.name}" if is_new else author.name)
        last = author.branch
    return parts
