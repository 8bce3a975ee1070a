"""What the search engine has of a text: written by `articles.search` alone."""

from django.db import models
from django.db.models import F, Q


class IndexedText(models.Model):
    """A text as pieces. `kind` and `key` say whose it is, and the number says both at once: what
    the engine finds is known without another table.
    """

    class Kind(models.TextChoices):
        MANUSCRIPT = "manuscript", "稿件"
        ARTICLE = "article", "刊出的文章"
        PAGE = "page", "过刊的页"

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    key = models.BigIntegerField("编号")
    title = models.TextField("标题", blank=True)
    byline = models.TextField("署名", blank=True)
    sounds = models.TextField("标题的读音", blank=True)
    body = models.TextField("全文", blank=True)
    made_at = models.DateTimeField("建立", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检索的文字"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="manuscript", id=F("key") * 4)
                | Q(kind="article", id=F("key") * 4 + 1)
                | Q(kind="page", id=F("key") * 4 + 2),
                name="indexed_text_number_says_whose",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "-made_at"], name="indexed_text_newest"),
            models.Index(fields=["kind", "key"], name="indexed_text_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @classmethod
    def number_of(cls, kind: str, key: int) -> int:
        """Two of a kind have it once, so two texts of one row never stand side by side."""
        return key * 4 + cls.Kind.values.index(kind)

    @classmethod
    def named(cls, number: int) -> tuple[str, int]:
        return cls.Kind.values[number % 4], number // 4


class SearchEntry(models.Model):
    """The index of the version before, which reads it until it is restarted. Nobody here does:
    `reindex` empties it.
    """

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
