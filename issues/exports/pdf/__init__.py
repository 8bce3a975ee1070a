"""The issue as a magazine: PDF for the screen, or for the printer with bleed and crop marks.

Typst sets it. Texts go in as JSON and are set by functions of the template, never as markup. The
layout is found with empty drawings in the pictures' places, while the pictures are made as large as
they are printed; and set with stand-ins: the compiler keeps every picture unpacked as long as it
works.
"""

import ctypes
import json
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from issues import covers
from issues.exports import pictures
from issues.exports.pictures import Box
from issues.exports.shape import Book, BookPicture, Face
from servicejournal.papers import fonts
from servicejournal.papers.fonts import Faces, FontsMissing

from . import filling, late, setting
from .printer import Plates, stand_ins

__all__ = [
    "PAPERS",
    "Faces",
    "FontsMissing",
    "NotPrinted",
    "Plates",
    "Printed",
    "cover_of",
    "fonts",
    "render",
]

logger = logging.getLogger(__name__)

#: Name → what people call it.
PAPERS = {
    "a4": "A4（210×297 毫米）",
    "large-16k": "大16开（210×285 毫米）",
    "16k": "16开（185×260 毫米）",
}
TEMPLATE = Path(__file__).parent / "template"
#: Where the package can be imported from.
ROOT = Path(__file__).parents[3]
#: Seconds; a hundred articles take a tenth of it.
PATIENCE = 300
#: Pictures that are made smaller at the same time.
_AT_ONCE = 2
#: Drawn where a picture goes, while the layout is looked for.
_NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"/>'


@dataclass(frozen=True, slots=True)
class Fineness:
    """How large pictures are at most, and how well JPEGs are kept (of 100)."""

    broad: Box
    column: Box
    quality: int


#: Of A4: 210 dpi over both columns or in one, as fine as the pages of the flipbook.
SCREEN = Fineness(broad=(1400, 1400), column=(700, 1400), quality=85)
#: Of A4: 330 dpi to the cut's edges, 375 in one column. Printers ask for 300.
PRINT = Fineness(broad=(2800, 2800), column=(1200, 2400), quality=92)


class NotPrinted(RuntimeError):
    """There is no PDF; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Printed:
    """`starts` is the page of each article of the book; `missing` are characters without type;
    `filled` says what was done so that no page stays empty.
    """

    data: bytes
    pages: int
    starts: tuple[int, ...]
    missing: frozenset[str]
    filled: tuple[filling.Done, ...] = ()


def render(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    faces: Faces,
    *,
    paper: str = "a4",
    for_printer: bool = False,
    plates: Plates = Plates(),  # noqa: B008  frozen
) -> Printed:
    """The PDF. `read` gives a file of the storage by its name; `plates` are the printer's wishes.

    Raises `NotPrinted`.

    The same book gives the same bytes on the same fonts.
    """
    fineness = PRINT if for_printer else SCREEN
    with tempfile.TemporaryDirectory(prefix="issue-") as folder:
        bench = Path(folder)
        shutil.copytree(TEMPLATE, bench, dirs_exist_ok=True)
        (bench / "plates").mkdir()
        paths = _draft(book, face, read, faces, bench)
        if for_printer and face.cover_file:
            _put_aside(bench / paths["cover"], bench, plates)
        told = setting.of(book, face, paths)
        missing = faces.missing(json.dumps(told, ensure_ascii=False))
        job = {
            "told": {**_printable(told, missing), "fonts": faces.lists()},
            "fonts": faces.folder,
            "paper": paper,
            "for_printer": for_printer,
            "moment": _moment(book),
            "plates": asdict(plates),
        }
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        boxes = _boxes(book, setting.in_one_column(told), fineness)
        aside = plates if for_printer else None
        with _being_fitted(
            lambda each: _lay_out(each, boxes[each.token], read, bench, fineness, aside),
            _pictures(book),
        ):
            _set(bench, "compose")
        for each in _broadened(book, setting.in_one_column(told), bench):
            _lay_out(each, fineness.broad, read, bench, fineness, aside)
        _set(bench, "write")
        if for_printer:
            _set(bench, by="printer.finishing")
            _refuse(json.loads((bench / "faults.json").read_text()))
        made = json.loads((bench / "made.json").read_text())
        data = (bench / "issue.pdf").read_bytes()
    return Printed(
        data=data,
        pages=made["pages"],
        starts=tuple(made["starts"]),
        missing=frozenset(missing),
        filled=tuple(filling.Done(**each) for each in made["filled"]),
    )


@contextmanager
def _being_fitted(
    fit: Callable[[BookPicture], None], found: Iterable[BookPicture]
) -> Iterator[None]:
    """Pictures are made smaller beside what is done inside: most of a PDF's time, and Pillow works
    without Python's lock. Raises what `fit` raises.
    """
    with ThreadPoolExecutor(_AT_ONCE) as hands:
        ready = [hands.submit(fit, each) for each in found]
        try:
            yield
        finally:
            hands.shutdown(cancel_futures=sys.exc_info()[0] is not None)
    _give_back()
    for each in ready:
        each.result()


def _give_back() -> None:
    """What pictures were unpacked into goes back to the system: the allocator of Linux keeps it for
    more of them, a quarter of all that a worker has.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)


