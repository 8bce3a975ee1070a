"""Words looked up in the text of pages, as people type them: spaces, case and width do not count.

Pure: strings in, passages out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

#: Characters shown before and after what was found.
AROUND = 24
LONGEST = 50


class NotLookedUp(ValueError):
    """The message (Chinese) says what to type instead."""


@dataclass(frozen=True, slots=True)
class Passage:
    before: str
    found: str
    after: str


def needle(words: str) -> str:
    """What to look for; "" for nothing. Raises `NotLookedUp`."""
    if len(words) > LONGEST:
        raise NotLookedUp(f"请少输几个字：一次最多查 {LONGEST} 个字。")
    return _folded(words)


def passages(text: str, needle: str) -> Iterator[Passage]:
    """Where the needle stands in the text; each place once."""
    if not needle or needle not in _folded(text):
        return
    letters, places = _letters(text)
    at = letters.find(needle)
    while at >= 0:
        start, end = places[at], places[at + len(needle) - 1] + 1
        yield Passage(_before(text, start), text[start:end], _after(text, end))
        at = letters.find(needle, at + len(needle))


def _folded(text: str) -> str:
    return "".join(normalize("NFKC", text).casefold().split())


def _letters(text: str) -> tuple[str, list[int]]:
    """The text folded letter by letter, and where each of its letters came from."""
    folded = [(letter, at) for at, char in enumerate(text) for letter in _folded(char)]
    return "".join(letter for letter, _ in folded), [at for _, at in folded]


def _before(text: str, start: int) -> str:
    return ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start].lstrip()


def _after(text: str, end: int) -> str:
    return text[end : end + AROUND].rstrip() + ("…" if end + AROUND < len(text) else "")
