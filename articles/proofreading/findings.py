"""What a rule has found, and where. Pure."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much it matters, the gravest first."""

    BLOCK = "block"  # not published until it is gone, or overridden with a reason
    ERROR = "error"
    SUSPECT = "suspect"  # probably a wrong character: a person looks, and may teach the word
    WARN = "warn"
    INFO = "info"
    FIX = "fix"  # safe: one click for all of them

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Level.BLOCK: "不得刊出",
    Level.ERROR: "差错",
    Level.SUSPECT: "疑似别字",
    Level.WARN: "存疑",
    Level.INFO: "提示",
    Level.FIX: "可一键订正",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands. Lines and columns count from 1, offsets from 0, all in characters."""

    part: str  # kicker, title, standfirst, byline, body
    line: int  # of `articles.bodies.html.text(body)`, or of the file
    column: int  # in that line, layout spaces before it included
    offset: int  # in the text of the block
    length: int


@dataclass(frozen=True, slots=True)
class Finding:
    rule: str
    level: Level
    place: Place
    quote: str
    why: str
    source: str  # the standard or the law
    suggestion: str | None  # what should stand instead of the quote; "" where it should go
    before: str = ""  # a few characters on either side, to find the place again
    after: str = ""

    @property
    def anchor(self) -> str:
        """The same as long as the quote and its neighbours are: what «ignore here» remembers."""
        parts = (self.rule, self.place.part, self.before, self.quote, self.after)
        return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]

    @property
    def is_safe(self) -> bool:
        return self.level is Level.FIX and self.suggestion is not None
