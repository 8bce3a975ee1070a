"""Which characters are suspected, and what should stand there. Pure, linear.

Every run of Chinese characters is cut into words. A character that the cut leaves alone is tried
with all that sound or look like it; where one of them makes a word that is no word now, the two
readings are weighed against each other (`judging.py`). Characters that people mix up are looked at
beside that (`mixed.py`).
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from operator import add
from typing import NamedTuple

from . import judging, mixed, naming
from .index import LONGEST, PROPOSED, RARITY, Index, index
from .segmenting import Run, parted

_RUN = re.compile("[\u4e00-\u9fff]{3,}")
#: Grammar, numbers and parts of addresses, alone by nature: wrong only in a word of four or more.
FREE = frozenset(
    "的是和了在及与为向到等去时这有又也都就把被让从对以之于或各该本其多会说市县区省镇乡村州旗盟"
    "一二三四五六七八九十百千万亿两几第年月日个我你他她它们着过得地不"
)
#: What is proposed in a short word must not be these, nor hold a numeral.
_NOT_PROPOSED = frozenset("的地得不一了是有在个们这那上下二三四五六七八九十百千万亿两几多")
#: So often in one text two characters beside each other are a term.
_OFTEN = 3
#: A character that often stands behind the one before and before the next is not in doubt.
_COMMON = 5.0
#: Characters on either side that must be of today, and how common that is (`Index.pair`).
_NEAR, _WRITTEN = 3, 5.0
#: Characters of a foreign name on either side of its dot.
_NAME = 5
#: A share of the characters around: where more stand alone, no words are written.
_TOO_LONELY = 0.7
_QUOTED = frozenset("“”‘’《》〈〉「」『』")
#: A short quotation is a name, a motto, a play on words.
_SHORT = 8


class Suspect(NamedTuple):
    """string[start:end], no word, would be `word` with another character at `at`."""

    start: int
    end: int
    at: int
    word: str
    score: float


def find(string: str, *, sure: float = judging.SURE) -> list[Suspect]:
    """All suspects in order, one a character; none overlaps another."""
    known = index()
    runs = _RUN.finditer(string)
    found = [each for run in runs for each in _sorted(_in_run(known, string, run, sure))]
    pairs = Counter(map(add, string, string[1:])) if found else Counter()
    kept, reach = [], 0
    for each in found:
        if each.start >= reach and not _is_term(string, each, pairs):
            kept.append(each)
            reach = each.end
    return kept


def _sorted(found: Iterator[Suspect]) -> list[Suspect]:
    """By place; of what begins at one place the longest word first."""
    return sorted(found, key=lambda each: (each.start, -each.end))


def _is_term(string: str, suspect: Suspect, pairs: Counter[str]) -> bool:
    """What stands in a text again and again is a word of its own, not a slip."""
    first, last = max(suspect.start, suspect.at - 1), min(suspect.at, suspect.end - 2)
    return any(pairs[string[at : at + 2]] >= _OFTEN for at in range(first, last + 1))


def _in_run(known: Index, string: str, match: re.Match[str], sure: float) -> Iterator[Suspect]:
    text, start = match[0], match.start()
    around = string[max(0, start - 1) : start] + string[match.end() : match.end() + 1]
    if len(text) <= _SHORT and not _QUOTED.isdisjoint(around):
        return
    run = parted(known, text)
    for at, best in candidates(known, run):
        score = judging.score(best)
        if score >= sure and not _is_of_a_foreigner(around, at, len(text)):
            yield Suspect(start + best.start, start + best.end, start + at, best.word, score)
    for first, at, word in mixed.words(known, run):
        if not _is_of_a_foreigner(around, at, len(text)):
            yield Suspect(start + first, start + first + 2, start + at, word, judging.SURE)


def _is_of_a_foreigner(around: str, at: int, length: int) -> bool:
    """Beside the dot in 威廉·莫布里."""
    return "·" in around and (at < _NAME or at >= length - _NAME)


def candidates(known: Index, run: Run) -> Iterator[tuple[int, judging.Case]]:
    """For each character in doubt the likeliest case."""
    text = run.text
    alone = [0, *accumulate(place in run.alone for place in range(len(text)))]
    for at in sorted(run.alone):
        if _is_no_prose(alone, at):
            continue
        if text[at] in FREE and not _is_beside_another(run, at):
            continue
        if naming.is_name(text, at, run.alone) or _is_odd(known, text, at):
            continue
        cases = list(_cases(known, run, at))
        if cases:
            yield at, max(cases, key=judging.score)


def _is_no_prose(alone: list[int], at: int) -> bool:
    """Nearly every character around stands alone: a row of names, of signs, of old Chinese. No
    reading is surer than another there, and each would cost as much as a page of prose.
    """
    first, last = max(0, at - judging.AROUND), min(len(alone) - 1, at + judging.AROUND + 1)
    others = last - first - 1
    return others >= judging.AROUND and (alone[last] - alone[first] - 1) > others * _TOO_LONELY


def _is_beside_another(run: Run, at: int) -> bool:
    """Whether a character next to it stands alone too, and is not alone by nature."""
    return any(each in run.alone and run.text[each] not in FREE for each in (at - 1, at + 1))


def _is_odd(known: Index, run: str, at: int) -> bool:
    """Traditional, old or foreign: characters beside it that nobody writes today."""
    beside = run[max(0, at - _NEAR) : at] + run[at + 1 : at + 1 + _NEAR]
    return any(known.pair(char) < _WRITTEN for char in beside)


def _cases(known: Index, run: Run, at: int) -> Iterator[judging.Case]:
    text = run.text
    if min(judging.beside(known, text, at)) > _COMMON:
        return
    before, now, after = text[at - 1 : at] if at else "", text[at], text[at + 1 : at + 2]
    likely = _likelihood(known, before, now, after)
    for other in known.others(before, now, after):
        pairs = _likelihood(known, before, other, after) - likely
        if pairs < judging.LIKELIER:
            continue
        to_left = bool(before and known.pair(before + other))
        to_right = bool(after and known.pair(other + after))
        window = _longest(known, text, at, other, to_left, to_right)
        if window is None:
            continue
        is_free = now in FREE or other in _NOT_PROPOSED
        if len(window.word) < 4 and (is_free or pairs < judging.LIKELIER_IF_SHORT):
            continue
        if is_free and _is_behind_a_word(known, text, at, window):
            continue
        yield judging.case(known, run, at, window, pairs)


def _is_behind_a_word(known: Index, text: str, at: int, window: judging.Window) -> bool:
    """企业管理|都 holds no 企业管理者: the rest is a word by itself."""
    start, end, _ = window
    return (at == end - 1 and known.word(text[start:at]) & RARITY > 0) or (
        at == start and known.word(text[at + 1 : end]) & RARITY > 0
    )


def _likelihood(known: Index, before: str, char: str, after: str) -> float:
    """Of the pairs that a character makes."""
    return (known.likely(before, char) if before else 0.0) + (
        known.likely(char, after) if after else 0.0
    )


def _longest(
    known: Index, run: str, at: int, other: str, to_left: bool, to_right: bool
) -> judging.Window | None:
    """The longest word with the other character, where no word stands now."""
    first = max(0, at - LONGEST + 1) if to_left else at
    last = min(len(run), at + LONGEST) if to_right else at + 1
    for length in range(min(LONGEST, last - first), 1, -1):
        for start in range(max(first, at - length + 1), min(at, last - length) + 1):
            word = run[start:at] + other + run[at + 1 : start + length]
            if known.word(word) & PROPOSED and not known.word(run[start : start + length]) & RARITY:
                return judging.Window(start, start + length, word)
    return None
