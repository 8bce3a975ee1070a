"""How sharp pictures come out in print: pixels an inch at the size they are set at. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from issues.exports import bodies

#: Below this a picture looks soft on paper; printers ask for twice as much.
LEAST = 150
#: Inches of an A4 page: its columns, and what a preamble's picture and the cover fill.
_COLUMN, _MEASURE = 230 / 72, 480 / 72
_TEXT = (42 * 17 - 7) / 72
_PAGE = (210 / 25.4, 297 / 25.4)
_HERO = 0.62


@dataclass(frozen=True, slots=True)
class Soft:
    """The `number`th picture of the article at this place of the book, both from 1."""

    article: int
    number: int
    dots: int


def too_soft(told: dict[str, Any]) -> list[Soft]:
    """`told` is what `setting.of` made."""
    found = []
    for section in [*told["preambles"], *told["sections"]]:
        for article in section["articles"]:
            shown = enumerate(_shown(article), start=1)
            found += [
                Soft(article["at"] + 1, number, round(dots))
                for number, dots in shown
                if round(dots) < LEAST
            ]
    return found


def _shown(article: dict[str, Any]) -> Iterator[float]:
    if hero := article.get("hero"):
        yield cover_dots(hero["width"], hero["height"], part=_HERO)
    for segment in article["segments"]:
        for node in bodies.walk(segment["blocks"]):
            if node.get("kind") == "figure":
                yield _dots(node)


def _dots(figure: dict[str, Any]) -> float:
    """As the template sets it: never coarser than 120, so that pixels do not show."""
    room = _MEASURE if figure["wide"] or not figure["floats"] else _COLUMN
    most = (0.52 if figure["wide"] else 0.6) * _TEXT
    across = min(room, figure["width"] / 120)
    high = min(across * figure["height"] / figure["width"], most)
    return float(figure["height"] / high)


def cover_dots(width: int, height: int, *, part: float = 1.0) -> float:
    """Of a picture that fills the page's width and this part of its height, cut where it must."""
    return min(width / _PAGE[0], height / (part * _PAGE[1]))
