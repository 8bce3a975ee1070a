"""Characters that people write for one another: 赞杨 for 赞扬, 己经 for 已经. Pure, linear.

`finding.py` weighs every character of one sound or shape, and must be strict. Here only those of
`mixed.txt` are tried, and the evidence is of another kind: the two characters are a word by no
dictionary, stand beside each other hardly anywhere, and with the other character are a common word.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from . import naming
from .index import PROPOSED, RARITY, STEPS, Index
from .segmenting import Run, cut

_SETS = Path(__file__).parent / "mixed.txt"
#: A word so rare, or rarer, is a slip that the dictionary itself kept.
_SLIP = 15.0
#: What is proposed must not be rarer.
_WORD = 15.0
#: How often two characters may stand beside each other elsewhere (`Index.pair`).
_NEVER, _SELDOM, _AT_MOST = 2.0, 4.0, 6.5
#: How much likelier the words around must become, by how often the two stand elsewhere.
_LIKELIER = {_NEVER: 5.0, _SELDOM: 7.0, _AT_MOST: 8.5}
#: Characters on either side that are cut anew.
_WIDTH = 6
#: Words by themselves: behind a surname they are no name, and beside a verb no half of a word.
_PARTICLES = frozenset("的地得了着过和与及或在是就都也还不我你他她它们这那")
_NUMERALS = frozenset("〇一二三四五六七八九十百千万亿两几")


def partners(char: str) -> frozenset[str]:
    """What it is mixed up with."""
    return _partners().get(char, frozenset())


@cache
def _partners() -> dict[str, frozenset[str]]:
    rows = _SETS.read_text(encoding="utf-8").splitlines()
    sets = [each for row in rows if not row.startswith("#") for each in row.split()]
    found: dict[str, set[str]] = {}
    for each in sets:
        for char in each:
            found.setdefault(char, set()).update(each.replace(char, ""))
    return {char: frozenset(others) for char, others in found.items()}


def words(known: Index, run: Run) -> Iterator[tuple[int, int, str]]:
    """Where two characters begin, which of them is wrong, and the word that they should be."""
    for start in range(len(run.text) - 1):
        if start in run.ends and start + 2 in run.ends and _is_odd(known, run.text, start):
            best = max(_likelier(known, run, start), default=None)
            if best:
                yield start, best[1], best[2]


def _is_odd(known: Index, text: str, start: int) -> bool:
    """No word, or a slip; and seldom beside each other."""
    two = text[start : start + 2]
    return (
        (_NUMERALS | _PARTICLES).isdisjoint(two)
        and _rarity(known, two) >= _SLIP
        and known.pair(two) <= _AT_MOST
        and not _partners().keys().isdisjoint(two)
    )


def _likelier(known: Index, run: Run, start: int) -> Iterator[tuple[float, int, str]]:
    """How much likelier, where, and which word."""
    two = run.text[start : start + 2]
    seen, before = known.pair(two), None
    enough = next(gain for most, gain in _LIKELIER.items() if seen <= most)
    for place in (0, 1):
        if _is_name(run, start + place):
            continue
        for other in sorted(partners(two[place]) - _NUMERALS):
            word = other + two[1] if place == 0 else two[0] + other
            if _rarity(known, word, PROPOSED) <= _WORD:
                before = before or _weight(known, run.text, start, two)
                gain = _weight(known, run.text, start, word) - before
                if gain >= enough:
                    yield gain, start + place, word


def _is_name(run: Run, at: int) -> bool:
    """A surname with no name behind it is none."""
    follows = at + 1 in run.alone and run.text[at + 1] not in _PARTICLES
    return naming.is_name(run.text, at, run.alone, by_itself=follows)


def _rarity(known: Index, word: str, kind: int = RARITY) -> float:
    """Of a word of the kind; infinite of what is none."""
    value = known.word(word)
    return (value & RARITY) / STEPS if value & kind and value & RARITY else float("inf")


def _weight(known: Index, text: str, start: int, word: str) -> float:
    """Of the likeliest cut of what stands near, with the word in its place."""
    return cut(
        known, text[max(0, start - _WIDTH) : start] + word + text[start + 2 : start + 2 + _WIDTH]
    ).weight
