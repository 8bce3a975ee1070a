"""Who writes: branches, authors, and the order of authors of an article."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.urls import reverse

from articles.slugs import free_slug
from servicejournal import clock, spelling
from servicejournal.models import AppendOnly

from . import relations
from .printed import PrintedNameField

#: What tells people of one name in one branch apart where nobody said more: 二 is the second.
NUMERALS = (
    tuple("二三四五六七八九十") + tuple(f"十{each}" for each in "一二三四五六七八九") + ("二十",)
)


class BranchQuerySet(models.QuerySet["Branch"]):
    def named(self, name: str) -> "Branch":
        """The branch of that name; made on the spot where there is none."""
        branch = self.filter(name=name).first()
        return branch or self.create(name=name, slug=free_slug(name, Branch.objects.all()))

    def once_named(self, name: str) -> "Branch":
        """The branch that bears the name, or bore it last; made where there is none. For what was
        printed long ago: whoever asks, says which name is printed.
        """
        return self.known_as([name]).get(name) or self.named(name)

    def active(self) -> "BranchQuerySet":
        return self.filter(retired=False)

    def known_as(self, names: Iterable[str]) -> "dict[str, Branch]":
        """By each of these names the branch that bears it, or that bore it last; else the one that
        is only spelt otherwise. Two queries, and one more for spellings.
        """
        wanted = set(names)
        former = self.filter(former__name__in=wanted).order_by("former__pk")
        named = former.annotate(once=models.F("former__name")).select_related("moved_into")
        found: dict[str, Branch] = {vars(each)["once"]: each for each in named}
        bearers = self.filter(name__in=wanted).select_related("moved_into")
        found |= {each.name: each for each in bearers}
        if others := wanted - found.keys():
            there = {spelling.folded(each.name): each for each in self.select_related("moved_into")}
            alike = ((name, there.get(spelling.folded(name))) for name in others)
            found |= {name: branch for name, branch in alike if branch}
        return found

    def merged_from(self, number: int) -> "Branch | None":
        """The branch that the row of this number, which is gone, became part of."""
        return self.filter(former__number=number).first()


class Branch(models.Model):
    name = models.CharField("名称", max_length=40, unique=True)
    slug = models.SlugField("网址名", max_length=60, unique=True, help_text="如 jingyue-zhihang")
    retired = models.BooleanField(
        "已撤并", default=False, help_text="不再出现在投稿表单里；旧文章的署名不变。"
    )
    moved_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moved_in",
        verbose_name="并入",
        editable=False,
    )

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(moved_into__isnull=True)
                | (models.Q(retired=True) & ~models.Q(moved_into=models.F("pk"))),
                name="branch_that_moved_is_retired",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("branch", args=[self.slug])


class AuthorQuerySet(models.QuerySet["Author"]):
    def of_byline(
        self, name: str, branch: Branch | None, *, beside: Collection[int] = ()
    ) -> "Author":
        """The author of that name in that branch; made on the spot where there is none.

        `beside` are keys of those who sign the same text already: two of one name are two people.
        """
        of_that_name = self.filter(name=name, branch=branch)
        free = of_that_name.exclude(pk__in=beside).order_by("pk").first()
        return free or self.another(name, branch)

    def spelt_like(self, name: str, branch: Branch | None) -> "list[Author]":
        """Those of that name in that branch, however it is written: 张 三 of before is 张三."""
        folded = spelling.folded(name)
        there = self.filter(name__istartswith=name[:1], branch=branch).order_by("pk")
        found = (each for each in there if spelling.folded(each.name) == folded)
        return sorted(found, key=lambda each: each.name != name)

    def another(self, name: str, branch: Branch | None) -> "Author":
        """One more of that name in that branch, told apart by a numeral that editors alone see."""
        there = set(self.filter(name=name, branch=branch).values_list("namesake", flat=True))
        free = next(
            each for each in ("", *NUMERALS, *map(str, range(21, 999))) if each not in there
        )
        return self.get_or_create(name=name, branch=branch, namesake=free)[0]

    def forget_slips(self) -> None:
        """Deletes those that only ever were a slip of the pen: nothing refers to them, and nobody
        told them apart.
        """
        nobody = self.filter(user=None, namesake__in=["", *NUMERALS])
        relations.unused(nobody).delete()

    def merged_from(self, number: int) -> "Author | None":
        """The author that the row of this number, which is gone, became part of."""
        return self.filter(former__number=number).first()


class Author(models.Model):
    name = models.CharField("姓名", max_length=40)
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authors",
        verbose_name="现在单位",
    )
    namesake = models.CharField(
        "同名区分", max_length=20, blank=True, help_text="同单位有同名的人时填写，不印出来。"
    )
    user = models.OneToOneField(
        "servicejournal.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        verbose_name="账号",
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "作者"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "branch", "namesake"], name="author_once_in_a_branch"
            ),
            models.UniqueConstraint(
                fields=["name", "namesake"],
                condition=models.Q(branch__isnull=True),
                name="author_once_without_branch",
            ),
        ]

    def __str__(self) -> str:
        branch = self.branch.name if self.branch else ""
        return " ".join(filter(None, [branch, self.name, self.namesake]))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whose account it was and is, is remembered with all that they wrote: see `Writer`."""
        was = Author.objects.filter(pk=self.pk).values_list("user", flat=True).first()
        super().save(*args, **kwargs)
        if accounts := {was, self.user_id} - {None}:
            signed = self.authorships.values_list("article", flat=True)
            Writer.remember((article, user) for article in signed for user in accounts)

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.pk])


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def bulk_create(self, *args: Any, **kwargs: Any) -> list["Authorship"]:
        made = super().bulk_create(*args, **kwargs)
        accounts = Author.objects.exclude(user=None).in_bulk({each.author_id for each in made})
        Writer.remember(
            (each.article_id, accounts[each.author_id].user_id)
            for each in made
            if each.author_id in accounts
        )
        return made


