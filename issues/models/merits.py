"""考核: quotas of branches, rules of points, articles that the desk praised, the quarter's 通报."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .fees import Grade


class Quota(models.Model):
    """考核任务: so many printed pieces of a branch in a year."""

    branch = models.ForeignKey(
        "articles.Branch", on_delete=models.PROTECT, related_name="quotas", verbose_name="单位"
    )
    year = models.PositiveSmallIntegerField("年")
    pieces = models.PositiveSmallIntegerField("篇数")

    class Meta:
        verbose_name = verbose_name_plural = "考核任务"
        ordering = ["-year", "branch"]
        constraints = [
            models.UniqueConstraint(fields=["branch", "year"], name="quota_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=1980, year__lte=2100, pieces__gte=1, pieces__lte=999),
                name="quota_is_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.year}年 {self.pieces} 篇"


class PointRule(models.Model):
    """考核积分, in hundredths of a point. Of one kind the newest that holds on the day counts, the
    one of the section before the general one.
    """

    class What(models.TextChoices):
        HANDED = "handed", "投稿，每篇"
        PRINTED = "printed", "刊出，每篇"
        GRADE = "grade", "等次，每篇另加"
        LENGTH = "length", "长文，每篇另加"
        PICTURES = "pictures", "图文稿，每篇另加"
        LATE = "late", "过了征稿截止，每篇扣"

    since = models.DateField("从哪天起", help_text="这一天和以后的投稿、出刊适用。")
    what = models.CharField("项目", max_length=10, choices=What)
    section = models.ForeignKey(
        "articles.Section",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="栏目",
        help_text="留空是所有栏目；写了栏目的优先。",
    )
    grade = models.CharField("等次", max_length=10, choices=Grade, blank=True)
    at_least = models.PositiveIntegerField(
        "不少于", default=0, help_text="长文写字数，图文稿写图片幅数。"
    )
    hundredths = models.PositiveIntegerField("积分（百分之一分）", help_text="200 是 2 分。")

    class Meta:
        verbose_name = verbose_name_plural = "积分办法"
        ordering = ["-since", "what", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["since", "what", "section", "grade"],
                name="pointrule_once_a_day",
                violation_error_message="这一天起已有一条同样的办法，请改那一条。",
            ),
            models.UniqueConstraint(
                fields=["since", "what", "grade"],
                condition=Q(section__isnull=True),
                name="pointrule_of_all_sections_once_a_day",
                violation_error_message="这一天起已有一条同样的办法，请改那一条。",
            ),
            models.CheckConstraint(
                condition=Q(
                    what__in=["handed", "printed", "grade", "length", "pictures", "late"],
                    grade__in=["", "excellent", "headline"],
                    hundredths__lte=100_000,
                ),
                name="pointrule_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(what="grade") & ~Q(grade="")) | (~Q(what="grade") & Q(grade="")),
                name="pointrule_grade_where_it_counts",
                violation_error_message="等次只写在“等次，每篇另加”里，那里一定要写。",
            ),
        ]

    def __str__(self) -> str:
        told = [str(self.section or ""), self.get_grade_display(), self.get_what_display()]
        return f"{' '.join(filter(None, told))} {self.hundredths / 100:g} 分（{self.since} 起）"


class Praise(models.Model):
    """An article that the desk chose by name, with its reason."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="praises", verbose_name="文章"
    )
    grade = models.CharField("等次", max_length=10, choices=Grade, default=Grade.EXCELLENT)
    reason = models.CharField("理由", max_length=300)
    at = models.DateTimeField("时间", default=timezone.now)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="经手人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "优秀稿件"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "grade"], name="praise_once_a_grade"),
            models.CheckConstraint(
                condition=Q(grade__in=["excellent", "headline"]) & ~Q(reason=""),
                name="praise_gives_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()}：{self.article}"


class Bulletin(models.Model):
    """通报 of a period: what people write around the figures, which are reckoned anew."""

    period = models.CharField("时段", max_length=40, unique=True)
    heading = models.CharField("标题", max_length=80)
    addressed = models.CharField("主送", max_length=100, blank=True)
    opening = models.TextField("开头", max_length=2000, blank=True)
    comment = models.TextField("评点", max_length=4000, blank=True)
    call = models.TextField("下一步要求", max_length=4000, blank=True)
    signed = models.CharField("落款", max_length=60, blank=True)
    dated = models.DateField("日期", null=True, blank=True)
    version = models.PositiveIntegerField("第几次保存", default=1)
    saved_at = models.DateTimeField("保存时间", default=timezone.now)
    saved_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="保存人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ["-period"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(heading=""), name="bulletin_has_a_heading"
            )
        ]

    def __str__(self) -> str:
        return self.heading
