"""Faults of setting in a PDF, counted from the places of its characters: the grid, the columns of
characters, single lines, what a page is filled with. A test reads it, and so may a person:

    python -m tests.issues.exports.typesetting FILE.pdf
"""

import ctypes
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

MM = 72 / 25.4
#: Of A4, as `template/measures.typ` has it, in points.
SIZE, PITCH, CELLS, LINES = 10.0, 17.0, 23, 42
INSIDE, TOP, WIDTH, HEIGHT = 20 * MM, 25 * MM, 210 * MM, 297 * MM
COLUMN, GUTTER = CELLS * SIZE, 2 * SIZE
MEASURE = 2 * COLUMN + GUTTER
OUTSIDE = WIDTH - INSIDE - MEASURE
#: Of a line's height, above its baseline.
ASCENT = 0.88 * SIZE
FOOT = TOP + LINES * PITCH - (PITCH - SIZE)
#: Points that a character may be off.
SLACK = 0.6
MARKS = frozenset("，。、；：！？“”‘’（）《》〈〉「」『』【】—…·～")
NOT_FIRST = frozenset("，。、；：！？”’）》〉」』】·")


@dataclass(frozen=True, slots=True)
class Char:
    text: str
    x: float
    baseline: float  # from the top of the page
    size: float
    font: str
    right: float


@dataclass(slots=True)
class Line:
    """Body type of one column in one row."""

    page: int
    column: int
    baseline: float
    chars: list[Char] = field(default_factory=list)
    shows: bool = False  # a picture inside a sentence

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def row(self) -> float:
        """Of the grid, from 0 at the top."""
        return (self.baseline - TOP - ASCENT) / PITCH

    @property
    def is_on_grid(self) -> bool:
        return abs(self.row - round(self.row)) * PITCH <= SLACK

    @property
    def start(self) -> float:
        """In cells from the column's left edge."""
        return (self.chars[0].x - _edge(self.page, self.column)) / SIZE

    @property
    def is_pure(self) -> bool:
        """Nothing but Chinese characters and Chinese marks."""
        words = all(_is_han(char.text) or char.text in MARKS for char in self.chars)
        return words and not self.shows

    @property
    def is_in_cells(self) -> bool:
        edge = _edge(self.page, self.column)
        off = [(char.x - edge) / SIZE for char in self.chars if _is_han(char.text)]
        return all(abs(each - round(each)) * SIZE <= SLACK for each in off)


