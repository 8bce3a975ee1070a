"""Editions (版次): the frozen outputs of one publication; and corrections (更正) after it."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import models
from django.utils import timezone

from servicejournal.access import open_to_all

from .. import numbering
from ..numbering import InAYear
from .issue import Issue, called, near_in_order, place_in_order


def archive_path(edition: "Edition", filename: str) -> str:
    """All files of an edition bear its number and the beginning of its hash."""
    issue, suffix = edition.issue, PurePosixPath(filename).suffix
    folder = f"editions/{numbering.stem(issue)}"
    return f"{folder}/{edition.number}-{edition.sha256[:12]}{suffix}"


class EditionQuerySet(models.QuerySet["Edition"]):
    def standing(self) -> "EditionQuerySet":
        """Those that readers hold, or will at the hour: `Issue.standing` points at them."""
        return self.filter(standing_for__isnull=False)

    def all_out(self) -> "EditionQuerySet":
        """The standing editions of issues that are out, also of those closed to strangers."""
        return self.standing().filter(issue__published_at__lte=timezone.now())

    def out(self) -> "EditionQuerySet":
        """The standing editions of issues that are out to everybody: all that lists, feeds, the
        search and stored pages show.
        """
        return self.all_out().filter(open_to_all("issue__"))

    def closed(self) -> "EditionQuerySet":
        """Those that are out, and not to everybody."""
        is_told_apart = bool(open_to_all())  # of a members' journal no issue is
        return self.all_out().exclude(open_to_all("issue__")) if is_told_apart else self.none()

    def seen(self) -> "EditionQuerySet":
        """Those that readers held at some time."""
        return self.filter(out_since__lte=timezone.now())

    def at(self, year: int, which: InAYear) -> "EditionQuerySet":
        """Of the issue that is called so."""
        return self.filter(**called(year, which, "issue__"))

    def near(self, places: Iterable[int]) -> "EditionQuerySet":
        """Of issues that stand there in the order (`near_in_order`)."""
        return self.alias(near=near_in_order("issue__")).filter(near__in=places)

    def newest_first(self) -> "EditionQuerySet":
        """By their issues."""
        return self.order_by(*place_in_order("issue__", newest_first=True))

    def newest(self, count: int) -> "EditionQuerySet":
        """So many of those that are out, the newest first: found by the small rows of their issues,
        not by their own, which hold a cover and a table of contents each.
        """
        out = Issue.objects.published().filter(open_to_all(), standing__isnull=False)
        issues = out.newest_first()
        return self.filter(pk__in=issues.values("standing")[:count]).newest_first()

    def years(self) -> "models.QuerySet[Edition, tuple[int, int]]":
        """(year, issues), the newest year first."""
        by_year = self.order_by("-issue__year").values_list("issue__year")
        return by_year.annotate(count=models.Count("pk"))

    def without_all_pages(self) -> "EditionQuerySet":
        """With a PDF, and pages of it still to be made."""
        return self.exclude(pdf="").filter(in_pages=False)


class Edition(models.Model):
    issue = models.ForeignKey(
        "issues.Issue", on_delete=models.PROTECT, related_name="editions", verbose_name="期"
    )
    number = models.PositiveSmallIntegerField("版次")
    made_at = models.DateTimeField("制作时间", default=timezone.now)
    made_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="制作人"
    )
    signer = models.CharField("签发人", max_length=100, blank=True)
    archive = models.FileField("存档", upload_to=archive_path, max_length=200)
    sha256 = models.CharField("存档校验值", max_length=64)
    pdf = models.FileField("PDF", upload_to=archive_path, max_length=200, blank=True)
    pdf_sha256 = models.CharField("PDF 校验值", max_length=64, blank=True)
    # A page that says how large they are asks no storage, which may be another machine.
    pdf_size = models.PositiveBigIntegerField("PDF 字节", default=0)
    epub_size = models.PositiveBigIntegerField("EPUB 字节", default=0)
    epub_sha256 = models.CharField("EPUB 校验值", max_length=64, blank=True)
    without_pdf = models.CharField("没有 PDF 的原因", max_length=200, blank=True)
    epub = models.FileField("EPUB", upload_to=archive_path, max_length=200, blank=True)
    page_count = models.PositiveSmallIntegerField(
        "页数", default=0, help_text="PDF 的页数；没有 PDF 为 0。"
    )
    outline = models.JSONField(
        "各篇所在页",
        default=list,
        help_text="[{title, page, article}]，按印刷次序；article 是文章编号，只有 PDF 的过刊为空。",
    )
    in_pages = models.BooleanField(
        "版面齐备", default=False, help_text="每一页都有图片，可以翻页阅读。"
    )
    without_pages = models.CharField("没有版面图的原因", max_length=200, blank=True)
    facts = models.JSONField(
        "本期信息",
        default=dict,
        help_text="封面和版权页上的事实，与存档里 issue.json 的同名项一样。",
    )
    face = models.JSONField("刊头与封面", default=dict, help_text="与存档里的 face.json 一样。")
    cover_svg = models.TextField("画出的封面", blank=True)
    contents = models.JSONField(
        "目录",
        default=list,
        help_text="[{section, count, article, title}]：每个栏目几篇、头一篇是哪篇，按印刷次序。",
    )
    out_since = models.DateTimeField(
        "读者看到的时间", null=True, blank=True, help_text="签发后又撤回的版次，读者没有看到过。"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "版次"
        ordering = ["issue", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="edition_numbered_in_issue"),
            models.CheckConstraint(
                condition=models.Q(in_pages=False) | models.Q(page_count__gte=1),
                name="edition_in_pages_has_pages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} 第{self.number}版"


class OutlinedCover(models.Model):
    """A drawn cover with paths for its words (`covers.outlines`): what screens show.

    Of its own, because it is larger than everything else that pages ask of an edition.
    """

    edition = models.OneToOneField(
        Edition,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="outlined",
        verbose_name="版次",
    )
    drawing = models.TextField("封面")

    class Meta:
        verbose_name = verbose_name_plural = "描出字形的封面"

    def __str__(self) -> str:
        return f"{self.edition} 封面"


class Page(models.Model):
    """One page (版面) of an edition; a row stands once its pictures are stored (`page_making`)."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="pages", verbose_name="版次"
    )
    number = models.PositiveSmallIntegerField("页")
    width = models.PositiveSmallIntegerField("宽", help_text="最大一张图的像素。")
    height = models.PositiveSmallIntegerField("高")
    text = models.TextField("文字", blank=True)
    lines = models.JSONField(
        "各字的位置",
        null=True,
        editable=False,
        help_text="见 exports/letters.py；还没有量过为空。",
    )

    class Meta:
        verbose_name = verbose_name_plural = "版面"
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="page_once_in_an_edition"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, width__gte=1, height__gte=1),
                name="page_has_a_number_and_a_size",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} 第{self.number}页"

    def file(self, width: int) -> str:
        """The name in the storage of the picture so many pixels wide."""
        folder = PurePosixPath(self.edition.pdf.name).with_suffix("")
        return f"{folder}/{self.number:03d}-{width}.webp"


class Correction(models.Model):
    """A dated, visible change of what is out: who, when, why and what, together."""

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name="文章",
        help_text="空的，就是封面或版权页的更正。",
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="corrections", verbose_name="版次"
    )
    at = models.DateTimeField("更正时间", default=timezone.now)
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="更正人"
    )
    reason = models.CharField("更正说明", max_length=300, help_text="读者会看到这句话。")

    class Meta:
        verbose_name = verbose_name_plural = "更正"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_gives_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"
