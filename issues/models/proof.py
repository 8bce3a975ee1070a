"""三校: who read the assembled issue, when, which pages exactly, and what they put right."""

from django.db import models
from django.db.models import Q

from servicejournal import clock


class ProofQuerySet(models.QuerySet["Proof"]):
    def standing(self) -> "ProofQuerySet":
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class Proof(models.Model):
    class Round(models.IntegerChoices):
        FIRST = 1, "一校"
        SECOND = 2, "二校"
        THIRD = 3, "三校"

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="proofs", verbose_name="期"
    )
    round = models.PositiveSmallIntegerField("校次", choices=Round)
    proofreader = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="校对人"
    )
    finished_at = models.DateTimeField("完成时间", default=clock.now)
    digest = models.CharField("所校内容的校验值", max_length=64)
    corrections = models.PositiveSmallIntegerField("改正处数", default=0)
    open_findings = models.PositiveIntegerField("未决的校对提示", default=0)
    words = models.TextField("校对记录", max_length=2000, blank=True)
    taken_back_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "校对"
        ordering = ["finished_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(round__in=[1, 2, 3]) & ~Q(digest=""), name="proof_is_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.get_round_display()}"
