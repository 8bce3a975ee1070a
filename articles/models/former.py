"""What a branch or an author was before: a name that it bore, or a row that became part of it.

Old addresses lead on, and lists that still have the old name are understood.
"""

from django.db import models

from servicejournal import spelling


class Former(models.Model):
    """`number` and `slug` are those of a row that was merged, and its addresses; a mere rename has
    none.
    """

    name = models.CharField("从前的名称", max_length=spelling.MAX_NAME)
    number = models.BigIntegerField("从前的编号", null=True, unique=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class FormerBranch(Former):
    branch = models.ForeignKey(
        "articles.Branch", on_delete=models.PROTECT, related_name="former", verbose_name="单位"
    )
    slug = models.SlugField("从前的网址名", max_length=60, blank=True)

    class Meta(Former.Meta):
        verbose_name = verbose_name_plural = "单位曾用名"


class FormerAuthor(Former):
    author = models.ForeignKey(
        "articles.Author", on_delete=models.PROTECT, related_name="former", verbose_name="作者"
    )

    class Meta(Former.Meta):
        verbose_name = verbose_name_plural = "作者曾用名"
