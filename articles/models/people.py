"""Who writes: branches, authors, and the order of authors of an article."""

from django.db import models
from django.urls import reverse

from articles.slugs import free_slug


class BranchQuerySet(models.QuerySet["Branch"]):
    def named(self, name: str) -> "Branch":
        """The branch of that name; made on the spot where there is none."""
        branch = self.filter(name=name).first()
        return branch or self.create(name=name, slug=free_slug(name, Branch.objects.all()))

    def active(self) -> "BranchQuerySet":
        return self.filter(retired=False)


class Branch(models.Model):
    name = models.CharField("名称", max_length=40, unique=True)
    slug = models.SlugField("网址名", max_length=60, unique=True, help_text="如 jingyue-zhihang")
    retired = models.BooleanField(
        "已撤并", default=False, help_text="不再出现在投稿表单里；旧文章的署名不变。"
    )

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("branch", args=[self.slug])


def _name(branch: Branch | None) -> str:
    return branch.name if branch else ""


class AuthorQuerySet(models.QuerySet["Author"]):
    def of_byline(self, name: str, branch: Branch | None) -> "Author":
        """The author of that name in that branch; made on the spot where there is none."""
        author = self.filter(name=name, branch=branch).order_by("pk").first()
        return author or self.create(name=name, branch=branch)


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
        return " ".join(filter(None, [_name(self.branch), self.name, self.namesake]))

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.pk])


class Authorship(models.Model):
    """One author of one article, with the branch as it was printed then."""

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
    position = models.PositiveSmallIntegerField("次序", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "署名"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author"], name="authorship_author_once_in_an_article"
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [_name(self.branch), self.author.name]))
