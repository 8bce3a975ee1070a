"""Editions (版次): the frozen outputs of one publication; and corrections (更正) after it."""

from pathlib import PurePosixPath

from django.db import models
from django.utils import timezone


def archive_path(edition: "Edition", filename: str) -> str:
    """All files of an edition bear its number and the beginning of its hash."""
    issue, suffix = edition.issue, PurePosixPath(filename).suffix
    folder = f"editions/{issue.year}-{issue.number:02d}"
    return f"{folder}/{edition.number}-{edition.sha256[:12]}{suffix}"


class Edition(models.Model):
    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.PROTECT, related_name="editions", verbose_name="期"
    )
    number = models.PositiveSmallIntegerField("版次")
    made_at = models.DateTimeField("制作时间", default=timezone.now)
    made_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="制作人"
    )
    archive = models.FileField("存档", upload_to=archive_path, max_length=200)
    sha256 = models.CharField("存档校验值", max_length=64)
    pdf = models.FileField("PDF", upload_to=archive_path, max_length=200, blank=True)
    without_pdf = models.CharField("没有 PDF 的原因", max_length=200, blank=True)
    epub = models.FileField("EPUB", upload_to=archive_path, max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "版次"
        ordering = ["issue", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="edition_numbered_in_issue")
        ]

    def __str__(self) -> str:
        return f"{self.issue} 第{self.number}版"


class Correction(models.Model):
    """A dated, visible change of a published article: who, when, why and what, together."""

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name="文章",
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="corrections", verbose_name="版次"
    )
    at = models.DateTimeField("更正时间", default=timezone.now)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="更正人"
    )
    reason = models.CharField("更正说明", max_length=300, help_text="读者会看到这句话。")

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_gives_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"
