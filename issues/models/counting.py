"""What is read, as sums of a day: never who, and no row for a single look.

`issues.counts.tally` is the only writer, `issues.counts.figures` reads. Numbers stand in for keys
of other tables, so that a sum outlives what it is of, as the record does.
"""

from django.db import models
from django.db.models import Q


class DailyCount(models.Model):
    """How often something was read on a day, or was found helpful."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "文章"
        ISSUE = "issue", "期"
        PAGE = "page", "翻页的一页"
        HELPFUL = "helpful", "文章有帮助"
        ECHO = "echo", "来信有帮助"

    kind = models.CharField("对象", max_length=10, choices=Kind)
    key = models.PositiveBigIntegerField("编号", help_text="文章、期或来信的编号。")
    part = models.PositiveSmallIntegerField("页", default=0, help_text="翻页的第几页；别的是 0。")
    day = models.DateField("日期")
    number = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "每日次数"
        ordering = ["day", "kind", "key", "part"]
        indexes = [models.Index(fields=["kind", "day", "key"], name="count_by_kind_and_day")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "part", "day"], name="count_once_a_day"),
            models.CheckConstraint(condition=Q(number__gte=1), name="count_counts_something"),
            models.CheckConstraint(
                condition=Q(kind="page", part__gte=1) | (~Q(kind="page") & Q(part=0)),
                name="count_part_is_of_a_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()} {self.key}"


class SearchedInVain(models.Model):
    """Words that were looked up on a day and found nothing; what may be somebody's is taken out."""

    day = models.DateField("日期")
    words = models.CharField("查的词", max_length=40)
    number = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "没有查到的词"
        ordering = ["-day", "-number", "words"]
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="in_vain_once_a_day"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(words=""), name="in_vain_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class HelpfulToday(models.Model):
    """That some reader found something helpful: a hash under a salt that goes with the day."""

    day = models.DateField("日期", db_index=True)
    mark = models.CharField("散列", max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "今天说过有帮助"

    def __str__(self) -> str:
        return str(self.day)


class DailySalt(models.Model):
    """What makes marks of one day; when it is gone nobody can try whose they were."""

    day = models.DateField("日期", unique=True)
    salt = models.CharField("盐", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "当天的盐"

    def __str__(self) -> str:
        return str(self.day)
