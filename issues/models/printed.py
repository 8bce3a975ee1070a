"""What an edition printed (刊出的文章): readers' pages are drawn from these rows and nothing else.

They are written once, with their edition (`making.printing`), and stay as they are: the desk's rows
may be renamed, moved and corrected, and reach readers only by the next edition.
"""

from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from articles.bodies import layout
from articles.models import Article
from articles.pictures import renditions
from servicejournal.access import open_to_all

from .edition import Edition
from .issue import near_in_order, place_in_order


def _address(view: str, key: int | str) -> str:
    """Of what readers' pages lead to: every list and each neighbour leads to the same ones."""
    return _found(get_script_prefix(), view, key)


@lru_cache(maxsize=10_000)
def _found(_prefix: str, view: str, key: int | str) -> str:
    return reverse(view, args=[key])


def are_out(printed: str = "") -> Q:
    """Which are in the standing edition of an issue that is out to everybody; `printed` is the way
    to them.
    """
    return _are_out(printed) & open_to_all(f"{printed}edition__issue__")


def _are_out(printed: str = "") -> Q:
    edition = f"{printed}edition__"
    hour = {f"{edition}issue__published_at__lte": timezone.now()}
    return Q(**{f"{edition}standing_for__isnull": False}, **hour)


class PrintedQuerySet(models.QuerySet["PrintedArticle"]):
    def out(self) -> "PrintedQuerySet":
        """In the standing edition of an issue that is out to everybody."""
        return self.filter(are_out())

    def all_out(self) -> "PrintedQuerySet":
        """As `out`, and in issues that are closed to strangers."""
        return self.filter(_are_out())

    def by_section(self) -> dict[int, tuple[int, int]]:
        """How many of each section are out, and where the latest stands (`near_in_order`).

        Two queries, each answered by an index alone. In one, SQLite walks over every article in the
        order of sections and asks three tables about each: a tenth of a second after eighty years.
        """
        out = Edition.objects.out().order_by().annotate(near=near_in_order("issue__"))
        near = dict(out.values_list("pk", "near"))
        told: dict[int, tuple[int, int]] = {}
        rows = self.order_by().values_list("edition", "section")
        for edition, section, count in rows.annotate(count=models.Count("pk")):
            if edition in near:
                before, latest = told.get(section, (0, 0))
                told[section] = before + count, max(latest, near[edition])
        return told

    def newest_first(self) -> "PrintedQuerySet":
        """The newest issue first, in print order within it."""
        return self.order_by(*place_in_order("edition__issue__", newest_first=True), "place")


