"""The issue as pages that a browser opens from a disk: no network, no script, no server. Pure.

`index.html` leads to `articles/NN.html`; pictures are named by the caller, who lays them beside.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from issues.exports.shape import Book, BookEdition, Face
from issues.exports.xhtml import Paths

from . import documents

STYLE = Path(__file__).parent / "style.css"


def render(
    book: Book,
    face: Face,
    edition: BookEdition,
    *,
    cover: str,
    files: Mapping[str, str],
    paths: Paths,
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file, in the order in which it is read.

    `cover` is the name of its picture, `files` are further files to offer (words by name), `paths`
    pictures by token; all seen from the root.
    """
    yield "index.html", documents.index(book, face, edition, cover, files).encode()
    yield "style.css", STYLE.read_bytes()
    for at, name in enumerate(documents.names(book)):
        yield name, documents.article(book, face, edition, at, paths).encode()
