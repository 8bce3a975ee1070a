"""The pages of a PDF as pictures and words. Pure: bytes in, bytes out.

A PDF may come from outside, and its reader is a large program in C++: it runs in a process of its
own (`python -m issues.exports.pages FOLDER NUMBER…`) with bounded memory and time, so that a file
which breaks it breaks nothing else. FOLDER holds `issue.pdf`; with page numbers it gets
`NUMBER-WIDTH.webp` and `pages.json`, without any `facts.json`; where it holds the texts of pages
(`TEXTS`), it gets where their letters stand.
"""

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from unicodedata import east_asian_width

import pypdfium2

from issues.exports import letters

#: Widths (pixels) of a page's pictures: a thumbnail, a phone, a desktop, and to look closer.
WIDTHS = (240, 800, 1200, 1800)
#: A page is at most so many times as high as it is wide, or the other way round.
LONGEST = 3
MAX_PAGES = 400
MAX_BYTES = 100 * 1024 * 1024
TOO_LARGE = "文件超过 100 MB，请先压缩 PDF（另存为“最小文件大小”）再上传。"
#: In the folder where only the letters of these pages are looked for: {number: text}.
TEXTS = "texts.json"
#: Where the package can be imported from.
ROOT = Path(__file__).parents[2]
#: Seconds, for looking at a file or for one page of it.
PATIENCE = 60
#: Bytes that the process may take.
MEMORY = 3 * 1024**3


