"""Words that a page's end breaks: begun on one page, they end on the next.

Between the two stand the foot of the one and the head of the other, and often a picture's words. An
issue made here is known by its articles: their texts have no pages. Of a scan only the pages are
known, so what stands alike at the foot and the head of several is taken off. Pure: strings in,
places out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from articles.folding import Folded, fold

#: Letters before and behind, by which a place of an article is known on its page.
_AROUND = 8
#: Letters that are alike by chance.
_CHANCE = 3
#: Letters of a head or a foot at most.
_FURNITURE = 80
_DIGITS = re.compile(r"\d")


class Side(Folded):
    """A page of that number, folded."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__(text)
        self.number = number

    def places(self, begin: int, end: int) -> tuple[int, int]:
        """Where in the text some of the letters stand."""
        return self.place(begin), self.place(end - 1) + 1


@dataclass(frozen=True, slots=True)
class Broken:
    """`first` ends with the words' beginning at `start`, `second` goes on to `end`.

    Places in the two texts: (begin, end) of each part.
    """

    first: Side
    begun: tuple[int, int]
    second: Side
    ended: tuple[int, int]


def sides(pages: Iterable[tuple[int, str]]) -> list[Side]:
    return [Side(number, text) for number, text in pages]


def in_articles(needle: str, texts: Iterable[str], pages: Sequence[Side]) -> Iterator[Broken]:
    """Of an issue whose articles have these texts."""
    for text in texts:
        letters = fold(text)
        at = letters.find(needle)
        while at >= 0:
            yield from _broken(needle, letters, at, pages)
            at = letters.find(needle, at + 1)


def _broken(needle: str, letters: str, at: int, pages: Sequence[Side]) -> Iterator[Broken]:
    """The first pair of pages over which this place of an article stands."""
    end = at + len(needle)
    before, behind = letters[max(0, at - _AROUND) : at], letters[end : end + _AROUND]
    if any(before + needle + behind in page.letters for page in pages):
        return
    for one, other in pairwise(pages):
        for cut in range(1, len(needle)):
            head, tail = before + needle[:cut], needle[cut:] + behind
            left, right = one.letters.rfind(head), other.letters.find(tail)
            if left >= 0 and right >= 0:
                begin = left + len(before)
                yield _at(one, begin, begin + cut, other, right, right + len(needle) - cut)
                return


def in_scans(needle: str, pages: Sequence[Side]) -> Iterator[Broken]:
    """Of an issue of which nothing but its pages is known."""
    inside = _inside(pages)
    for (one, (_, to)), (other, (since, _)) in pairwise(zip(pages, inside, strict=True)):
        for cut in range(1, len(needle)):
            ends = one.letters.endswith(needle[:cut], 0, to)
            if ends and other.letters.startswith(needle[cut:], since):
                yield _at(one, to - cut, to, other, since, since + len(needle) - cut)
                break


def _at(one: Side, begin: int, end: int, other: Side, since: int, to: int) -> Broken:
    return Broken(one, one.places(begin, end), other, other.places(since, to))


def _inside(pages: Sequence[Side]) -> list[tuple[int, int]]:
    """Where the text of each page begins and ends without head and foot: those that it shares with
    a page near it, but for the numbers.
    """
    heads = [_DIGITS.sub("0", side.letters[:_FURNITURE]) for side in pages]
    feet = [_DIGITS.sub("0", side.letters[-_FURNITURE:])[::-1] for side in pages]
    return [
        (_shared(heads, at), len(side.letters) - _shared(feet, at)) for at, side in enumerate(pages)
    ]


def _shared(edges: list[str], at: int) -> int:
    near = [*edges[max(0, at - 2) : at], *edges[at + 1 : at + 3]]
    longest = max((_alike(edges[at], other) for other in near), default=0)
    return longest if longest > _CHANCE and longest < len(edges[at]) else 0


def _alike(one: str, other: str) -> int:
    """Letters that both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
