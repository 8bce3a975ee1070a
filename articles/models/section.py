"""Sections (栏目): data, which editors add, rename, reorder and retire."""

from django.db import models
from django.urls import reverse


class SectionQuerySet(models.QuerySet["Section"]):
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
    about = models.CharField(
        "给读者的话",
        max_length=200,
        blank=True,
        default="",
        db_default="",  # the program of the version before writes sections too
        help_text="印在读者的栏目页上：这个栏目写什么人、什么事，一两句话。",
    )
    shortest = models.PositiveIntegerField(
        "一般不少于", null=True, blank=True, help_text="字数，不含空格。写稿时显示在字数旁边。"
    )
    longest = models.PositiveIntegerField("一般不超过", null=True, blank=True, help_text="字数。")
    is_preamble = models.BooleanField(
        "卷首", default=False, help_text="排在目录之前，单独成页，如卷首语。"
    )
    retired = models.BooleanField(
        "已停用", default=False, help_text="不再出现在投稿表单里；旧文章不变。"
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        db_table = "issues_section"  # where the sections were before they came here
        verbose_name = verbose_name_plural = "栏目"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shortest__isnull=True)
                | models.Q(longest__isnull=True)
                | models.Q(shortest__lte=models.F("longest")),
                name="section_usual_length_is_a_range",
                violation_error_message="“一般不少于”不能大于“一般不超过”。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])

    @property
    def usual_length(self) -> str:
        """1500—3000 字, 不少于 300 字, 不超过 2000 字, or the empty string."""
        if self.shortest and self.longest:
            return f"{self.shortest}—{self.longest} 字"
        if self.shortest:
            return f"不少于 {self.shortest} 字"
        return f"不超过 {self.longest} 字" if self.longest else ""
