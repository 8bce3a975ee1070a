"""The compositions of a cover, each for a page of 420 by 570 units."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .lettering import Wording
from .motifs import Motif
from .palettes import Palette
from .shapes import Box, outline, path, polygon, rect, strokes
from .typesetting import (
    SANS,
    SONG,
    Block,
    Measure,
    Style,
    column,
    fit_block,
    fit_line,
    text_element,
    width,
    wrap,
)

PAGE = Box(0, 0, 420, 570)
LEFT, RIGHT = 34, 386
MARK = 1.5  # em that ◎ and its space take before a cover line


@dataclass(frozen=True)
class Sheet:
    """Everything a composition needs for one cover."""

    words: Wording
    colours: Palette
    motif: Motif
    running_number: int
    has_picture: bool = False  # an editor's own, of any shape

    def art(self, box: Box) -> list[str]:
        return self.motif(box, self.colours, self.running_number, self.random())

    @property
    def grain(self) -> str:
        """Of the paper; not over a photograph."""
        return "" if self.has_picture else laid_lines(self.colours)

    def random(self) -> Random:
        """Always the same cuts for the same issue."""
        return Random(self.running_number * 7919 + 17)  # noqa: S311 (repeatable, not secret)


Layout = Callable[[Sheet], list[str]]


def horizon(sheet: Sheet) -> list[str]:
    """Title in a square above, the picture as a wide land below."""
    words, colours = sheet.words, sheet.colours
    top = 296
    band = Box(0, 534, 420, 36)
    parts = [rect(PAGE, colours.ground), *sheet.art(Box(0, top, 420, band.y - top))]
    parts += [rect(band, colours.deep), sheet.grain]
    parts += line_of(LEFT, 42, words.english.upper(), 210, small(colours.soft, 9.5, 0.26))
    parts += title_square(words.main, Box(LEFT - 3, 58, 198, 206), colours.ink)
    parts += seal(252, 64, words.seal, sheet, 24)
    parts += column(252, 262 - 25 * len(words.kind), words.kind, song(22, colours.ink, 0.12))
    parts += numeral(words, colours, 116)
    open_ = 0.12 if len(words.date) < 8 else 0  # 十一月 and 十二月 would reach the rule
    parts += column(287, 50, words.date, small(colours.soft, 9.5, open_))
    parts.append(strokes([[(280, 132), (RIGHT, 132)]], colours.soft, 0.8, 0.7))
    block = fit_block(words.lines, Measure(RIGHT - 280, 124, 15, 10.5))
    parts += lines_of(block, 280, 142, colours, mark=False)
    return parts + foot(words, band.y + 22, colours.paper)


def slip(sheet: Sheet) -> list[str]:
    """The title on a pasted slip, as on a thread-bound book, over a tall picture."""
    words, colours = sheet.words, sheet.colours
    block = fit_block(words.lines, Measure(248, 112, 17, 10.5, MARK))
    floor = 552 - 30 - max(block.height, 66) - 26
    parts = [rect(PAGE, colours.ground), *sheet.art(Box(0, 0, 420, floor))]
    parts += [
        rect(Box(0, floor, 420, 570 - floor), colours.ground),
        sheet.grain,
    ]
    parts += title_slip(sheet, Box(LEFT, 0, 112, min(floor - 20, 404)))
    parts += seal(370, floor - 24 - 23.8 * len(words.seal), words.seal, sheet, 28)
    parts += lines_of(block, LEFT, floor + 22, colours, mark=True)
    parts += numeral(words, colours, 520)
    parts.append(strokes([[(LEFT, 534), (RIGHT, 534)]], colours.soft, 0.8, 0.7))
    return parts + foot(words, 552, colours.soft)


def title_slip(sheet: Sheet, slip_box: Box) -> list[str]:
    """Paper strip that hangs from the upper edge, with the name as a column."""
    words, colours = sheet.words, sheet.colours
    middle = slip_box.x + slip_box.w / 2
    edge = Box(slip_box.x + 5, -6, slip_box.w - 10, slip_box.h + 1)
    room = slip_box.h - 26 - (70 if words.kind else 40)
    size = min(84, room / len(words.main))
    pitch = room / len(words.main)
    style = song(size, colours.paper_ink, pitch / size - 1)
    parts = [rect(slip_box, colours.paper), outline(edge, colours.paper_ink, 0.8, 0.55)]
    parts += column(middle, 26 + (pitch - size) / 2, words.main, style)
    if words.kind:
        kind = song(20, colours.paper_ink, 0.3, "middle")
        parts.append(text_element(middle + 3, slip_box.bottom - 39, words.kind, kind))
    rows = wrap(words.english, (slip_box.w - 24) / 8, 2)
    for i, row in enumerate(rows):
        english = small(colours.paper_ink, 7.5, 0.02, "middle")
        y = slip_box.bottom - 14 - 10 * (len(rows) - 1 - i)
        parts += line_of(middle, y, row, slip_box.w - 20, english)
    return parts


def window(sheet: Sheet) -> list[str]:
    """The picture seen through a window of a garden wall; much wall around it."""
    words, colours = sheet.words, sheet.colours
    block = fit_block(words.lines, Measure(248, 104, 16.5, 10.5, MARK))
    floor = 534 - 14 - max(block.height, 58) - 12
    radius = min(floor - 160, 284) / 2
    centre = RIGHT - radius, 156 + (floor - 156) / 2
    parts = [
        rect(PAGE, colours.ground),
        *framed(sheet, centre, radius),
        sheet.grain,
    ]
    title_width = 314 if words.kind else RIGHT - LEFT
    parts += title_row(words.main, Box(LEFT - 2, 36, title_width, 84), colours.ink)
    parts += column(373, 112 - 25 * len(words.kind), words.kind, song(22, colours.ink, 0.12))
    parts += line_of(LEFT, 140, words.english.upper(), 240, small(colours.soft, 9.5, 0.24))
    parts += column(LEFT + 13, 168, words.date, song(14, colours.ink, 0.3))
    parts += seal(LEFT + 13, floor - 22 * len(words.seal) - 12, words.seal, sheet, 26)
    parts += lines_of(block, LEFT, floor + 14, colours, mark=True)
    parts += numeral(words, colours, 520)
    parts.append(strokes([[(LEFT, 534), (RIGHT, 534)]], colours.soft, 0.8, 0.7))
    return parts + foot(words, 552, colours.soft)


def frame(sheet: Sheet) -> list[str]:
    """The picture in a plain frame, as a print on the wall."""
    words, colours = sheet.words, sheet.colours
    block = fit_block(words.lines, Measure(248, 104, 16.5, 10.5, MARK))
    floor = 534 - 14 - max(block.height, 58) - 12
    box = Box(LEFT, 158, RIGHT - LEFT, floor - 158)
    title_width = 314 if words.kind else RIGHT - LEFT
    parts = [rect(PAGE, colours.ground), sheet.grain, *sheet.art(box)]
    parts += [outline(box, colours.ink, 1.2)]
    parts += title_row(words.main, Box(LEFT - 2, 36, title_width, 84), colours.ink)
    parts += column(373, 112 - 25 * len(words.kind), words.kind, song(22, colours.ink, 0.12))
    parts += line_of(LEFT, 144, words.english.upper(), 230, small(colours.soft, 9.5, 0.24))
    parts += line_of(RIGHT, 144, words.date, 100, small(colours.soft, 9.5, 0.1, "end"))
    parts += lines_of(block, LEFT, floor + 14, colours, mark=True)
    parts += numeral(words, colours, 520)
    parts.append(strokes([[(LEFT, 534), (RIGHT, 534)]], colours.soft, 0.8, 0.7))
    return parts + foot(words, 552, colours.soft)


def plate(sheet: Sheet) -> list[str]:
    """The picture over the whole page; the words on two sheets of paper that lie on it."""
    words, colours = sheet.words, sheet.colours
    block = fit_block(words.lines, Measure(248, 112, 16.5, 10.5, MARK))
    high = max(block.height, 58) + 28
    head, sheet_box = Box(0, 0, 420, 150), Box(0, 534 - high, 420, 570 - 534 + high)
    picture = PAGE if sheet.has_picture else Box(0, head.bottom, 420, sheet_box.y - head.bottom)
    parts = [rect(PAGE, colours.ground), *sheet.art(picture)]
    parts += [veil(head, colours.ground), veil(sheet_box, colours.ground), sheet.grain]
    title_width = 314 if words.kind else RIGHT - LEFT
    parts += title_row(words.main, Box(LEFT - 2, 22, title_width, 92), colours.ink)
    parts += column(373, 108 - 25 * len(words.kind), words.kind, song(22, colours.ink, 0.12))
    parts += line_of(LEFT, 136, words.english.upper(), 230, small(colours.soft, 9.5, 0.24))
    parts += line_of(RIGHT, 136, words.date, 100, small(colours.soft, 9.5, 0.1, "end"))
    parts += lines_of(block, LEFT, sheet_box.y + 14, colours, mark=True)
    parts += numeral(words, colours, 518)
    parts.append(strokes([[(LEFT, 534), (RIGHT, 534)]], colours.soft, 0.8, 0.7))
    return parts + foot(words, 552, colours.soft)


def veil(box: Box, ground: str) -> str:
    """Lets a little of the picture through, and no more than words bear."""
    return rect(box, ground).replace("/>", ' fill-opacity="0.92"/>')


#: Those that have their turn; and those that an editor chooses.
LAYOUTS: tuple[Layout, ...] = (horizon, slip, window)
CHOSEN_ONLY: tuple[Layout, ...] = (frame, plate)


def song(size: float, fill: str, tracking: float = 0.0, anchor: str = "start") -> Style:
    return Style(size, fill, SONG, 700, tracking, anchor)


def small(fill: str, size: float, tracking: float, anchor: str = "start") -> Style:
    return Style(size, fill, SANS, 400, tracking, anchor)


def line_of(x: float, y: float, text: str, measure: float, style: Style) -> list[str]:
    """A line that never leaves its measure; nothing for an empty text."""
    if not text:
        return []
    fitted, fitting = fit_line(text, measure, style, min(7, style.size))
    return [text_element(x, y, fitted, fitting)]


def title_square(name: str, box: Box, ink: str) -> list[str]:
    """The name in two rows of large type; up to three characters stand in one."""
    half = len(name) if len(name) <= 3 else (len(name) + 1) // 2
    rows = [row for row in (name[:half], name[half:]) if row]
    high = min(box.h / len(rows), box.w / max(map(width, rows)) * 1.06)
    spare = (box.h - high * len(rows)) / 2
    return [
        part
        for i, row in enumerate(rows)
        for part in title_row(row, Box(box.x, box.y + spare + i * high, box.w, high), ink)
    ]


def title_row(name: str, box: Box, ink: str) -> list[str]:
    """One row of large type spread over the box's width, its characters on a grid."""
    ems = width(name)
    size = min(box.h, box.w / ems)
    gaps = max(len(name) - 1, 1)
    tracking = min((box.w / size - ems) / gaps, 0.5)
    parts, x = [], box.x
    baseline = box.y + (box.h - size) / 2 + size * 0.88
    for char in name:
        advance = width(char) * size
        style = song(size, ink, anchor="middle")
        parts.append(text_element(x + advance / 2, baseline, char, style))
        x += advance + tracking * size
    return parts


