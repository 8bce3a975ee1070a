"""What a finding weighs: for whoever reads the list, and in the inspection of periodicals. Pure.

The inspection's weights are those of 《期刊编校差错率计算方法》, annex to 《报纸期刊质量管理规定》
(国新出发〔2020〕10 号). Part 3.1 and 3.2 of it were read, in a university press's copy: errors of
fact, knowledge, logic and grammar count 1; wrong, superfluous and missing characters 1, 2 (two to
five of them) or 4 (more); characters changed over, that one sign of the proofreader puts right, 1;
numerals 1 however many digits; the same fault of an issue at most three times; on the cover double.
Important names, dates and pictures count double in the text too: what is important a person says
(质检), the aid does not double. A periodical passes at 2 in 10,000.
Of what follows there (letters, marks, units, form) no copy was at hand: `words/weights.txt` holds
each weight with its source, to be corrected in one line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from .findings import Finding, Level

#: The law's line, in 10,000.
PASSES_AT = Decimal(2)
#: The same fault counts so many times in an issue.
MOST_OF_ONE = 3


class Weight(StrEnum):
    """The four groups of the review page, the gravest first."""

    MUST = "must"
    SURE = "sure"
    LIKELY = "likely"
    STYLE = "style"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def note(self) -> str:
        return _NOTES[self]


_LABELS = {
    Weight.MUST: "必须改",
    Weight.SURE: "确有错误",
    Weight.LIKELY: "疑似",
    Weight.STYLE: "体例建议",
}
_NOTES = {
    Weight.MUST: "不处理，终审通不过。",
    Weight.SURE: "有标准或算式为据。",
    Weight.LIKELY: "请看上下文再定。",
    Weight.STYLE: "不算差错，改不改由编辑定。",
}
_OF_LEVEL = {
    Level.BLOCK: Weight.MUST,
    Level.ERROR: Weight.SURE,
    Level.FIX: Weight.SURE,
    Level.SUSPECT: Weight.LIKELY,
    Level.WARN: Weight.LIKELY,
    Level.INFO: Weight.STYLE,
}
#: Doubts that are habits of setting and wording: no reader was ever misled by one.
_HABITS = frozenset(
    "C08 C11 C12 D05 D06 D07 F03 N21 N23 N24 P09 P16 P17 P20 P26 S06 T01 T02".split()
)


def weight_of(finding: Finding) -> Weight:
    if finding.level is Level.WARN and finding.rule in _HABITS:
        return Weight.STYLE
    return _OF_LEVEL[finding.level]


def grouped(findings: Iterable[Finding]) -> list[tuple[Weight, list[Finding]]]:
    """The groups that hold something, the gravest first; in each, what must be decided first
    before what one click mends."""
    found: dict[Weight, list[Finding]] = {weight: [] for weight in Weight}
    for finding in findings:
        found[weight_of(finding)].append(finding)
    return [(weight, sorted(rows, key=_by_level)) for weight, rows in found.items() if rows]


def _by_level(finding: Finding) -> int:
    return list(Level).index(finding.level)


class Kind(StrEnum):
    """Kinds of fault, as an inspection counts them."""

    FACT = "fact"
    CHARACTERS = "characters"
    NUMERALS = "numerals"
    SCRIPT = "script"
    UNIT = "unit"
    MARK = "mark"
    FORM = "form"

    @property
    def label(self) -> str:
        return _KINDS[self][0]

    @property
    def weight(self) -> Decimal:
        """Of one fault; of characters, where it is one character."""
        return _KINDS[self][1]


def _kinds() -> dict[Kind, tuple[str, Decimal]]:
    rows = (FOLDER / "weights.txt").read_text(encoding="utf-8").splitlines()
    known = (row.split(" | ") for row in rows if row and not row.startswith("#"))
    return {Kind(kind): (label, Decimal(weight)) for kind, label, weight, _ in known}


FOLDER = Path(__file__).parent / "words"
_KINDS = _kinds()
_OF_RULE = {
    "C02": Kind.FACT,
    "C10": Kind.CHARACTERS,
    "D02": Kind.CHARACTERS,
    "D03": Kind.CHARACTERS,
    "D04": Kind.CHARACTERS,
    "H01": Kind.CHARACTERS,
    "N02": Kind.MARK,
    "N11": Kind.MARK,
    "N14": Kind.UNIT,
    "N15": Kind.MARK,
    "N18": Kind.UNIT,
    "N19": Kind.MARK,
    "N20": Kind.MARK,
    "N22": Kind.UNIT,
    "X01": Kind.FORM,
    "X04": Kind.FORM,
    "X05": Kind.SCRIPT,
    "X06": Kind.SCRIPT,
    **{f"G{n}": Kind.CHARACTERS for n in (*range(15, 19), *range(21, 30), 42, 43)},
}
_OF_FAMILY = {
    "C": Kind.FORM,
    "D": Kind.FACT,
    "G": Kind.FACT,
    "H": Kind.CHARACTERS,
    "M": Kind.FACT,
    "N": Kind.NUMERALS,
    "P": Kind.MARK,
    "S": Kind.FACT,
    "T": Kind.CHARACTERS,
    "W": Kind.CHARACTERS,
    "X": Kind.CHARACTERS,
}


def kind_of(rule: str) -> Kind | None:
    """None for what is no fault of editing: customers' data, promises, passages of other texts."""
    return _OF_RULE.get(rule) or _OF_FAMILY.get(rule[:1])