class Authorship(models.Model):
    """One author of one article, with name and branch as they are printed: renaming or merging the
    rows behind them changes neither a byline nor a digest.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="authorships"
    )
    author = models.ForeignKey(
        Author, on_delete=models.PROTECT, related_name="authorships", verbose_name="作者"
    )
    branch = models.ForeignKey(
        Branch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authorships",
        verbose_name="署名单位",
    )
    author_name = PrintedNameField("印出的姓名", source="author")
    branch_name = PrintedNameField("印出的单位", source="branch")
    position = models.PositiveSmallIntegerField("次序", default=1)

    #: The relations and names that the database gave; what is set since takes its name anew.
    as_loaded: dict[str, Any]

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "署名"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="authorship_author_once_in_an_article"
            ),
            models.CheckConstraint(
                condition=~models.Q(author_name="")
                & (
                    models.Q(branch__isnull=True, branch_name="")
                    | (models.Q(branch__isnull=False) & ~models.Q(branch_name=""))
                ),
                name="authorship_prints_names",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.branch_name, self.author_name]))

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields and {"author", "author_id", "branch", "branch_id"} & set(fields):
            kwargs["update_fields"] = {*fields, "author_name", "branch_name"}
        super().save(*args, **kwargs)
        self._note_as_loaded()
        Writer.remember([(self.article_id, self.author.user_id)])

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Authorship":
        row = super().from_db(*args, **kwargs)
        row._note_as_loaded()
        return row

    def _note_as_loaded(self) -> None:
        names = ("author_id", "branch_id", "author_name", "branch_name")
        self.as_loaded = {name: vars(self)[name] for name in names if name in vars(self)}

    @property
    def is_up_to_date(self) -> bool:
        """The names that it prints are those that author and branch bear today."""
        branch = self.branch.name if self.branch else ""
        return (self.author_name, self.branch_name) == (self.author.name, branch)


class Writer(AppendOnly):
    """An account that at some time was an author of the manuscript: it never reviews it, whatever
    became of the tie between the two, or of the byline.
    """

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="writers", verbose_name="稿件"
    )
    user = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="账号"
    )
    noted_at = models.DateTimeField("记下的时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "写稿的账号"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="writer_once_of_an_article")
        ]

    def __str__(self) -> str:
        return f"{self.user}"

    @classmethod
    def remember(cls, wrote: Iterable[tuple[int, int | None]]) -> None:
        """`wrote`: keys of articles and of accounts, where there is one. What is known stays."""
        rows = [cls(article_id=article, user_id=user) for article, user in wrote if user]
        cls.objects.bulk_create(rows, ignore_conflicts=True)


class BranchHead(models.Model):
    """单位负责人: whoever has that role, of which branches; appointed, and dismissed, by name.

    Written by `articles.people` alone.
    """

    user = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="heads", verbose_name="账号"
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="heads", verbose_name="单位"
    )
    appointed_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="指定人"
    )
    appointed_at = models.DateTimeField("指定时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "单位负责人"
        ordering = ["branch", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "branch"], name="branchhead_once"),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("appointed_by")),
                name="branchhead_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.user}"
