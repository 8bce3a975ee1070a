"""A way of looking at the list of manuscripts that somebody comes back to."""

from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    user = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.CASCADE,
        related_name="saved_views",
        verbose_name="账号",
    )
    name = models.CharField("名称", max_length=20)
    query = models.CharField("筛选", max_length=1000, blank=True)
    is_default = models.BooleanField("默认打开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "我的视图"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_view_once_a_name"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="saved_view_one_default"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
