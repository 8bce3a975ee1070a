"""稿酬: the rules, by the day from which they hold; and per issue a sheet that two people close.

Money is in whole fen. `statistics.fees` alone writes sheets, fees and counter-entries.
"""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from servicejournal import clock
from servicejournal.models import AppendOnly

#: 100,000 yuan: more is a slip of the pen.
MOST = 10_000_000


class Grade(models.TextChoices):
    """What the desk praised an article as."""

    EXCELLENT = "excellent", "优秀稿件"
    HEADLINE = "headline", "头条"


class FeeRule(models.Model):
    class Basis(models.TextChoices):
        THOUSAND = "thousand", "正文：每千字"
        PIECE = "piece", "正文：每篇"
        PICTURE = "picture", "图片：每幅"
        BONUS = "bonus", "奖励：每篇另加"

    class Counting(models.TextChoices):
        EXACT = "exact", "按实际字数"
        HALVES = "halves", "不足五百字的按五百字，往上按整五百字"

    class Rounding(models.TextChoices):
        HALF = "half", "四舍五入"
        UP = "up", "向上"
        DOWN = "down", "舍去"

    since = models.DateField("从哪天起", help_text="这一天和以后出刊的各期适用；以前的不变。")
    basis = models.CharField("算法", max_length=10, choices=Basis)
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="栏目",
        help_text="留空是所有栏目；写了栏目的优先。",
    )
    grade = models.CharField(
        "等次",
        max_length=10,
        choices=Grade,
        blank=True,
        help_text="留空是不论等次；写了等次的优先。",
    )
    fen = models.PositiveIntegerField("金额（分）", validators=[MaxValueValidator(MOST)])
    at_least_fen = models.PositiveIntegerField(
        "每篇至少（分）", null=True, blank=True, validators=[MaxValueValidator(MOST)]
    )
    at_most_fen = models.PositiveIntegerField(
        "每篇至多（分）", null=True, blank=True, validators=[MaxValueValidator(MOST)]
    )
    counting = models.CharField(
        "字数", max_length=10, choices=Counting, default=Counting.EXACT, help_text="只用于每千字。"
    )
    step_fen = models.PositiveIntegerField(
        "取整到（分）", default=100, help_text="1 是分，100 是元，1000 是十元。"
    )
    rounding = models.CharField("取整", max_length=10, choices=Rounding, default=Rounding.HALF)

    class Meta:
        verbose_name = verbose_name_plural = "稿酬标准"
        ordering = ["-since", "basis", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["since", "basis", "section", "grade"],
                name="feerule_once_a_day",
                violation_error_message="这一天起已有一条同样的标准，请改那一条。",
            ),
            models.UniqueConstraint(
                fields=["since", "basis", "grade"],
                condition=Q(section__isnull=True),
                name="feerule_of_all_sections_once_a_day",
                violation_error_message="这一天起已有一条同样的标准，请改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["thousand", "piece", "picture", "bonus"])
                & Q(counting__in=["exact", "halves"])
                & Q(rounding__in=["half", "up", "down"])
                & Q(grade__in=["", "excellent", "headline"])
                & Q(step_fen__gte=1, fen__lte=MOST),
                name="feerule_is_known",
            ),
            models.CheckConstraint(
                condition=Q(at_least_fen__isnull=True)
                | Q(at_most_fen__isnull=True)
                | Q(at_least_fen__lte=F("at_most_fen")),
                name="feerule_least_is_below_most",
                violation_error_message="“每篇至少”不能大于“每篇至多”。",
            ),
            models.CheckConstraint(
                condition=~Q(basis="bonus") | ~Q(grade=""),
                name="feerule_bonus_is_of_a_grade",
                violation_error_message="奖励要写明是哪个等次。",
            ),
        ]

    def __str__(self) -> str:
        what = " ".join(
            filter(
                None, [str(self.section or ""), self.get_grade_display(), self.get_basis_display()]
            )
        )
        return f"{what} {self.fen / 100:g} 元（{self.since} 起）"


class TaxRule(models.Model):
    """代扣税款 of one person on one sheet: up to `free_fen` nothing; up to `flat_to_fen` that is
    taken off, above it `off_permille`; `taxed_permille` of the rest is taxed at `rate_permille`.
    """

    since = models.DateField("从哪天起", unique=True)
    name = models.CharField("名称", max_length=40, default="稿酬所得预扣个人所得税")
    free_fen = models.PositiveIntegerField("不满多少不扣，也是减除的费用（分）", default=80_000)
    flat_to_fen = models.PositiveIntegerField("到多少为止减除定额（分）", default=400_000)
    off_permille = models.PositiveSmallIntegerField("以上减除（千分之）", default=200)
    taxed_permille = models.PositiveSmallIntegerField("按余额的多少计（千分之）", default=700)
    rate_permille = models.PositiveSmallIntegerField("税率（千分之）", default=200)

    class Meta:
        verbose_name = verbose_name_plural = "代扣税款办法"
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    off_permille__lte=1000,
                    taxed_permille__lte=1000,
                    rate_permille__lte=1000,
                    free_fen__lte=F("flat_to_fen"),
                ),
                name="taxrule_is_plausible",
                violation_error_message="千分之不能大于 1000，减除的费用不能大于定额的上限。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.since} 起）"

    @property
    def terms(self) -> dict[str, Any]:
        """All that it says but from when: `TaxRule(**terms)` reckons the same."""
        names = ("name", "free_fen", "flat_to_fen", "off_permille", "taxed_permille")
        return {name: getattr(self, name) for name in (*names, "rate_permille")}


