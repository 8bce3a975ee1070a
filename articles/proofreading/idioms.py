"""A homophone in a set phrase: 一如继往 for 一如既往. Pure, linear.

A window of four characters that is no phrase itself, and differs from one in one character that
sounds the same (any reading, without the tone), holds a wrong character.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .suspects import mixed

_LIST = Path(__file__).parent / "words" / "idioms.txt"
_RUN = re.compile("[\u4e00-\u9fff]{4,}")
#: Numerals and particles change with the sentence: 千/万 in 千言万语, 的 before anything.
_FREE = frozenset("的地得了着是有在不二三四五六七八九十百千万年月日")


class Wrong(NamedTuple):
    """string[at] should be `right`; `phrase` is the whole of it."""

    at: int
    start: int  # of the phrase
    right: str
    phrase: str


@cache
def _phrases() -> frozenset[str]:
    rows = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for row in rows if not row.startswith("#") for word in row.split())


@cache
def _gaps() -> dict[str, tuple[str, ...]]:
    """Phrases by what is left of them without one character, and which that was.

    不辞辛劳 and 不辞辛苦 share what is left: each is tried, in an order that stays the same.
    """
    gaps: dict[str, tuple[str, ...]] = {}
    for word in sorted(_phrases()):
        for at in range(4):
            gap = f"{at}{word[:at]}{word[at + 1 :]}"
            gaps[gap] = (*gaps.get(gap, ()), word)
    return gaps


def find(string: str) -> Iterator[Wrong]:
    gaps, phrases = _gaps(), _phrases()
    for run in _RUN.finditer(string):
        text = run[0]
        for start in range(len(text) - 3):
            window = text[start : start + 4]
            if window in phrases:
                continue
            for at in range(4):
                near = gaps.get(f"{at}{window[:at]}{window[at + 1 :]}", ())
                phrase = next((each for each in near if _is_wrong(window, each, at)), "")
                if phrase:
                    yield Wrong(run.start() + start + at, run.start() + start, phrase[at], phrase)


def _is_wrong(window: str, phrase: str, at: int) -> bool:
    """Another phrase of the dictionary is right, and so is a form that sounds otherwise, unless
    people mix up the two characters.
    """
    from pypinyin.phrases_dict import phrases_dict  # a fifth of a second: for whoever reads

    return (
        window not in phrases_dict
        and window[at] not in _FREE
        and (
            not sounds(window[at]).isdisjoint(sounds(phrase[at]))
            or phrase[at] in mixed.partners(window[at])
        )
    )


@cache
def sounds(char: str) -> frozenset[str]:
    """The readings of a character without their tones."""
    from pypinyin.pinyin_dict import pinyin_dict

    return frozenset(map(plain_sound, filter(None, pinyin_dict.get(ord(char), "").split(","))))


def plain_sound(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    return "".join(char for char in parts if not unicodedata.combining(char) or char == "\u0308")
