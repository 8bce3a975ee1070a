"""What was read in a period, as plain rows. What counts is what is out now, closed issues too.

Of an issue it is what it printed, from the day when it came out until today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count

from articles.models import Branch

from ...counts import figures
from ...models import DailyCount, Echo, Edition, PrintedArticle
from .. import facts
from ..periods import Period

Kind = DailyCount.Kind
Status = Echo.Status
#: Lines of what was read most, and of words that found nothing.
MOST = 100


class ReadArticle(NamedTuple):
    article: int
    title: str
    byline: str
    section: str
    issue: int
    issue_label: str
    read: int
    helped: int


class ReadIssue(NamedTuple):
    """`pages` says by page how often it was seen."""

    issue: int
    label: str
    opened: int
    read: int
    page_count: int
    pages: Mapping[int, int]


class Lettered(NamedTuple):
    """An article and the letters about it, by what became of them."""

    article: int
    title: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """The most read first; issues the newest first, months as they come."""

    period: Period
    articles: list[ReadArticle]
    sections: list[tuple[str, int]]
    branches: list[tuple[str, int]]
    issues: list[ReadIssue]
    months: dict[tuple[int, int], int]
    letters: list[Lettered]
    in_vain: list[tuple[str, int]]


def of(period: Period) -> Reading:
    """As many questions whatever was read."""
    since, until = days_of(period)
    days: dict[str, Any] = {"since": since, "until": until, "issue": period.issue}
    branches = figures.by_branch(**days)
    signing = Branch.objects.filter(pk__in=list(branches)).values_list("pk", "name")
    return Reading(
        period,
        _articles(since, until, period.issue),
        _named(figures.by_section(**days), facts.sections()),
        _named(branches, dict(signing)),
        _issues(days),
        figures.by_month(**days),
        _letters(period),
        figures.in_vain(MOST, since=since, until=until),
    )


def days_of(period: Period) -> tuple[date, date | None]:
    """Both included; None is until today."""
    return (period.last, None) if period.issue else (period.start, period.last)


def _named(numbers: Mapping[int, int], names: Mapping[int, str]) -> list[tuple[str, int]]:
    told = [(names[key], number) for key, number in numbers.items() if key in names and number]
    return sorted(told, key=lambda each: (-each[1], each[0]))


def _articles(since: date, until: date | None, issue: int | None) -> list[ReadArticle]:
    among = PrintedArticle.objects.all_out().select_related("edition__issue")
    among = among.defer("body", "standfirst", "authors", "pictures", "edition__face")
    among = among.filter(edition__issue=issue) if issue else among
    found = figures.most_read(MOST, since=since, until=until, among=among)
    keys = [each.article.article_id for each in found]
    helped = figures.of(Kind.HELPFUL, keys, since=since, until=until)
    return [
        ReadArticle(
            row.article_id,
            row.title,
            row.byline,
            row.section_name,
            row.edition.issue_id,
            row.edition.issue.label,
            number,
            helped.get(row.article_id, 0),
        )
        for row, number in ((each.article, each.number) for each in found)
    ]


def _issues(days: Mapping[str, Any]) -> list[ReadIssue]:
    """Those that were opened, read or leafed through."""
    read, pages = figures.by_issue(**days), figures.pages(**days)
    editions = Edition.objects.all_out().select_related("issue").order_by("-issue__date", "-pk")
    if days["issue"]:
        editions = editions.filter(issue=days["issue"])
    rows = {each.issue_id: each for each in editions.defer("cover_svg", "facts", "face")}
    between = {name: days[name] for name in ("since", "until")}
    opened = figures.of(Kind.ISSUE, rows, **between)
    return [
        ReadIssue(
            key, row.issue.label, opened.get(key, 0), read.get(key, 0), row.page_count,
            pages.get(key, {}),
        )
        for key, row in rows.items()
        if key in opened or key in read or key in pages
    ]  # fmt: skip


def _letters(period: Period) -> list[Lettered]:
    """Letters that came in the period, by article; none of what is not out any more."""
    since, until = days_of(period)
    out = PrintedArticle.objects.all_out().order_by()
    out = out.filter(edition__issue=period.issue) if period.issue else out
    rows = Echo.objects.filter(article__in=out.values("article"), at__gte=facts.moment(since))
    rows = rows.filter(at__lt=facts.moment(period.end)) if until else rows
    told: dict[int, Lettered] = {}
    counted = rows.order_by().values_list("article", "article__title", "status")
    for article, title, status, number in counted.annotate(n=Count("pk")):
        found = told.setdefault(article, Lettered(article, title, {}))
        told[article] = found._replace(numbers={**found.numbers, status: number})
    return sorted(told.values(), key=lambda each: (-sum(each.numbers.values()), -each.article))
