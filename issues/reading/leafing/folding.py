"""A text as it is looked up (`lookup.needle`), and where in it its letters stand. Pure."""

from collections.abc import Iterator
from functools import cached_property
from unicodedata import normalize


def fold(text: str) -> str:
    """What of a text counts: neither spaces nor case nor width."""
    return "".join(normalize("NFKC", text).casefold().split())


class Folded:
    """`letters` are cheap; where they stand is asked only where something was found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.letters = fold(text)

    def spans(self, needle: str) -> Iterator[tuple[int, int]]:
        """(begin, end) in the text of each place where the needle stands."""
        at = self.letters.find(needle) if needle else -1
        while at >= 0:
            yield self.place(at), self.place(at + len(needle) - 1) + 1
            at = self.letters.find(needle, at + len(needle))

    def place(self, letter: int) -> int:
        """Of the character in the text that this letter came from."""
        return self._places[min(letter, len(self._places) - 1)]

    @cached_property
    def _places(self) -> list[int]:
        return [at for at, char in enumerate(self.text) for _ in fold(char)]
