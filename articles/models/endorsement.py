"""单位负责人签审: the head of a branch read exactly this text, and let it leave, or did not."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

#: A post that ends so stands alone, without the rank behind it: 净月支行（行长）.
_UNIT = ("行", "部", "室", "处", "中心", "网点", "公司")


class Endorsement(models.Model):
    class Answer(models.TextChoices):
        AGREED = "agreed", "同意报送"
        REFUSED = "refused", "退回作者"

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        related_name="endorsements",
        verbose_name="稿件",
    )
    digest = models.CharField("送签文本的校验值", max_length=64)
    asked_by = models.ForeignKey(
        "servicejournal.User", on_delete=models.PROTECT, related_name="+", verbose_name="送签人"
    )
    asked_at = models.DateTimeField("送签时间", default=timezone.now)
    answer = models.CharField("结果", max_length=10, choices=Answer, blank=True)
    signer = models.CharField("签审人", max_length=40, blank=True)
    post = models.CharField("职务", max_length=40, blank=True)
    words = models.TextField("意见", max_length=500, blank=True)
    answered_at = models.DateTimeField("签审时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位签审"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", signer="", answered_at__isnull=True)
                | (Q(answer__in=["agreed", "refused"], answered_at__isnull=False) & ~Q(signer="")),
                name="endorsement_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(words=""),
                name="endorsement_refused_gives_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display() or '等待签审'} {self.signer}".strip()

    @property
    def signed_by(self) -> str:
        """周明（支行行长）"""
        name, post = name_and_post(self.signer, self.post)
        return f"{name}（{post}）" if post else name


def name_and_post(signer: str, post: str) -> tuple[str, str]:
    """What was typed as name and as post, each word once: many sign as 周行长, of the post 行长.

    A name that is there whole loses its title (周明行长); a surname alone keeps it (周行长).
    """
    name, post = " ".join(signer.split()), " ".join(post.split())
    if name and name != post and post.endswith(name):
        post = post.removesuffix(name).strip()
    if post and name != post and name.startswith(post):
        name = name.removeprefix(post).strip()
    rank = _shared_ending(name, post)
    if rank and len(name) - len(rank) > 1:
        name = name.removesuffix(rank).strip()
    elif rank and (post == rank or post.removesuffix(rank).endswith(_UNIT)):
        post = post.removesuffix(rank)
    return name, post


def _shared_ending(name: str, post: str) -> str:
    """The title that both end with, of two characters and more; some name stays before it."""
    longest = min(len(name) - 1, len(post))
    lengths = range(longest, 1, -1)
    return next((post[-n:] for n in lengths if name.endswith(post[-n:])), "")