def numeral(words: Wording, colours: Palette, baseline: float) -> list[str]:
    """The number of the issue, large, against the right margin."""
    style = Style(76, colours.ink, SONG, 400, anchor="end")
    room = 94 if words.numeral[0].isdigit() else 78  # characters fill their squares, digits do not
    return line_of(RIGHT, baseline, words.numeral, room, style)


def lines_of(block: Block, x: float, top: float, colours: Palette, mark: bool) -> list[str]:
    """Cover lines from `top` down, with ◎ or with a hairline between them."""
    parts: list[str] = []
    indent = block.size * MARK if mark else 0
    y = top
    for entry in block.entries:
        if mark:
            parts.append(text_element(x, y + block.size, "◎", small(colours.soft, block.size, 0)))
        for row in entry:
            style = Style(block.size, colours.ink, SONG, 700 if mark else 600)
            parts.append(text_element(x + indent, y + block.size, row, style))
            y += block.leading
        y += block.gap
    return parts


def foot(words: Wording, baseline: float, ink: str) -> list[str]:
    """Slogan on the left, imprint on the right; below them what the law wants on a cover."""
    imprint = f"{words.imprint}　{words.running}".rstrip()
    right = small(ink, 10, 0.06, "end")
    baseline = min(baseline, 552) if words.leave else baseline
    return [
        *line_of(LEFT, 563, words.leave, RIGHT - LEFT, small(ink, 6.5, 0.06)),
        *line_of(LEFT, baseline, words.slogan, 208, small(ink, 10, 0.08)),
        *line_of(RIGHT, baseline, imprint, 134, right),
    ]


