"""What the board shows of an issue in the making: how many pages texts take, and the plan for them.

Measures belong to a digest of what was set, never to a row that may change: they are right or not
there. Anybody may throw them away; they are made again.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

#: After so long somebody else takes up what one process began.
GIVEN_UP = timedelta(minutes=2)
#: What nobody looked at for so long is measured anew.
KEPT = timedelta(days=60)


class LaidPartQuerySet(models.QuerySet["LaidPart"]):
    def made(self) -> "LaidPartQuerySet":
        return self.exclude(pages=None)

    def waiting(self) -> "LaidPartQuerySet":
        """Begun, and neither set nor known to fail."""
        return self.filter(pages=None, problem="")

    def given_up(self) -> "LaidPartQuerySet":
        """Whoever began it is gone, it seems."""
        return self.waiting().filter(begun_at__lt=timezone.now() - GIVEN_UP)

    def outdated(self) -> "LaidPartQuerySet":
        return self.filter(begun_at__lt=timezone.now() - KEPT)


class LaidPart(models.Model):
    """A text, or a part of an issue, as the compositor set it; `pages` is None until it has."""

    digest = models.CharField("校验值", max_length=64, unique=True)
    begun_at = models.DateTimeField("开始量的时间", default=timezone.now)
    pages = models.PositiveSmallIntegerField("页数", null=True, blank=True)
    fill = models.FloatField("末页排到", default=0, help_text="0 到 1。")
    is_short = models.BooleanField("可以接排", default=False)
    figures = models.PositiveSmallIntegerField("图", default=0)
    problem = models.CharField("没有量成的原因", max_length=300, blank=True)
    articles = models.JSONField(
        "各篇的位置",
        default=list,
        db_default=[],
        help_text="按顺序：起止页（从 1 数）和为补满版面做了什么。",
    )

    objects = LaidPartQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "排过的版面"
        constraints = [
            models.CheckConstraint(
                condition=Q(pages__isnull=True) | (Q(pages__gte=1) & Q(problem="")),
                name="laid_part_has_pages_or_a_problem",
            ),
            models.CheckConstraint(
                condition=Q(fill__gte=0, fill__lte=1), name="laid_part_fill_is_one"
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class LaidPage(models.Model):
    """A page of it, small, in a part that begins on the right of a spread or on the left: margins
    and running heads are others.
    """

    part = models.ForeignKey(LaidPart, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField("第几页")
    fill = models.FloatField("排到", help_text="0 到 1；0 是白页。")
    right_first = models.BinaryField("从右页排起")
    left_first = models.BinaryField("从左页排起")

    class Meta:
        verbose_name = verbose_name_plural = "排过的一页"
        ordering = ["part", "number"]
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="laid_page_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, fill__gte=0, fill__lte=1), name="laid_page_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class FindingCountQuerySet(models.QuerySet["FindingCount"]):
    def outdated(self) -> "FindingCountQuerySet":
        return self.filter(counted_at__lt=timezone.now() - KEPT)


class FindingCount(models.Model):
    """How many findings of the proofreading aid are open in a text, by the house's words of then.

    `digest` is of the text, the words and what was let stand.
    """

    digest = models.CharField("校验值", max_length=64, unique=True)
    counted_at = models.DateTimeField("时间", default=timezone.now)
    open = models.PositiveIntegerField("未处理")
    blocking = models.PositiveIntegerField("不得刊出")

    objects = FindingCountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "校对提示数"
        constraints = [
            models.CheckConstraint(
                condition=Q(blocking__lte=models.F("open")), name="finding_count_is_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.open}"


class PagePlan(models.Model):
    """设想: so many pages for a section of the issue, or, without a section, for the whole."""

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="page_plans", verbose_name="期"
    )
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="栏目",
    )
    pages = models.PositiveSmallIntegerField("页数")

    class Meta:
        verbose_name = verbose_name_plural = "设想"
        constraints = [
            models.UniqueConstraint(fields=["issue", "section"], name="page_plan_once_a_section"),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(section__isnull=True),
                name="page_plan_once_for_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(pages__gte=1, pages__lte=400), name="page_plan_pages_are_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.section or '全期'} {self.pages} 页"
