"""An issue (期): from the first manuscript placed in it to what readers hold."""

from pathlib import PurePosixPath
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OrderBy, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.models.deputy import in_the_chiefs_place
from servicejournal.access import MEMBERS, PUBLIC, Anybody, is_closed, may_read, open_to

from .. import numbering
from ..numbering import InAYear, Numbered
from .overlap import NumbersDoNotOverlap
from .stated import Stated


def place_in_order(issue: str = "", *, newest_first: bool = False) -> list[OrderBy]:
    """What rows are ordered by that belong to issues; `issue` is the way to it: `edition__issue__`.

    By year; in the year by number, a 合刊 at its first; a 增刊 or 号外 behind the number that it is
    said to follow, of several the one with the earlier date.
    """
    year, kind, number, after, date = (
        F(f"{issue}{name}") for name in ("year", "kind", "number", "after", "date")
    )
    place = Coalesce(after, number)
    if newest_first:
        nulls = [after.desc(nulls_last=True), date.desc(nulls_first=True)]
        return [year.desc(), place.desc(), *nulls, kind.desc(), number.desc()]
    nulls = [after.asc(nulls_first=True), date.asc(nulls_last=True)]
    return [year.asc(), place.asc(), *nulls, kind.asc(), number.asc()]


def near_in_order(issue: str = "") -> CombinedExpression:
    """The order as one number, the same for those behind one regular issue; `issue` as above."""
    year, number, after = (F(f"{issue}{name}") for name in ("year", "number", "after"))
    return year * (numbering.MOST + 1) + Coalesce(after, number)


def called(year: int, which: InAYear, issue: str = "") -> dict[str, Any]:
    """What rows are filtered by that belong to the issue of that name; `issue` as above."""
    told = {"year": year, "kind": which.kind, "number": which.number}
    told["last_number"] = which.last_number
    return {f"{issue}{name}": value for name, value in told.items()}


class IssueQuerySet(models.QuerySet["Issue"]):
    def published(self) -> "IssueQuerySet":
        """Out, as of now. The only place that knows; a later `published_at` is a schedule."""
        return self.filter(published_at__lte=timezone.now())

    def visible_to(self, user: Anybody) -> "IssueQuerySet":
        """What is out, to readers; all, to the desk (an editor previews with readers' pages)."""
        if user.is_authenticated and user.on_the_desk:
            return self.all()
        return self.published().filter(open_to(user)) if may_read(user) else self.none()

    def newest_first(self) -> "IssueQuerySet":
        return self.order_by(*place_in_order(newest_first=True))

    def in_the_making(self) -> "IssueQuerySet":
        rows = self.exclude(published_at__lte=timezone.now())
        return rows.order_by(*place_in_order())

    def regular(self) -> "IssueQuerySet":
        """Those that the numbers of the year count: no 增刊, no 号外."""
        return self.filter(kind=numbering.REGULAR)

    def at(self, year: int, which: InAYear) -> "IssueQuerySet":
        """The one that is called so."""
        return self.filter(**called(year, which))

    def joint(self, year: int, which: InAYear) -> "Issue | None":
        """The 合刊 that a single number stands in: who looks for 第8期 finds 第7–8期."""
        if which.last_number:
            return None
        held = self.filter(year=year, kind=which.kind, number__lte=which.number)
        return held.filter(last_number__gte=which.number).first()

    def overlapping(self, issue: Numbered) -> "IssueQuerySet":
        """Those with a number that this one bears too."""
        same = self.filter(year=issue.year, kind=issue.kind)
        if issue.kind != numbering.REGULAR:
            return same.filter(number=issue.number)
        ends = same.alias(ends=Coalesce("last_number", "number"))
        last = issue.last_number or issue.number
        return ends.filter(number__lte=last, ends__gte=issue.number)

    def before(self, issue: "Issue") -> "IssueQuerySet":
        """Regular ones that stand before it in the order."""
        place = issue.number if issue.after is None else issue.after
        until = {"number__lt": place} if issue.after is None else {"number__lte": place}
        earlier = Q(year__lt=issue.year) | Q(year=issue.year, **until)
        return self.regular().filter(earlier).exclude(pk=issue.pk)


