"""What somebody is told: a line on the site and, where there is an address, a letter."""

from datetime import datetime

from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone

from servicejournal.models import User

from .article import hangs_on_open

_ONE_OF_THREE = (
    Q(due_at__isnull=False, sent_at__isnull=True, given_up_at__isnull=True)
    | Q(due_at__isnull=True, sent_at__isnull=False, given_up_at__isnull=True)
    | Q(due_at__isnull=True, sent_at__isnull=True, given_up_at__isnull=False)
)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def of(self, user: User) -> "NoticeQuerySet":
        """What the user was told by now."""
        waits = Q(not_before__gt=timezone.now())
        return self.filter(recipient=user).exclude(waits)

    def readable_by(self, user: User) -> "NoticeQuerySet":
        """At the desk: one's own, and those about manuscripts that are open inside to the user; of
        roles, for whom roles are to see.
        """
        readable = Q(recipient=user) | hangs_on_open(user)
        if user.has_perm("servicejournal.view_rolegrant"):
            readable |= Q(kind=Notice.Kind.ROLE)
        return self.filter(readable)

    def unread_first(self) -> "NoticeQuerySet":
        """What was not opened yet, then the rest; the newest first in both."""
        was_read = ExpressionWrapper(Q(read_at__isnull=False), models.BooleanField())
        return self.order_by(was_read, "-created_at", "-pk")

    def undelivered(self) -> "NoticeQuerySet":
        """Those whose letter was given up: somebody has to tell them in another way."""
        return self.filter(given_up_at__isnull=False)

    def due(self, moment: datetime) -> "NoticeQuerySet":
        """Those whose letter should have been tried (again) by the moment."""
        return self.filter(due_at__lte=moment)


class Notice(models.Model):
    """One notice to one person. `key` names the occasion, so that nobody is told twice.

    Where there is an `address`, a letter is due at `due_at`, or was sent, or was given up. That is
    the outbox; tasks in the queue only wake it up.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", "收到稿件"
        ENDORSED = "endorsed", "单位已签审"
        NOT_ENDORSED = "not_endorsed", "单位退回"
        RETURNED = "returned", "请您修改"
        ACCEPTED = "accepted", "稿件采用"
        HELD = "held", "留作备用"
        REJECTED = "rejected", "没有采用"
        PLACED = "placed", "编入一期"
        OUT = "out", "已经刊出"
        CORRECTED = "corrected", "刊出后更正"
        TAKEN_BACK = "taken_back", "刊出后撤下"
        DEADLINE = "deadline", "截稿临近"
        REVIEW = "review", "审稿到期"
        ROLE = "role", "角色"
        CONFIRM = "confirm", "请您确认改动"
        DEPUTY = "deputy", "代行"
        ASSIGNED = "assigned", "分派给您"
        TAKEN_OFF = "taken_off", "不用您审了"
        ECHO = "echo", "读者来信"

    recipient = models.ForeignKey(
        "servicejournal.User",
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name="收件人",
    )
    kind = models.CharField("事由", max_length=20, choices=Kind)
    key = models.CharField("场合", max_length=100, unique=True, editable=False)
    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name="稿件",
    )
    subject = models.CharField("标题", max_length=160)
    words = models.TextField("内容")
    path = models.CharField("页面", max_length=200, blank=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    not_before = models.DateTimeField(
        "几时告诉",
        null=True,
        blank=True,
        editable=False,
        help_text="在那以前可能撤回，页面上和信里都还不说。",
    )
    read_at = models.DateTimeField("看过", null=True, blank=True)

    address = models.EmailField("寄往", blank=True)
    attempts = models.PositiveSmallIntegerField("寄了几次", default=0, editable=False)
    due_at = models.DateTimeField("下次寄", null=True, blank=True, editable=False)
    sent_at = models.DateTimeField("寄出", null=True, blank=True, editable=False)
    given_up_at = models.DateTimeField("没有寄到", null=True, blank=True, editable=False)
    error = models.CharField("寄信的错误", max_length=300, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at"], name="notice_unread"),
            models.Index(fields=["-created_at", "-id"], name="notice_newest"),
            models.Index(
                fields=["-given_up_at"],
                name="notice_undelivered",
                condition=Q(given_up_at__isnull=False),
            ),
            models.Index(fields=["due_at"], name="notice_due", condition=Q(due_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(address="", due_at__isnull=True, sent_at__isnull=True)
                    & Q(given_up_at__isnull=True)
                )
                | (~Q(address="") & _ONE_OF_THREE),
                name="notice_letter_is_due_sent_or_given_up",
            ),
            models.CheckConstraint(
                condition=Q(given_up_at__isnull=True) | ~Q(error=""),
                name="notice_given_up_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def letter(self) -> str:
        """What became of the letter, in two or three words."""
        if not self.address:
            return "不寄信"
        if self.sent_at:
            return "已寄出"
        return "没有寄到" if self.given_up_at else "等着寄"
