"""Word's automatic numbers: what stands before a paragraph that nobody typed.

What Word shows there is in the text as Word shows it (第三条, （一）, 图1-6, 注：), unless a list
of ours prints exactly the same: 1. 2. 3., and dots, squares, dashes that only say «next».
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from .. import symbols
from . import list_marks
from .parts.names import MC, W

_SHOWN_LEVEL = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    way: str  # w:numFmt
    text: str  # w:lvlText: "%1、"
    start: int = 1
    shape: str = ""  # of a way of one's own: "001, 002, ..."
    is_legal: bool = False  # all numbers in digits
    restart: int | None = None  # after which level (from 1) it begins anew; 0: never
    space: str = " "  # what Word puts behind: a tab or a space here, or nothing
    style: str = ""  # the paragraph style that is numbered by it
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A paragraph's place in an automatic list."""

    is_ordered: bool
    level: int  # from 0
    ordinal: int
    typed: str  # as Word shows it, with the space behind: "一、", "图1-6 "
    is_plain: bool  # a list of ours shows the same
    is_guessed: bool = False  # in digits, because nobody knows how Word writes it


@dataclass(frozen=True, slots=True)
class _List:
    family: str
    starts: dict[int, int]
    own: dict[int, Level]


def number(element: Element | None, name: str, default: int) -> int:
    """The value of a child such as `<w:ilvl w:val="1"/>`; the default where it is no number."""
    value = _value(element, name)
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default


def _value(element: Element | None, name: str, default: str = "") -> str:
    child = element.find(W + name) if element is not None else None
    return child.get(W + "val", default) if child is not None else default


class Numbering:
    """Counts as the paragraphs come: ask once for each, in the document's order.

    `list_of_style` tells the list that a style of the kind numbering names.
    """

    def __init__(self, part: Element | None, list_of_style: Callable[[str], str]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._named: dict[str, str] = {}  # families by the style that they are
        self._led: dict[str, str] = {}  # families by the style that they stand for
        self._lists: dict[str, _List] = {}
        self._list_of_style = list_of_style
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        for each in part if part is not None else ():
            if each.tag == W + "abstractNum":
                self._read_family(each)
            elif each.tag == W + "num":
                self._lists[each.get(W + "numId", "")] = _list(each)

    def _read_family(self, element: Element) -> None:
        family = element.get(W + "abstractNumId", "")
        self._levels[family] = _levels(element)
        if named := _value(element, "styleLink"):
            self._named[named] = family
        if led := _value(element, "numStyleLink"):
            self._led[family] = led

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """At which level of the list the paragraphs of a style stand, where the list says so."""
        if not style:
            return None
        levels = self._levels_of(list_id)[1]
        return next((at for at, each in levels.items() if each.style == style), None)

    def next(self, list_id: str, level: int) -> Marker | None:
        """The marker of the next paragraph of that list; None where there is no such list."""
        family, levels = self._levels_of(list_id)
        found = levels.get(level)
        if found is None:
            return None
        counts = self._counts[family]
        starts = self._lists[list_id].starts
        if level in starts and (list_id, level) not in self._begun:
            counts[level] = starts[level] - 1
        self._begun.add((list_id, level))
        counts[level] = counts.get(level, found.start - 1) + 1
        for deeper in [each for each in counts if each > level]:
            if _begins_anew(levels.get(deeper), level):
                del counts[deeper]
        return _marker(levels, level, counts)

    def _levels_of(self, list_id: str) -> tuple[str, dict[int, Level]]:
        """The family whose numbers are counted together, and its levels as this list has them."""
        found = self._lists.get(list_id)
        if found is None:
            return "", {}
        family = found.family
        if style := self._led.get(family):
            other = self._lists.get(self._list_of_style(style))
            family = self._named.get(style) or (other.family if other else family)
        levels = self._levels.get(family, {})
        return family, {**levels, **found.own} if found.own else levels


def _begins_anew(deeper: Level | None, level: int) -> bool:
    """Whether the numbers of a deeper level begin anew once `level` (from 0) has gone on."""
    return deeper is None or deeper.restart is None or level < deeper.restart


def _levels(element: Element) -> dict[int, Level]:
    found = {}
    for each in element.findall(W + "lvl"):
        at = each.get(W + "ilvl", "0")
        found[int(at) if re.fullmatch(r"\d", at) else 0] = _level(each)
    return found


def _level(element: Element) -> Level:
    way = element.find(W + "numFmt")
    if way is None:  # one's own way is written so that older programs read another
        way = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    restart = number(element, "lvlRestart", -1)
    legal, hidden = element.find(W + "isLgl"), element.find(f"{W}rPr/{W}vanish")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = fonts.get(W + "ascii", fonts.get(W + "hAnsi", "")) if fonts is not None else ""
    return Level(
        way=way.get(W + "val", "decimal") if way is not None else "decimal",
        text=symbols.read(_value(element, "lvlText"), font)[0],
        start=number(element, "start", 1),
        shape=way.get(W + "format", "") if way is not None else "",
        is_legal=_is_on(legal),
        restart=restart if restart >= 0 else None,
        space="" if _value(element, "suff") == "nothing" else " ",
        style=_value(element, "pStyle"),
        is_hidden=_is_on(hidden),
    )


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")


def _list(element: Element) -> _List:
    starts, own = {}, {}
    for each in element.findall(W + "lvlOverride"):
        at = each.get(W + "ilvl", "")
        if not re.fullmatch(r"\d", at):
            continue
        if (start := number(each, "startOverride", -1)) >= 0:
            starts[int(at)] = start
        if (level := each.find(W + "lvl")) is not None:
            own[int(at)] = _level(level)
    return _List(_value(element, "abstractNumId"), starts, own)


def _marker(levels: dict[int, Level], level: int, counts: dict[int, int]) -> Marker | None:
    own = levels[level]

    def shown(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        its = levels.get(at, Level("decimal", ""))
        if own.is_legal and its.way != "none":
            its = replace(its, way="decimal")
        return list_marks.written(counts.get(at, its.start), its.way, its.shape)

    is_bullet = own.way == "bullet"
    text = own.text if is_bullet else _SHOWN_LEVEL.sub(shown, own.text)
    is_mere = is_bullet and symbols.is_mere_bullet(text.strip())
    if own.is_hidden or not (text.strip() or is_mere):
        return None
    if is_mere and not symbols.is_seen(text):
        text = "•"
    is_own = own.text.strip() == f"%{level + 1}."
    is_plain = is_mere or (is_own and text.strip() == f"{counts[level]}.")
    space = symbols.space_behind(text) and own.space
    return Marker(
        is_ordered=not is_bullet,
        level=level,
        ordinal=counts[level],
        typed=text + space,
        is_plain=is_plain,
        is_guessed=not (is_bullet or own.is_legal or list_marks.is_known(own.way)),
    )
