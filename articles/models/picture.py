"""A picture of a manuscript: the re-encoded master; its renditions lie beside it."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils import timezone

from servicejournal.access import Anybody, may_read, open_to, open_to_all


def master_path(picture: "Picture", filename: str) -> str:
    return f"pictures/{picture.token.hex[:2]}/{picture.token}/{filename}"


#: From a picture to the issue whose standing edition shows it.
_ITS_ISSUE = "printings__printed__edition__standing_for__"


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Anybody) -> "PictureQuerySet":
        """What an edition that is out shows, to readers; one's own; to the desk, those of every
        manuscript that it may see. One that was taken out of a text is not shown by it any more.
        """
        from .article import Article  # the two models refer to each other

        visible = models.Q(pk__in=[])
        if may_read(user):
            shown = self.model.objects.all_out(open_to(user, _ITS_ISSUE))
            visible |= models.Q(pk__in=shown.values("pk"))
        if user.is_authenticated:
            visible |= models.Q(uploaded_by=user) | models.Q(article__contributor=user)
            if user.on_the_desk:
                visible |= models.Q(article__in=Article.objects.visible_to(user))
        return self.filter(visible)

    def were_out(self) -> "PictureQuerySet":
        """Those that an edition showed to readers once, whatever became of it."""
        return self.filter(printings__printed__edition__out_since__lte=timezone.now())

    def out(self) -> "PictureQuerySet":
        """Those that all readers hold: the standing edition of an issue that is out shows them."""
        return self.all_out(open_to_all(_ITS_ISSUE))

    def all_out(self, but: models.Q | None = None) -> "PictureQuerySet":
        """Also those of issues that are closed to strangers; `but` says of which (`open_to`)."""
        # In one filter: it is one and the same edition of which both is asked.
        return self.filter(but or models.Q(), **{f"{_ITS_ISSUE}published_at__lte": timezone.now()})


class Picture(models.Model):
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name="稿件",
    )
    uploaded_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="上传人"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)
    file = models.ImageField("图片", upload_to=master_path, max_length=200)
    width = models.PositiveIntegerField("宽", editable=False)
    height = models.PositiveIntegerField("高", editable=False)
    sha256 = models.CharField("校验值", max_length=64, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "图片"
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return f"图片 {self.width}×{self.height}"

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.token])
