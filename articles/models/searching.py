"""What the search engine has of a text: written by `articles.search` alone."""

from django.db import models


class SearchEntry(models.Model):
    """A text as pieces. `kind` and `key` say whose it is; a text of any app may be indexed."""

    kind = models.CharField("类别", max_length=10)
    key = models.BigIntegerField("编号")
    title = models.TextField("标题")
    byline = models.TextField("署名")
    body = models.TextField("正文")
    made_at = models.DateTimeField("建立", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索条目"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="search_entry_once_a_text")
        ]
        indexes = [models.Index(fields=["kind", "-made_at"], name="search_entry_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
