"""How an article is named in a list of references: GB/T 7714—2015, journal article online. Pure.

沈一鸣, 方圆, 林晓岚, 等. 把表格变成谈话[J/OL]. 服务文化专刊, 2026(3): 12[2026-06-24]. https://…
"""

from collections.abc import Sequence
from dataclasses import dataclass

from issues import numbering

#: More are 等 (8.1.2).
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """Between `opening` and `closing` stands the day on which somebody read it, in brackets."""

    opening: str
    closing: str


def reference(
    names: Sequence[str],
    *,
    title: str,
    journal: str,
    year: int,
    issue: numbering.InAYear,
    page: int | None,
    address: str,
) -> Reference:
    """`page` is where it begins in print; None where there are no pages."""
    who = ", ".join([*names[:MOST_NAMED], *(["等"] if len(names) > MOST_NAMED else [])])
    opening = f"{who}. " if who else ""
    opening += f"{title}[J/OL]. {journal}, {year}({number_in_a_year(issue)})"
    return Reference(opening + (f": {page}" if page else ""), f". {address}")


def number_in_a_year(issue: numbering.InAYear) -> str:
    """3; 7/8 of a 合刊 (7.3: a stroke between numbers that come out as one); 增刊1."""
    if issue.kind != numbering.REGULAR:
        return f"{numbering.NAMES[issue.kind]}{issue.number}"
    return f"{issue.number}/{issue.last_number}" if issue.last_number else str(issue.number)
