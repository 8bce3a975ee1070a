"""代行: who makes a stage's reviews, or stands in for the chief editor, for some days."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils import timezone

from servicejournal import clock
from servicejournal.models import User

from .review import Review

#: Days that one appointment lasts at the most, and may begin ahead: who is away for longer has a
#: successor.
LONGEST = 90


def in_the_chiefs_place(user: User | None) -> str:
    """How somebody signs in the chief editor's place: 程砚（代行主编）."""
    return f"{user}（代行主编）"


class DaysBetween(models.Func):
    """Whole days from the second to the first, each a date or a moment."""

    arity = 2
    output_field = models.IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(julianday(%(expressions)s) AS integer)"
        context |= {"template": template, "arg_joiner": ") - julianday("}
        return self.as_sql(compiler, connection, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        context |= {"template": "((%(expressions)s)::date)", "arg_joiner": ")::date - ("}
        return self.as_sql(compiler, connection, **context)


_LASTS = DaysBetween(F("ends"), F("starts"))
#: A day of play: it is stored in UTC when it was granted.
_AHEAD = DaysBetween(F("starts"), F("granted_at"))


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def standing(self, day: date | None = None) -> Self:
        """Those that hold today, or on that day."""
        today = day or timezone.localdate()
        return self.filter(revoked_at=None, starts__lte=today, ends__gte=today)

    def not_over(self) -> Self:
        """Those that hold today or will."""
        return self.filter(revoked_at=None, ends__gte=timezone.localdate())

    def of(self, user: User) -> Self:
        return self.filter(user=user)


class Deputy(models.Model):
    """One person by name, for one stage, from one day to another, both included.

    For the chief editor (主编) it is the second and the final review, signing off and publishing,
    and whatever of an issue the chief alone decides; not who has which role or stands in for whom.
    Nobody is their own: somebody else grants it. It is never changed; it can be revoked.
    """

    class Duty(models.TextChoices):
        """A first review is every editor's; the other two are a senior's and the chief's."""

        SECOND = Review.Stage.SECOND.value, Review.Stage.SECOND.label
        FINAL = Review.Stage.FINAL.value, Review.Stage.FINAL.label
        CHIEF = "chief", "主编"

        @property
        def stages(self) -> frozenset[Review.Stage]:
            if self == self.CHIEF:
                return frozenset({Review.Stage.SECOND, Review.Stage.FINAL})
            return frozenset({Review.Stage(self.value)})

    stage = models.CharField("代行", max_length=10, choices=Duty)
    user = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        related_name="deputyships",
        verbose_name="代行人",
    )
    starts = models.DateField("从")
    ends = models.DateField("到")
    why = models.CharField("理由", max_length=200)
    granted_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="指定人"
    )
    granted_at = models.DateTimeField("指定时间", default=clock.now)
    revoked_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收回人",
    )
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_why = models.CharField("收回的理由", max_length=200, blank=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代行"
        ordering = ["-starts", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["second", "final", "chief"]), name="deputy_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(LessThan(_LASTS, LONGEST))
                & Q(GreaterThanOrEqual(_AHEAD, -1))
                & Q(LessThanOrEqual(_AHEAD, LONGEST + 1)),
                name="deputy_days_are_sane",
            ),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="deputy_days_in_order"),
            models.CheckConstraint(
                condition=~Q(granted_by=F("user")), name="deputy_is_granted_by_somebody_else"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="deputy_says_why"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_why="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="deputy_revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}代行{self.get_stage_display()}，{self.days}"

    @property
    def stages(self) -> frozenset[Review.Stage]:
        """The reviews that come with it."""
        return self.Duty(self.stage).stages

    @property
    def days(self) -> str:
        """2026年12月1日至12月14日"""
        year = f"{self.ends.year}年" if self.ends.year != self.starts.year else ""
        ends = f"{year}{self.ends.month}月{self.ends.day}日"
        return f"{self.starts.year}年{self.starts.month}月{self.starts.day}日至{ends}"

    @property
    def holds(self) -> bool:
        return self.revoked_at is None and self.starts <= timezone.localdate() <= self.ends

    @property
    def is_over(self) -> bool:
        return self.revoked_at is not None or self.ends < timezone.localdate()
