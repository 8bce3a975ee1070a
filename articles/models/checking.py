"""What the proofreading aid is told: the house's own words, what to be silent about, and why a
writer leaves somebody's number in a text."""

from django.db import models
from django.db.models import Q

from servicejournal import clock
from servicejournal.access import Anybody

from .article import hangs_on_open


class HouseTerm(models.Model):
    """One entry of the journal's own list (本刊词表)."""

    class Level(models.TextChoices):
        BLOCK = "block", "不得刊出"
        ERROR = "error", "差错"
        WARN = "warn", "存疑"
        INFO = "info", "提示"
        RIGHT = "right", "正确写法（不提示）"

    word = models.CharField(
        "词", max_length=60, unique=True, help_text="要找出来的写法；或本刊认可、不再提示的写法。"
    )
    preferred = models.CharField(
        "应写作", max_length=60, blank=True, help_text="不填就只提醒，不给建议。"
    )
    level = models.CharField("级别", max_length=10, choices=Level, default=Level.WARN)
    why = models.CharField("说明", max_length=200, blank=True, help_text="编辑看到的理由。")
    variants = models.TextField(
        "其他写法", max_length=1000, blank=True, help_text="一行一个，和上面的词一样对待。"
    )
    disguised = models.BooleanField(
        "识别变体写法", default=False, help_text="字中间夹了空格、星号也算，用于敏感词。"
    )
    retired = models.BooleanField("停用", default=False)

    class Meta:
        verbose_name, verbose_name_plural = "词条", "本刊词表"
        ordering = ["word"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(word="") & Q(level__in=["block", "error", "warn", "info", "right"]),
                name="houseterm_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(level="right") | Q(preferred=""),
                name="houseterm_right_is_preferred",
                violation_error_message="正确写法不填“应写作”。",
            ),
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def is_right(self) -> bool:
        return self.level == self.Level.RIGHT


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def standing(self) -> "WaiverQuerySet":
        return self.filter(taken_back_at=None)

    def readable_by(self, user: Anybody) -> "WaiverQuerySet":
        """With their reasons; those of a word wherever it stands are no manuscript's."""
        return self.filter(Q(article=None) | hangs_on_open(user))

    def concerning(self, articles: list[int]) -> "WaiverQuerySet":
        """Those of these manuscripts, and those of a word wherever it stands."""
        return self.standing().filter(Q(article__in=articles) | Q(article=None))


class Waiver(models.Model):
    """忽略: a finding that an editor looked at and let stand, with the reason."""

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="waivers",
        verbose_name="稿件",
        help_text="空的就是全刊忽略这个词。",
    )
    rule = models.CharField("规则", max_length=20)
    anchor = models.CharField(max_length=32, blank=True)
    quote = models.CharField("原文", max_length=200)
    level = models.CharField("级别", max_length=10)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="经手人"
    )
    at = models.DateTimeField("时间", default=clock.now)
    taken_back_at = models.DateTimeField("取消时间", null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "忽略的校对提示"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(quote="") & (Q(article__isnull=True) | ~Q(anchor="")),
                name="waiver_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.quote}"


class Explanation(models.Model):
    """Why numbers of people stay in a text that is handed in, in the words of its writer.

    It holds for the findings that it names (`Finding.anchor`), and lets nothing out: that is the
    desk's (`Waiver`).
    """

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="explanations",
        verbose_name="稿件",
    )
    anchors = models.JSONField("所指各处", default=list)
    digest = models.CharField("当时文本的校验值", max_length=64)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="说明人"
    )
    at = models.DateTimeField("时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "保留号码的说明"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(digest=""), name="explanation_gives_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.reason
