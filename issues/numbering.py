"""What an issue is called, and by what it is found. Pure; the one place that makes a label, an
address or the name of a file out of kind, year and number.

    正刊 2026年第4期 /issues/2026/4/    合刊 2026年第7–8期 /issues/2026/7-8/
    增刊 2026年增刊1 /issues/2026/s1/   号外 2026年号外1 /issues/2026/x1/
"""

import re
from dataclasses import dataclass
from typing import Protocol

REGULAR, SUPPLEMENT, EXTRA = "regular", "supplement", "extra"
NAMES = {REGULAR: "正刊", SUPPLEMENT: "增刊", EXTRA: "号外"}
_LETTERS = {REGULAR: "", SUPPLEMENT: "s", EXTRA: "x"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
#: Of any kind, in a year: a weekly has so many.
MOST = 53

SLUG = r"[sx]?[1-9][0-9]?|[1-9][0-9]?-[1-9][0-9]?"
_SLUG = re.compile(r"(?P<letter>[sx]?)(?P<number>[0-9]{1,2})(?:-(?P<last>[0-9]{1,2}))?")


class NotAnIssue(ValueError):
    """The message (Chinese) says how an issue's number is written."""


class InAYear(Protocol):
    """One of the issues of a year. `last_number` is where a 合刊 ends, None for a single number."""

    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def last_number(self) -> int | None: ...


class Numbered(InAYear, Protocol):
    @property
    def year(self) -> int: ...
    @property
    def running_number(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Which:
    """Which of a year's issues is meant."""

    number: int
    last_number: int | None = None
    kind: str = REGULAR


def parts(issue: InAYear) -> tuple[str, str, str]:
    """第, 7–8, 期: what stands before the number, the number, what stands behind it."""
    if issue.kind != REGULAR:
        return NAMES[issue.kind], str(issue.number), ""
    last = f"–{issue.last_number}" if issue.last_number else ""
    return "第", f"{issue.number}{last}", "期"


def short(issue: InAYear) -> str:
    """第4期, 第7–8期, 增刊1"""
    return "".join(parts(issue))


def label_of(year: int, issue: InAYear) -> str:
    return f"{year}年{short(issue)}"


def label(issue: Numbered) -> str:
    """2026年第4期, 2026年第7–8期, 2026年增刊1"""
    return label_of(issue.year, issue)


def running(issue: Numbered) -> str:
    """总第38期; "" where there is none, as of 增刊 and 号外."""
    return f"总第{issue.running_number}期" if issue.running_number else ""


def full_label(issue: Numbered) -> str:
    """2022年第2期（总第38期）"""
    return label(issue) + (f"（{told}）" if (told := running(issue)) else "")


def slug(issue: InAYear) -> str:
    """Its name in addresses and commands, below the year: 4, 7-8, s1, x1."""
    last = f"-{issue.last_number}" if issue.last_number else ""
    return f"{_LETTERS[issue.kind]}{issue.number}{last}"


def read(slug: str) -> Which:
    """The other way round. Raises `NotAnIssue`."""
    found = _SLUG.fullmatch(slug)
    if found is None or not 1 <= int(found["number"]) <= MOST:
        raise NotAnIssue("期号写成 4，合刊写成 7-8，增刊写成 s1，号外写成 x1。")
    number, last = int(found["number"]), int(found["last"]) if found["last"] else None
    if last is not None and (found["letter"] or not number < last <= MOST):
        raise NotAnIssue("合刊写成 7-8：前面是头一期，后面是末一期。")
    return Which(number, last, _KINDS[found["letter"]])


def stem(issue: Numbered) -> str:
    """The beginning of a file's name: 2026-04, 2026-07_08 (2026-07-08 would be a day), 2026-s1."""
    last = f"_{issue.last_number:02d}" if issue.last_number else ""
    number = f"{issue.number:02d}" if issue.kind == REGULAR else slug(issue)
    return f"{issue.year}-{number}{last}"
