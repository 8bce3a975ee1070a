"""Columns of one height: how high each pair of columns must be, from where Typst put its ends.

Typst fills the first column before it begins the second. A block of a given height makes both end
level; too low, and its text runs out at the foot. So the issue is laid out a few times: from each
layout come the heights of the next, more wherever a text ran out. Pure; lengths in points.

A spot is what the template told of one pair: {"start", "end", "after", "floats"} with places
{"page", "y", "right"} (`right` in the second column); a float has its "top" too, its foot as "y",
and "wide" where it is as broad as both columns.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

#: Above the height of its lines a block needs a hair, or rounding throws the last line out.
HAIR = 0.3
#: Layouts at most.
ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Grid:
    """Of a page: where its columns begin and end, and the step and gap of its lines."""

    top: float
    bottom: float
    pitch: float
    lead: float

    @property
    def lines(self) -> int:
        return self.lines_within(self.bottom - self.top)

    def lines_within(self, height: float) -> int:
        return max(0, math.floor((height + self.lead + HAIR) / self.pitch))

    def height(self, lines: int) -> float:
        return lines * self.pitch - self.lead + HAIR


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of columns: `amount` is its text in lines of one column.

    `more` is what is added to half of it; with `too_little` the text ran out, with `enough` not.
    """

    amount: int
    more: int = 0
    too_little: int | None = None
    enough: int | None = None

    def height(self, start: float, grid: Grid) -> float:
        """Over all its pages, where it begins at this height of a page."""
        above, last, room = self._run(start, grid)
        # Not a hair more than the page has: what is left over would begin another one.
        return above + min(grid.height(last), room)

    def _run(self, start: float, grid: Grid) -> tuple[float, int, float]:
        """The height of its full pages, the lines of its last one, and the room there."""
        left, rooms = self.amount, [grid.bottom - start]
        while left > 2 * grid.lines_within(rooms[-1]):
            left -= 2 * grid.lines_within(rooms[-1])
            rooms.append(grid.bottom - grid.top)
        last = math.ceil(left / 2) + self.more
        # Less than there was thought to be: it ends on the page before.
        while last < 1 and len(rooms) > 1:
            rooms.pop()
            last += grid.lines_within(rooms[-1])
        above, last, room = sum(rooms[:-1], 0.0), max(1, last), rooms[-1]
        if last > grid.lines_within(room):
            above, last = above + room, last - grid.lines_within(room)
            room = grid.bottom - grid.top
        return above, last, room


def spots(places: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """What was told of each pair, by its number."""
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"floats": []})
    top = 0.0
    for place in places:
        if place["at"] == "float-top":
            top = place["y"]
        elif place["at"] == "float":
            found[place["id"]]["floats"].append({**place, "top": top})
        elif "id" in place:
            found[place["id"]][place["at"]] = place
    return {at: spot for at, spot in found.items() if "start" in spot}


def first_guess(found: dict[int, dict[str, Any]], grid: Grid) -> dict[int, Pair]:
    """From a layout in which each pair filled its pages."""
    return {at: Pair(_amount(spot, grid)) for at, spot in found.items()}


def _amount(spot: dict[str, Any], grid: Grid) -> int:
    start, end = spot["start"], spot["end"]
    pages = end["page"] - start["page"]
    first = grid.lines_within(grid.bottom - start["y"])
    begins = start["y"] if not pages else grid.top
    last = grid.lines_within(end["y"] - begins)
    if end["right"]:
        last += first if not pages else grid.lines
    else:
        last += _lines_across(spot, grid)
    return last + (2 * first + 2 * grid.lines * (pages - 1) if pages else 0)


def _lines_across(spot: dict[str, Any], grid: Grid) -> int:
    """Of broad pictures on the last page, whose text does not reach the second column: what such a
    picture takes there, and below the text in both.
    """
    end = spot["end"]
    broad = [each for each in spot["floats"] if each.get("wide") and each["page"] == end["page"]]
    return sum(
        grid.lines_within(each["y"] - each["top"]) * (2 if each["top"] >= end["y"] else 1)
        for each in broad
    )


def heights(
    pairs: dict[int, Pair], found: dict[int, dict[str, Any]], grid: Grid
) -> dict[str, float]:
    """For the template: the height of each pair by its number."""
    return {str(at): pair.height(found[at]["start"]["y"], grid) for at, pair in pairs.items()}


def corrected(
    pairs: dict[int, Pair], found: dict[int, dict[str, Any]], grid: Grid
) -> dict[int, Pair]:
    """The pairs as the next layout should have them; the same where nothing is to be done."""
    return {at: _corrected(pair, found[at], grid) for at, pair in pairs.items()}


def _corrected(pair: Pair, spot: dict[str, Any], grid: Grid) -> Pair:
    over = _lines_over(spot, grid)
    if over:
        # A line more of height is a line more in each column.
        more = pair.more + math.ceil(over / 2)
        more = more if pair.enough is None else min(more, pair.enough)
        return replace(pair, more=more, too_little=pair.more)
    less = pair.more - _spare(spot, grid) // 2
    if pair.too_little is not None:
        less = max(less, (pair.too_little + pair.more + 1) // 2)
    return replace(pair, more=min(pair.more, less), enough=pair.more)


def _lines_over(spot: dict[str, Any], grid: Grid) -> int:
    """How far a text or a picture ran out at the foot of its last page, or over a picture there."""
    last = spot["after"]
    inside = [spot["end"], *spot["floats"]]
    if any(each["page"] > last["page"] for each in inside):
        return 1
    at_the_foot = (each["y"] - last["y"] for each in inside if each["page"] == last["page"])
    over = max([*at_the_foot, *_overlaps(spot)], default=0)
    return math.ceil(over / grid.pitch) if over > 1 else 0


def _overlaps(spot: dict[str, Any]) -> Iterator[float]:
    """By how much a picture reaches over the next one, or over the last line of the text.

    Where there is no room for two pictures, Typst sets one over the other.
    """
    end = spot["end"]
    floats = sorted(spot["floats"], key=lambda each: (each["page"], each["top"]))
    for one, other in combinations(floats, 2):
        if one["page"] == other["page"] and _share_a_column(one, other):
            yield one["y"] - other["top"]
    for each in floats:
        if each["page"] == end["page"] and _share_a_column(each, end) and each["y"] > end["y"]:
            yield end["y"] - each["top"]


def _share_a_column(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one.get("wide") or other.get("wide") or one["right"] == other["right"])


def _spare(spot: dict[str, Any], grid: Grid) -> int:
    """Lines that stay empty in the columns of the last page; notes at its foot do that."""
    end, after = spot["end"], spot["after"]
    foot = grid.lines_within(after["y"] - grid.top)
    if end["page"] != after["page"]:
        reaches = any(each["page"] >= after["page"] for each in (end, *spot["floats"]))
        return 0 if reaches else 2 * foot
    right = foot - _used(spot, grid, right=True)
    return right if end["right"] else right + foot - _used(spot, grid, right=False)


def _used(spot: dict[str, Any], grid: Grid, *, right: bool) -> int:
    """The lines of a column of the last page down to its last text or picture."""
    page, start = spot["after"]["page"], spot["start"]
    begins = start["y"] if start["page"] == page else grid.top
    inside = [each for each in (spot["end"], *spot["floats"]) if each["page"] == page]
    ends = [each["y"] for each in inside if each["right"] == right or each.get("wide")]
    return grid.lines_within(max([begins, *ends]) - grid.top)
