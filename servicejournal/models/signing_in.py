"""How accounts are entered: passwords as they were set, visits, who somebody is elsewhere."""

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from servicejournal.roles import BY_TWO, Role

from .user import User


class PasswordSet(models.Model):
    """A password was set: its hash, so that it is not taken again, and when, so that it gets old.

    `issued`: by somebody else, so that the account's owner sets another at the first sign-in.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="passwords", verbose_name="账号"
    )
    digest = models.CharField("摘要", max_length=128)
    at = models.DateTimeField("时间", default=timezone.now)
    issued = models.BooleanField("别人设的", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.user}"


class Visit(AbstractBaseSession):
    """A browser that somebody signed in with. Of nobody's account while `account_pk` is empty."""

    account_pk = models.BigIntegerField("账号编号", null=True, db_index=True)
    began_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近", auto_now=True)
    address = models.GenericIPAddressField("来自", null=True)
    browser = models.CharField("浏览器", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from servicejournal.web.visits import SessionStore

        return SessionStore


class Identity(models.Model):
    """Who an account is at the bank's own sign-in: a subject there is one account here."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="identities", verbose_name="账号"
    )
    issuer = models.CharField("签发方", max_length=200)
    subject = models.CharField("那边的编号", max_length=255)
    at = models.DateTimeField("连上的时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "单点登录身份"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_is_one_account"),
            models.UniqueConstraint(fields=["issuer", "user"], name="identity_one_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.user}：{self.subject}"


class ClaimRule(models.Model):
    """Whose token says this is given that: a role, or the branch where they work."""

    claim = models.CharField(
        "字段", max_length=60, help_text="令牌里的字段名，如 groups、department。"
    )
    value = models.CharField(
        "值", max_length=200, help_text="字段等于它，或者字段是一串、里面有它，就算数。"
    )
    role = models.CharField(
        "角色",
        max_length=20,
        blank=True,
        choices=[(role.value, role.label) for role in Role if role not in BY_TWO],
        help_text="主编、管理员要两个人授予，不能由单点登录给。",
    )
    branch = models.ForeignKey(
        "articles.Branch",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="单位",
    )

    class Meta:
        verbose_name = verbose_name_plural = "单点登录对照"
        ordering = ["claim", "value", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role="", branch__isnull=False) | ~Q(role="") & Q(branch__isnull=True),
                name="claimrule_gives_one_thing",
                violation_error_message="角色和单位请选一样，只选一样。",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(BY_TWO)), name="claimrule_no_role_that_takes_two"
            ),
            models.UniqueConstraint(
                fields=["claim", "value", "role"],
                condition=~Q(role=""),
                name="claimrule_role_once",
                violation_error_message="这一条已经有了。",
            ),
            models.UniqueConstraint(
                fields=["claim", "value"],
                condition=Q(role=""),
                name="claimrule_one_branch",
                violation_error_message="这个值已经对着一个单位了。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} = {self.value} → {self.get_role_display() or self.branch}"