def counted(finding: Finding) -> Decimal:
    """What the finding counts by itself; 0 for what an inspection does not count."""
    kind = kind_of(finding.rule)
    if kind is None or weight_of(finding) is Weight.STYLE:
        return Decimal(0)
    if kind is not Kind.CHARACTERS:
        return kind.weight
    if _changed_over(finding.quote, finding.suggestion):
        return kind.weight
    return kind.weight * of_characters(differing(finding.quote, finding.suggestion))


def _changed_over(quote: str, suggestion: str | None) -> bool:
    return suggestion not in (None, quote) and sorted(quote) == sorted(suggestion or "")


def of_characters(count: int) -> int:
    return 1 if count < 2 else 2 if count <= 5 else 4


def differing(quote: str, suggestion: str | None) -> int:
    """How many characters are wrong, superfluous or missing, as far as the suggestion tells."""
    if suggestion is None:
        return 1
    start = 0
    while start < min(len(quote), len(suggestion)) and quote[start] == suggestion[start]:
        start += 1
    quote, suggestion = quote[start:], suggestion[start:]
    end = 0
    while end < min(len(quote), len(suggestion)) and quote[-1 - end] == suggestion[-1 - end]:
        end += 1
    return max(len(quote), len(suggestion)) - end


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of an issue, and whether it stands on the cover."""

    finding: Finding
    on_cover: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """How much one kind contributes."""

    kind: Kind
    places: int
    faults: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """The faults of an issue by kind, what repeats counted three times at most."""

    shares: tuple[Share, ...]
    cover: Decimal  # what the doubling on the cover adds
    repeated: int  # places that are not counted any more

    @property
    def faults(self) -> Decimal:
        return sum((share.faults for share in self.shares), self.cover)


def count(found: Iterable[Found]) -> Count:
    """The heaviest places of a fault are those that are counted."""
    by_fault: dict[tuple[str, str, str | None], list[Found]] = {}
    for each in found:
        for finding in each.finding.places:
            if counted(finding):
                key = (finding.rule, finding.quote, finding.suggestion)
                by_fault.setdefault(key, []).append(Found(finding, each.on_cover))
    places: dict[Kind, int] = {}
    faults: dict[Kind, Decimal] = {}
    cover, repeated = Decimal(0), 0
    for rows in by_fault.values():
        kind, own = kind_of(rows[0].finding.rule), counted(rows[0].finding)
        if kind is None:
            continue
        kept = sorted(rows, key=lambda each: not each.on_cover)[:MOST_OF_ONE]
        places[kind] = places.get(kind, 0) + len(rows)
        faults[kind] = faults.get(kind, Decimal(0)) + own * len(kept)
        cover += own * sum(each.on_cover for each in kept)
        repeated += len(rows) - len(kept)
    shares = tuple(Share(kind, places[kind], faults[kind]) for kind in Kind if kind in places)
    return Count(shares, cover, repeated)


def rate(faults: Decimal, characters: int) -> Decimal | None:
    """In 10,000; None of nothing."""
    return faults * 10_000 / characters if characters else None
