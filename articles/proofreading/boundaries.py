"""Where words end: 相关|健康 holds the two characters of 关健, and is right. Pure.

Chinese has no spaces, so a word that is written wrong also appears where two right ones meet. A
place is right where the characters around it can be cut otherwise: what stands before the cut is
the end of a known word or a word by itself, what stands behind it the beginning of one, and at
least one of the two reaches over the edge of the place.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_BESIDE = Path(__file__).parent / "words" / "beside.txt"
#: Characters that are words by themselves before a word, as in 做|帐篷, and after one: 一头|象.
_BEFORE = frozenset(
    "的地得了着过在是有和与及或为把被让从对向到去来做买卖用给按就都也还又再很太最更不没请要能会可将"
    "已由"
    "经于以而但则各每这那某本该此我你他她它您上中下前后内外左右大小少新老高低好坏走进出入搭挂拆转算"
    "付欠"
    "等问竟拔撕针坐陪网装记旧总成烂登座"
)
_BEHIND = frozenset("象人水车山花")
#: Measures: with a numeral before them they end a word.
_MEASURES = frozenset("个只条张位份名次件种头片层座间台辆部场批笔户家项支套组队届号幅图粒克口")
_NUMERALS = frozenset("一二两三四五六七八九十百千万几数多半每这那某各")


@cache
def _words() -> frozenset[str]:
    words = set()
    for row in _BESIDE.read_text(encoding="utf-8").splitlines():
        char, _, others = row.partition(" ")
        if row and char.endswith("<"):
            words |= {char[0] + other for other in others}
        elif row.startswith(">"):
            words |= {other + char[1] for other in others}
    return frozenset(words)


def is_two_words(string: str, start: int, end: int) -> bool:
    """Whether the characters from start to end belong to words that meet there."""
    return any(
        (over_left or over_right)
        for cut in range(start + 1, end)
        for over_left in _left(string, start, cut)
        for over_right in _right(string, cut, end)
    )


def _left(string: str, start: int, cut: int) -> Iterator[bool]:
    """How what stands before a cut can be a word: True where it begins before the place."""
    if cut - start > 1:
        return
    char, before = string[start], string[start - 1 : start]
    if before + char in _words() or (before in _NUMERALS and char in _MEASURES):
        yield True
    elif char in _BEFORE:
        yield False


def _right(string: str, cut: int, end: int) -> Iterator[bool]:
    """How what stands behind a cut can be a word: True where it goes on behind the place."""
    if end - cut > 1:
        return
    if string[cut : end + 1] in _words():
        yield True
    elif string[cut] in _BEHIND:
        yield False
