"""Geometry of the covers: SVG shapes by presentation attributes only, and their random cuts."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle in user units; x, y is its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def short(self) -> float:
        return min(self.w, self.h)

    def at(self, u: float, v: float) -> Point:
        """The point at the fractions u, v of width and height."""
        return self.x + u * self.w, self.y + v * self.h


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def pairs(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)} {number(y)}" for x, y in points)


def rect(box: Box, fill: str, radius: float = 0) -> str:
    round_ = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(box.x)}" y="{number(box.y)}" width="{number(box.w)}"'
        f' height="{number(box.h)}"{round_} fill="{fill}"/>'
    )


def outline(box: Box, stroke: str, thick: float, opacity: float = 1, radius: float = 0) -> str:
    shape = rect(box, "none", radius)[:-2]
    return f'{shape} stroke="{stroke}" stroke-width="{number(thick)}" stroke-opacity="{opacity}"/>'


def disc(centre: Point, radius: float, fill: str, opacity: float = 1) -> str:
    see = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<circle cx="{number(centre[0])}" cy="{number(centre[1])}"'
        f' r="{number(radius)}" fill="{fill}"{see}/>'
    )


def ring(centre: Point, radius: float, stroke: str, thick: float = 1, opacity: float = 1) -> str:
    shape = disc(centre, radius, "none")[:-2]
    return f'{shape} stroke="{stroke}" stroke-width="{number(thick)}" stroke-opacity="{opacity}"/>'


def polygon(points: Iterable[Point], fill: str, opacity: float = 1) -> str:
    see = f' fill-opacity="{opacity}"' if opacity < 1 else ""
    return f'<path d="M{pairs(points)}Z" fill="{fill}"{see}/>'


def path(data: str, fill: str) -> str:
    return f'<path d="{data}" fill="{fill}"/>'


def strokes(lines: Iterable[Iterable[Point]], colour: str, thick: float, opacity: float = 1) -> str:
    """Many open lines as one path."""
    data = "".join(f"M{pairs(line)}" for line in lines)
    return (
        f'<path d="{data}" fill="none" stroke="{colour}" stroke-width="{number(thick)}"'
        f' stroke-opacity="{opacity}" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def dome(centre: Point, radius: float, fill: str) -> str:
    """The upper half of a disc."""
    (x, y), r = centre, number(radius)
    span = f"M{number(x - radius)} {number(y)}A{r} {r} 0 0 1 {number(x + radius)} {number(y)}Z"
    return path(span, fill)


def leaf(root: Point, length: float, angle: float, plump: float = 0.3) -> str:
    """Path data of a leaf or a grain: from `root` along `angle` (radians), `plump` wide."""
    tip = root[0] + length * math.cos(angle), root[1] + length * math.sin(angle)
    side = length * plump * math.sin(angle), -length * plump * math.cos(angle)
    mid = (root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2
    left = mid[0] + side[0], mid[1] + side[1]
    right = mid[0] - side[0], mid[1] - side[1]
    return f"M{pairs([root])}Q{pairs([left, tip])}Q{pairs([right, root])}Z"


def ridge(box: Box, height: float, swing: float, random: Random, peaks: float = 1.6) -> list[Point]:
    """The skyline of a hill range across the box; `height` and `swing` are fractions of it."""
    waves = [(peaks * f, random.uniform(0, math.tau), 1 / f) for f in (1, 1.9, 3.7)]
    steps = 30
    line = []
    for i in range(steps + 1):
        u = i / steps
        lift = sum(a * math.sin(math.tau * f * u + turn) for f, turn, a in waves) / 1.8
        line.append(box.at(u, 1 - height - swing * lift))
    return line


def under(line: list[Point], box: Box) -> list[Point]:
    """The surface between a skyline and the lower edge of the box."""
    return [*line, (box.right, box.bottom), (box.x, box.bottom)]


def shifted(line: list[Point], down: float) -> list[Point]:
    return [(x, y + down) for x, y in line]


def clip(points: list[Point], box: Box) -> list[Point]:
    """A polygon cut to the box (Sutherland and Hodgman)."""
    for axis, bound, sign in (
        (0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1),
    ):  # fmt: skip
        points = clip_side(points, axis, bound, sign)
    return points


def clip_side(points: list[Point], axis: int, bound: float, sign: int) -> list[Point]:
    kept = []
    for here, there in zip(points, points[1:] + points[:1], strict=True):
        a, b = sign * (here[axis] - bound), sign * (there[axis] - bound)
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            t = a / (a - b)
            (x, y), (to_x, to_y) = here, there
            kept.append((x + t * (to_x - x), y + t * (to_y - y)))
    return kept