def _set(bench: Path, *steps: str, by: str = "compositor") -> None:
    """Lets the compositor, or who is `by` it, work in a process of its own. Raises `NotPrinted`."""
    command = [sys.executable, "-m", f"issues.exports.pdf.{by}", *steps, str(bench)]
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


def _refuse(faults: list[str]) -> None:
    """Better no file than one that comes back from the printer. Raises `NotPrinted`."""
    if faults:
        logger.error("The printer's file breaks rules: %s", "; ".join(faults))
        told = "；".join(each.rstrip("。") for each in faults[:3])
        raise NotPrinted(f"文件没有通过印前检查：{told}。请联系管理员。")


def _moment(book: Book) -> int:
    """When the file says that it was made: on the day of the issue, so that it is always the same.

    In seconds since 1970.
    """
    day = book.date or date(1980, 1, 1)
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _draft(
    book: Book, face: Face, read: Callable[[str], bytes], faces: Faces, bench: Path
) -> dict[str, str]:
    """Puts the cover beside the template, and nothing in the place of each picture.

    The names of both, pictures by token.
    """
    (bench / "drafts").mkdir()
    (bench / "pictures").mkdir()
    for picture in _pictures(book):
        size = pictures.size_in(SCREEN.broad, picture.width, picture.height)
        (bench / "drafts" / picture.token).write_text(_NOTHING.format(*size))
    tokens = {picture.token: picture.token for picture in _pictures(book)}
    return {"cover": _cover(face, read, faces, bench), **tokens}


def _lay_out(
    picture: BookPicture,
    box: Box,
    read: Callable[[str], bytes],
    bench: Path,
    fineness: Fineness,
    plates: Plates | None,
) -> None:
    data, _ = pictures.fitted(read(picture.file), box, quality=fineness.quality)
    path = bench / "pictures" / picture.token
    path.write_bytes(data if plates else late.put_aside(data, picture.token, bench))
    if plates:
        _put_aside(path, bench, plates)


def _put_aside(path: Path, bench: Path, plates: Plates) -> None:
    """The picture goes to the plates, and something small stands in its place for Typst."""
    made = stand_ins.picture(path.read_bytes(), plates)
    (bench / "plates" / path.name).write_bytes(made.data)
    path.write_bytes(stand_ins.stand_in(path.name, made.size))


def _boxes(book: Book, narrow: set[str], fineness: Fineness) -> dict[str, Box]:
    """How large each picture may be, by token."""
    return {
        picture.token: fineness.column if picture.token in narrow else fineness.broad
        for picture in _pictures(book)
    }


def _broadened(book: Book, narrow: set[str], bench: Path) -> list[BookPicture]:
    """The pictures of one column that run over both in the layout that was found."""
    layout = json.loads((bench / "layout.json").read_text("utf-8"))
    broad = narrow - setting.in_one_column(layout["told"])
    return [picture for picture in _pictures(book) if picture.token in broad]


def _pictures(book: Book) -> list[BookPicture]:
    return list({pic.token: pic for article in book.articles for pic in article.pictures}.values())


def _cover(face: Face, read: Callable[[str], bytes], faces: Faces, bench: Path) -> str:
    name, data = cover_of(face, read, faces)
    (bench / name).write_bytes(data)
    return name


def cover_of(face: Face, read: Callable[[str], bytes], faces: Faces) -> tuple[str, bytes]:
    """The name and the bytes of the file that the cover is set from."""
    if face.cover_file:
        data, suffix = pictures.fitted(read(face.cover_file))
        name = f"cover{suffix}"
    else:
        # The drawing names the faces of readers' machines first; here it must use the journal's.
        drawn = face.cover_svg.replace("'Noto Serif CJK SC'", f"'{faces.song}'")
        drawn = drawn.replace("'Noto Sans CJK SC'", f"'{faces.hei}'")
        if face.cover_picture:
            picture, _ = pictures.fitted(read(face.cover_picture))
            drawn = covers.with_picture(drawn, picture)
        data, name = drawn.encode(), "cover.svg"
    return name, data


def _printable(told: Any, missing: set[str]) -> Any:
    """The same values with printable texts."""
    if isinstance(told, str):
        return fonts.printable(told, missing)
    if isinstance(told, dict):
        return {name: _printable(value, missing) for name, value in told.items()}
    if isinstance(told, list):
        return [_printable(value, missing) for value in told]
    return told
