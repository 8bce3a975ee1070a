"""Charts, drawn on the server as SVG: legible in print and by night, with a table beside each that
a screen reader reads. Pure.

A chart brings its colours and its ground with it, for day and night; what differs is told by its
number too, so that grey paper does as well.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 720
_DAY = (
    ".ground{fill:#fffdf8}text{fill:#1d1a16}.axis{stroke:#655d52}.grid{stroke:#ddd5c6}"
    ".bar-0,.dot,.heat{fill:#a4231d}.bar-1{fill:#c79a4a}.bar-2{fill:#6f86a8}"
    ".line{stroke:#a4231d;fill:none;stroke-width:2}text.soft{fill:#655d52}text.on{fill:#fff}"
)
_NIGHT = (
    ".ground{fill:#211e1a}text{fill:#e6dfd3}.axis{stroke:#a89e90}.grid{stroke:#3a342c}"
    ".bar-0,.dot,.heat{fill:#ec7f72}.line{stroke:#ec7f72}text.soft{fill:#a89e90}"
    "text.on{fill:#1b1210}"
)
_STYLE = (
    "text{font-family:'Noto Sans SC','Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;"
    f"font-size:12px}}{_DAY}"
)
_BY_NIGHT = f"@media (prefers-color-scheme: dark){{{_NIGHT}}}"


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one name, in the order of the labels; `None` where nothing is known."""

    name: str
    values: tuple[float | None, ...]


def bars(title: str, labels: Sequence[str], series: Sequence[Series], *, unit: str = "") -> str:
    """Groups of upright bars, each with its number."""
    height, left, top, bottom = 260, 44, 34, 44
    most = _round_up(max((v or 0 for s in series for v in s.values), default=0))
    step = (_WIDTH - left - 10) / max(len(labels), 1)
    wide = min(step * 0.8 / max(len(series), 1), 34)
    room = height - top - bottom
    parts = [*_legend(series, left), *_grid(most, left, top, room, unit)]
    for at, label in enumerate(labels):
        middle = left + step * (at + 0.5)
        parts.append(_text(middle, height - bottom + 16, label, "middle"))
        for number, each in enumerate(series):
            value = each.values[at]
            if value is None:
                continue
            tall = room * value / most
            x = middle - wide * len(series) / 2 + wide * number
            parts.append(
                f'<rect class="bar-{number % 3}" x="{x:.1f}" y="{top + room - tall:.1f}"'
                f' width="{max(wide - 2, 1):.1f}" height="{tall:.1f}"/>'
            )
            if value and len(labels) * len(series) <= 40:
                y = top + room - tall - 4
                parts.append(_text(x + wide / 2 - 1, y, _short(value), "middle", "soft"))
    return _svg(title, height, parts)


def lines(title: str, labels: Sequence[str], series: Series, *, unit: str = "") -> str:
    """One line with a dot and a number for each label; gaps where nothing is known."""
    height, left, top, bottom = 220, 44, 24, 44
    most = _round_up(max((v or 0 for v in series.values), default=0))
    step, room = (_WIDTH - left - 10) / max(len(labels), 1), height - top - bottom
    parts, path, pen = _grid(most, left, top, room, unit), "", "M"
    for at, (label, value) in enumerate(zip(labels, series.values, strict=True)):
        x = left + step * (at + 0.5)
        parts.append(_text(x, height - bottom + 16, label, "middle"))
        if value is None:
            pen = "M"
            continue
        y = top + room - room * value / most
        path += f"{pen}{x:.1f} {y:.1f}"
        pen = "L"
        parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>')
        parts.append(_text(x, y - 8, f"{_short(value)}{unit}", "middle", "soft"))
    parts.append(f'<path class="line" d="{path}"/>')
    return _svg(title, height, parts)


def across(title: str, rows: Sequence[tuple[str, float]], *, unit: str = "") -> str:
    """Lying bars, a line each: for long names."""
    left, line = 190, 26
    height = 14 + line * max(len(rows), 1)
    most = max((value for _, value in rows), default=0) or 1
    parts = []
    for at, (label, value) in enumerate(rows):
        y = 8 + line * at
        wide = (_WIDTH - left - 80) * value / most
        parts.append(_text(left - 8, y + 14, label[:14], "end"))
        parts.append(
            f'<rect class="bar-0" x="{left}" y="{y:.1f}" width="{max(wide, 1):.1f}" height="18"/>'
        )
        parts.append(_text(left + wide + 6, y + 14, f"{_short(value)}{unit}", "start", "soft"))
    return _svg(title, height, parts)


def heat(
    title: str, rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]]
) -> str:
    """A field for each row and column, the darker the more, with its number."""
    left, top, line = 130, 70, 26
    wide = (_WIDTH - left - 50) / max(len(columns), 1)  # the last name leans over the edge
    height = top + line * max(len(rows), 1) + 8
    most = max((v for row in values for v in row), default=0) or 1
    parts = []
    for at, label in enumerate(columns):
        x = left + wide * (at + 0.5)
        parts.append(
            f'<text x="{x:.1f}" y="{top - 8}" text-anchor="start"'
            f' transform="rotate(-38 {x:.1f} {top - 8})">{escape(label)}</text>'
        )
    for down, (label, row) in enumerate(zip(rows, values, strict=True)):
        y = top + line * down
        parts.append(_text(left - 8, y + 17, label[:9], "end"))
        for at, value in enumerate(row):
            x, share = left + wide * at, value / most
            parts.append(
                f'<rect class="heat" x="{x + 1:.1f}" y="{y + 1}" width="{wide - 2:.1f}"'
                f' height="{line - 2}" fill-opacity="{0.06 + 0.94 * share:.2f}"/>'
            )
            if value:
                kind = "on" if share > 0.45 else ""
                parts.append(_text(x + wide / 2, y + 17, _short(value), "middle", kind))
    return _svg(title, height, parts)


def _legend(series: Sequence[Series], left: float) -> list[str]:
    parts, x = [], left
    for number, each in enumerate(series):
        parts.append(f'<rect class="bar-{number % 3}" x="{x}" y="6" width="12" height="12"/>')
        parts.append(_text(x + 17, 16, each.name, "start"))
        x += 40 + 13 * len(each.name)
    return parts


def _grid(most: float, left: float, top: float, room: float, unit: str) -> list[str]:
    parts = []
    for quarter in range(5):
        y = top + room - room * quarter / 4
        kind = "grid" if quarter else "axis"
        parts.append(
            f'<line class="{kind}" x1="{left}" x2="{_WIDTH - 10}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        parts.append(_text(left - 6, y + 4, f"{_short(most * quarter / 4)}{unit}", "end", "soft"))
    return parts


def _text(x: float, y: float, words: str, anchor: str, kind: str = "") -> str:
    cls = f' class="{kind}"' if kind else ""
    return f'<text{cls} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height:.0f}"'
        f' viewBox="0 0 {_WIDTH} {height:.0f}"><title>{escape(title)}</title>'
        f"<style>{_STYLE}{_BY_NIGHT}</style>"
        f'<rect class="ground" width="{_WIDTH}" height="{height:.0f}"/>{"".join(parts)}</svg>'
    )


def as_address(svg: str) -> str:
    """As the address of a picture (`data:`)."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def on_paper(svg: str) -> bytes:
    """By day, whatever the machine says."""
    return svg.replace(_BY_NIGHT, "").encode()


def _round_up(most: float) -> float:
    """A number that quarters look well with: 4, 8, 10, 20, 40 …"""
    size = 1.0
    while True:
        for each in (4, 8, 10, 20):
            if most <= each * size:
                return each * size
        size *= 10


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
