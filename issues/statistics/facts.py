"""What the reports are made from, as plain rows: the only module here that asks for contributions.

Moments come as seconds since 1970, reckoned by the database: of twenty thousand rows Python would
spend longer on dates than on everything else.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from articles.models import Article, Authorship, Branch, Review, Section
from articles.reviewing.workflow import Action
from servicejournal.models import Record, User

from ..models import Issue, PrintedArticle, PrintedAuthor, PrintedPicture
from .periods import Period

Decision = Review.Decision


class Epoch(models.Func):
    """A moment in whole seconds since 1970."""

    output_field = models.BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"
        return self.as_sql(compiler, connection, template=template, **context)


class Signature(NamedTuple):
    """Branch and author as they signed then; `branch` is None for who signed without one."""

    branch: int | None
    branch_name: str
    author: int
    author_name: str


class Handed(NamedTuple):
    article: int
    section: int | None
    at: int


class Decided(NamedTuple):
    article: int
    stage: str
    decision: str
    at: int
    round: int
    section: int | None


class Withdrawn(NamedTuple):
    article: int
    section: int | None


class Printed(NamedTuple):
    article: int
    title: str
    section: int
    section_name: str
    length: int
    pictures: int
    day: date
    issue: int
    place: int
    late: int


class Step(NamedTuple):
    """A standing decision, whatever it decided; `came` is when the manuscript was handed in."""

    article: int
    stage: str
    decision: str
    reviewer: int
    at: int
    came: int


class Facts:
    """What happened in a period, each part read when it is first asked for. `decided` are the
    decisions that end something: accepted, returned or rejected.
    """

    def __init__(self, period: Period) -> None:
        self.period = period

    @cached_property
    def handed(self) -> list[Handed]:
        rows = handed_in(self.period).annotate(at=Epoch("submitted_at"))
        return list(map(Handed._make, rows.values_list("pk", "section", "at")))

    @cached_property
    def decided(self) -> list[Decided]:
        rows = outcomes(self.period).order_by("article_id", "decided_at", "pk")
        told = rows.annotate(sec=Epoch("decided_at")).values_list(
            "article", "stage", "decision", "sec", "round", "article__section"
        )
        return list(map(Decided._make, told))

    @cached_property
    def withdrawn(self) -> list[Withdrawn]:
        return list(map(Withdrawn._make, withdrawn(self.period).values_list("pk", "section")))

    @cached_property
    def signed(self) -> dict[int, list[Signature]]:
        """Of what was handed in, decided on or withdrawn."""
        return _signatures(self.period)

    @cached_property
    def printed(self) -> list[Printed]:
        return [Printed._make(row) for _, *row in self._print]

    @cached_property
    def print_signed(self) -> dict[int, list[Signature]]:
        """With the names that the edition printed."""
        people = _people(self.period)
        return {
            article: _as_printed(people[article], names)
            for names, article, *_ in self._print
            if article in people
        }

    @cached_property
    def _print(self) -> list[tuple[Any, ...]]:
        pictures = PrintedPicture.objects.filter(printed=OuterRef("pk")).order_by()
        count = pictures.values("printed").annotate(count=Count("pk")).values("count")
        rows = printed(self.period).annotate(
            pics=Coalesce(Subquery(count), 0), late=_is_late("article__")
        )
        return list(
            rows.order_by("edition__issue__date", "edition_id", "place").values_list(
                "authors", "article", "title", "section", "section_name", "length", "pics",
                "edition__issue__date", "edition__issue", "place", "late",
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Course:
    """Every standing decision on the manuscripts that were decided on in a period, manuscript by
    manuscript: what came before says since when it waited. `again` are the later hand-ins of each.
    """

    period: Period
    decided: list[Step]
    again: dict[int, list[int]]
    #: Names of the reviewers.
    reviewers: dict[int, str]


class Waiting(NamedTuple):
    """Manuscripts in a state, and the moment since which the longest has been there."""

    status: str
    number: int
    oldest: int


def moment(day: date) -> datetime:
    """Its first, here."""
    return timezone.make_aware(datetime.combine(day, time()))


@cache
def seconds(period: Period) -> tuple[int, int]:
    return int(moment(period.start).timestamp()), int(moment(period.end).timestamp())


def within(period: Period, name: str) -> Q:
    """Rows whose moment of that name lies in the period."""
    return Q(**{f"{name}__gte": moment(period.start), f"{name}__lt": moment(period.end)})


def handed_in(period: Period) -> models.QuerySet[Article]:
    """来稿: what the desk got, by the day on which it first came; no back issues."""
    rows = Article.objects.handed_in().exclude(origin=Article.Origin.BACK_ISSUE)
    return rows.filter(within(period, "submitted_at")).order_by()


def withdrawn(period: Period) -> models.QuerySet[Article]:
    rows = Article.objects.handed_in().filter(status=Article.Status.WITHDRAWN)
    return rows.filter(within(period, "stage_since")).order_by()


def decisions(period: Period) -> models.QuerySet[Review]:
    """Standing ones of the period."""
    return Review.objects.standing().filter(within(period, "decided_at")).order_by()


def printed(period: Period) -> models.QuerySet[PrintedArticle]:
    """刊出: in the standing edition of an issue whose date lies in the period, closed to strangers
    or not; the issue itself where one is meant."""
    rows = PrintedArticle.objects.all_out()
    if period.issue:
        return rows.filter(edition__issue=period.issue).order_by()
    days = Q(edition__issue__date__gte=period.start, edition__issue__date__lt=period.end)
    return rows.filter(days).order_by()


def course_of(period: Period) -> Course:
    """Four queries."""
    touched = decisions(period).values("article")
    rows = Review.objects.standing().filter(article__in=touched)
    ordered = rows.order_by("article_id", "decided_at", "pk").annotate(sec=Epoch("decided_at"))
    came = dict(
        Article.objects.filter(pk__in=touched, submitted_at__isnull=False)
        .order_by()
        .annotate(sec=Epoch("submitted_at"))
        .values_list("pk", "sec")
    )
    steps = [
        Step(article, stage, decision, reviewer, at, came.get(article, at))
        for article, stage, decision, reviewer, at in ordered.values_list(
            "article", "stage", "decision", "reviewer", "sec"
        )
    ]
    names = User.objects.filter(pk__in={each.reviewer for each in steps})
    return Course(period, steps, _again(period), dict(names.values_list("pk", "name")))


def outcomes(period: Period) -> models.QuerySet[Review]:
    """Decisions that accept, return or reject."""
    accepted = Q(stage=Review.Stage.FINAL, decision=Decision.PASS)
    return decisions(period).filter(accepted | Q(decision__in=[Decision.RETURN, Decision.REJECT]))


def _is_late(article: str = "") -> models.Case:
    """First handed in after the last day of the call that it answers (`Article.is_late`), 1 or 0.

    The day after is reckoned in seconds: for dates SQLite would call Python for each row.
    """
    day_after = Epoch(f"{article}call__deadline") + 86_400 - offset()
    is_after: models.Lookup[int] = GreaterThanOrEqual(Epoch(f"{article}submitted_at"), day_after)
    return models.Case(
        models.When(is_after, then=models.Value(1)),
        default=models.Value(0),
        output_field=models.IntegerField(),
    )


def offset() -> int:
    """Seconds that the clock here is ahead of UTC."""
    offset = timezone.localtime().utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _signatures(period: Period) -> dict[int, list[Signature]]:
    keys = (
        handed_in(period)
        .values("pk")
        .union(outcomes(period).values("article"), withdrawn(period).values("pk"))
    )
    rows = Authorship.objects.filter(article__in=keys).order_by("article_id", "position", "pk")
    found: dict[int, list[Signature]] = defaultdict(list)
    for row in rows.values_list("branch", "branch_name", "author", "author_name", "article"):
        found[row[4]].append(Signature._make(row[:4]))
    return found


def _people(period: Period) -> dict[int, list[tuple[int | None, int]]]:
    """Of each printed article, branch and author in the order of the byline."""
    rows = PrintedAuthor.objects.filter(printed__in=printed(period).values("pk")).order_by("pk")
    found: dict[int, list[tuple[int | None, int]]] = defaultdict(list)
    for article, branch, author in rows.values_list("printed__article", "branch", "author"):
        found[article].append((branch, author))
    return found


def _as_printed(people: list[tuple[int | None, int]], names: list[Any]) -> list[Signature]:
    return [
        Signature(branch, told["branch"], author, told["name"])
        for (branch, author), told in zip(people, names, strict=False)
    ]


def _again(period: Period) -> dict[int, list[int]]:
    touched = decisions(period).filter(round__gt=1).values("article")
    rows = Record.objects.filter(
        verb=Action.HAND_IN.label,
        subject_type=Article._meta.label_lower,
        subject_pk__in=touched,
    ).order_by("at")
    found: dict[int, list[int]] = defaultdict(list)
    for article, at in rows.annotate(sec=Epoch("at")).values_list("subject_pk", "sec"):
        found[article].append(at)
    return found


#: Where manuscripts are that nobody has decided on for good.
WAITING = [*Article.IN_REVIEW, Article.Status.REVISING, Article.Status.HELD]


def waiting_in(status: str = "") -> models.QuerySet[Article]:
    rows = Article.objects.handed_in().order_by().exclude(origin=Article.Origin.BACK_ISSUE)
    return rows.filter(status__in=[status] if status else WAITING)


def waiting() -> list[Waiting]:
    """Where manuscripts are now, and the longest of each. One query."""
    counted = waiting_in().values_list("status")
    told = counted.annotate(count=Count("pk"), oldest=models.Min(Epoch("stage_since")))
    order: dict[str, int] = {status: at for at, status in enumerate(WAITING)}
    return sorted((Waiting(*row) for row in told), key=lambda each: order[each.status])


def sections() -> dict[int, str]:
    return dict(Section.objects.values_list("pk", "name"))


def branches() -> dict[int, str]:
    """Those that hand in today, by name."""
    return dict(Branch.objects.active().order_by("slug").values_list("pk", "name"))


def period_of_issue(issue: Issue) -> Period:
    """本期: what it printed, and what happened since the day after the issue before came out."""
    earlier = Issue.objects.published().before(issue).exclude(date=None).newest_first().first()
    day = issue.date or timezone.localdate()
    first = date(day.year, 1, 1)
    if earlier and earlier.date and earlier.date < day:
        first = earlier.date + timedelta(days=1)
    end = day + timedelta(days=1)
    return Period(f"issue-{issue.pk}", issue.label, first, end, issue.pk)


def printed_by_year(first: int, last: int) -> list[tuple[int, int]]:
    """Articles that are out, by the year of their issue."""
    rows = PrintedArticle.objects.all_out().order_by()
    rows = rows.filter(edition__issue__date__year__gte=first, edition__issue__date__year__lte=last)
    return list(rows.values_list("edition__issue__date__year").annotate(count=Count("pk")))