class NotReadable(ValueError):
    """There are no pages to be had; the message (Chinese) says why and what to do."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`titles` are the bookmarks: (title, page) in the file's order."""

    pages: int
    titles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page. `pictures` are WebP by their width; `width` and `height` those of the largest.
    `lines` say where the letters of the text stand (`letters`).
    """

    number: int
    width: int
    height: int
    text: str
    lines: list[list[int]]
    pictures: dict[int, bytes]


def look_at(data: bytes) -> Facts:
    """What kind of PDF this is. Raises `NotReadable`."""
    if len(data) > MAX_BYTES:
        raise NotReadable(TOO_LARGE)
    if b"%PDF-" not in data[:1024]:
        raise NotReadable("这不是 PDF 文件，请选择扩展名为 .pdf 的文件。")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        told = run(Path(folder), data, [], "facts.json")
    if problem := told.get("problem"):
        raise NotReadable(problem)
    return Facts(told["pages"], tuple((title, page) for title, page in told["titles"]))


def photograph(data: bytes, numbers: Iterable[int]) -> list[Sheet]:
    """These pages, numbered from one. Raises `NotReadable`."""
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        bench, asked = Path(folder), list(numbers)
        told = run(bench, data, asked, "pages.json")
        return [
            Sheet(
                **page,
                pictures={
                    width: (bench / f"{page['number']}-{width}.webp").read_bytes()
                    for width in WIDTHS
                },
            )
            for page in told
        ]


def measure(data: bytes, texts: dict[int, str]) -> dict[int, list[list[int]]]:
    """Where the letters stand on these pages, by number, whose texts are known.

    Raises `NotReadable`.
    """
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        bench = Path(folder)
        (bench / TEXTS).write_text(json.dumps(texts), "utf-8")
        told = run(bench, data, list(texts), "lines.json")
    return {int(number): lines for number, lines in told.items()}


def run(
    bench: Path,
    data: bytes,
    numbers: list[int],
    answer: str,
    module: str = "issues.exports.pages",
) -> Any:
    """What the process of its own answers. Raises `NotReadable`."""
    (bench / "issue.pdf").write_bytes(data)
    command = [sys.executable, "-m", module, str(bench), *map(str, numbers)]
    try:
        subprocess.run(  # noqa: S603  our own module, and a folder that we named
            command,
            cwd=ROOT,
            capture_output=True,
            timeout=PATIENCE * max(1, len(numbers)),
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable("这个 PDF 太复杂，一页一分钟也画不完；请另存为普通的 PDF。") from error
    except subprocess.CalledProcessError as error:
        raise NotReadable("这个 PDF 读不出来，可能已损坏；请重新导出后再上传。") from error
    return json.loads((bench / answer).read_text("utf-8"))


def _facts(document: pypdfium2.PdfDocument) -> dict[str, Any]:
    count = len(document)
    if not count:
        return {"problem": "这个 PDF 里没有页。"}
    if count > MAX_PAGES:
        return {"problem": f"这个 PDF 有 {count} 页，最多 {MAX_PAGES} 页；请拆开再上传。"}
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        if min(width, height) <= 0 or max(width, height) > LONGEST * min(width, height):
            return {"problem": f"第 {number} 页又长又窄，不像刊物的一页；请检查文件。"}
    return {"pages": count, "titles": list(titles(document))}


def titles(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, int]]:
    """The bookmarks."""
    count = len(document)
    for mark in document.get_toc(max_depth=3):
        title, place = " ".join(mark.get_title().split())[:120], mark.get_dest()
        index = place.get_index() if place else None
        if title and index is not None and 0 <= index < count:
            yield title, index + 1


#: Of the encoder's seven methods the third: half the time of the fifth, 3 % more bytes.
_OF_A_PAGE = {"quality": 70, "method": 2}
#: A cover is looked at and not read, and it is what a telephone waits for: on a slow line its
#: picture comes in one round less.
_OF_A_COVER = {"quality": 55, "method": 4}


def _sheet(bench: Path, document: pypdfium2.PdfDocument, number: int) -> dict[str, Any]:
    """Drawn anew at each width: type is sharper than scaled down, and it takes less time."""
    page = document[number - 1]
    for width in WIDTHS:
        scale = (width - 0.01) / page.get_width()  # PDFium's pixels are rounded up
        image = page.render(scale=scale).to_pil().convert("RGB")
        kept = _OF_A_COVER if number == 1 else _OF_A_PAGE
        image.save(bench / f"{number}-{width}.webp", "WEBP", **kept)
    text = flowing(page.get_textpage().get_text_range())
    return {
        "number": number,
        "width": image.width,
        "height": image.height,
        "text": text,
        "lines": letters.lines(page, text),
    }


_SENTENCE_ENDS = "。！？…：；”’）》」』.!?:;"
#: Letters set apart, as titles are; the file has no spaces there, and the reader guesses them.
_SET_APART = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,4} ){3,}[A-Za-z]{1,4}(?![A-Za-z])")
#: Letters a piece, on average; the shortest English sentences have more.
_PIECE = 2.2


def flowing(text: str) -> str:
    """A page's lines as paragraphs, one a line; words that the column broke are whole again.

    A line ends a paragraph where a sentence ends in it before the column does, or it is much
    shorter than the others (headings). Letters set apart are words again.
    """
    lines = [" ".join(line.split()) for line in _legible(text).splitlines()]
    lines = [_SET_APART.sub(_together, line) for line in lines if line]
    if not lines:
        return ""
    usual = median(len(line) for line in lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        short = len(before) < 0.6 * usual
        ended = before[-1] in _SENTENCE_ENDS and len(before) < usual
        parts += [("\n" if short or ended else _between(before, line)), line]
    return "".join(parts)


def _legible(text: str) -> str:
    """Without what no database or page can hold: NUL, surrogates, marks of a broken encoding."""
    kept = (c for c in text if c in "\r\n\t" or not ("\0" <= c < " " or "\ud800" <= c <= "\udfff"))
    return "".join(kept).replace("\ufffe", "").replace("\uffff", "")


def _together(found: re.Match[str]) -> str:
    pieces = found[0].split()
    whole = "".join(pieces)
    return whole if len(whole) < _PIECE * len(pieces) else found[0]


def _between(before: str, after: str) -> str:
    wide = {east_asian_width(char) for char in (before[-1], after[0])} & {"W", "F", "A"}
    return "" if wide else " "


def main(bench: Path, numbers: list[int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        document = pypdfium2.PdfDocument(bench / "issue.pdf")
    except pypdfium2.PdfiumError as error:
        if numbers or "assword" not in str(error):
            raise
        refused = {"problem": "这个 PDF 有密码，请去掉密码再上传。"}
        (bench / "facts.json").write_text(json.dumps(refused), "utf-8")
        return
    if (bench / TEXTS).exists():
        texts = json.loads((bench / TEXTS).read_text("utf-8"))
        lines = {at: letters.lines(document[int(at) - 1], text) for at, text in texts.items()}
        (bench / "lines.json").write_text(json.dumps(lines), "utf-8")
        return
    told = [_sheet(bench, document, number) for number in numbers] or _facts(document)
    name = "pages.json" if numbers else "facts.json"
    (bench / name).write_text(json.dumps(told, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]])
