"""What a Word file holds and the form does not: how many of each, and where.

Whoever reads a part says which paragraph it is at; from then on a loss knows its place. `remarks`
has the words.
"""

from collections import Counter, deque
from xml.etree.ElementTree import Element

from .parts.names import W

#: What is looked for in the original: what is missing, and what may have come out wrong.
PLACED = frozenset(
    (
        "charts",
        "diagrams",
        "old formulas",
        "objects",
        "foreign",
        "symbols",
        "fields",
        "linked pictures",
        "lost pictures",
        "vector pictures",
        "rare pictures",
        "too many pictures",
        "slanted pictures",
        "shaped pictures",
        "drawn characters",
        "drawn shapes",
        "hidden art",
        "recoloured pictures",
        "videos",
        "odd fonts",
        "odd numbers",
    )
)
_MOST, _LONGEST = 3, 12
#: Paragraphs without words that are passed over to find words.
_BACK = 8


class Losses(Counter[str]):
    """A count that goes up while a paragraph is being read is lost there."""

    def __init__(self) -> None:
        super().__init__()
        self.fonts: dict[str, None] = {}  # of signs, unknown
        self._places: dict[str, dict[str, None]] = {}
        self._behind: deque[Element] = deque(maxlen=_BACK)  # paragraphs, the newest last
        self._known: set[tuple[str, int]] = set()

    def __setitem__(self, what: str, count: int) -> None:
        if what in PLACED and count > self[what] and self._behind:
            known = (what, id(self._behind[-1]))
            if known not in self._known:
                self._known.add(known)
                self.lost_at(what, self.here())
        super().__setitem__(what, count)

    def at(self, paragraph: Element) -> None:
        """From now on this paragraph is read."""
        self._behind.append(paragraph)

    def leave(self) -> None:
        """The part is read through: what is lost from now on is lost elsewhere."""
        self._behind.clear()
        self._known.clear()

    def here(self) -> str:
        """The first words of the paragraph that is read, or of the last before it that has any."""
        return next(filter(None, map(_beginning, reversed(self._behind))), "")

    def lost_at(self, what: str, place: str) -> None:
        places = self._places.setdefault(what, {})
        if place and len(places) <= _MOST:
            places[place] = None

    def where(self, what: str) -> str:
        """（在“雨天的伞”附近）; nothing where that is not known."""
        places = list(self._places.get(what, ()))
        if not places:
            return ""
        named = "、".join(f"“{each}”" for each in places[:_MOST])
        return f"（在{named}{'等处' if len(places) > _MOST else ''}附近）"


def _beginning(paragraph: Element) -> str:
    words = ""
    for each in paragraph.iter(W + "t"):
        words = " ".join(f"{words}{each.text or ''}"[: 4 * _LONGEST].split())
        if len(words) > _LONGEST:
            return f"{words[:_LONGEST]}…"
    return words
