"""Words looked up in the text of pages, as people type them (`articles.folding` says what counts).

Pure: strings in, passages out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from articles.folding import Folded, fold, joined

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; one that was looked up is marked."""

    text: str
    is_found: bool = False


def needle(words: str) -> str:
    """What to look for; "" for nothing. Raises `NotLookedUp`."""
    check(words)
    return fold(words)


def check(words: str) -> None:
    """Raises `NotLookedUp`."""
    if len(words) > LONGEST:
        raise NotLookedUp(f"请少输几个字：一次最多查 {LONGEST} 个字。")


def around(text: str, start: int, end: int) -> Passage:
    return Passage(_before(text, start), text[start:end], _after(text, end))


def marked(text: str, needles: Sequence[str]) -> list[Piece]:
    """The whole text, with all that was looked up marked."""
    folded = Folded(text)
    spans = joined(span for needle in needles for span in folded.spans(needle))
    return _pieces(text, spans)


def excerpts(text: str, needles: Sequence[str], *, most: int) -> list[list[Piece]]:
    """Passages with what was looked up marked: of several words one each, of one so many."""
    folded = Folded(text)
    each = most if len(needles) == 1 else 1
    first = [span for needle in needles[:3] for span in islice(folded.spans(needle), each)]
    around = joined((max(0, begin - AROUND), min(len(text), end + AROUND)) for begin, end in first)
    return [_excerpt(text, needles, begin, end) for begin, end in around]


def _excerpt(text: str, needles: Sequence[str], begin: int, end: int) -> list[Piece]:
    shown = marked(text[begin:end].strip(), needles)
    before = [Piece("…")] if begin else []
    return [*before, *shown, *([Piece("…")] if end < len(text) else [])]


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, begin = [], 0
    for start, stop in spans:
        pieces += [Piece(text[begin:start]), Piece(text[start:stop], is_found=True)]
        begin = stop
    return [each for each in [*pieces, Piece(text[begin:])] if each.text]


def _before(text: str, start: int) -> str:
    return ("…" if start > AROUND else "") + text[max(0, start - AROUND) : start].lstrip()


def _after(text: str, end: int) -> str:
    return text[end : end + AROUND].rstrip() + ("…" if end + AROUND < len(text) else "")
