"""The issue as a magazine: PDF for the screen, or for the printer with bleed and crop marks.

Typst sets it. Texts go in as JSON and are set by functions of the template, never as markup.
"""

import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from issues.exports import pictures
from issues.exports.shape import Book, BookPicture, Face
from servicejournal.papers import fonts
from servicejournal.papers.fonts import Faces, FontsMissing

from . import press, setting

__all__ = ["PAPERS", "Faces", "FontsMissing", "NotPrinted", "Printed", "fonts", "render"]

logger = logging.getLogger(__name__)

PAPERS = ("a4", "16k")
#: Pixels of a picture's longer side on the screen; over both columns that is 210 dpi.
SCREEN = 1400
TEMPLATE = Path(__file__).parent / "template"
#: Where the package can be imported from.
ROOT = Path(__file__).parents[3]
#: Seconds; a hundred articles take a tenth of it.
PATIENCE = 300
#: Pictures that are made smaller at the same time.
_AT_ONCE = 2


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
        bench = Path(folder)
        shutil.copytree(TEMPLATE, bench, dirs_exist_ok=True)
        paths = _lay_out_pictures(book, face, read, faces, bench, None if for_printer else SCREEN)
        told = setting.of(book, face, paths)
        missing = faces.missing(json.dumps(told, ensure_ascii=False))
        job = {
            "told": {**_printable(told, missing), "fonts": faces.lists()},
            "fonts": faces.folder,
            "paper": paper,
            "for_printer": for_printer,
            "moment": _moment(book),
        }
        made = _set(bench, job)
        data = (bench / "issue.pdf").read_bytes()
    return Printed(
        data=press.with_bleed_boxes(data) if for_printer else data,
        pages=made["pages"],
        starts=tuple(made["starts"]),
        missing=frozenset(missing),
    )


def _set(bench: Path, job: dict[str, Any]) -> dict[str, Any]:
    """Lets the compositor work in a process of its own. Raises `NotPrinted`."""
    (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
    command = [sys.executable, "-m", "issues.exports.pdf.compositor", str(bench)]
    try:
        done = subprocess.run(  # noqa: S603  our own module, and a folder that we named
            command,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted("PDF 排版太久，没有完成，请稍后再试；仍不行请联系管理员。") from error
    if done.stderr:
        logger.warning("The compositor says: %s", done.stderr)
    if done.returncode:
        raise NotPrinted("PDF 排版没有成功，原因已记入日志，请联系管理员。")
    made: dict[str, Any] = json.loads((bench / "made.json").read_text())
    return made


def _moment(book: Book) -> int:
    """When the file says that it was made: on the day of the issue, so that it is always the same.

    In seconds since 1970.
    """
    day = book.date or date(1980, 1, 1)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _lay_out_pictures(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    faces: Faces,
    bench: Path,
    longest: int | None,
) -> dict[str, str]:
    """Writes every picture beside the template; their names there by token."""
    paths = {"cover": _cover(face, read, faces, bench)}

    def lay_out(picture: BookPicture) -> None:
        data, suffix = pictures.fitted(read(picture.file), longest)
        paths[picture.token] = f"{picture.token}{suffix}"
        (bench / paths[picture.token]).write_bytes(data)

    # Most of a PDF's time; Pillow works without Python's lock.
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        list(hands.map(lay_out, _pictures(book)))
    return paths


def _pictures(book: Book) -> list[BookPicture]:
    return list({pic.token: pic for article in book.articles for pic in article.pictures}.values())


def _cover(face: Face, read: Callable[[str], bytes], faces: Faces, bench: Path) -> str:
    if face.cover_file:
        data, suffix = pictures.fitted(read(face.cover_file))
        name = f"cover{suffix}"
    else:
        # The drawing names the faces of readers' machines first; here it must use the journal's.
        drawn = face.cover_svg.replace("'Noto Serif CJK SC'", f"'{faces.song}'")
        drawn = drawn.replace("'Noto Sans CJK SC'", f"'{faces.hei}'")
        data, name = drawn.encode(), "cover.svg"
    (bench / name).write_bytes(data)
    return name


def _printable(told: Any, missing: set[str]) -> Any:
    """The same values with printable texts."""
    if isinstance(told, str):
        return fonts.printable(told, missing)
    if isinstance(told, dict):
        return {name: _printable(value, missing) for name, value in told.items()}
    if isinstance(told, list):
        return [_printable(value, missing) for value in told]
    return told