class PrintedArticle(models.Model):
    """An article as it stands in an edition; `article` is its address, not its text."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="printed", verbose_name="版次"
    )
    place = models.PositiveSmallIntegerField("次序", help_text="全刊从 1 数起。")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="printings", verbose_name="文章"
    )
    section = models.ForeignKey(
        "articles.Section", on_delete=models.PROTECT, related_name="+", verbose_name="栏目"
    )
    section_slug = models.CharField("栏目网址名", max_length=60)
    section_name = models.CharField("栏目名", max_length=20)
    section_name_en = models.CharField("栏目英文名", max_length=60, blank=True)
    is_preamble = models.BooleanField("卷首", default=False)
    lead = models.PositiveSmallIntegerField("头条", null=True, blank=True)
    kicker = models.CharField("肩题", max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    standfirst = models.TextField("导语", blank=True)
    body = models.TextField("正文", blank=True)
    length = models.PositiveIntegerField("字数", default=0)
    summary = models.CharField("提要", max_length=200, blank=True)
    byline = models.TextField("署名", blank=True)
    authors = models.JSONField(
        "作者", default=list, help_text="[{name, branch, author, branch_slug}]，按署名次序。"
    )
    pictures = models.JSONField(
        "图片", default=list, help_text="[{token, file, sha256, width, height}]，按正文次序。"
    )

    objects = PrintedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "刊出的文章"
        ordering = ["edition", "place"]
        # 栏目 counts the articles of each section over all issues, from this index alone.
        indexes = [models.Index(fields=["edition", "section"], name="printed_by_edition_section")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="printed_one_a_place"),
            models.UniqueConstraint(fields=["edition", "article"], name="printed_once_an_edition"),
            models.UniqueConstraint(fields=["edition", "lead"], name="printed_one_a_lead"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1), name="printed_places_begin_with_one"
            ),
            models.CheckConstraint(
                condition=models.Q(lead__isnull=True)
                | models.Q(lead__isnull=False, lead__in=[1, 2]),
                name="printed_lead_is_first_or_second",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return _address("article", self.article_id)

    @property
    def section_address(self) -> str:
        return _address("section", self.section_slug)

    @property
    def thumbnail(self) -> str:
        """The address of the first picture that the text shows, small, up to the suffix (webp or
        avif); "" where it shows none.
        """
        for each in self.pictures[:1]:
            address = _address("picture", each["token"])
            return f"{address}{renditions.widths(each['width'])[0]}."
        return ""

    @property
    def face(self) -> dict[str, Any] | None:
        """The same picture large: its size, and its addresses at the widths that pages ask for."""
        for each in self.pictures[:1]:
            address = _address("picture", each["token"])
            widths = renditions.widths(each["width"])
            srcset = {
                suffix: ", ".join(f"{address}{width}.{suffix} {width}w" for width in widths)
                for suffix in ("avif", "webp")
            }
            size = {"width": each["width"], "height": each["height"]}
            return {**size, **srcset, "src": f"{address}{widths[0]}.webp"}
        return None

    @property
    def is_picture_story(self) -> bool:
        """Many pictures and little text: it is looked at, not read."""
        return layout.is_picture_story(len(self.pictures), self.length)

    @property
    def writers(self) -> list[str]:
        """The byline, author by author, so that a line never breaks inside a name."""
        return self.byline.split("　")

    @property
    def signatures(self) -> list[dict[str, Any]]:
        """As in print, with addresses: authors of one branch that follow share its name."""
        last, told = None, []
        for each in self.authors:
            branch = each["branch"] if each["branch"] != last else ""
            last = each["branch"]
            told.append(
                {
                    "name": each["name"],
                    "address": _address("author", each["author"]) if each["author"] else "",
                    "branch": branch,
                    "branch_address": _address("branch", each["branch_slug"])
                    if branch and each["branch_slug"]
                    else "",
                }
            )
        return told


class PrintedAuthor(models.Model):
    """Who signed a printed article, to find it by: a merge of people leads here, print stays."""

    printed = models.ForeignKey(
        PrintedArticle, on_delete=models.CASCADE, related_name="signed_by", verbose_name="文章"
    )
    author = models.ForeignKey(
        "articles.Author", on_delete=models.PROTECT, related_name="printings", verbose_name="作者"
    )
    branch = models.ForeignKey(
        "articles.Branch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="printings",
        verbose_name="署名单位",
    )

    class Meta:
        verbose_name = verbose_name_plural = "刊出的署名"
        constraints = [
            models.UniqueConstraint(
                fields=["printed", "author"], name="printed_author_once_in_an_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} {self.printed}"


class PrintedPicture(models.Model):
    """That an edition shows a picture: asked whenever somebody asks for the picture's file."""

    printed = models.ForeignKey(
        PrintedArticle, on_delete=models.CASCADE, related_name="shows", verbose_name="文章"
    )
    picture = models.ForeignKey(
        "articles.Picture", on_delete=models.PROTECT, related_name="printings", verbose_name="图片"
    )

    class Meta:
        verbose_name = verbose_name_plural = "刊出的图片"
        constraints = [
            models.UniqueConstraint(
                fields=["printed", "picture"], name="printed_picture_once_in_an_article"
            )
        ]

    def __str__(self) -> str:
        return f"{self.picture} {self.printed}"
