"""Who is to decide the present stage of a manuscript, and until when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from servicejournal import clock


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def due_by(self, day: date) -> "AssignmentQuerySet":
        """Still to be done and due on that day or before it: a missed reminder loses none."""
        return self.current().filter(due__lte=day)


class Assignment(models.Model):
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="assignments",
        verbose_name="稿件",
    )
    editor = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        related_name="assignments",
        verbose_name="审稿人",
    )
    due = models.DateField("期限")
    assigned_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="分派人"
    )
    assigned_at = models.DateTimeField("分派时间", default=clock.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分派"
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="assignment_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.editor}，{self.due:%-m月%-d日}前"

    @property
    def is_overdue(self) -> bool:
        return self.ended_at is None and self.due < timezone.localdate()
