"""What counts of a text when it is looked up: its letters, digits and characters, and nothing else.

Punctuation, spaces, width, case, accents and traditional forms make no difference, in what is
indexed, in what is asked and in what is marked. Pure, and the one place that says so.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from unicodedata import normalize

from .proofreading.rules import shapes

#: Standard characters themselves, so that the proofreader leaves them alone; who types
#: traditionally means the simple ones.
_ALSO = {"乾": "干", "於": "于", "昇": "升", "瞭": "了", "徵": "征"}
#: Long enough to be worth a call, short enough to be walked through.
_STRETCH = 128
#: A word, or several in quotation marks: those belong together.
_WORDS = re.compile(r"(?:(?<=\s)|^)[\"“”「『]([^\"“”「」『』]+)[\"“”」』](?=\s|$)|(\S+)")


class _Letters(dict[int, str]):
    """By code point: what is left of a character. Filled as characters are met."""

    def __missing__(self, point: int) -> str:
        plain = normalize("NFKD", chr(point)).casefold()
        left = "".join(_simple().get(each, each) for each in plain if each.isalnum())
        self[point] = left
        return left


_letters = _Letters()
_table: dict[str, str] = {}


def _simple() -> dict[str, str]:
    if not _table:
        _table.update({**shapes.simple_forms(), **_ALSO})
    return _table


def fold(text: str) -> str:
    return text.translate(_letters)


def words(query: str) -> list[str]:
    """The words of a query, folded; without those of which nothing is left."""
    parts = (quoted or plain for quoted, plain in _WORDS.findall(query))
    return [word for part in parts if (word := fold(part))]


class Folded:
    """A text with the way back: where in it a place of its folded form came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        stretches = [fold(text[at : at + _STRETCH]) for at in range(0, len(text), _STRETCH)]
        self.letters = "".join(stretches)
        self._begins = [0, *accumulate(map(len, stretches))]

    def spans(self, needle: str) -> Iterator[tuple[int, int]]:
        """(begin, end) in the text of each place where the needle stands."""
        at = self.letters.find(needle) if needle else -1
        while at >= 0:
            yield self.place(at), self.place(at + len(needle) - 1) + 1
            at = self.letters.find(needle, at + len(needle))

    def place(self, letter: int) -> int:
        """Where in the text a letter of its folded form stands."""
        stretch = bisect_right(self._begins, letter) - 1
        left = letter - self._begins[stretch]
        begin = stretch * _STRETCH
        for place, char in enumerate(self.text[begin : begin + _STRETCH], begin):
            left -= len(_letters[ord(char)])
            if left < 0:
                return place
        raise IndexError(letter)


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, with those that touch made one."""
    whole: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole
