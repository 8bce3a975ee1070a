"""Branches and authors of the house, written nearly right: 净月分行 for 净月支行. Pure, linear.

A branch is near where its name has another kind of office behind it, a character that sounds the
same, two neighbours changed over, or one character too few. An author is near where, directly
behind the branch, one character of the name is another. Who bears the name that stands there, or
bore it, is never near to somebody else.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

#: Offices that are taken for each other.
_OFFICES = ("支行", "分行", "营业部", "分理处", "储蓄所", "办事处")
_DEPARTMENTS = ("部", "中心", "办公室")
_ENDS = re.compile("|".join(sorted((*_OFFICES, *_DEPARTMENTS), key=len, reverse=True)))
#: 工商银行长春分行, 建行长春分行 are other houses; so is what a larger office stands before.
_OTHER_HOUSES = re.compile("(?:银行|[工农中建交招]行|联社|公司|集团|学院|医院|政府|[省市县区])$")
_SHORTEST_STEM = 2
#: Of a department the stem is an everyday word sooner.
_SHORTEST_DEPARTMENT = 4
_LONGEST_STEM = 14
#: From so many characters on, the stem is told by all of them but one.
_LACKING = 3
_BETWEEN = re.compile(
    r"[ \u3000的]{0,2}(?:(?:大堂|客户|理财|产品)经理|柜员|员工|同事|副?行长|副?主任|营业主管)?"
    r"[ \u3000]?"
)
_HANZI = re.compile("[\u3400-\u9fff]+")


class NearName(NamedTuple):
    """What stands at string[start:end] should be `right`; `whose` is told in the reason."""

    start: int
    end: int
    right: str
    is_person: bool


class NameList:
    """The house's names compiled once, to be matched against many texts.

    `known` are further names that are right: those that were borne once.
    """

    def __init__(
        self,
        branches: Iterable[str] = (),
        authors: Iterable[tuple[str, str]] = (),
        known: Iterable[str] = (),
    ) -> None:
        branches = [name for name in branches if _HANZI.fullmatch(name)]
        authors = [pair for pair in authors if _HANZI.fullmatch(pair[0])]
        self._known = {*branches, *known}
        self._people = {*(name for name, _ in authors), *known}
        self._by_office: dict[str, list[str]] = defaultdict(list)  # by stem
        self._by_sound: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_characters: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_less: dict[tuple[str, str], list[str]] = defaultdict(list)
        for name in branches:
            self._file(name)
        self._of_branch: dict[str, list[str]] = defaultdict(list)
        for name, branch in authors:
            if 1 < len(name) < 5:
                self._of_branch[branch].append(name)
        self._lengths = sorted({len(name) for name in self._known}, reverse=True)

    def _file(self, name: str) -> None:
        stem, end = _parted(name)
        if not end:
            return
        if end in _OFFICES:
            self._by_office[stem].append(name)
        self._by_sound[_sound(stem), end].append(name)
        self._by_characters["".join(sorted(stem)), end].append(name)
        if len(stem) >= _LACKING and end in _OFFICES:
            for at in range(len(stem)):
                self._by_less[stem[:at] + stem[at + 1 :], end].append(name)

    def find(self, string: str) -> list[NearName]:
        """In order; none overlaps another."""
        if not self._known:
            return []
        found: list[NearName] = []
        for end in _ENDS.finditer(string):
            branch = self._known_before(string, end.end())
            is_bare = branch == end[0]  # 营业部 is a name, and the end of others
            near = None if branch and not is_bare else self._near_branch(string, end)
            if near:
                found.append(near)
            elif branch:
                found += self._people_behind(string, end.end(), branch)
        return found

    def _known_before(self, string: str, end: int) -> str:
        """The longest name of the house that ends here."""
        pieces = (string[max(0, end - length) : end] for length in self._lengths)
        return next((piece for piece in pieces if piece in self._known), "")

    def _near_branch(self, string: str, end: re.Match[str]) -> NearName | None:
        run = _hanzi_before(string, end.start())
        for length in range(min(len(run), _LONGEST_STEM), _SHORTEST_STEM - 1, -1):
            stem, before = run[-length:], run[:-length]
            right = self._right(stem, end[0])
            if right and not _OTHER_HOUSES.search(before):
                return NearName(end.start() - length, end.end(), right, is_person=False)
        return None

    def _right(self, stem: str, end: str) -> str:
        """The one name that stem and end may mean; nothing where there are two."""
        if end in _DEPARTMENTS and len(stem) < _SHORTEST_DEPARTMENT:
            return ""
        found = set(self._by_office[stem] if stem in self._by_office and end in _OFFICES else ())
        if not found:
            found |= set(self._by_characters.get(("".join(sorted(stem)), end), ()))
            found = {name for name in found if _are_changed_over(stem, _parted(name)[0])}
        if not found and (sound := _sound(stem)):
            found |= set(self._by_sound.get((sound, end), ()))
        if not found:
            found |= set(self._by_less.get((stem, end), ()))
        return found.pop() if len(found) == 1 else ""

    def _people_behind(self, string: str, at: int, branch: str) -> Iterator[NearName]:
        between = _BETWEEN.match(string, at)
        start = between.end() if between else at
        names = self._of_branch.get(branch, ())
        if any(string[start : start + length] in self._people for length in (4, 3, 2)):
            return
        near = {name for name in names if _is_one_off(string[start : start + len(name)], name)}
        if len(near) == 1:
            name = near.pop()
            yield NearName(start, start + len(name), name, is_person=True)


def _parted(name: str) -> tuple[str, str]:
    """净月支行 → 净月, 支行; nothing behind where the name is no office's, or nothing but one."""
    for end in (*_OFFICES, *sorted(_DEPARTMENTS, key=len, reverse=True)):
        stem = name.removesuffix(end)
        shortest = _SHORTEST_STEM if end in _OFFICES else _SHORTEST_DEPARTMENT
        if stem != name:
            return (stem, end) if len(stem) >= shortest else (name, "")
    return name, ""


def _hanzi_before(string: str, end: int) -> str:
    start = end
    while start > max(0, end - _LONGEST_STEM - 4) and _HANZI.match(string[start - 1]):
        start -= 1
    return string[start:end]


@lru_cache(maxsize=20_000)
def _sound(text: str) -> str:
    """Without tones; the usual reading of each character."""
    from pypinyin import Style, pinyin  # a quarter of a second and 56 MB: for whoever spells

    return " ".join(syllables[0] for syllables in pinyin(text, style=Style.NORMAL))


def _are_changed_over(text: str, right: str) -> bool:
    """Two neighbours have changed places."""
    apart = [at for at in range(len(right)) if text[at] != right[at]]
    return len(apart) == 2 and apart[1] == apart[0] + 1


def _is_one_off(text: str, name: str) -> bool:
    """One character is another; of two characters, or the surname, one that sounds the same."""
    if len(text) != len(name) or not _HANZI.fullmatch(text):
        return False
    apart = [at for at in range(len(name)) if text[at] != name[at]]
    if len(apart) != 1:
        return False
    if len(name) == 2 or not apart[0]:
        return _sound(text) == _sound(name)
    return True
