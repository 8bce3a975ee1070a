"""Everything that one page, file or paper says of a period, as tables. Asks a fixed number of
questions, whatever the period holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from articles.models import Article

from ..models import Issue, PointRule, Quota
from . import contributions, durations, facts, fees, periods, points, sums
from .contributions import Counted
from .facts import Course, Facts
from .periods import Period
from .reading import facts as readings
from .reading import tables as of_reading
from .tables import Table


def period_of(text: str) -> Period | None:
    """What an address calls so: `periods.read`, or `issue-17`."""
    kind, _, key = text.partition("-")
    if kind != "issue":
        return periods.read(text)
    issue = Issue.objects.published().filter(pk=key).first() if _is_key(key) else None
    return facts.period_of_issue(issue) if issue else None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def this_quarter() -> Period:
    today = timezone.localdate()
    return periods.quarter(today.year, (today.month + 2) // 3)


@dataclass
class Report:
    """Tables of a period, each made when it is asked for."""

    period: Period

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.period)

    @cached_property
    def now(self) -> Counted:
        return sums.of(self.period)

    @cached_property
    def out(self) -> Counted:
        """What was printed in the period, by which branch."""
        same: Counted | None = self.__dict__.get("now")
        return same or sums.of(self.period, only_printed=True)

    @cached_property
    def course(self) -> Course:
        return facts.course_of(self.period)

    @cached_property
    def before(self) -> Counted:
        """What was printed in the period before, by whom."""
        return sums.of(periods.before(self.period), only_printed=True)

    @cached_property
    def before_total(self) -> Counted:
        """Everything of the period before, but not by whom."""
        return sums.of(periods.before(self.period), only_totals=True)

    @cached_property
    def year_before_total(self) -> Counted:
        earlier = periods.year_before(self.period)
        if earlier.slug == self.before_total.period.slug:
            return self.before_total
        return sums.of(earlier, only_totals=True)

    @cached_property
    def points(self) -> list[points.Point]:
        rules = list(PointRule.objects.select_related("section"))
        keys = {each.article for each in self.facts.printed}
        return points.of(self.facts, rules, fees.grades_of(keys))

    @cached_property
    def reading(self) -> readings.Reading:
        return readings.of(self.period)

    @cached_property
    def branches(self) -> dict[int, str]:
        return facts.branches()

    @cached_property
    def sections(self) -> dict[int, str]:
        return facts.sections()

    def table(self, slug: str) -> Table | None:
        made = self._made.get(slug)
        return made() if made else None

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self._made)

    def all(self) -> list[Table]:
        return [made() for made in self._made.values()]

    @cached_property
    def _made(self) -> dict[str, Callable[[], Table]]:
        return {
            "total": lambda: contributions.total_table(
                self.now, self.before_total, self.year_before_total
            ),
            "branches": lambda: contributions.branch_table(self.now, self.before, self.branches),
            "authors": lambda: contributions.author_table(self.now, self.before),
            "sections": lambda: contributions.section_table(self.now, self.sections),
            "heat": lambda: contributions.heat_table(self.out, self.sections),
            "silent": lambda: contributions.silent_table(self.branches, self.now),
            "quotas": self.quotas,
            "durations": lambda: durations.duration_table(self.course),
            "waiting": waiting,
            "rounds": lambda: durations.round_table(self.facts),
            "points": lambda: points.branch_table(self.points, self.period),
            "point-authors": lambda: points.author_table(self.points, self.period),
            "point-articles": lambda: points.article_table(self.points, self.period),
            "read-articles": lambda: of_reading.articles(self.reading),
            "read-sections": lambda: of_reading.sections(self.reading),
            "read-branches": lambda: of_reading.branches(self.reading),
            "read-issues": lambda: of_reading.issues(self.reading),
            "leafing": lambda: of_reading.leafing(self.reading),
            "letters": lambda: of_reading.letters(self.reading),
            "in-vain": lambda: of_reading.in_vain(self.reading),
            "read-months": lambda: of_reading.months(self.reading),
        }

    def quotas(self) -> Table:
        """Of the year in which the period ends."""
        year = periods.year(self.period.last.year)
        rows = Quota.objects.filter(year=year.start.year).order_by("branch__slug")
        wanted = {
            key: (name, n) for key, name, n in rows.values_list("branch", "branch__name", "pieces")
        }
        same = self.period.slug == year.slug
        counted = self.now if same else sums.of(year, only_printed=True)
        return contributions.quota_table(wanted, counted)


def waiting() -> Table:
    now = int(timezone.now().timestamp())
    return durations.waiting_table(facts.waiting(), lambda each: Article.Status(each).label, now)
