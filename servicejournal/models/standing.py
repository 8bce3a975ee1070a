"""What an installation knows of itself: its backups, the files it will throw away, its workers."""

from django.db import models
from django.utils import timezone


class BackupQuerySet(models.QuerySet["Backup"]):
    def newest(self) -> "Backup | None":
        return self.order_by("-at", "-pk").first()


class Backup(models.Model):
    """One backup that was written to its end; `servicejournal.backup` alone writes rows."""

    at = models.DateTimeField("时间", default=timezone.now)
    path = models.CharField("文件", max_length=500)
    size = models.PositiveBigIntegerField("字节")
    sha256 = models.CharField("清单校验值", max_length=64)
    rows = models.PositiveBigIntegerField("记录数")
    files = models.PositiveBigIntegerField("文件数")
    is_sealed = models.BooleanField("加密", default=False)
    missing = models.PositiveIntegerField("缺的文件", default=0)
    rehearsed_at = models.DateTimeField("演练时间", null=True, blank=True)
    rehearsal = models.CharField("演练的问题", max_length=300, blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "备份"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} 的备份"


class Discarded(models.Model):
    """A file that no row names since `at`; `servicejournal.files` and `backup.keeping` write."""

    path = models.CharField("文件", max_length=300, unique=True)
    at = models.DateTimeField("不用的时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "不用的文件"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.path


class Heartbeat(models.Model):
    """A worker that lives, or did; `servicejournal.worker` alone writes rows."""

    worker = models.CharField("后台程序", max_length=64, unique=True)
    host = models.CharField("机器", max_length=100)
    began_at = models.DateTimeField("启动时间", default=timezone.now)
    seen_at = models.DateTimeField("最近一次", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "后台程序"
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.host} {self.worker[:8]}"
