"""The same passage in another text: winnowed shingles, and who else has them. Pure.

A shingle is twelve letters in a row, marks and spaces left out, as a number that is the same on
every machine. Of each eight neighbours only the smallest is kept, and yet any passage of 19 letters
that two texts share leaves at least one in both.
"""

import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from .findings import Finding, Level
from .texts import Text

SHINGLE = 12
WINDOW = 8
#: Shorter ones are names of institutions and set phrases.
SHORTEST = 30


class Shingle(NamedTuple):
    number: int  # 32 bits, unsigned
    start: int  # in the string, from 0
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What two texts share, to within a few letters at either end."""

    start: int
    end: int
    letters: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """All that a text shares with one other."""

    key: Hashable  # of the other text
    passages: tuple[Passage, ...]
    share: float  # of the letters of this text, from 0 to 1


class Holders(Protocol):
    """Who has a shingle. A table of (number, text) is one; `Shelf` is one in memory."""

    def holders(self, numbers: Iterable[int]) -> Mapping[int, Iterable[Hashable]]: ...


class Shelf:
    """Fingerprints of texts, in memory."""

    def __init__(self) -> None:
        self._keys: dict[int, list[Hashable]] = defaultdict(list)

    def add(self, key: Hashable, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._keys[number].append(key)

    def holders(self, numbers: Iterable[int]) -> dict[int, list[Hashable]]:
        return {number: self._keys[number] for number in numbers if number in self._keys}


def fingerprint(string: str) -> frozenset[int]:
    """What is kept of a text to compare others with: about two numbers for nine letters."""
    numbers = [shingle.number for shingle in shingles(string)]
    if len(numbers) <= WINDOW:
        return frozenset(numbers)
    windows = (numbers[at : at + WINDOW] for at in range(len(numbers) - WINDOW + 1))
    return frozenset(map(min, windows))


def shingles(string: str) -> Iterator[Shingle]:
    places = [at for at, char in enumerate(string) if char.isalnum()]
    letters = "".join(string[at] for at in places).encode("utf-32-le", errors="replace")
    width = SHINGLE * 4
    for at in range(len(places) - SHINGLE + 1):
        number = zlib.crc32(letters[at * 4 : at * 4 + width])
        yield Shingle(number, places[at], places[at + SHINGLE - 1] + 1)


def overlaps(string: str, others: Holders, *, shortest: int = SHORTEST) -> list[Overlap]:
    """What the text shares with others, the largest share first; passages from `shortest` on."""
    own = list(shingles(string))
    holders = others.holders({shingle.number for shingle in own})
    shared: dict[Hashable, list[Shingle]] = defaultdict(list)
    for shingle in own:
        for key in holders.get(shingle.number, ()):
            shared[key].append(shingle)
    letters = _Letters(string)
    found = (_overlap(key, hits, letters, shortest) for key, hits in shared.items())
    return sorted((each for each in found if each.passages), key=lambda each: -each.share)


class _Letters:
    """How many letters stand before each place."""

    def __init__(self, string: str) -> None:
        self.before = [0]
        for char in string:
            self.before.append(self.before[-1] + char.isalnum())

    def between(self, start: int, end: int) -> int:
        return self.before[end] - self.before[start]


def _overlap(key: Hashable, hits: list[Shingle], letters: _Letters, shortest: int) -> Overlap:
    runs: list[list[int]] = []
    for _, start, end in hits:
        # The next kept shingle of a shared passage begins within one window.
        if runs and letters.between(runs[-1][2], start) <= WINDOW:
            runs[-1][1:] = [end, start]
        else:
            runs.append([start, end, start])
    passages = (Passage(start, end, letters.between(start, end)) for start, end, _ in runs)
    kept = tuple(each for each in passages if each.letters >= shortest)
    total = sum(each.letters for each in kept)
    return Overlap(key, kept, total / max(1, letters.before[-1]))


def findings(text: Text, found: Iterable[Overlap], names: Mapping[Hashable, str]) -> list[Finding]:
    """One for each other text, at the longest passage, however many the two share; one for all
    that share the same passage, which is one question to whoever reads it.

    `names` say what the other texts are: 《题》（2022年第2期）."""
    at: dict[tuple[int, str], list[Overlap]] = defaultdict(list)
    for overlap in found:
        passage = max(overlap.passages, key=lambda each: each.letters)
        quote = text.string[passage.start : passage.end].partition("\n")[0]
        at[passage.start, quote].append(overlap)
    return [_finding(text, start, quote, same, names) for (start, quote), same in at.items()]


def _finding(
    text: Text, start: int, quote: str, same: list[Overlap], names: Mapping[Hashable, str]
) -> Finding:
    shared = "；".join(_shared(each, names[each.key]) for each in same)
    return Finding(
        rule="R01",
        level=Level.WARN,
        place=text.place(start, start + len(quote)),
        quote=quote,
        why=f"{shared}，请确认是引用还是重复。",
        source="投稿须知（原创、首发）",
        suggestion=None,
    )


def _shared(overlap: Overlap, name: str) -> str:
    places = f" {len(overlap.passages)} 处共" if overlap.passages[1:] else ""
    letters = sum(each.letters for each in overlap.passages)
    return f"和{name}有{places} {letters} 字相同（全文相同 {overlap.share:.0%}）"
