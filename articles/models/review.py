"""One decision of the three reviews (三审): who, when, what and why, together or not at all."""

from datetime import datetime, timedelta

from django.db import models

from servicejournal import clock
from servicejournal.access import Anybody
from servicejournal.models import AppendOnly
from servicejournal.models.append_only import AppendOnlyQuerySet

from .article import hangs_on_open


class ReviewQuerySet(AppendOnlyQuerySet["Review"]):
    def standing(self) -> "ReviewQuerySet":
        """Those that were not taken back: the only ones that count anywhere."""
        # Asked like this, the database knows how many are left: nearly all.
        return self.filter(~models.Exists(Retraction.objects.filter(review=models.OuterRef("pk"))))

    def readable_by(self, user: Anybody) -> "ReviewQuerySet":
        """With what they say inside; what the writer reads of them is `progress.opinions`."""
        return self.filter(hangs_on_open(user))


class Review(AppendOnly):
    #: So long who decided may take it back, and nobody is written to.
    REVOCABLE = timedelta(minutes=10)

    class Stage(models.TextChoices):
        FIRST = "first", "初审"
        SECOND = "second", "复审"
        FINAL = "final", "终审"

    class Decision(models.TextChoices):
        PASS = "pass", "通过"
        RETURN = "return", "退修"
        REJECT = "reject", "退稿"
        HOLD = "hold", "备用"
        BACK = "back", "退回上一级"

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
    deputy = models.ForeignKey(
        "articles.Deputy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name="代行",
        help_text="审稿人没有这一审级的角色，由谁、从哪天到哪天指定代行。",
    )
    decided_at = models.DateTimeField("时间", default=clock.now)
    round = models.PositiveSmallIntegerField(
        "轮次", default=1, help_text="第几次投稿；退修后重投加一。"
    )
    digest = models.CharField("所审文本的校验值", max_length=64)

    objects = ReviewQuerySet.as_manager()  # type: ignore[misc]  # in place of AppendOnly's own

    class Meta:
        verbose_name = verbose_name_plural = "审稿意见"
        ordering = ["decided_at", "pk"]
        indexes = [models.Index(fields=["-decided_at", "-id"], name="review_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage__in=["first", "second", "final"])
                & models.Q(decision__in=["pass", "return", "reject", "hold", "back"])
                & ~models.Q(digest=""),
                name="review_is_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision__in=["return", "reject"]) | ~models.Q(opinion=""),
                name="review_return_and_reject_give_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="back")
                | (~models.Q(note="") & models.Q(stage__in=["second", "final"])),
                name="review_back_gives_a_reason_and_has_a_stage_before_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}{self.get_decision_display()}"

    @property
    def revocable_until(self) -> datetime:
        return self.decided_at + self.REVOCABLE


class Retraction(AppendOnly):
    """撤回决定: a row of its own, because a decision stays as it was written."""

    review = models.OneToOneField(
        "articles.Review",
        on_delete=models.CASCADE,
        related_name="retraction",
        verbose_name="审稿意见",
    )
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="撤回人"
    )
    at = models.DateTimeField("撤回时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "撤回的决定"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"撤回{self.review}"
