"""质检: an editor reads what chance drew from an issue and counts, as an inspection would.

What was drawn, by which seed, and what was found stay with the issue and with the edition that was
read, so that anybody can draw the same again.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.proofreading.weights import Kind

KINDS = [(each.value, each.label) for each in Kind]


class QualityCheckQuerySet(models.QuerySet["QualityCheck"]):
    def open(self) -> "QualityCheckQuerySet":
        return self.filter(finished_at=None)

    def finished(self) -> "QualityCheckQuerySet":
        return self.exclude(finished_at=None)


class QualityCheck(models.Model):
    issue = models.ForeignKey(
        "issues.Issue",
        on_delete=models.CASCADE,
        related_name="quality_checks",
        verbose_name="期",
    )
    edition = models.ForeignKey(
        "issues.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quality_checks",
        verbose_name="版次",
        help_text="签发以前抽的没有版次。",
    )
    seed = models.PositiveBigIntegerField("随机种子", help_text="同一种子抽出同样的文章。")
    drawn = models.JSONField(
        "抽到的文章", help_text="[{article, title, characters, digest}]，按抽到的次序。"
    )
    characters = models.PositiveIntegerField("检查字数")
    whole = models.PositiveIntegerField("全期字数")
    drawn_at = models.DateTimeField("抽取时间", default=timezone.now)
    drawn_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="抽取人"
    )
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    finished_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="质检人",
    )
    words = models.TextField("质检意见", max_length=2000, blank=True)

    objects = QualityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "质检"
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="quality_check_is_finished_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(characters__gte=1, whole__gte=models.F("characters")),
                name="quality_check_reads_a_part",
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=Q(finished_at__isnull=True),
                name="quality_check_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} 质检"

    @property
    def is_whole(self) -> bool:
        """Everything was read: no chance is left."""
        return self.characters == self.whole


class QualityFaultQuerySet(models.QuerySet["QualityFault"]):
    def standing(self) -> "QualityFaultQuerySet":
        return self.filter(taken_back_at=None)


class QualityFault(models.Model):
    """One place. What was entered by mistake is struck, and stays."""

    inspection = models.ForeignKey(
        QualityCheck, on_delete=models.CASCADE, related_name="faults", verbose_name="质检"
    )
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="+", verbose_name="文章"
    )
    kind = models.CharField("种类", max_length=10, choices=KINDS)
    quote = models.CharField("错处", max_length=100, help_text="照抄错的那几个字。")
    right = models.CharField("应为", max_length=100, blank=True)
    place = models.CharField("位置", max_length=60, blank=True, help_text="第几段、第几页。")
    is_double = models.BooleanField(
        "加倍", default=False, help_text="封一上的，或重要名称、时间、图片，按两倍计。"
    )
    weight = models.DecimalField("计错", max_digits=4, decimal_places=1)
    entered_at = models.DateTimeField("记录时间", default=timezone.now)
    entered_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="记录人"
    )
    taken_back_at = models.DateTimeField("划去时间", null=True, blank=True)

    objects = QualityFaultQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "质检差错"
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(quote="")
                & Q(weight__gt=0, weight__lte=8)
                & Q(kind__in=[each.value for each in Kind]),
                name="quality_fault_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"“{self.quote}”（{self.weight}）"
