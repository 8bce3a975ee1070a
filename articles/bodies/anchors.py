"""Where in a text a comment belongs: the passage itself, told by the words around it. Pure.

A text is what `articles.bodies.html.text` gives: a line for each block. An anchor survives every
edit that leaves its passage standing; where the passage is gone, nothing is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: Characters of the text before and after a passage that tell it from others like it.
AROUND = 30
#: Characters of a passage that are kept.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Anchor:
    quote: str
    before: str = ""
    after: str = ""


def place(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`."""
    return Anchor(
        text[start:end][:LONGEST], text[max(0, start - AROUND) : start], text[end : end + AROUND]
    )


def find(text: str, anchor: Anchor) -> int | None:
    """Where the passage begins now: of several, the one whose surroundings are most alike.

    None where the passage does not stand in the text any more.
    """
    best, most = None, -1
    at = text.find(anchor.quote) if anchor.quote else -1
    while at >= 0:
        alike = _alike(text, at, anchor)
        if alike > most:
            best, most = at, alike
        at = text.find(anchor.quote, at + 1)
    return best


def find_as_selected(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """As `find`, of a passage that was selected on a page, where blocks and cells are apart by
    other spaces than in the text. From where to where.
    """
    places = [at for at, char in enumerate(text) if not char.isspace()]
    packed = Anchor("".join(anchor.quote.split()), "".join(anchor.before.split()))
    at = find("".join(text.split()), packed)
    if at is None:
        return None
    return places[at], places[at + len(packed.quote) - 1] + 1


def _alike(text: str, at: int, anchor: Anchor) -> int:
    """How many characters before and after the place are those that were there."""
    end = at + len(anchor.quote)
    before = _in_common(reversed(anchor.before), reversed(text[max(0, at - AROUND) : at]))
    return before + _in_common(anchor.after, text[end : end + AROUND])


def _in_common(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
