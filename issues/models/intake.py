"""The intake of a back issue: what was read from the file, what was doubted, who accepted it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class BackIssueImport(models.Model):
    issue = models.OneToOneField(
        "issues.Issue", on_delete=models.CASCADE, related_name="intake", verbose_name="期"
    )
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件校验值", max_length=64, unique=True)
    encoding = models.CharField("编码", max_length=20)
    imported_at = models.DateTimeField("导入时间", default=timezone.now)
    imported_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="导入人"
    )
    punctuation_fixes = models.PositiveIntegerField("改正的半角标点", default=0)
    doubts = models.JSONField(
        "存疑", default=list, help_text="[{line, code, message}]，line 是文件里的行号。"
    )
    account = models.JSONField(
        "行数去向",
        default=dict,
        blank=True,
        help_text="文件里每一行去了哪里：{lines, text, page, …}。",
    )
    host_category = models.CharField("原网站分类", max_length=60, blank=True)
    host_date = models.DateField("原网站日期", null=True, blank=True)
    host_views = models.PositiveIntegerField("原网站浏览量", null=True, blank=True)
    accepted_at = models.DateTimeField("核对通过时间", null=True, blank=True)
    accepted_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="核对人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "过刊导入"
        ordering = ["-imported_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="intake_acceptance_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue}（{self.file_name}）"
