"""Sections (栏目): data, which editors add, rename, reorder and retire."""

from django.db import models
from django.urls import reverse


class SectionQuerySet(models.QuerySet):
    def active(self) -> "SectionQuerySet":
        return self.filter(retired=False)

    def open_to_writers(self) -> "SectionQuerySet":
        """Those that a writer may wish for; the preamble is commissioned."""
        return self.active().filter(is_preamble=False)


class Section(models.Model):
    name = models.CharField("栏目名", max_length=20, unique=True)
    name_en = models.CharField("英文名", max_length=60, blank=True)
    slug = models.SlugField("网址名", max_length=60, unique=True, help_text="如 service-management")
    order = models.PositiveSmallIntegerField("次序", default=0, help_text="目录里由小到大排列。")
    description = models.CharField(
        "说明", max_length=200, blank=True, help_text="给投稿人看：这个栏目登什么、多长为宜。"
    )
    is_preamble = models.BooleanField(
        "卷首", default=False, help_text="排在目录之前，单独成页，如卷首语。"
    )
    retired = models.BooleanField(
        "已停用", default=False, help_text="不再出现在投稿表单里；旧文章不变。"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])
