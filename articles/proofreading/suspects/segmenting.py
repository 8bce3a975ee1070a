"""Where words probably end: the likeliest cut into words of the dictionary. Pure, linear."""

from itertools import pairwise
from typing import NamedTuple

from .index import BEGINS, LONGEST, RARITY, STEPS, UNKNOWN, Index


class Cut(NamedTuple):
    weight: float  # the logarithm of how likely it is
    ends: tuple[int, ...]  # of the words, from 0 on


class Run(NamedTuple):
    """Characters without a mark between them, as the likeliest cut leaves them."""

    text: str
    ends: frozenset[int]
    alone: frozenset[int]  # where a word is one character


def parted(index: Index, text: str) -> Run:
    ends = cut(index, text).ends
    alone = frozenset(start for start, end in pairwise(ends) if end - start == 1)
    return Run(text, frozenset(ends), alone)


def cut(index: Index, run: str) -> Cut:
    length = len(run)
    best = [0.0] + [float("-inf")] * length
    come_from = [0] * (length + 1)
    word = index.word
    for start in range(length):
        so_far = best[start]
        for end in range(start + 1, min(start + LONGEST, length) + 1):
            value = word(run[start:end])
            if value & RARITY:
                weight = so_far - (value & RARITY) / STEPS
            elif end == start + 1:
                weight = so_far + UNKNOWN
            else:
                weight = float("-inf")
            if weight > best[end]:
                best[end], come_from[end] = weight, start
            if not value & BEGINS:
                break
    return Cut(best[length], _ends(come_from, length))


def _ends(come_from: list[int], length: int) -> tuple[int, ...]:
    ends = [length]
    while ends[-1] > 0:
        ends.append(come_from[ends[-1]])
    return tuple(reversed(ends))