class Issue(Stated):
    class Kind(models.TextChoices):
        REGULAR = numbering.REGULAR, numbering.NAMES[numbering.REGULAR]
        SUPPLEMENT = numbering.SUPPLEMENT, numbering.NAMES[numbering.SUPPLEMENT]
        EXTRA = numbering.EXTRA, numbering.NAMES[numbering.EXTRA]

    class Access(models.TextChoices):
        PUBLIC = PUBLIC, "公开"
        MEMBERS = MEMBERS, "登录后可读"

    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.REGULAR)
    year = models.PositiveSmallIntegerField(
        "年", validators=[MinValueValidator(1980), MaxValueValidator(2100)]
    )
    number = models.PositiveSmallIntegerField(
        "期号",
        validators=[MinValueValidator(1), MaxValueValidator(numbering.MOST)],
        help_text="增刊、号外在一年里另数：头一本增刊是 1。",
    )
    last_number = models.PositiveSmallIntegerField(
        "合刊到第几期",
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(numbering.MOST)],
        help_text="第7–8期合刊：期号写 7，这里写 8。不是合刊就留空。",
    )
    after = models.PositiveSmallIntegerField(
        "排在第几期之后",
        null=True,
        blank=True,
        validators=[MaxValueValidator(numbering.MOST)],
        help_text="只给增刊、号外；排在第1期之前写 0。留空就按出刊日期排。",
    )
    running_number = models.PositiveIntegerField("总期号", null=True, blank=True, unique=True)
    date = models.DateField("出刊日期", null=True, blank=True)
    scan = models.FileField(
        "过刊 PDF", upload_to="scans/", blank=True, max_length=200, editable=False
    )

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
    signed_off_deputy = models.ForeignKey(
        "articles.Deputy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="签发时代行",
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

    published_deputy = models.ForeignKey(
        "articles.Deputy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="发布时代行",
    )

    access = models.CharField(
        "谁可以读", max_length=10, choices=Access, default=Access.PUBLIC, editable=False
    )
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="关闭人",
    )
    closed_why = models.CharField("不公开的理由", max_length=300, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()
    history = HistoricalRecords(verbose_name="期的历史")

    class Meta:
        verbose_name = verbose_name_plural = "期"
        ordering = place_in_order(newest_first=True)
        # Each process asks once a second which one came out last.
        indexes = [models.Index(fields=["published_at"], name="issue_by_its_hour")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind", "number"],
                condition=~Q(kind="regular"),
                name="issue_of_a_kind_once_a_year_and_number",
                violation_error_message="这一年已经有这个号的增刊或号外，请换一个期号。",
            ),
            NumbersDoNotOverlap(name="issue_numbers_do_not_overlap"),
            models.CheckConstraint(
                condition=Q(year__gte=1980, year__lte=2100, number__gte=1, number__lte=53),
                name="issue_year_and_number_are_plausible",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind="regular", after__isnull=True)
                    & (
                        Q(last_number__isnull=True)
                        | Q(last_number__gt=F("number"), last_number__lte=53)
                    )
                )
                | Q(
                    kind__in=["supplement", "extra"],
                    last_number__isnull=True,
                    after__isnull=False,  # or the rule says nothing, which is not no
                    after__lte=53,
                ),
                name="issue_kind_is_whole",
                violation_error_message="合刊的末期号要大于期号；增刊、号外没有合刊。",
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
            models.CheckConstraint(
                condition=Q(signed_off_deputy__isnull=True) | Q(signed_off_at__isnull=False),
                name="issue_deputy_signed_it_off",
            ),
            models.CheckConstraint(
                condition=Q(
                    access="public", closed_at__isnull=True, closed_by__isnull=True, closed_why=""
                )
                | Q(access="members", closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closed_why=""),
                name="issue_closing_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_deputy__isnull=True) | Q(published_at__isnull=False),
                name="issue_deputy_published_it",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.year, self.slug])

    @property
    def signer(self) -> str:
        """程砚, or 程砚（代行主编）."""
        by = self.signed_off_by
        return in_the_chiefs_place(by) if self.signed_off_deputy_id else str(by)

    @property
    def publisher(self) -> str:
        by = self.published_by
        return in_the_chiefs_place(by) if self.published_deputy_id else str(by)

    @property
    def slug(self) -> str:
        """Its name in addresses and commands, below the year: 4, 7-8, s1, x1."""
        return numbering.slug(self)

    @property
    def label(self) -> str:
        """2022年第2期, 2026年第7–8期, 2026年增刊1"""
        return numbering.label(self)

    @property
    def full_label(self) -> str:
        """2022年第2期（总第38期）"""
        return numbering.full_label(self)

    @property
    def is_regular(self) -> bool:
        return self.kind == numbering.REGULAR

    def put_in_order(self) -> None:
        """A 增刊 or 号外 without a place: behind the last regular issue of its year that came out
        before it; one without a date, behind those that the year has so far. One query.
        """
        if self.is_regular or self.after is not None:
            return
        rows = Issue.objects.regular().filter(year=self.year)
        if self.date:
            rows = rows.filter(date__lte=self.date)
        last = rows.order_by("-number").first()
        self.after = (last.last_number or last.number) if last else 0

    @property
    def is_published(self) -> bool:
        """As `IssueQuerySet.published`, for one row in hand."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Out, and to everybody whom the journal is open to."""
        return self.is_published and not is_closed(self.access)

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
    def waiting_notes(self) -> int:
        """What leaders noted and the desk has not settled. One query."""
        return self.notes.open().of_leaders().count()

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
