"""An issue (期): from the first manuscript placed in it to what readers hold."""

from pathlib import PurePosixPath

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from servicejournal.access import Anybody, may_read


class IssueQuerySet(models.QuerySet["Issue"]):
    def published(self) -> "IssueQuerySet":
        """Out, as of now. The only place that knows; a later `published_at` is a schedule."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: Anybody) -> "IssueQuerySet":
        """What is out, to readers; all, to the desk (an editor previews with readers' pages)."""
        if user.is_authenticated and user.on_the_desk:
            return self.all()
        return self.published() if may_read(user) else self.none()

    def newest_first(self) -> "IssueQuerySet":
        return self.order_by("-year", "-number")

    def in_the_making(self) -> "IssueQuerySet":
        return self.exclude(published_at__lte=timezone.now()).order_by("year", "number")


class Issue(models.Model):
    year = models.PositiveSmallIntegerField(
        "年", validators=[MinValueValidator(1980), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField(
        "期号", validators=[MinValueValidator(1), MaxValueValidator(53)]
    )
    running_number = models.PositiveIntegerField("总期号", null=True, blank=True, unique=True)
    theme = models.CharField(
        "本期主题", max_length=40, blank=True, help_text="印在首页的大标题，如：把服务做到家门口"
    )
    standfirst = models.TextField("本期导语", max_length=300, blank=True)
    cover_lines = models.TextField(
        "要目", max_length=600, blank=True, help_text="封面上的题目，一行一个，三行为宜。"
    )
    slogan = models.CharField("口号", max_length=60, blank=True)
    cover = models.ImageField(
        "封面图片",
        upload_to="covers/",
        blank=True,
        max_length=200,
        help_text="竖版，210×285 毫米的比例。留空就用自动画出的封面。",
    )
    scan = models.FileField(
        "过刊 PDF", upload_to="scans/", blank=True, max_length=200, editable=False
    )
    date = models.DateField("出刊日期", null=True, blank=True)
    compiled_by = models.CharField("编印", max_length=60, blank=True)
    telephone = models.CharField("电话", max_length=40, blank=True)
    website = models.CharField("网址", max_length=100, blank=True)
    submissions_to = models.CharField("投稿邮箱", max_length=100, blank=True)

    signed_off_at = models.DateTimeField("签发时间", null=True, blank=True, editable=False)
    signed_off_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="签发人",
    )
    signed_off_digest = models.CharField(
        "签发内容的校验值", max_length=64, blank=True, editable=False
    )
    standing = models.OneToOneField(
        "issues.Edition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="standing_for",
        verbose_name="签发的版次",
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="发布人",
    )

    objects = IssueQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="期的历史")

    class Meta:
        verbose_name = verbose_name_plural = "期"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="issue_once_a_year_and_number"),
            models.CheckConstraint(
                condition=Q(year__gte=1980, year__lte=2100, number__gte=1, number__lte=53),
                name="issue_year_and_number_are_plausible",
            ),
            models.CheckConstraint(
                condition=Q(
                    signed_off_at__isnull=True,
                    signed_off_by__isnull=True,
                    signed_off_digest="",
                    standing__isnull=True,
                )
                | (
                    Q(
                        signed_off_at__isnull=False,
                        signed_off_by__isnull=False,
                        standing__isnull=False,
                    )
                    & ~Q(signed_off_digest="")
                ),
                name="issue_signing_off_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(
                    published_at__isnull=False,
                    published_by__isnull=False,
                    signed_off_at__isnull=False,
                    date__isnull=False,
                ),
                name="issue_publication_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.year, self.number])

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.number}期"

    @property
    def full_label(self) -> str:
        """2022年第2期（总第38期）"""
        return self.label + (f"（总第{self.running_number}期）" if self.running_number else "")

    @property
    def is_published(self) -> bool:
        """As `IssueQuerySet.published`, for one row in hand."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_scheduled(self) -> bool:
        return self.published_at is not None and not self.is_published

    @property
    def state(self) -> str:
        """What an editor calls it: 编辑中, 已签发, 定时发布, 已发布."""
        if self.is_published:
            return "已发布"
        if self.is_scheduled:
            return "定时发布"
        return "已签发" if self.signed_off_at else "编辑中"

    @property
    def why_frozen(self) -> str:
        """Why the desk changes nothing in it, in Chinese, with the way out; "" in the making.

        What was signed is what readers get: nothing moves between the signature and the hour.
        """
        if self.is_published:
            return f"{self}已发布，不能改动。改文字请用“更正文章”；改整期请主编先撤下。"
        if self.signed_off_at:
            state = "已签发" if self.published_at is None else "已定时发布"
            return f"{self}{state}，不能改动。要改，请主编先在“签发与发布”里“撤回签发”。"
        return ""

    @property
    def scan_sha256(self) -> str:
        """Of the PDF that an editor uploaded (`exports.scans.file_of`); "" for one made here."""
        return PurePosixPath(self.scan.name).stem if self.scan else ""

    @property
    def cover_line_list(self) -> list[str]:
        return [line.strip() for line in self.cover_lines.splitlines() if line.strip()]
