"""What was out and is no more (撤稿, 撤刊), and corrections that wait for the chief editor."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Withdrawal(models.Model):
    """Of one article, with the edition that is without it; or of a whole issue."""

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.PROTECT, related_name="withdrawals", verbose_name="期"
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name="文章",
        help_text="空的，就是撤下整期。",
    )
    edition = models.ForeignKey(
        "issues.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name="版次",
    )
    title = models.CharField("原题", max_length=160)
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="经手人"
    )
    reason = models.CharField("理由", max_length=300)
    is_told = models.BooleanField("理由给读者看", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "撤稿与撤刊"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(article__isnull=True, edition__isnull=True)
                | Q(article__isnull=False, edition__isnull=False),
                name="withdrawal_of_an_article_is_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.title}"


class ProposedQuerySet(models.QuerySet["ProposedCorrection"]):
    def waiting(self) -> "ProposedQuerySet":
        return self.filter(decided_at=None)


class ProposedCorrection(models.Model):
    """A correction that is more than a slip of the pen: the chief editor confirms it, or not.

    `changes` are those of `making.corrections.correct`, as JSON; `base` is the digest of the text
    that was opened.
    """

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="proposed_corrections",
        verbose_name="文章",
    )
    base = models.CharField("打开时的样子", max_length=100)
    changes = models.JSONField("改动", default=dict)
    reason = models.CharField("更正说明", max_length=300)
    proposed_at = models.DateTimeField("提出时间", default=timezone.now)
    proposed_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    decided_at = models.DateTimeField("决定时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="决定人",
    )
    correction = models.OneToOneField(
        "issues.Correction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name="更正",
        help_text="空的，就是没有同意。",
    )
    why_not = models.CharField("不同意的理由", max_length=300, blank=True)

    objects = ProposedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "待确认的更正"
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_gives_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    correction__isnull=True,
                    why_not="",
                )
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & (
                        Q(correction__isnull=False, why_not="")
                        | (Q(correction__isnull=True) & ~Q(why_not=""))
                    )
                ),
                name="proposal_decision_is_whole",
            ),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(decided_at__isnull=True),
                name="proposal_one_waits_for_an_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.reason}"
