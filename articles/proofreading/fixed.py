"""Fixed wording, found by nearness to the right form instead of by listed errors. Pure, linear.

A phrase is near where the text has its length and differs in one character, or, from eight
characters on, in two neighbours in its midst, or has one character more or less there. Marks
inside of a sentence do not count. What is right itself is never near to something else.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

_MARKS = frozenset("“”‘’、《》〈〉，；")
#: Shorter phrases are told only in quotation marks, behind a verb that their row names or beside
#: another of them: local documents coin many a “两个…” of their own.
_SELF_EVIDENT = 6
_BESIDE = 40
#: What comes and goes without a change of meaning.
_PARTICLES = frozenset("的地之了和与及同")
#: From here on two neighbouring characters may be wrong, or one be missing.
_LONG = 8


class Near(NamedTuple):
    """What stands at string[start:end] should be `right`; `phrase` is the whole of it."""

    start: int
    end: int
    right: str
    phrase: str


class _Difference(NamedTuple):
    """Of a phrase and a window: where they part, and where each goes on alike."""

    start: int
    end: int  # in the window
    right: str


class FixedPhrases:
    """Phrases compiled once, to be looked for in many texts.

    A row is a phrase; `= phrase` is right and near to another; `phrase | verb verb` names the
    verbs before a short one.
    """

    def __init__(self, rows: Iterable[str]) -> None:
        self._names: dict[str, str] = {}  # as it is written, by its letters
        self._verbs: dict[str, tuple[str, ...]] = {}
        right = []
        for row in rows:
            phrase, _, verbs = row.removeprefix("= ").partition("|")
            phrase = phrase.strip()
            if not letters(phrase):
                continue
            right.append(letters(phrase))
            if not row.startswith("= "):
                self._names[letters(phrase)] = phrase
                self._verbs[letters(phrase)] = tuple(verbs.split())
        self._seeds = [
            (piece, at, phrase) for phrase in self._names for at, piece in _pieces(phrase)
        ]
        self._right = _automaton(right)
        self._near = _automaton([piece for piece, _, _ in self._seeds])

    def find(self, string: str) -> Iterator[Near]:
        """Every near form, in order; none overlaps another."""
        if self._near is None or self._right is None:
            return
        places = [at for at, char in enumerate(string) if char not in _MARKS]
        plain = "".join(_plain(string[at]) for at in places)
        right = bytearray(len(plain) + 1)
        for _, start, end in self._right.find_matches_as_indexes(plain, overlapping=True):
            right[start:end] = b"\1" * (end - start)
        reach = 0
        for start, near in sorted(set(self._windows(plain, right))):
            first, last = places[start + near.start], places[start + near.end - 1] + 1
            if first >= reach and self._is_meant(string, places, start, near):
                reach = last
                yield Near(first, last, near.right, self._names[near.phrase])

    def _windows(self, plain: str, right: bytearray) -> Iterator[tuple[int, Near]]:
        """Where a piece of a phrase stands, with what differs around it."""
        if self._near is None:
            return
        found = self._near.find_matches_as_indexes(plain, overlapping=True)
        for index, at, _ in found:
            _, offset, phrase = self._seeds[index]
            start = at - offset
            for size in _sizes(len(phrase)):
                for begin in {start, at - offset + len(phrase) - size}:
                    if begin < 0:
                        continue
                    window = plain[begin : begin + size]
                    difference = _differs(phrase, window)
                    if difference and not any(
                        right[begin + difference.start : begin + max(difference.end, 1)]
                    ):
                        yield begin, Near(*difference, phrase)

    def _is_meant(self, string: str, places: list[int], start: int, near: Near) -> bool:
        """Short phrases have many innocent neighbours, unless they are quoted as a whole."""
        size = len(near.phrase)
        if size >= _SELF_EVIDENT or near.phrase.startswith("中国"):
            return True
        first, last = places[start], places[start + size - 1]
        if string[first - 1 : first] != "“" or string[last + 1 : last + 2] != "”":
            return False
        beside = string[max(0, first - _BESIDE) : last + _BESIDE]
        others = (name for name in self._names.values() if len(letters(name)) < _SELF_EVIDENT)
        verb = string[max(0, first - 3) : first - 1]
        return verb in self._verbs[near.phrase] or any(name in beside for name in others)


def read(path: Path) -> FixedPhrases:
    rows = path.read_text(encoding="utf-8").splitlines()
    return FixedPhrases(row for row in rows if row.strip() and not row.startswith("#"))


def _plain(char: str) -> str:
    """The automaton reads UTF-8, which has no half of a pair."""
    return "\ufffd" if "\ud800" <= char <= "\udfff" else char


def letters(phrase: str) -> str:
    """Without the marks that do not count."""
    return "".join(_plain(char) for char in phrase if char not in _MARKS)


def _pieces(phrase: str) -> Iterator[tuple[int, str]]:
    """Of which one at least stands unharmed in whatever is near."""
    count = 3 if len(phrase) >= _LONG else 2
    cuts = [len(phrase) * number // count for number in range(count + 1)]
    for start, end in pairwise(cuts):
        yield start, phrase[start:end]


def _sizes(length: int) -> tuple[int, ...]:
    return (length, length - 1, length + 1) if length > _LONG else (length,)


def _differs(phrase: str, window: str) -> _Difference | None:
    """The one stretch in which a window differs from a phrase, where that is small enough."""
    head = _common(phrase, window)
    if head == len(phrase) == len(window):
        return None
    tail = _common(phrase[head:][::-1], window[head:][::-1])
    wrong, right = window[head : len(window) - tail], phrase[head : len(phrase) - tail]
    allowed = 2 if min(head, tail) >= 2 and len(phrase) >= _LONG else 1
    if len(wrong) == len(right):
        same = 1 <= len(wrong) <= allowed
    else:
        same = allowed == 2 and {len(wrong), len(right)} == {0, 1}
    if not same or not all("\u4e00" <= char <= "\u9fff" for char in wrong):
        return None
    if _PARTICLES.issuperset(wrong + right):
        return None
    if wrong and right:
        return _Difference(head, head + len(wrong), right)
    # One more or one less: told with the character before.
    return _Difference(head - 1, head + len(wrong), phrase[head - 1] + right)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _automaton(words: list[str]) -> AhoCorasick | None:
    if not words:
        return None
    return AhoCorasick(words, implementation=Implementation.ContiguousNFA)
