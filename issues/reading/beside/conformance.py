"""无障碍符合性: what readers with any sense or hand can rely on, line by line, each with its test.

What is claimed stands in `conformance.txt`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from servicejournal.access import readers_page

from .. import answering, serving

_CLAIMS = Path(__file__).parent / "conformance.txt"


class Met(StrEnum):
    YES = "达到"
    PARTLY = "部分达到"
    NO = "未做到"
    NOT_ASKED = "不适用"


@dataclass(frozen=True, slots=True)
class Line:
    """`clause` is of WCAG 2.2 or EPUB Accessibility 1.1; `test` is FILE::NAME, "" without one."""

    number: str
    asked: str
    clause: str
    met: Met
    how: str
    test: str = ""


@dataclass(slots=True)
class Part:
    title: str
    lines: list[Line] = field(default_factory=list)


@cache
def parts() -> list[Part]:
    """All that is claimed, in its order."""
    found: list[Part] = []
    for line in _written():
        if line.startswith("# "):
            found.append(Part(line.removeprefix("# ")))
            continue
        number, asked, clause, met, *rest = line.split(" | ")
        found[-1].lines.append(Line(number, asked, clause, Met(met), *rest))
    return found


def _written() -> Iterator[str]:
    lines = _CLAIMS.read_text("utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("--"))


@require_safe
@readers_page
@serving.behind_the_question
def page(request: HttpRequest) -> HttpResponse:
    context = {"parts": parts()}
    return answering.of_no_single_issue(request, "issues/accessibility.html", context)
