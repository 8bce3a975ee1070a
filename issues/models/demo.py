"""That a database was filled by the demo, and the links that lead into its scenes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Demo(models.Model):
    """The mark that `manage.py demo` leaves, at most one; `issues.demo.staging` alone writes it.

    `base` and `before` are all its rows, packed (`staging.packing`).
    """

    made_at = models.DateTimeField("装入时间", default=timezone.now)
    base = models.BinaryField("装好时的内容")
    before = models.BinaryField("上一次放回以前的内容", default=bytes)

    class Meta:
        verbose_name = verbose_name_plural = "示范数据"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="demo_there_is_at_most_one")]

    def __str__(self) -> str:
        return "示范数据"


class DemoLink(models.Model):
    """A link that signs in once; of its token only the hash is known."""

    digest = models.CharField("链接校验值", max_length=64, unique=True)
    scene = models.CharField("场景", max_length=20)
    until = models.DateTimeField("有效期")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "示范链接"
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.scene