class FeeSheet(models.Model):
    """Of one issue: reckoned when it came out, checked by one person, closed by another."""

    issue = models.OneToOneField(
        "issues.Issue", on_delete=models.PROTECT, related_name="fee_sheet", verbose_name="期"
    )
    edition = models.ForeignKey(
        "issues.Edition", on_delete=models.PROTECT, related_name="+", verbose_name="按哪一版算"
    )
    reckoned_at = models.DateTimeField("计算时间", default=timezone.now)
    version = models.PositiveIntegerField("第几次改动", default=1)
    checked_at = models.DateTimeField("核对时间", null=True, blank=True)
    checked_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="核对人",
    )
    closed_at = models.DateTimeField("关账时间", null=True, blank=True)
    closed_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="关账人",
    )
    #: `TaxRule.terms` as they were at closing: what is held back changes no more than the rest.
    tax_terms = models.JSONField("关账时的代扣税款办法", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "稿酬单"
        ordering = ["-reckoned_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="feesheet_checking_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | (
                    Q(closed_at__isnull=False, closed_by__isnull=False, checked_by__isnull=False)
                    & ~Q(closed_by=F("checked_by"))
                ),
                name="feesheet_closed_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue}稿酬单"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def state(self) -> str:
        if self.is_closed:
            return "已关账"
        return "已核对，等第二人关账" if self.checked_at else "待核对"


class Fee(models.Model):
    """What one author gets for one article of a sheet, with names as they were printed."""

    sheet = models.ForeignKey(
        FeeSheet, on_delete=models.CASCADE, related_name="fees", verbose_name="稿酬单"
    )
    place = models.PositiveSmallIntegerField("次序")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="fees", verbose_name="文章"
    )
    title = models.CharField("题目", max_length=120)
    author = models.ForeignKey(
        "articles.Author", on_delete=models.PROTECT, related_name="fees", verbose_name="作者"
    )
    author_name = models.CharField("印出的姓名", max_length=40)
    branch = models.ForeignKey(
        "articles.Branch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fees",
        verbose_name="署名单位",
    )
    branch_name = models.CharField("印出的单位", max_length=40, blank=True)
    reckoned_fen = models.PositiveIntegerField("按标准（分）")
    fen = models.PositiveIntegerField("金额（分）", validators=[MaxValueValidator(MOST)])
    how = models.CharField("怎样算的", max_length=300)
    why = models.CharField("改动的理由", max_length=300, blank=True)
    changed_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="改动人",
    )

    class Meta:
        verbose_name = verbose_name_plural = "稿酬"
        ordering = ["sheet", "place", "pk"]
        indexes = [models.Index(fields=["author", "sheet"], name="fee_of_an_author")]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "article", "place"], name="fee_once_a_place"),
            models.CheckConstraint(
                condition=Q(fen=F("reckoned_fen"), changed_by__isnull=True, why="")
                | (Q(changed_by__isnull=False) & ~Q(why="")),
                name="fee_is_changed_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(fen__lte=MOST), name="fee_is_plausible"),
        ]

    def __str__(self) -> str:
        return f"{self.branch_name} {self.author_name}《{self.title}》".strip()


class FeeEntry(AppendOnly):
    """冲账: after closing an amount is set right by a dated entry, and by nothing else."""

    fee = models.ForeignKey(
        Fee, on_delete=models.PROTECT, related_name="entries", verbose_name="稿酬"
    )
    fen = models.IntegerField("增减（分）")
    #: What is held back more or less by it, of all that its author has on the sheet.
    tax_fen = models.IntegerField("代扣税增减（分）", default=0, db_default=0)
    why = models.CharField("理由", max_length=300)
    at = models.DateTimeField("时间", default=clock.now)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="经手人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "稿酬冲账"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(fen=0) & ~Q(why="") & Q(fen__gte=-MOST, fen__lte=MOST),
                name="feeentry_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(tax_fen__gte=-MOST, tax_fen__lte=MOST),
                name="feeentry_tax_is_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.fen / 100:+.2f}"

    @property
    def net_fen(self) -> int:
        """What is paid out more or less."""
        return self.fen - self.tax_fen
