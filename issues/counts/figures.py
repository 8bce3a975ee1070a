"""Sums of days, read: plain functions that return plain rows. What counts is what is out now.

`since` and `until` are days, both included; None is without an end. `most_read` names what is out
to everybody; whoever shows it at the desk passes printed articles `all_out` as `among`. The
sums by section, issue and branch hold issues that are closed to strangers too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from ..models import DailyCount, PrintedArticle, SearchedInVain
from ..models.printed import PrintedQuerySet

Kind = DailyCount.Kind


@dataclass(frozen=True, slots=True)
class Read:
    """An article as printed, and how often it was read."""

    article: PrintedArticle
    number: int


def of(
    kind: str, keys: Iterable[int], *, since: date | None = None, until: date | None = None
) -> dict[int, int]:
    """By key, how often; those that never were are left out. One query."""
    return _sums(_within(kind, since, until).filter(key__in=list(keys)))


def summed(kind: str, key: OuterRef) -> Coalesce:
    """To annotate rows with: how often what `key` names was. It saves a query."""
    sums = DailyCount.objects.filter(kind=kind, key=key).order_by().values("key")
    return Coalesce(Subquery(sums.annotate(n=Sum("number")).values("n")), 0)


def most_read(
    most: int,
    *,
    since: date | None = None,
    until: date | None = None,
    among: PrintedQuerySet | None = None,
) -> list[Read]:
    """Articles that are out (of `among`, which says what is shown of them), the most read first.

    Two queries: sums by the index of days, then the rows of what is shown.
    """
    out = PrintedArticle.objects.out() if among is None else among
    sums = _within(Kind.ARTICLE, since, until)
    sums = sums.filter(key__in=out.order_by().values("article"))
    totals = sums.order_by().values_list("key").annotate(n=Sum("number")).order_by("-n", "-key")
    told = dict(totals[:most])
    if not told:
        return []
    rows = {each.article_id: each for each in out.filter(article__in=told)}
    return [Read(rows[key], number) for key, number in told.items() if key in rows]


def by_article(
    *, since: date | None = None, until: date | None = None, helpful: bool = False
) -> dict[int, int]:
    """By article, of all that ever were read. One query."""
    return _sums(_within(Kind.HELPFUL if helpful else Kind.ARTICLE, since, until))


def by_section(
    *, since: date | None = None, until: date | None = None, issue: int | None = None
) -> dict[int, int]:
    """By section, as its articles stand now; of one issue, if it is given. Two queries."""
    return _by("section", since, until, issue)


def by_issue(
    *, since: date | None = None, until: date | None = None, issue: int | None = None
) -> dict[int, int]:
    """By issue, readings of its articles; those of its own page: `of(Kind.ISSUE, …)`."""
    return _by("edition__issue", since, until, issue)


def by_branch(
    *, since: date | None = None, until: date | None = None, issue: int | None = None
) -> dict[int, int]:
    """By branch that signed; an article that two signed counts for both."""
    return _by("signed_by__branch", since, until, issue)


def _by(way: str, since: date | None, until: date | None, issue: int | None) -> dict[int, int]:
    read = by_article(since=since, until=until)
    told: dict[int, int] = {}
    # By subquery: after eighty years the keys are more than a statement holds.
    keys = _within(Kind.ARTICLE, since, until).order_by().values("key")
    rows = PrintedArticle.objects.all_out().filter(article__in=keys)
    rows = rows.filter(edition__issue=issue) if issue else rows
    for key, article in set(rows.order_by().values_list(way, "article")):
        if key is not None:
            told[key] = told.get(key, 0) + read.get(article, 0)
    return told


def pages_of(issue: int, *, since: date | None = None, until: date | None = None) -> dict[int, int]:
    """How far the issue is leafed through: by page, in order, how often it was seen. One query."""
    sums = _within(Kind.PAGE, since, until).filter(key=issue).order_by()
    return dict(sums.values_list("part").annotate(n=Sum("number")).order_by("part"))


def pages(
    *, since: date | None = None, until: date | None = None, issue: int | None = None
) -> dict[int, dict[int, int]]:
    """As `pages_of`, by issue. One query."""
    sums = _within(Kind.PAGE, since, until).order_by()
    sums = sums.filter(key=issue) if issue else sums
    told: dict[int, dict[int, int]] = {}
    for key, part, number in sums.values_list("key", "part").annotate(n=Sum("number")):
        told.setdefault(key, {})[part] = number
    return told


def by_month(
    *, since: date | None = None, until: date | None = None, issue: int | None = None
) -> dict[tuple[int, int], int]:
    """Readings of articles that are out, by (year, month), in order. One query."""
    rows = PrintedArticle.objects.all_out()
    rows = rows.filter(edition__issue=issue) if issue else rows
    sums = _within(Kind.ARTICLE, since, until).filter(key__in=rows.order_by().values("article"))
    told: dict[tuple[int, int], int] = {}
    for day, number in sums.order_by().values_list("day").annotate(n=Sum("number")).order_by("day"):
        month = (day.year, day.month)
        told[month] = told.get(month, 0) + number
    return told


def by_day(kind: str, key: int, *, since: date, until: date) -> dict[date, int]:
    """One thing's days, those without a reader left out. One query."""
    rows = _within(kind, since, until).filter(key=key).order_by()
    return dict(rows.values_list("day").annotate(n=Sum("number")).order_by("day"))


def in_vain(
    most: int, *, since: date | None = None, until: date | None = None
) -> list[tuple[str, int]]:
    """What was looked up and not found, the most often first. One query."""
    rows = SearchedInVain.objects.order_by()
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    totals = rows.values_list("words").annotate(n=Sum("number")).order_by("-n", "words")
    return list(totals[:most])


def _within(kind: str, since: date | None, until: date | None) -> "QuerySet[DailyCount]":
    rows = DailyCount.objects.filter(kind=kind)
    if since:
        rows = rows.filter(day__gte=since)
    return rows.filter(day__lte=until) if until else rows


def _sums(rows: "QuerySet[DailyCount]") -> dict[int, int]:
    return dict(rows.order_by().values_list("key").annotate(n=Sum("number")))
