"""What a rule is: a small documented object with its source and its examples. Pure.

An example is a sentence; «→» in one that is wrong says what the suggestions make of it. One that
begins with `<` is a body, one that begins with `# ` a title.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ..findings import Level
from ..texts import Text, folded

#: Nothing but the start of a sentence stands before this place.
START = r"(?<![^。！？；：“‘（\n])"
#: As START, and after a comma.
CLAUSE = r"(?<![^。！？；：，、“‘（\n])"
HANZI = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Inside of a clause, inside of a sentence.
IN_CLAUSE = r"[^，。；：！？\n]"
IN_SENTENCE = r"[^。！？；\n]"

_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|[!-?A-~]{1,64}@[\w.-]{1,255}", re.ASCII)


class Hit(NamedTuple):
    """A place in the string of a text; what is None is as the rule says."""

    start: int
    end: int
    suggestion: str | None = None
    why: str | None = None
    level: Level | None = None


Find = Callable[[Text], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    level: Level
    name: str
    why: str  # said to the writer, in a sentence: what is wrong and what to do
    source: str
    find: Find
    wrong: tuple[str, ...]
    right: tuple[str, ...]


Replace = Callable[[re.Match[str]], str | None]


def pattern(
    *expressions: str,
    to: str | Replace | None = None,
    unless: str = "",
    fold: bool = False,
) -> Find:
    """Finds expressions; the group `hit` is the quote, or else all of it.

    `to` is a template or a function of the match, `unless` an expression that keeps the sentence
    silent. `fold` reads full-width letters and digits as ASCII. Repetitions must be bounded, so
    that no text can make an expression slow. They are compiled by the first text: hundreds of them
    would hold up the start of every process.
    """

    @cache
    def compiled() -> tuple[list[re.Pattern[str]], re.Pattern[str] | None]:
        return [re.compile(each, re.MULTILINE) for each in expressions], (
            re.compile(unless) if unless else None
        )

    def find(text: Text) -> Iterator[Hit]:
        string = text.once(folded) if fold else text.string
        each_of_them, silent = compiled()
        for each in each_of_them:
            for match in each.finditer(string):
                span = match.span("hit" if "hit" in each.groupindex else 0)
                if span[0] == span[1] or within(span, text.once(addresses)):
                    continue
                if not (silent and silent.search(sentence(string, *span))):
                    yield Hit(*span, _suggestion(to, match))

    return find


def apart(find: Find) -> Find:
    """The hits of several expressions, without those that overlap an earlier one."""

    def without_overlaps(text: Text) -> Iterator[Hit]:
        reach = 0
        for hit in sorted(find(text), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= reach:
                reach = hit.end
                yield hit

    return without_overlaps


def several(*finds: Find) -> Find:
    """What any of them finds, without what overlaps an earlier hit."""

    def find(text: Text) -> Iterator[Hit]:
        for each in finds:
            yield from each(text)

    return apart(find)


def _suggestion(to: str | Replace | None, match: re.Match[str]) -> str | None:
    if to is None or isinstance(to, str):
        return None if to is None else match.expand(to)
    return to(match)


def addresses(text: Text) -> list[tuple[int, int]]:
    """Where web and mail addresses stand: no rule about words or marks reads in them."""
    return [match.span() for match in _ADDRESS.finditer(text.string)]


def within(span: tuple[int, int], ranges: list[tuple[int, int]]) -> bool:
    """Whether one of the ranges, which are in order and apart, holds the span."""
    before = bisect_right(ranges, span[0], key=itemgetter(0))
    return before > 0 and span[1] <= ranges[before - 1][1]


_SENTENCE_END = "。！？；\n"
#: No sentence is longer; a bound keeps the search for its ends cheap.
_LONGEST = 200


def sentence(string: str, start: int, end: int) -> str:
    """The sentence around a place, at most 200 characters on either side."""
    before = string[max(0, start - _LONGEST) : start]
    after = string[end : end + _LONGEST]
    left = max(before.rfind(mark) for mark in _SENTENCE_END) + 1
    ends = [at for mark in _SENTENCE_END if (at := after.find(mark)) >= 0]
    return before[left:] + string[start:end] + after[: min(ends, default=len(after))]
