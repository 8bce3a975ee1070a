"""The file that a manuscript came in: kept as it was sent, for editors to look at."""

import uuid

from django.db import models
from django.urls import reverse

from servicejournal.access import Anybody


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """A name of our own; that of the sender is only shown."""
    return f"attachments/{attachment.token.hex[:2]}/{attachment.token}.docx"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Anybody) -> "AttachmentQuerySet":
        """One's own; to the desk those of manuscripts that were handed in. Never to readers: a
        Word file holds comments and deleted words."""
        if not user.is_authenticated:
            return self.none()
        visible = models.Q(uploaded_by=user) | models.Q(article__contributor=user)
        if user.on_the_desk:
            visible |= models.Q(article__receipt__gt="")
        return self.filter(visible)


class Attachment(models.Model):
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name="稿件",
    )
    name = models.CharField("文件名", max_length=150)
    file = models.FileField("文件", upload_to=attachment_path, max_length=200)
    size = models.PositiveIntegerField("字节", editable=False)
    sha256 = models.CharField("校验值", max_length=64, editable=False)
    uploaded_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "原稿文件"
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("attachment", args=[self.token])
