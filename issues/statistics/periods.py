"""Stretches of time that a report is about: month, quarter, year, issue, from a day to a day. Pure.

In addresses: `2026-05`, `2026Q2`, `2026`, `2026-01-05..2026-02-04`, `issue-17`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to the day before `end`. `issue` (its key) is that of the one issue meant."""

    slug: str
    label: str
    start: date
    end: date
    issue: int | None = None

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def year(number: int) -> Period:
    return Period(f"{number}", f"{number}年", date(number, 1, 1), date(number + 1, 1, 1))


def quarter(of: int, number: int) -> Period:
    """`number` may lie outside: 0 is the last of the year before."""
    of, number = of + (number - 1) // 4, (number - 1) % 4 + 1
    start = date(of, 3 * number - 2, 1)
    return Period(
        f"{of}Q{number}", f"{of}年第{'一二三四'[number - 1]}季度", start, _after(start, 3)
    )


def month(of: int, number: int) -> Period:
    of, number = of + (number - 1) // 12, (number - 1) % 12 + 1
    start = date(of, number, 1)
    return Period(f"{of}-{number:02d}", f"{of}年{number}月", start, _after(start, 1))


def between(first: date, last: date) -> Period:
    """Both days belong to it."""
    label = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"
    return Period(f"{first}..{last}", label, first, last + timedelta(days=1))


def read(text: str) -> Period | None:
    """None for what is no period (an issue is the caller's to find)."""
    if found := re.fullmatch(r"([12]\d{3})", text):
        return year(int(found[1])) if 1980 <= int(found[1]) <= 2100 else None
    if found := re.fullmatch(r"((?:19|20)\d{2})Q([1-4])", text):
        return quarter(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"((?:19|20)\d{2})-(0[1-9]|1[0-2])", text):
        return month(int(found[1]), int(found[2]))
    days = [day(each) for each in text.split("..")]
    if len(days) == 2 and days[0] and days[1] and days[0] <= days[1]:
        return between(days[0], days[1])
    return None


def of_days(first: str, last: str) -> Period | None:
    """From one day to another, whichever is written first. Without a first day from the beginning
    of that year, without a last one to the year's end. None for what is no day.
    """
    first = first or f"{last[:4]}-01-01"
    last = last or f"{first[:4]}-12-31"
    return read("..".join(sorted([first, last])))


def day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 1980 <= found.year <= 2100 else None


def before(period: Period) -> Period:
    """The one before it, as long; a month before a month."""
    start = period.start
    if period.slug == f"{start.year}":
        return year(start.year - 1)
    if "Q" in period.slug:
        return quarter(start.year, (start.month + 2) // 3 - 1)
    if re.fullmatch(r"\d{4}-\d{2}", period.slug):
        return month(start.year, start.month - 1)
    return between(start - timedelta(days=period.days), start - timedelta(days=1))


def year_before(period: Period) -> Period:
    """The same days of the year before; of a year the year."""
    start = period.start
    if period.slug == f"{start.year}":
        return year(start.year - 1)
    if "Q" in period.slug:
        return quarter(start.year, (start.month + 2) // 3 - 4)
    if re.fullmatch(r"\d{4}-\d{2}", period.slug):
        return month(start.year, start.month - 12)
    return between(_year_back(start), _year_back(period.last))


def months_of(period: Period) -> list[Period]:
    """The calendar months that it touches, at most 24: the last ones."""
    found, at = [], month(period.start.year, period.start.month)
    while at.start < period.end:
        found.append(at)
        at = month(at.start.year, at.start.month + 1)
    return found[-24:]


def _after(start: date, months: int) -> date:
    at = start.year * 12 + start.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _year_back(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
