"""The words of a drawn cover as outlines, so that every screen shows the type that the PDF has.

A cover names faces that a reader's machine may not have; a telephone without a Song face showed
another masthead. Typst sets each line, and its glyphs go into the drawing as paths. Pure.

It works in a process of its own: in the one that signs off, the compiler and its faces would stay,
80 MB in each that ever did.

    python -m issues.covers.outlines BENCH FONT_FOLDER
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import typst

from servicejournal.papers import fonts

_TEMPLATE = Path(__file__).parent / "outlines.typ"
_ROOT = Path(__file__).parents[2]
#: Seconds; a cover takes less than one.
_PATIENCE = 60
#: A unit of the drawing holds so many of a path's.
_FINE = 10

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_GROUP = re.compile(r'<g transform="matrix\(1 0 0 -1 ([-\d.]+) ([-\d.]+)\)">(.*?)</g>')
_USE = re.compile(r'<use xlink:href="#(\w+)" x="([-\d.]+)" y="([-\d.]+)"')
_SYMBOL = re.compile(r'<symbol id="(\w+)"[^>]*><path d="([^"]*)"')
_STEP = re.compile(r"([MmLlHhVvCcQqZz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_SHARE = {"start": 0, "middle": 0.5, "end": 1}


class NotOutlined(RuntimeError):
    """Typst drew something that this module does not know."""


def outlined(drawing: str, faces: fonts.Faces) -> str:
    """The same cover with paths for words, in the faces of the print PDF. Raises `NotOutlined`."""
    lines = [_told(*found.groups()) for found in _TEXT.finditer(drawing)]
    if not lines:
        return drawing
    missing = faces.missing("".join(line["words"] for line in lines))
    for line in lines:
        line["words"] = fonts.printable(line["words"], missing)
    drawn = iter(_set(lines, faces))
    return _TEXT.sub(lambda found: _paths(next(drawn), found[1]), drawing)


def _told(attributes: str, words: str) -> dict[str, str]:
    told = dict(_ATTRIBUTE.findall(attributes))
    return {
        "words": unescape(words),
        "face": "song" if "Serif" in told["font-family"] else "hei",
        "x": told["x"],
        "y": told["y"],
        "size": told["font-size"],
        "weight": told["font-weight"],
        "spacing": told.get("letter-spacing", "0"),
        "share": str(_SHARE[told.get("text-anchor", "start")]),
        "length": told.get("textLength", "0"),
    }


def _set(lines: list[dict[str, str]], faces: fonts.Faces) -> list[str]:
    """An SVG document a line. Raises `NotOutlined`."""
    with tempfile.TemporaryDirectory(prefix="cover-") as folder:
        bench = Path(folder)
        shutil.copy(_TEMPLATE, bench / "cover.typ")
        job = {"lines": lines, "fonts": faces.lists()}
        (bench / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
        command = [sys.executable, "-m", __name__, str(bench), faces.folder]
        try:
            subprocess.run(  # noqa: S603  our own module, and folders that we named
                command, cwd=_ROOT, capture_output=True, timeout=_PATIENCE, check=True
            )
        except subprocess.CalledProcessError as error:
            raise NotOutlined(error.stderr.decode(errors="replace")[-1000:]) from error
        except subprocess.TimeoutExpired as error:
            raise NotOutlined("Typst took too long") from error
        drawn: list[str] = json.loads((bench / "drawn.json").read_text("utf-8"))
    return drawn


def main(bench: Path, font_folder: str) -> None:
    typefaces = fonts.typefaces(font_folder)
    compiler = typst.Compiler(input=bench / "cover.typ", root=bench, font_paths=typefaces)
    pages = compiler.compile(format="svg")
    drawn = pages if isinstance(pages, list) else [pages or b""]
    (bench / "drawn.json").write_text(json.dumps([page.decode() for page in drawn]), "utf-8")


def _paths(page: str, attributes: str) -> str:
    fill = dict(_ATTRIBUTE.findall(attributes))["fill"]
    glyphs = dict(_SYMBOL.findall(page))
    placed = [
        (float(x) + float(at_x), float(y) - float(at_y), glyphs[name])
        for x, y, inside in _GROUP.findall(page)
        for name, at_x, at_y in _USE.findall(inside)
    ]
    if len(placed) != page.count("<use "):
        raise NotOutlined(page[:500])
    told = "".join(_written(path, x, y) for x, y, path in placed)
    return f'<path transform="scale({1 / _FINE:g})" fill="{fill}" d="{told}"/>' if told else ""


@dataclass(slots=True)
class _Pen:
    """Where the outline is (`x`, `y`) and where the written one is, which has whole numbers."""

    x: float
    y: float
    at: tuple[int, int] = (0, 0)
    began: tuple[float, float] = (0, 0)
    began_at: tuple[int, int] = (0, 0)

    def step(self, points: list[tuple[float, float]]) -> list[int]:
        """Goes on to the last of these points; the written numbers of all."""
        told, start = [], self.at
        for x, y in points:
            whole = round(x * _FINE), round(y * _FINE)
            told += [whole[0] - start[0], whole[1] - start[1]]
            self.at = whole
        self.x, self.y = points[-1]
        return told


def _written(path: str, x: float, y: float) -> str:
    """A glyph's outline at this place, upside down as Typst has it, in short whole steps."""
    pen = _Pen(x, y)
    return "".join(_steps(path, pen, x, y))


def _steps(path: str, pen: _Pen, x: float, y: float) -> Iterator[str]:
    for letter, rest in _STEP.findall(path):
        numbers = [float(each) for each in _NUMBER.findall(rest)]
        if letter in "Zz":
            pen.x, pen.y, pen.at = *pen.began, pen.began_at
            yield "z"
        elif letter == "M":
            pen.x, pen.y = x + numbers[0], y - numbers[1]
        elif letter == "m":
            pen.x, pen.y = pen.x + numbers[0], pen.y - numbers[1]
            pen.at = round(pen.x * _FINE), round(pen.y * _FINE)
            pen.began, pen.began_at = (pen.x, pen.y), pen.at
            yield f"M{_joined(pen.at)}"
        elif letter in "lcqhv":
            told = pen.step(_points(letter, numbers, pen))
            if any(told):
                yield f"{'l' if letter in 'hv' else letter}{_joined(told)}"
        else:
            raise NotOutlined(path[:200])


def _points(letter: str, numbers: list[float], pen: _Pen) -> list[tuple[float, float]]:
    if letter == "h":
        return [(pen.x + numbers[0], pen.y)]
    if letter == "v":
        return [(pen.x, pen.y - numbers[0])]
    return [
        (pen.x + across, pen.y - up) for across, up in zip(numbers[::2], numbers[1::2], strict=True)
    ]


def _joined(numbers: tuple[int, ...] | list[int]) -> str:
    """1 -2 3 → 1-2 3"""
    return re.sub(r" -", "-", " ".join(map(str, numbers)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
