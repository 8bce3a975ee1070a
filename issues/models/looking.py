"""送看: who may look at an issue in the making by a link, what they said of it, and their 同意付印.

A note belongs to a passage by its words and those around it (`articles.bodies.anchors`), as a
comment does; the notes of the three proofs are of the same kind.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.bodies.anchors import Anchor
from servicejournal import clock

from .proof import Proof


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class PreviewLink(models.Model):
    """The address itself is stored nowhere: it is signed anew from `key` each time it is shown."""

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="preview_links", verbose_name="期"
    )
    for_whom = models.CharField("给谁看", max_length=40)
    key = models.CharField("随机数", max_length=40, unique=True)
    may_agree = models.BooleanField("可以同意付印", default=False)
    made_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="生成人"
    )
    made_at = models.DateTimeField("生成时间", default=clock.now)
    expires_at = models.DateTimeField("有效到")
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="收回人",
    )
    opened_at = models.DateTimeField("最近打开", null=True, blank=True)
    opened = models.PositiveIntegerField("打开次数", default=0)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "送看链接"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(for_whom="") & Q(expires_at__gt=models.F("made_at")),
                name="preview_link_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="preview_link_revoked_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened=0, opened_at__isnull=True)
                | Q(opened__gte=1, opened_at__isnull=False),
                name="preview_link_opened_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}给{self.for_whom}"

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return not (self.revoked_at or self.is_over)


class PageNoteQuerySet(models.QuerySet["PageNote"]):
    def open(self) -> "PageNoteQuerySet":
        return self.filter(settled_at=None)

    def of_leaders(self) -> "PageNoteQuerySet":
        return self.exclude(link=None)

    def of_proofs(self) -> "PageNoteQuerySet":
        return self.exclude(round=None)


class PageNote(models.Model):
    """By whom a link was made for (`link`), or by a proofreader in one of the three (`round`)."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "已照改"
        LEFT = "left", "不改"

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="notes", verbose_name="期"
    )
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="page_notes",
        verbose_name="文章",
        help_text="不填是对全期说的。",
    )
    link = models.ForeignKey(
        PreviewLink,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notes",
        verbose_name="送看链接",
    )
    by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="校对人",
    )
    round = models.PositiveSmallIntegerField("校次", null=True, blank=True)
    name = models.CharField("姓名", max_length=40)
    at = models.DateTimeField("时间", default=clock.now)
    words = models.TextField("意见", max_length=1000)
    quote = models.CharField("原文", max_length=200, blank=True)
    before = models.CharField("前文", max_length=30, blank=True)
    after = models.CharField("后文", max_length=30, blank=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    outcome = models.CharField("结果", max_length=10, choices=Outcome, blank=True)
    answer = models.CharField("说明", max_length=300, blank=True)

    objects = PageNoteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版面意见"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(name=""), name="page_note_says_something"
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, by__isnull=True, round__isnull=True)
                | Q(link__isnull=True, by__isnull=False, round__in=[1, 2, 3]),
                name="page_note_is_of_a_link_or_a_proof",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="", answer="")
                | Q(
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                    outcome__in=["taken", "left"],
                ),
                name="page_note_settled_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="left") | ~Q(answer=""), name="page_note_left_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(quote="") | Q(article__isnull=False),
                name="page_note_quotes_an_article",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def round_label(self) -> str:
        return Proof.Round(self.round).label if self.round else ""

    @property
    def anchor(self) -> Anchor:
        return Anchor(self.quote, self.before, self.after)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(taken_back_at=None)


class Consent(models.Model):
    """同意付印: given by a link, or on paper, as the chief editor then writes down."""

    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.CASCADE, related_name="consents", verbose_name="期"
    )
    link = models.ForeignKey(
        PreviewLink,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="送看链接",
    )
    recorded_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="登记人",
        help_text="在纸上同意的，由主编登记。",
    )
    name = models.CharField("姓名", max_length=40)
    words = models.CharField("批语", max_length=300, blank=True)
    at = models.DateTimeField("时间", default=clock.now)
    digest = models.CharField("所看内容的校验值", max_length=64)
    taken_back_at = models.DateTimeField("收回时间", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "同意付印"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(digest=""), name="consent_is_by_name"
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, recorded_by__isnull=True)
                | Q(link__isnull=True, recorded_by__isnull=False),
                name="consent_is_by_a_link_or_on_paper",
            ),
            models.UniqueConstraint(
                fields=["link"],
                condition=Q(taken_back_at__isnull=True),
                name="consent_once_a_link",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.name}"
