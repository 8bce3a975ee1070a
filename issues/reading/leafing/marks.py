"""Marks over what was found on a page's picture: which boxes cover some letters of its text.

Where the letters stand is told by `exports.letters`. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from ...exports.letters import ACROSS

__all__ = ["ACROSS", "Box", "over"]

#: Around the letters, in thousandths of the page's width.
_ROOM = 2


@dataclass(frozen=True, slots=True)
class Box:
    """In thousandths of the page's width, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int


def over(text: str, lines: list[list[int]], start: int, end: int) -> Iterator[Box]:
    """A box for each line that holds some of `text[start:end]`; none where no place is known."""
    first = _letters(text[:start])
    last = first + _letters(text[start:end])  # behind the last one
    at = 0
    for top, bottom, left, *steps in lines:
        edges = [left, *accumulate(steps)]
        count = len(steps)
        begin, to = max(first - at, 0), min(last - at, count)
        if begin < to:
            x, right = edges[begin] - _ROOM, edges[to] + _ROOM
            yield Box(x, top - _ROOM, right - x, bottom - top + 2 * _ROOM)
        at += count


def _letters(text: str) -> int:
    return sum(not char.isspace() for char in text)