def seal(middle: float, top: float, text: str, sheet: Sheet, wide: float) -> list[str]:
    """A seal of one column; its edge is worn as if cut in stone."""
    size = wide * 0.74
    box = Box(middle - wide / 2, top, wide, size * 1.08 * len(text) + wide * 0.3)
    random, colours = sheet.random(), sheet.colours
    worn = [(x + random.uniform(-0.7, 0.7), y + random.uniform(-0.7, 0.7)) for x, y in rim(box, 7)]
    style = Style(size, colours.seal_ink, SONG, 700, 0.08)
    return [
        polygon(worn, colours.seal),
        *column(middle, top + wide * 0.17, text, style),
    ]


def rim(box: Box, step: float) -> list[tuple[float, float]]:
    """Points along the edge of a box, some `step` units apart, corners cut a little."""
    across = [box.x + 1.5 + (box.w - 3) * i / 4 for i in range(5)]
    count = max(int(box.h / step), 2)
    down = [box.y + 1.5 + (box.h - 3) * i / count for i in range(count + 1)]
    return [
        *((x, box.y) for x in across),
        *((box.right, y) for y in down),
        *((x, box.bottom) for x in reversed(across)),
        *((box.x, y) for y in reversed(down)),
    ]


def laid_lines(colours: Palette) -> str:
    """The grain of laid paper over the whole page."""
    lines = "".join(f"M0 {y}h420" for y in range(3, 570, 4))
    return (
        f'<path d="{lines}" fill="none" stroke="{colours.ink}"'
        ' stroke-width="0.6" stroke-opacity="0.05"/>'
    )


