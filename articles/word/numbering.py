"""Word's automatic numbers: what stands before a paragraph that nobody typed.

A list with 1. 2. 3. stays a list. Numbers that a list of ours cannot write (一、 （一） 第一章) are
typed before the words: they belong to the text, and headings are told by them.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from . import list_marks
from .parts.names import W

_PLAIN = re.compile(r"%\d\s*[.．、)）]?\s*")
_SHOWN_LEVEL = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    way: str  # w:numFmt
    text: str  # w:lvlText: "%1、"
    start: int


@dataclass(frozen=True, slots=True)
class Marker:
    """A paragraph's place in an automatic list."""

    is_ordered: bool
    level: int  # from 0
    ordinal: int
    typed: str  # as Word shows it: "一、"
    is_plain: bool  # a list of ours shows the same


def number(element: Element | None, name: str, default: int) -> int:
    """The value of a child such as `<w:ilvl w:val="1"/>`; the default where it is no number."""
    child = element.find(W + name) if element is not None else None
    value = child.get(W + "val", "") if child is not None else ""
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default


class Numbering:
    """Counts as the paragraphs come: ask once for each, in the document's order."""

    def __init__(self, part: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        for each in part if part is not None else ():
            if each.tag == W + "abstractNum":
                self._levels[each.get(W + "abstractNumId", "")] = _levels(each)
            elif each.tag == W + "num":
                self._lists[each.get(W + "numId", "")] = _list(each)

    def next(self, list_id: str, level: int) -> Marker | None:
        """The marker of the next paragraph of that list; None where there is no such list."""
        family, starts = self._lists.get(list_id, ("", {}))
        levels = self._levels.get(family, {})
        found = levels.get(level)
        if found is None or found.way == "none":
            return None
        counts = self._counts[family]
        if level in starts and (list_id, level) not in self._begun:
            counts[level] = starts[level] - 1
        self._begun.add((list_id, level))
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return _marker(levels, level, counts)


def _levels(abstract: Element) -> dict[int, Level]:
    found = {}
    for each in abstract.iter(W + "lvl"):
        at = each.get(W + "ilvl", "0")
        way, text = each.find(W + "numFmt"), each.find(W + "lvlText")
        found[int(at) if re.fullmatch(r"\d", at) else 0] = Level(
            way.get(W + "val", "decimal") if way is not None else "decimal",
            text.get(W + "val", "") if text is not None else "",
            number(each, "start", 1),
        )
    return found


def _list(element: Element) -> tuple[str, dict[int, int]]:
    abstract = element.find(W + "abstractNumId")
    starts = {
        int(each.get(W + "ilvl", "0")): number(each, "startOverride", 1)
        for each in element.iter(W + "lvlOverride")
        if re.fullmatch(r"\d", each.get(W + "ilvl", "")) and number(each, "startOverride", -1) >= 0
    }
    return abstract.get(W + "val", "") if abstract is not None else "", starts


def _marker(levels: dict[int, Level], level: int, counts: dict[int, int]) -> Marker:
    own = levels[level]
    if own.way == "bullet":
        return Marker(False, level, counts[level], "", is_plain=True)

    def shown(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        way = levels[at].way if at in levels else "decimal"
        return list_marks.written(counts.get(at, 1), way)

    is_plain = own.way == "decimal" and bool(_PLAIN.fullmatch(own.text))
    return Marker(
        True, level, counts[level], _SHOWN_LEVEL.sub(shown, own.text), is_plain or level > 0
    )
