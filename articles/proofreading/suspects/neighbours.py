"""A word for another of the same sound, where its neighbour tells: 权利机关 for 权力机关. Pure.

Which neighbours tell, is counted (`gathering.py`): they stand beside the one word again and again
and beside the other never.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

_FOLDER = Path(__file__).parent
PAIRS = _FOLDER / "homophones.txt"
FILE = _FOLDER / "neighbours.txt"
BY_HAND = _FOLDER / "beside.txt"
#: So often in one text it is a term.
_OFTEN = 3


class Neighbour(NamedTuple):
    """string[start:end] is two words; `right` is what is meant."""

    start: int
    end: int
    right: str


def rows(path: Path) -> list[str]:
    """Without comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [row for row in lines if row.strip() and not row.startswith("#")]


@cache
def _phrases() -> dict[str, str]:
    """What is written, and what is meant."""
    found: dict[str, str] = {}
    for row in (*rows(FILE), *rows(BY_HAND)):
        wrong, right, *rest = row.split()
        side = ""
        for word in rest:
            if word in "<>":
                side = word
            elif side == "<":
                found[word + wrong] = word + right
            else:
                found[wrong + word] = right + word
    return {wrong: right for wrong, right in found.items() if wrong not in found.values()}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = tuple(sorted(_phrases()))
    return AhoCorasick(words, implementation=Implementation.ContiguousNFA), words


def find(string: str) -> Iterator[Neighbour]:
    """In order; none overlaps another."""
    automaton, words = _automaton()
    reach = 0
    plain = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in string)
    for index, start, end in automaton.find_matches_as_indexes(plain, overlapping=True):
        if start >= reach and string.count(words[index]) < _OFTEN:
            reach = end
            yield Neighbour(start, end, _phrases()[words[index]])