def _is_han(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff" or "\U00020000" <= text <= "\U0003ffff"


def _edge(page: int, column: int) -> float:
    left = INSIDE if page % 2 else OUTSIDE
    return left + column * (COLUMN + GUTTER)


@dataclass(slots=True)
class Count:
    """`fills` is how far down each page with body type is filled; `faults` where they are."""

    pages: int = 0
    lines: int = 0
    pure: int = 0
    fills: dict[int, float] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def told(self) -> Iterator[str]:
        yield f"{self.pages} pages, {self.lines} lines, {self.pure} of them pure"
        for name, places in sorted(self.faults.items()):
            yield f"{name}: {len(places)}"


def chars_of(page: pypdfium2.PdfPage) -> list[Char]:
    text = page.get_textpage()
    height = page.get_height()
    found, x, y = [], ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or char in "\ufffe\x00" or raw.FPDFText_IsGenerated(text, at):
            continue
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetFontInfo(text, at, name, 128, flags)
        size = raw.FPDFText_GetFontSize(text, at)
        right = text.get_charbox(at, loose=True)[2]
        font = name.value.decode(errors="replace")
        found.append(Char(char, x.value, height - y.value, size, font, right))
    return found


def lines_of(number: int, chars: list[Char]) -> list[Line]:
    """The lines of body type, column by column."""
    rows: dict[tuple[int, int], Line] = {}
    for char in chars:
        if abs(char.size - SIZE) > 0.05 or "Serif" not in char.font:
            continue
        if not TOP - 1 < char.baseline < FOOT + 2:
            continue
        column = int(char.x > _edge(number, 1) - SIZE / 2)
        key = column, round(char.baseline * 2)
        rows.setdefault(key, Line(number, column, char.baseline)).chars.append(char)
    for line in rows.values():
        line.chars.sort(key=lambda char: char.x)
    return sorted(rows.values(), key=lambda line: (line.column, line.baseline))


def count(data: bytes | Path, first: int = 1, last: int | None = None) -> Count:
    """The faults of these pages, from 1."""
    document = pypdfium2.PdfDocument(data)
    found = Count()
    for number in range(first, (last or len(document)) + 1):
        page = document[number - 1]
        chars = chars_of(page)
        lines = lines_of(number, chars)
        _mark_mixed(lines, number, page)
        found.pages += 1
        if not lines:
            continue
        _count_lines(found, number, lines)
        _count_columns(found, number, lines, chars)
        _count_pictures(found, number, page)
        _count_what_hangs(found, number, chars)
        found.fills[number] = _fill(page)
        if found.fills[number] < 0.6:
            found.faults["page under 60 % full"].append(f"{number}: {found.fills[number]:.0%}")
    return found


def _count_lines(found: Count, number: int, lines: list[Line]) -> None:
    for line in lines:
        found.lines += 1
        where = f"{number}: {line.text}"
        if not line.is_on_grid:
            found.faults["off the grid"].append(f"{where} {line.row:.2f}")
        if line.is_pure:
            found.pure += 1
            if not line.is_in_cells:
                found.faults["out of the columns of characters"].append(where)
        if line.text[0] in NOT_FIRST and line.start < 0.5:
            found.faults["a mark begins a line"].append(where)
        if sum(char not in MARKS for char in line.text) == 1 and line.start < 0.5:
            found.faults["one character on a last line"].append(where)


def _count_columns(found: Count, number: int, lines: list[Line], chars: list[Char]) -> None:
    """A paragraph begins two cells in; a line that begins at the edge goes on with one."""
    for column in (0, 1):
        own = [line for line in lines if line.column == column]
        if len(own) < 2:
            continue
        head, foot = own[0], own[-1]
        goes_on = head.start < 0.5 and _is_full(own[1]) is not None
        at_the_top = head.row < 0.6
        if at_the_top and goes_on and not _is_full(head) and own[1].start > 1.5:
            found.faults["a single line heads a column"].append(f"{number}: {head.text}")
        if round(foot.row) == LINES - 1 and foot.start > 1.5 and _is_full(foot):
            found.faults["a single line ends a column"].append(f"{number}: {foot.text}")
        headings = [c for c in chars if _is_heading(c) and _in(c, number, column)]
        if headings:
            low = max(c.baseline for c in headings)
            below = [line for line in own if line.baseline > low + 1]
            at_foot = bool(below) and round(below[-1].row) == LINES - 1
            if (len(below) == 0 and low > FOOT - 3 * PITCH) or (at_foot and len(below) == 1):
                words = "".join(c.text for c in headings if abs(c.baseline - low) < 1)
                found.faults["a heading at the foot"].append(f"{number}: {words}")


def _is_full(line: Line) -> bool:
    edge = _edge(line.page, line.column)
    return line.chars[-1].right > edge + COLUMN - 1.2 * SIZE


def _is_heading(char: Char) -> bool:
    return abs(char.size - 1.25 * SIZE) < 0.05 and "Serif" in char.font


def _in(char: Char, number: int, column: int) -> bool:
    edge = _edge(number, column)
    return edge - 1 < char.x < edge + COLUMN


def _count_what_hangs(found: Count, number: int, chars: list[Char]) -> None:
    """Type that reaches into the gutter or beyond the type area."""
    for char in chars:
        if not TOP < char.baseline < FOOT + 2 or abs(char.size - SIZE) > 0.05:
            continue
        for column in (0, 1):
            right = _edge(number, column) + COLUMN
            if right - SIZE < char.x < right and char.right > right + 0.3 * SIZE:
                if char.text in NOT_FIRST:  # their cell is empty on the right
                    continue
                name = "a dash hangs out" if char.text in "—…–" else "type hangs out"
                found.faults[name].append(f"{number}: {char.text} {char.right - right:.1f}")


def _count_pictures(found: Count, number: int, page: pypdfium2.PdfPage) -> None:
    """A picture stands on the grid by its top, or by its foot where its caption does not."""
    for image in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]):
        _, _, right, top = image.get_bounds()
        high = page.get_height() - top
        if (
            _is_in_a_line(image)
            or right - image.get_bounds()[0] < 2 * SIZE
            or not TOP - 1 < high < FOOT
        ):
            continue
        row = (high - TOP) / PITCH
        if abs(row - round(row)) * PITCH > 1:
            found.faults["a picture's top off the grid"].append(f"{number}: {row:.2f}")


def _is_in_a_line(image: pypdfium2.PdfImage) -> bool:
    _, low, _, top = image.get_bounds()
    return bool(top - low < 1.5 * SIZE)


def _mark_mixed(lines: list[Line], number: int, page: pypdfium2.PdfPage) -> None:
    """A line with a picture in it is left to the compositor, as one with Latin."""
    for image in filter(_is_in_a_line, page.get_objects([raw.FPDF_PAGEOBJ_IMAGE])):
        left, low, _, top = image.get_bounds()
        middle = page.get_height() - (low + top) / 2
        for line in lines:
            same = line.column == int(left > _edge(number, 1) - SIZE / 2)
            line.shows |= same and line.baseline - SIZE < middle < line.baseline + 0.3 * SIZE


def _fill(page: pypdfium2.PdfPage) -> float:
    """How much of the type area's height has ink in it, in rows of the grid."""
    image = page.render(scale=1, draw_annots=False).to_pil().convert("L")
    sides = round(0.06 * image.width), round(0.94 * image.width)
    inked = 0
    for row in range(LINES):
        top = round(TOP + row * PITCH)
        box = (sides[0], top, sides[1], top + round(PITCH))
        inked += image.crop(box).getextrema()[0] < 190
    return inked / LINES


def of_several(counts: list[Count]) -> Counter[str]:
    total: Counter[str] = Counter()
    for each in counts:
        total.update({name: len(places) for name, places in each.faults.items()})
    return total


if __name__ == "__main__":
    for file in sys.argv[1:]:
        made = count(Path(file))
        print(Path(file).name, *made.told(), sep="\n  ")
