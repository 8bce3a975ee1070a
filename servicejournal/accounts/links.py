"""One-time links to set a password, as an editor hands them out on slips of paper.

Django's own tokens: never stored, void once the password was set or somebody signed in, and after
PASSWORD_RESET_TIMEOUT; those that go by mail after MAILED_LINK_HOURS. Links name the site's own
address (`web.site`), whatever host a request claims.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from .. import record
from ..certain import certain
from ..models import User
from ..papers import qr
from ..roles import STAFF
from ..web import site
from .granting import COMMAND_LINE
from .registration import NotAllowed

#: Slips that are made at one go; drawing their codes takes about 5 ms each.
MAX_SLIPS = 100


class LinkTokens(PasswordResetTokenGenerator):
    """Void also when a newer slip is made, and when the account gets another role or is closed.

    Else an editor could make a link for a contributor, wait until that account becomes an
    administrator's, and take it over.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        roles = ",".join(sorted(user.roles))
        state = f"{roles}|{user.is_superuser}|{user.is_active}|{user.slips_made}"
        return f"{super()._make_hash_value(user, timestamp)}|{state}"


class MailTokens(LinkTokens):
    """Of letters, which lie in mail boxes that others open too: a day."""

    key_salt = "servicejournal.accounts.links.MailTokens"

    def check_token(self, user: Any, token: str | None) -> bool:
        if not super().check_token(user, token):
            return False
        made = base36_to_int(certain(token, "a token that was checked").partition("-")[0])
        age = self._num_seconds(self._now()) - made
        return bool(age <= settings.MAILED_LINK_HOURS * 3600)


class EitherTokens:
    """What the page behind a link asks: whichever way the link came."""

    def check_token(self, user: Any, token: str | None) -> bool:
        return tokens.check_token(user, token) or mailed.check_token(user, token)


tokens, mailed, either = LinkTokens(), MailTokens(), EitherTokens()


@dataclass(frozen=True, slots=True)
class Slip:
    user: User
    url: str
    code: str  # the address as a QR code: a data: URI for an <img>
    until: datetime


def refusal(user: User, *, by: User) -> str:
    """Why `by` may not have a link for that account, in a sentence; "" where they may."""
    if not by.has_perm("servicejournal.invite_user"):
        return "您的账号不能生成设密码链接。"
    if not user.is_active:
        return f"{user}的账号已经停用，先启用才能生成链接。"
    if user.is_superuser and not by.is_superuser:
        return f"{user}是系统管理员，不能用链接设密码。"
    if user.roles & STAFF and not by.has_perm("servicejournal.change_user"):
        return f"{user}在编辑部有角色，链接要请管理员来生成。"
    return ""


@transaction.atomic
def make(
    users: Iterable[User], *, by: User, absolute: Callable[[str], str] = site.absolute
) -> list[Slip]:
    """A link for each, all or none, in place of any before; the record says who made them for whom.

    `absolute` makes a full address of a path. Raises `NotAllowed`.
    """
    accounts = list(users)
    if len(accounts) > MAX_SLIPS:
        raise NotAllowed(f"一次最多生成 {MAX_SLIPS} 张，请分几次选。")
    if refused := next(filter(None, (refusal(each, by=by) for each in accounts)), ""):
        raise NotAllowed(refused)
    return [_made(user, by=by, absolute=absolute) for user in accounts]


def make_at_the_command_line(user: User, *, absolute: Callable[[str], str]) -> Slip:
    """For the first accounts, when there is nobody yet who could hand out a link."""
    return _made(user, by=COMMAND_LINE, absolute=absolute)


@transaction.atomic
def _made(user: User, *, by: User | str, absolute: Callable[[str], str]) -> Slip:
    user.slips_made += 1
    user.save(update_fields=["slips_made"])
    record.write("生成设密码链接", user, by=by)
    return _slip(user, absolute)


def _slip(user: User, absolute: Callable[[str], str]) -> Slip:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    url = absolute(reverse("set_password", args=[uid, tokens.make_token(user)]))
    code = qr.code_of(url)
    return Slip(
        user, url, code, timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    )
