"""The issue as a magazine: PDF for the screen, or for the printer with bleed and crop marks.

Typst sets it. Texts go in as JSON and are set by functions of the template, never as markup.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from issues.exports import pictures
from issues.exports.book import Book, BookPicture, Face

from . import fonts, press, setting
from .compositor import Compositor
from .fonts import Faces, FontsMissing

__all__ = ["PAPERS", "Faces", "FontsMissing", "NotPrinted", "Printed", "fonts", "render"]

PAPERS = ("a4", "16k")
#: Pixels of a picture's longer side on the screen; over both columns that is 210 dpi.
SCREEN = 1400
TEMPLATE = Path(__file__).parent / "template"


class NotPrinted(RuntimeError):
    """There is no PDF; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Printed:
    """`starts` is the page of each article of the book; `missing` are characters without type."""

    data: bytes
    pages: int
    starts: tuple[int, ...]
    missing: frozenset[str]


def render(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    faces: Faces,
    *,
    paper: str = "a4",
    for_printer: bool = False,
) -> Printed:
    """The PDF. `read` gives a file of the storage by its name. Raises `NotPrinted`.

    The same book gives the same bytes on the same fonts.
    """
    with tempfile.TemporaryDirectory(prefix="issue-") as folder:
        desk = Path(folder)
        shutil.copytree(TEMPLATE, desk, dirs_exist_ok=True)
        paths = _lay_out_pictures(book, face, read, faces, desk, None if for_printer else SCREEN)
        told = setting.of(book, face, paths)
        missing = faces.missing(json.dumps(told, ensure_ascii=False))
        told = {**_printable(told, missing), "fonts": faces.lists()}
        sheets = Compositor(desk, faces.library, told, paper, for_printer=for_printer)
        try:
            sheets.compose()
            data = sheets.pdf(_moment(book))
        except RuntimeError as error:  # all that the compiler raises
            raise NotPrinted("PDF 排版没有成功，原因已记入日志，请联系管理员。") from error
    return Printed(
        data=press.with_bleed_boxes(data) if for_printer else data,
        pages=sheets.pages,
        starts=sheets.starts(),
        missing=frozenset(missing),
    )


def _moment(book: Book) -> datetime:
    """What the file says about its making: the day of the issue, so that it is always the same."""
    day = book.date
    return (
        datetime(day.year, day.month, day.day, tzinfo=UTC)
        if day
        else datetime(1980, 1, 1, tzinfo=UTC)
    )


def _lay_out_pictures(book, face, read, faces, desk: Path, longest: int | None) -> dict[str, str]:
    """Writes every picture beside the template; their names there by token."""
    paths = {"cover": _cover(face, read, faces, desk)}
    for picture in _pictures(book):
        data, suffix = pictures.fitted(read(picture.file), longest)
        paths[picture.token] = f"{picture.token}{suffix}"
        (desk / paths[picture.token]).write_bytes(data)
    return paths


def _pictures(book: Book) -> list[BookPicture]:
    return list({pic.token: pic for article in book.articles for pic in article.pictures}.values())


def _cover(face: Face, read: Callable[[str], bytes], faces: Faces, desk: Path) -> str:
    if face.cover_file:
        data, suffix = pictures.fitted(read(face.cover_file))
        name = f"cover{suffix}"
    else:
        # The drawing names the faces of readers' machines first; here it must use the journal's.
        drawn = face.cover_svg.replace("'Noto Serif CJK SC'", f"'{faces.song}'")
        drawn = drawn.replace("'Noto Sans CJK SC'", f"'{faces.hei}'")
        data, name = drawn.encode(), "cover.svg"
    (desk / name).write_bytes(data)
    return name


def _printable(told, missing: set[str]):
    """The same values with printable texts."""
    if isinstance(told, str):
        return fonts.printable(told, missing)
    if isinstance(told, dict):
        return {name: _printable(value, missing) for name, value in told.items()}
    if isinstance(told, list):
        return [_printable(value, missing) for value in told]
    return told
