"""The issue as pages that a browser opens from a disk: no network, no script, no server.

`index.html` leads to `articles/NN.html`. The templates are those of the site (`_issue.html`,
`_article.html`), and so is the style; what they ask is answered here with places in the copy
(`sheets`). No model and no query.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from issues.exports.front import cover_lines, leads
from issues.exports.shape import Book, BookEdition, Face
from issues.exports.xhtml import Paths
from servicejournal.certain import certain
from servicejournal.papers import qr

from . import sheets

_STYLES = ("tokens", "base", "issue", "reading")


def render(
    book: Book,
    face: Face,
    edition: BookEdition,
    *,
    cover: str,
    files: Mapping[str, tuple[str, str]],
    paths: Paths,
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, in the order in which it is read.

    `cover` is the name of its picture, `files` are further files to offer (what each is and words
    about it, by its name), `paths` pictures by token; all seen from the root.
    """
    articles = sheets.articles(book)
    front = sheets.front(book, face, cover=cover)
    yield "index.html", _index(front, articles, edition, files)
    yield "style.css", _style()
    if face.address:
        yield sheets.CODE, qr.drawing_of(face.address)
    inner = sheets.front(book, face, root="../")
    beside = [sheets.seen_from_beside(each) for each in articles]
    for name, shown in zip(sheets.names(book), beside, strict=True):
        yield name, _article(inner, beside, shown, edition, paths)


def _index(
    front: sheets.Front,
    articles: list[sheets.Article],
    edition: BookEdition,
    files: Mapping[str, tuple[str, str]],
) -> bytes:
    book = front.facts
    context: dict[str, Any] = {
        "issue": front,
        "contents": {"parts": sheets.parts(book, articles)},
        "first": next(iter(articles), None),
        "cover_lines": cover_lines(book, articles),
        "leads": leads(book, articles),
        "preambles": sheets.preambles(book, articles),
        "files": [sheets.Offer(address, *told) for address, told in files.items()],
        "makers": front.makers,
        "corrections": sheets.corrections(edition, articles),
    }
    return _page("index", front, context)


def _article(
    front: sheets.Front,
    articles: list[sheets.Article],
    shown: sheets.Article,
    edition: BookEdition,
    paths: Paths,
) -> bytes:
    by_place = {each.place: each for each in articles}
    context = {
        "issue": front,
        "article": shown,
        "layout": sheets.laid_out(front.facts.articles[shown.place - 1], paths),
        "before": by_place.get(shown.place - 1),
        "after": by_place.get(shown.place + 1),
        "corrections": sheets.corrections(edition, articles, of=shown.place),
    }
    return _page("article", front, context)


def _page(name: str, front: sheets.Front, context: dict[str, Any]) -> bytes:
    told = {**context, "masthead": front, "root": front.root}
    return render_to_string(f"issues/offline/{name}.html", told).encode()


def _style() -> bytes:
    """The site's own, in one file; what print differs in stands at its end."""
    told = "\n".join(_sheet(name) for name in _STYLES)
    return f"{told}\n@media print {{\n{_sheet('print')}}}\n".encode()


def _sheet(name: str) -> str:
    path = certain(finders.find(f"css/{name}.css"), "the site's own sheets are among static files")
    return Path(path).read_text()