def framed(sheet: Sheet, centre: tuple[float, float], radius: float) -> list[str]:
    """The picture, then the wall laid over it with a hole: no clip path, so no ids."""
    colours = sheet.colours
    shape = (moon_gate, octagon, begonia)[sheet.running_number // 3 % 3]
    box = Box(centre[0] - radius, centre[1] - radius, radius * 2, radius * 2)
    wall = f"M{box.x - 6:.1f} {box.y - 6:.1f}h{box.w + 12:.1f}v{box.h + 12:.1f}h{-box.w - 12:.1f}Z"
    cover = path(wall + shape(centre, radius - 5), colours.ground)
    rims = [
        path(shape(centre, radius - by), "none").replace(
            "/>", f' stroke="{colours.ink}" stroke-width="{thick}"/>'
        )
        for by, thick in ((5, 2.4), (0.6, 0.8))
    ]
    return [*sheet.art(box), cover.replace("/>", ' fill-rule="evenodd"/>'), *rims]


def moon_gate(centre: tuple[float, float], radius: float) -> str:
    x, y = centre
    half = f"A{radius:.1f} {radius:.1f} 0 0 1"
    left, right = f"{x - radius:.1f} {y:.1f}", f"{x + radius:.1f} {y:.1f}"
    return f"M{left}{half} {right}{half} {left}Z"


def octagon(centre: tuple[float, float], radius: float) -> str:
    reach = radius / math.cos(math.pi / 8)
    corners = [
        f"{centre[0] + reach * math.cos(a):.1f} {centre[1] + reach * math.sin(a):.1f}"
        for a in (math.pi / 8 + math.pi / 4 * i for i in range(8))
    ]
    return "M" + "L".join(corners) + "Z"


def begonia(centre: tuple[float, float], radius: float) -> str:
    """海棠窗: four round petals; `meet` is where neighbours cross on the diagonals."""
    x, y = centre
    petal = radius * 0.54
    offset = radius - petal
    meet = (offset + math.sqrt(2 * petal**2 - offset**2)) / 2
    points = [(x + sx * meet, y + sy * meet) for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    arcs = "".join(
        f"A{petal:.1f} {petal:.1f} 0 0 1 {px:.1f} {py:.1f}" for px, py in (*points[1:], points[0])
    )
    return f"M{points[0][0]:.1f} {points[0][1]:.1f}{arcs}Z"
