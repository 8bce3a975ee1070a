"""One decision of the three reviews (三审): who, when, what and why, together or not at all."""

from django.db import models

from servicejournal import clock
from servicejournal.models import AppendOnly


class Review(AppendOnly):
    class Stage(models.TextChoices):
        FIRST = "first", "初审"
        SECOND = "second", "复审"
        FINAL = "final", "终审"

    class Decision(models.TextChoices):
        PASS = "pass", "通过"
        RETURN = "return", "退修"
        REJECT = "reject", "退稿"
        HOLD = "hold", "备用"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="reviews", verbose_name="稿件"
    )
    stage = models.CharField("审级", max_length=10, choices=Stage)
    decision = models.CharField("决定", max_length=10, choices=Decision)
    opinion = models.TextField("给作者的意见", blank=True)
    note = models.TextField("内部意见", blank=True)
    reviewer = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="审稿人"
    )
    decided_at = models.DateTimeField("时间", default=clock.now)
    round = models.PositiveSmallIntegerField(
        "轮次", default=1, help_text="第几次投稿；退修后重投加一。"
    )
    digest = models.CharField("所审文本的校验值", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审稿意见"
        ordering = ["decided_at", "pk"]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="review_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=["first", "second", "final"])
                & models.Q(decision__in=["pass", "return", "reject", "hold"])
                & ~models.Q(digest=""),
                name="review_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["return", "reject"]) | ~models.Q(opinion=""),
                name="review_return_and_reject_give_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}{self.get_decision_display()}"
