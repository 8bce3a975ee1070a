"""A title from its printed lines, and titles compared: page, contents page and cover."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from .lines import Line
from .shapes import hanzi, squeeze, tidy

#: More alike than this, two titles are one title with a slip; less, they are two titles.
_ALIKE = 0.75
#: Comparing all with all is quadratic; no issue has more titles than this.
_MOST_COMPARED = 200
_HANGING = re.compile("[的之与和及在从把被让为于是向对以、，：:；—“‘（《]$")
_MARKS = re.compile(r"[\W_]+")


def joined(lines: Sequence[Line], known: Sequence[str] = ()) -> str:
    """One title of the lines into which the page broke it.

    `known` are titles as others have them in one line: where one is the same but for spaces, it
    says where a space belongs. Otherwise two lines of one length are a couplet (or of nearly one,
    where somebody typed a space at the first one's end); every other break is layout.
    """
    texts = [tidy(line.text) for line in lines]
    plain = squeeze("".join(texts))
    for title in known:
        if squeeze(title) == plain:
            return title
    title = texts[0] if texts else ""
    for before, line, text in zip(lines, lines[1:], texts[1:], strict=False):
        title += (" " if _is_couplet(before, line) else "") + text
    return title


def _is_couplet(before: Line, after: Line) -> bool:
    if _HANGING.search(before.text) or after.text.startswith(("—", "：", "（")):
        return False
    whole = hanzi(before.text) == len(before.text) and hanzi(after.text) == len(after.text)
    difference = abs(len(before.text) - len(after.text))
    return (whole and not difference and len(after.text) >= 4) or (
        before.trailing > 0 and difference < 2
    )


def key(title: str) -> str:
    """The title without marks and spaces: what makes two spellings one title."""
    return _MARKS.sub("", title).casefold()


def are_the_same(title: str, other: str) -> bool:
    """But for marks, spaces and a subtitle that one of them lacks."""
    whole, main = key(title), key(re.split("——", title)[0])
    return key(other) in (whole, main)


def counterpart(title: str, others: Sequence[str]) -> str | None:
    """The one of the others that is this title, or this title with a slip; None for none.

    A title without its subtitle, or with its author behind it, is the title too.
    """
    own = key(title)
    keys = {key(other): other for other in others}
    if own in keys:
        return keys[own]
    for other, text in list(keys.items())[:_MOST_COMPARED]:
        if min(len(own), len(other)) >= 4 and (own.startswith(other) or other.startswith(own)):
            return text
    alike = [
        (SequenceMatcher(None, own, other, autojunk=False).ratio(), text)
        for other, text in list(keys.items())[:_MOST_COMPARED]
        if abs(len(own) - len(other)) <= 6 and len(other) <= 80
    ]
    best = max(alike, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None
