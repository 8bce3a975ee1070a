"""征稿启事: what the journal asks writers for, until when, for which issue."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from articles.bodies import layout


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        """Those that still take manuscripts: the last day counts whole."""
        return self.filter(closed=False, deadline__gte=timezone.localdate())


class Call(models.Model):
    theme = models.CharField("主题", max_length=40)
    words = models.TextField(
        "征稿说明",
        max_length=2000,
        help_text="写什么、多长、有什么要求；空一行就是另起一段。投稿人和首页的读者都看得到。",
    )
    deadline = models.DateField("截稿日期", help_text="当天仍可以投稿。")
    issue = models.ForeignKey(
        "issues.Issue",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name="为哪一期",
    )
    closed = models.BooleanField(
        "提前结束", default=False, help_text="不再出现在首页和投稿表单里；已投的稿件不受影响。"
    )
    created_at = models.DateTimeField("建立", auto_now_add=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        db_table = "issues_call"  # where the calls were before they came here
        verbose_name = verbose_name_plural = "征稿启事"
        ordering = ["deadline", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(theme=""), name="call_has_a_theme")]

    def __str__(self) -> str:
        return self.theme

    def get_absolute_url(self) -> str:
        return reverse("call", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """(As `CallQuerySet.open`.)"""
        return self.state == "open"

    @property
    def state(self) -> str:
        """open, over (the deadline is past) or closed (by an editor)."""
        if self.closed:
            return "closed"
        return "open" if self.deadline >= timezone.localdate() else "over"

    @property
    def time_left(self) -> str:
        """还有 12 天, 明天截稿, 今天截稿; the empty string when it is over."""
        days = (self.deadline - timezone.localdate()).days
        if days < 0:
            return ""
        return {0: "今天截稿", 1: "明天截稿"}.get(days, f"还有 {days} 天")

    @property
    def opening(self) -> str:
        """The first sentences, for the home page."""
        return layout.opening(" ".join(self.words.split()))
