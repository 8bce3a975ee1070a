"""What a rule has found, and where. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    others: "tuple[Finding, ...]" = ()  # a habit of the text: all its further places

    @property
    def places(self) -> "tuple[Finding, ...]":
        """This place and all others of the habit, one by one, in the order of the text."""
        return (replace(self, others=()), *self.others)

    @property
    def anchor(self) -> str:
        """The same as long as the quote and its neighbours are: what «ignore here» remembers.

        Of a habit the same as long as it is one, wherever its places are."""
        if self.others:
            return habit_anchor(self.rule)
        parts = (self.rule, self.place.part, self.before, self.quote, self.after)
        return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:32]

    @property
    def is_safe(self) -> bool:
        return self.level is Level.FIX and self.suggestion is not None


#: From so many places of a rule on, what one click mends is a habit of the text: of the machine it
#: was typed on, or of the page it was copied from. An editor decides of it once.
HABIT_FROM = 4
#: Doubts of setting that are habits as well: the point behind the numbers of a list.
_ALSO_HABITS = frozenset({"P12"})


def habit_anchor(rule: str) -> str:
    return hashlib.sha256(f"{rule}\0habit".encode()).hexdigest()[:32]


def folded(findings: Iterable[Finding]) -> list[Finding]:
    """The same findings, each habit as one where its first place is."""
    findings = list(findings)
    counts = Counter((each.rule, each.level) for each in findings if _may_be_habit(each))
    habits: dict[tuple[str, Level], list[Finding]] = {}
    for each in findings:
        if _may_be_habit(each) and counts[each.rule, each.level] >= HABIT_FROM:
            habits.setdefault((each.rule, each.level), []).append(each)
    firsts = {id(rows[0]): replace(rows[0], others=tuple(rows[1:])) for rows in habits.values()}
    others = {id(each) for rows in habits.values() for each in rows[1:]}
    return [firsts.get(id(each), each) for each in findings if id(each) not in others]


def _may_be_habit(finding: Finding) -> bool:
    of_setting = finding.level in (Level.FIX, Level.INFO) or finding.rule in _ALSO_HABITS
    return of_setting and finding.suggestion is not None


def unfolded(findings: Iterable[Finding]) -> Iterator[Finding]:
    for each in findings:
        yield from each.places
