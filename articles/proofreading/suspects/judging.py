"""How much speaks for another character: a weighted sum. Pure.

The weights were fitted (logistic regression) on a half of the texts that were measured, with
characters of the same sound or a like shape put in, against what stood there; the other half told
what they are worth (docs/proofreading.md). `fit.py` makes such weights anew from any texts.
"""

from typing import NamedTuple

from .index import RARITY, STEPS, Index
from .segmenting import Run, cut

#: Of this score on a suspect is shown.
SURE = 4.0
#: Characters on either side that are cut anew.
_WIDTH = 6
#: Characters on either side that tell whether words are written there.
AROUND = 5
#: The pairs of another character must be likelier by so much, those of short words by more.
LIKELIER, LIKELIER_IF_SHORT = 2.5, 6.0


class Window(NamedTuple):
    """A word that would stand at run[start:end]."""

    start: int
    end: int
    word: str


class Case(NamedTuple):
    start: int
    end: int
    word: str
    features: tuple[float, ...]


NAMES = (
    "gain", "pairs", "left", "right", "word", "old", "new", "triples", "old triples", "edges",
    "three", "four", "left alone", "right alone", "around", "unseen",
    "gain of two", "pairs of two", "triples of two", "unseen of two", "same sound",
)  # fmt: skip
WEIGHTS = (
    0.588, 0.33, -0.102, -0.05, 0.129, 0.31, 0.109, 1.299, -0.674, 1.116,
    -1.595, 0.269, -0.585, -0.34, -2.924, -0.455,
    0.21, -0.198, 0.207, 0.584, 0.549,
)  # fmt: skip
CONSTANT = -12.38


def score(case: Case) -> float:
    return CONSTANT + sum(
        weight * value for weight, value in zip(WEIGHTS, case.features, strict=True)
    )


def case(known: Index, run: Run, at: int, window: Window, pairs: float) -> Case:
    """What is to be weighed; `pairs` is how much likelier the pairs of the other character are."""
    start, end, word = window
    old, new = run.text[at], word[at - start]
    # Only what stands near: a text without marks is one run, and must not be copied each time.
    first, last = max(0, start - _WIDTH), min(len(run.text), end + _WIDTH)
    near, place = run.text[first:last], at - first
    changed = near[:place] + new + near[place + 1 :]
    gain = cut(known, changed).weight - cut(known, near).weight
    left, right = beside(known, near, place)
    triples, old_triples = _triples(known, changed, place), _triples(known, near, place)
    edges = start in run.ends and end in run.ends
    near_by = range(max(0, at - AROUND), min(len(run.text), at + AROUND + 1))
    around = [each for each in near_by if each != at]
    lonely = sum(each in run.alone for each in around) / max(1, len(around))
    unseen = not left and not right
    two = len(word) == 2
    rarity = (known.word(word) & RARITY) / STEPS
    values = (
        gain, pairs, left, right, rarity, known.pair(old), known.pair(new),
        triples, old_triples, edges, len(word) == 3, len(word) >= 4,
        at - 1 in run.alone, at + 1 in run.alone, lonely, unseen,
        two * gain, two * pairs, two * triples, two and unseen,
        known.sounds_like(old, new),
    )  # fmt: skip
    return Case(start, end, word, tuple(float(value) for value in values))


def beside(known: Index, run: str, at: int) -> tuple[float, float]:
    """How often the character stands behind the one before, and before the one behind."""
    left = known.pair(run[at - 1 : at + 1]) if at else 0.0
    right = known.pair(run[at : at + 2]) if at + 1 < len(run) else 0.0
    return left, right


def _triples(known: Index, run: str, at: int) -> int:
    """How many of the three that hold a character are known."""
    return sum(
        known.triple(run[start : start + 3])
        for start in range(max(0, at - 2), at + 1)
        if start + 3 <= len(run)
    )
