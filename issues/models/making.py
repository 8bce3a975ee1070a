"""An edition that was asked for (制作): by whom, what for, how far it is, and what came of it."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

#: After so long without a sign of life somebody else may begin anew.
SILENCE = timedelta(minutes=5)


class MakingQuerySet(models.QuerySet["Making"]):
    def under_way(self) -> "MakingQuerySet":
        return self.filter(ended_at=None)


class Making(models.Model):
    """`what` are the arguments of the verb, as JSON: what was typed is not lost with a failure."""

    class Verb(models.TextChoices):
        SIGN_OFF = "sign_off", "签发"
        CORRECT = "correct", "更正"
        CONFIRM = "confirm", "确认更正"
        FACTS = "facts", "更正封面与版权页"
        WITHDRAW = "withdraw", "撤稿"
        RESTORE = "restore", "恢复版次"

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="makings", verbose_name="期"
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="文章",
    )
    verb = models.CharField("事项", max_length=20, choices=Verb)
    what = models.JSONField("内容", default=dict)
    asked_at = models.DateTimeField("交办时间", default=timezone.now)
    asked_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="交办人"
    )
    step = models.CharField("正在做", max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField("百分之", default=0)
    seen_at = models.DateTimeField("最近有动静", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    said = models.CharField("结果", max_length=300, blank=True)
    problem = models.CharField("没有做成的原因", max_length=300, blank=True)

    objects = MakingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "制作"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                condition=models.Q(ended_at__isnull=True),
                name="making_one_at_a_time_for_an_issue",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, said="", problem="")
                | (models.Q(ended_at__isnull=False) & (~models.Q(said="") | ~models.Q(problem=""))),
                name="making_that_ended_says_how",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100), name="making_percent_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.get_verb_display()}"

    @property
    def is_silent(self) -> bool:
        """Whoever made it is gone, it seems: killed, or never there."""
        return self.ended_at is None and self.seen_at < timezone.now() - SILENCE

    @property
    def seconds_left(self) -> int | None:
        """At the pace so far; None before there is one."""
        if self.percent < 10:
            return None
        passed = (timezone.now() - self.asked_at).total_seconds()
        return max(1, round(passed * (100 - self.percent) / self.percent))
