"""What the next issue is called: the number that follows, or the reason why none does."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from servicejournal import masthead
from servicejournal.models import Masthead

from .. import numbering
from ..models import Issue

#: The last year that an issue may be of.
LAST_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Proposal:
    """`facts` for the form of a new issue; `why` (Chinese) is what they follow from, or why there
    are none.
    """

    why: str
    facts: dict[str, Any] = field(default_factory=dict)


def hold_numbers() -> None:
    """Until the end of the transaction nobody else numbers an issue: who is slower sees the first.

    The masthead's row stands for the numbers of all years.
    """
    Masthead.objects.select_for_update().filter(pk=1).first()


def propose(kind: str = numbering.REGULAR, *, today: date | None = None) -> Proposal:
    """At most three queries."""
    year = (today or timezone.localdate()).year
    return _regular(year) if kind == numbering.REGULAR else _beside(kind, year)


def _regular(this_year: int) -> Proposal:
    """Behind the last one, whatever its state: a year has as many as the masthead says."""
    last = Issue.objects.regular().newest_first().first()
    if last is None:
        why = "系统里还没有刊物，先按今年第1期、总第1期；不对请改。"
        return Proposal(why, _facts(this_year, 1, 1))
    if last.year < this_year - 1:
        why = f"系统里最近的是{last.full_label}，隔得太久，先按今年第1期；期号、总期号请核对。"
        return Proposal(why, _facts(this_year, 1, None))
    return _behind(last, a_year=masthead.current().issues_per_year)


def _behind(last: Issue, *, a_year: int) -> Proposal:
    number = (last.last_number or last.number) + 1
    year = last.year
    why = f"接着{last.full_label}"
    if number > a_year:
        year, number = year + 1, 1
        why += f"：一年 {a_year} 期，{last.year}年已经排满"
    if year > LAST_YEAR:
        return Proposal(f"{last}之后没有可用的年份了，请自己填写年份和期号。")
    running = Issue.objects.aggregate(last=Max("running_number"))["last"]
    if not running:
        why += "；前面各期都没有总期号，请自己填写"
    return Proposal(f"{why}。", _facts(year, number, running + 1 if running else None))


def _beside(kind: str, year: int) -> Proposal:
    """A 增刊 or 号外 of this year, behind the last regular issue that the year has."""
    name = numbering.NAMES[kind]
    rows = Issue.objects.filter(year=year)
    number = (rows.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0) + 1
    if number > numbering.MOST:
        return Proposal(f"{year}年的{name}已经有 {numbering.MOST} 本，请自己填写年份和期号。")
    last = rows.regular().newest_first().first()
    after = (last.last_number or last.number) if last else 0
    place = f"排在{last}之后" if last else "排在当年第1期之前"
    why = f"{name}在一年里另数，不占总期号；{place}，不对请改。"
    return Proposal(why, {"kind": kind, "year": year, "number": number, "after": after})


def _facts(year: int, number: int, running: int | None) -> dict[str, Any]:
    numbers = {"year": year, "number": number, "running_number": running}
    return {"kind": numbering.REGULAR, **numbers}
