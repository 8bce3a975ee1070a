"""Roles as they were given: by whom, when, and by which second person where it takes two."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from servicejournal.roles import BY_TWO, Role

from .append_only import Unchangeable
from .user import User

_BY_TWO = sorted(BY_TWO)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def update(self, **kwargs: Any) -> int:
        raise Unchangeable(self.model)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise Unchangeable(self.model)


class RoleGrant(models.Model):
    """Somebody gave this account a role: who, when and which, together. Given and taken back
    (`accounts.granting`), never rewritten.

    `granted_by` is empty where the program gave it: with registering, or at the command line.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="grants", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=20, choices=Role)
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="授予人",
    )
    granted_at = models.DateTimeField("授予时间", default=timezone.now)
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="第二人",
    )
    #: Before the rules of this table, when one person could give any role, also to themselves.
    earlier = models.BooleanField("双人制以前", default=False, editable=False)

    #: Comes and goes with what the bank's own sign-in says (`accounts.single_sign_on`).
    by_single_sign_on = models.BooleanField("由单点登录", default=False, editable=False)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="rolegrant_one_of_a_kind"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="rolegrant_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(earlier=True) | Q(granted_by__isnull=True) | ~Q(granted_by=F("user")),
                name="rolegrant_not_by_oneself",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(granted_by__isnull=False)
                & ~Q(confirmed_by=F("granted_by"))
                & ~Q(confirmed_by=F("user")),
                name="rolegrant_second_is_another",
            ),
            models.CheckConstraint(
                condition=Q(earlier=True)
                | Q(granted_by__isnull=True)
                | Q(confirmed_by__isnull=False)
                | ~Q(role__in=_BY_TWO),
                name="rolegrant_by_two_where_it_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(by_single_sign_on=False)
                | Q(granted_by__isnull=True) & ~Q(role__in=_BY_TWO),
                name="rolegrant_single_sign_on_gives_none_that_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable(self)
        super().save(*args, **kwargs)


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    def pending(self) -> "RoleRequestQuerySet":
        return self.filter(answer="")

    def answerable_by(self, user: User) -> "RoleRequestQuerySet":
        """Those that wait for a second person, whom this account may be."""
        if not user.may_be_second:
            return self.none()
        return self.pending().exclude(asked_by=user).exclude(user=user)


class RoleRequest(models.Model):
    """One administrator asks that an account be given a role of `BY_TWO`; another person answers.

    It stays when it is answered: that is who the two were.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", "同意"
        REFUSED = "refused", "不同意"
        WITHDRAWN = "withdrawn", "收回"

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="role_requests", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=20, choices=Role)
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name="提出人"
    )
    asked_at = models.DateTimeField("提出时间", default=timezone.now)
    why = models.CharField("理由", max_length=300)
    answer = models.CharField("答复", max_length=10, choices=Answer, blank=True, default="")
    answered_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="答复人",
    )
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    words = models.CharField("说明", max_length=300, blank=True)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "授予请求"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(answer=""), name="rolerequest_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(role__in=_BY_TWO) & ~Q(why="") & ~Q(asked_by=F("user")),
                name="rolerequest_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer="withdrawn", answered_by=F("asked_by"), answered_at__isnull=False)
                | Q(
                    answer__in=["confirmed", "refused"],
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                )
                & ~Q(answered_by=F("asked_by"))
                & ~Q(answered_by=F("user")),
                name="rolerequest_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.get_role_display()}"
