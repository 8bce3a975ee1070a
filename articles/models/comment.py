"""A comment on a passage of a manuscript: for the desk alone, or for the writer too."""

import hashlib

from django.db import models
from django.db.models import Q

from servicejournal import clock
from servicejournal.access import Anybody

from .article import hangs_on_open


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> "CommentQuerySet":
        return self.filter(settled_at=None)

    def readable_by(self, user: Anybody) -> "CommentQuerySet":
        """At the desk; what the writer reads of them is `progress.comments`."""
        return self.filter(hangs_on_open(user))

    def for_the_writer(self) -> "CommentQuerySet":
        return self.filter(audience=Comment.Audience.WRITER)


class Comment(models.Model):
    """The anchor is the passage itself with the words around it (`articles.bodies.anchors`)."""

    class Audience(models.TextChoices):
        DESK = "desk", "只给编辑部"
        WRITER = "writer", "作者也看得到"

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="comments", verbose_name="稿件"
    )
    by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="批注人"
    )
    at = models.DateTimeField("时间", default=clock.now)
    audience = models.CharField("给谁看", max_length=10, choices=Audience, default=Audience.DESK)
    words = models.TextField("批注", max_length=1000)
    quote = models.CharField("原文", max_length=200, blank=True)
    before = models.CharField("前文", max_length=30, blank=True)
    after = models.CharField("后文", max_length=30, blank=True)
    read_at = models.DateTimeField(
        "别人看过",
        null=True,
        blank=True,
        help_text="同事或作者第一次看到；在那以前可以改、可以删。",
    )
    told_at = models.DateTimeField("作者看过", null=True, blank=True)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)
    settled_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "批注"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="comment_settled_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["desk", "writer"]) & ~Q(words=""),
                name="comment_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(read_at__isnull=False),
                name="comment_told_is_read",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def mark(self) -> str:
        """Tells what a page showed of it from what is there."""
        said = f"{self.audience}:{self.words}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]
