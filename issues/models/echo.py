"""服务回声: what a reader wrote to the editor about an article that is out."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models import Article
from servicejournal.access import Anybody

from .printed import PrintedArticle


class EchoQuerySet(models.QuerySet["Echo"]):
    def waiting(self) -> "EchoQuerySet":
        """Nobody has looked at them yet; whose article is out no more wait for nobody."""
        out = PrintedArticle.objects.all_out().order_by().values("article")
        return self.filter(status=Echo.Status.WAITING, article__in=out)

    def shown(self) -> "EchoQuerySet":
        """Under the article, the oldest first. Whether the article is out is asked with it."""
        return self.filter(status=Echo.Status.PASSED).order_by("at", "pk")

    def open_to(self, user: Anybody) -> "EchoQuerySet":
        """What somebody of the desk may decide on: not letters about their own manuscripts, which
        would be to choose one's own praise.
        """
        if not (user.is_authenticated and user.on_the_desk):
            return self.none()
        return self.exclude(article__in=Article.objects.written_by(user).values("pk"))


class Echo(models.Model):
    """A letter; without an address, a number or an account. `issues.echoes` is the only writer."""

    class Status(models.TextChoices):
        WAITING = "waiting", "等编辑看"
        PASSED = "passed", "已登出"
        REFUSED = "refused", "没有登"

    MOST = 1000
    LEAST = 5

    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="echoes", verbose_name="文章"
    )
    name = models.CharField("称呼", max_length=20, blank=True)
    branch = models.CharField("单位", max_length=40, blank=True)
    words = models.TextField("来信", max_length=MOST)
    at = models.DateTimeField("收到时间", default=timezone.now)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.WAITING)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )
    why = models.CharField("不登的理由", max_length=300, blank=True)
    manuscript = models.OneToOneField(
        Article,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="echo",
        verbose_name="成稿",
    )

    objects = EchoQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "读者来信"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["article", "status", "at"], name="echo_under_an_article"),
            models.Index(fields=["status", "at"], name="echo_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="echo_says_something"),
            models.CheckConstraint(
                condition=Q(
                    status="waiting", decided_at__isnull=True, decided_by__isnull=True, why=""
                )
                | Q(status="passed", decided_at__isnull=False, decided_by__isnull=False, why="")
                | Q(status="refused", decided_at__isnull=False, decided_by__isnull=False)
                & ~Q(why=""),
                name="echo_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(manuscript__isnull=True) | ~Q(status="waiting"),
                name="echo_manuscript_of_one_that_was_passed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature}谈《{self.article.title}》"

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    @property
    def signature(self) -> str:
        """◎净月支行 谷淳, or who did not say."""
        return f"{self.branch} {self.name}".strip() or "一位读者"
