"""Who has a manuscript open right now, so that two people do not edit it unawares."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from servicejournal.models import User

from .article import Article

#: A page says every half minute that it is still open; twice unheard, it is not.
_UNHEARD = timedelta(seconds=75)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        return self.filter(seen_at__gte=timezone.now() - _UNHEARD)

    def heard(self, article: "Article", user: User) -> None:
        """The page of this person is open."""
        now = timezone.now()
        again = self.now().filter(article=article, user=user).update(seen_at=now)
        if not again:
            self.update_or_create(
                article=article, user=user, defaults={"since": now, "seen_at": now}
            )


class Presence(models.Model):
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("servicejournal.User", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField("打开时间")
    seen_at = models.DateTimeField("最近一次")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "正在看稿"
        constraints = [
            models.UniqueConstraint(fields=["article", "user"], name="presence_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.since:%H:%M}"
