"""Sets lines of any text into a given space, without a font at hand.

Widths are in em and estimated from the Unicode width class: Chinese faces draw their own
characters exactly one em wide, for the rest the guess is on the wide side. Lines with
characters that no guess holds for are pressed to their measure by the renderer (textLength).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from xml.sax.saxutils import escape

SONG = "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif"
SANS = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
ELLIPSIS = "…"
NO_LINE_START = frozenset("，。、；：？！）》」』】”’…·,.;:?!)%")
NO_LINE_END = frozenset("（《「『【“‘(")
WIDE_LATIN = frozenset("MWmw@%&—…")
NARROW_LATIN = frozenset("iljft.,:;'!|()[]")
# Controls, invisible formats (bidi overrides among them), surrogates, private use, and
# combining marks, which can be stacked far out of the line.
DROPPED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Zl", "Zp"))


@dataclass(frozen=True)
class Style:
    """How a line is drawn: size in user units, `tracking` (letter spacing) in em."""

    size: float
    fill: str
    family: str = SANS
    weight: int = 400
    tracking: float = 0.0
    anchor: str = "start"


def clean(text: str, limit: int = 400) -> str:
    """One line of drawable characters out of any string, at most `limit` of them."""
    spaced = re.sub(r"[^\S\u3000]+", " ", text[: limit * 4])
    composed = unicodedata.normalize("NFC", spaced)
    kept = "".join(c for c in composed if unicodedata.category(c) not in DROPPED)
    # A full-width space is typography here (it parts the halves of a slogan), so it is kept.
    single = re.sub(r" *\u3000[ \u3000]*", "\u3000", re.sub(" +", " ", kept))
    return single[:limit].strip()


@cache
def advance(char: str) -> float:
    """The width of one character in em."""
    if unicodedata.east_asian_width(char) in "WFA" and char not in "—…":
        return 1.0
    if char in WIDE_LATIN:
        return 1.0
    if char in NARROW_LATIN:
        return 0.42
    return 0.78 if char.isupper() else 0.6


def width(text: str, tracking: float = 0.0) -> float:
    """The width of a line in em."""
    return sum(map(advance, text)) + tracking * len(text)


def cut(text: str, em: float) -> str:
    """`text`, or as much of it as fits into `em` together with an ellipsis."""
    if width(text) <= em:
        return text
    while text and width(text) + 1 > em:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def wrap(text: str, em: float, rows: int) -> list[str]:
    """`text` in at most `rows` lines of `em`; what is left over ends in an ellipsis."""
    lines: list[str] = []
    while len(lines) < rows - 1 and width(text) > em:
        at = break_point(text, em)
        lines.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*lines, cut(text, em)] if text else lines


def break_point(text: str, em: float) -> int:
    """How many characters of `text` go on a line of `em`; at least one."""
    most, used = 0, 0.0
    while most < len(text) and used + advance(text[most]) <= em:
        used += advance(text[most])
        most += 1
    for at in range(most, most // 3, -1):
        if may_break(text[at - 1], text[at]):
            return at
    return max(most, 1)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if after in NO_LINE_START or before in NO_LINE_END:
        return False
    return not (is_latin(before) and is_latin(after))


def is_latin(char: str) -> bool:
    return char.isalnum() and unicodedata.east_asian_width(char) not in "WF"


def is_predictable(text: str) -> bool:
    """Whether the estimated width can be trusted: Chinese, ASCII and their punctuation."""
    return all(c.isascii() or "\u2010" <= c <= "\u2027" or "\u3000" <= c <= "\u9fff"
               or "\uff00" <= c <= "\uff5e" or c in "◎·〇" for c in text)  # fmt: skip


def text_element(x: float, y: float, text: str, style: Style) -> str:
    """One `<text>` with its baseline at y; x is its start, middle or end by the anchor."""
    extra = f' letter-spacing="{style.size * style.tracking:.2f}"' if style.tracking else ""
    if style.anchor != "start":
        extra += f' text-anchor="{style.anchor}"'
    if not is_predictable(text):
        length = width(text, style.tracking) * style.size
        extra += f' textLength="{length:.1f}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{style.family}"'
        f' font-size="{style.size:.1f}" font-weight="{style.weight}"'
        f' fill="{style.fill}"{extra}>{escape(text)}</text>'
    )


def column(x: float, top: float, text: str, style: Style) -> list[str]:
    """Characters one below the other, centred on x: vertical type that every renderer can.

    `style.tracking` opens the column. A Chinese character sits with its baseline at 0.88 em
    of its square.
    """
    pitch = style.size * (1 + style.tracking)
    upright = Style(style.size, style.fill, style.family, style.weight, anchor="middle")
    return [
        text_element(x, top + style.size * 0.88 + pitch * i, char, upright)
        for i, char in enumerate(text)
    ]


@dataclass(frozen=True)
class Measure:
    """The space of a block of lines in user units; `indent` is in em of its type."""

    width: float
    height: float
    largest: float
    smallest: float
    indent: float = 0.0


@dataclass(frozen=True)
class Block:
    """Lines that fit: `entries` holds the one or two rows of each."""

    size: float
    leading: float
    gap: float
    entries: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> float:
        rows = sum(map(len, self.entries))
        return rows * self.leading + max(len(self.entries) - 1, 0) * self.gap


def fit_block(lines: tuple[str, ...], measure: Measure) -> Block:
    """The largest setting of all `lines` that holds in the space, two rows a line at most.

    One row each is preferred as long as the type is not much smaller for it; when even the
    smallest type is too long, lines end in an ellipsis.
    """
    steps = [measure.largest - 0.5 * i for i in range(40)]
    sizes = [size for size in steps if size >= measure.smallest] or [measure.smallest]
    for rows, floor in ((1, measure.largest * 0.8), (2, 0)):
        for size in sizes:
            block = set_block(lines, size, rows, measure)
            if size >= floor and block.height <= measure.height and is_whole(block, lines):
                return block
    return set_tight(lines, sizes[-1], measure)


def set_block(lines: tuple[str, ...], size: float, rows: int, measure: Measure) -> Block:
    room = measure.width / size - measure.indent
    entries = tuple(tuple(wrap(line, room, rows)) for line in lines)
    return Block(size, size * 1.36, size * 0.42, entries)


def set_tight(lines: tuple[str, ...], size: float, measure: Measure) -> Block:
    """The last resort: smallest type, rows and then lines given up until it fits."""
    for rows in (2, 1):
        block = set_block(lines, size, rows, measure)
        if block.height <= measure.height:
            return block
    return set_tight(lines[:-1], size, measure) if lines else block


def is_whole(block: Block, lines: tuple[str, ...]) -> bool:
    """Whether nothing was cut off."""
    letters = ["".join(rows).replace(" ", "") for rows in block.entries]
    return letters == [line.replace(" ", "") for line in lines]


def fit_line(text: str, measure: float, style: Style, smallest: float) -> tuple[str, Style]:
    """A single line pressed into `measure`: smaller first, then cut with an ellipsis."""
    size = min(style.size, measure / max(width(text, style.tracking), 0.01))
    if size >= smallest:
        return text, replace(style, size=size)
    plain = replace(style, size=smallest, tracking=0.0)
    return cut(text, measure / smallest), plain
