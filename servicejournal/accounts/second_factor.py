"""The second factor: a code of six digits that a telephone shows, and ten recovery codes on paper.

Codes are django-otp's: one that was used is refused, and after a wrong one the next has to wait,
longer each time. Recovery codes are kept as keyed hashes. Every verb is one transaction and writes
the record; `by=` is the actor.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .. import record
from ..models import Record, User
from ..papers import qr
from ..roles import STAFF, Role
from . import devices
from .registration import NotAllowed

_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
#: In the record, and on the page of who has to begin again.
RESET = "重置动态口令"
BY_PHONE, BY_PAPER = "动态口令", "恢复码"


def demanded_of(user: User) -> bool:
    if settings.SECOND_FACTOR == "nobody":
        return False
    if settings.SECOND_FACTOR == "staff":
        return user.is_superuser or user.has_role(*map(Role, STAFF))
    return user.is_superuser or user.has_role(Role.CHIEF_EDITOR, Role.ADMINISTRATOR)


def is_on(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


@dataclass(frozen=True, slots=True)
class Begun:
    """What a telephone is told: a picture for its camera, or the same in letters to type."""

    code: str
    secret: str


def begun(user: User) -> Begun:
    """What was begun and not finished, or a new one; nothing is demanded of it yet."""
    waiting = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    device = waiting or TOTPDevice.objects.create(user=user, name=BY_PHONE, confirmed=False)
    url = device.config_url
    secret = url.partition("secret=")[2].partition("&")[0]
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return Begun(qr.code_of(url), " ".join(groups))


@transaction.atomic
def enrol(user: User, code: str, *, by: User) -> list[str]:
    """The telephone shows what it should: from now on it is asked. Gives the recovery codes, which
    nobody sees again; [] where the code is wrong.
    """
    waiting = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if waiting is None or not waiting.verify_token(_plain(code)):
        return []
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    waiting.confirmed = True
    waiting.save(update_fields=["confirmed"])
    record.write("启用动态口令", user, by=by)
    return _new_codes(user)


@transaction.atomic
def renew_codes(user: User, *, by: User) -> list[str]:
    """New recovery codes in place of all before."""
    record.write("更换恢复码", user, by=by)
    return _new_codes(user)


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name=BY_PAPER)
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(_CODES)]
    for code in codes:
        paper.token_set.create(token=_digest(code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user: User) -> int:
    papers = StaticDevice.objects.filter(user=user)
    return sum(paper.token_set.count() for paper in papers)


@transaction.atomic
def proof(user: User, code: str) -> str:
    """What the code is, `BY_PHONE` or `BY_PAPER`; "" where it is wrong or was used."""
    plain = _plain(code)
    if plain.isdecimal():
        phones = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
        return BY_PHONE if any(each.verify_token(plain) for each in phones) else ""
    papers = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True)
    return BY_PAPER if any(each.verify_token(_digest(plain)) for each in papers) else ""


def seconds_to_wait(user: User, *, confirmed: bool = True) -> int:
    """After wrong codes the next is not looked at for so long."""
    waits = [0]
    for model in (TOTPDevice, StaticDevice):
        for device in model.objects.filter(user=user, confirmed=confirmed):
            allowed, why = device.verify_is_allowed()
            if not allowed and why:
                until = why["locked_until"]
                waits.append(int((until - timezone.now()).total_seconds()) + 1)
    return max(waits)


@transaction.atomic
def reset(user: User, *, by: User, why: str) -> None:
    """Whose telephone is lost begins again at the next sign-in; a second person sees to it.

    Signs the account out everywhere. Raises `NotAllowed`.
    """
    if not by.has_perm("servicejournal.change_user"):
        raise NotAllowed("您的账号不能重置别人的动态口令，请管理员来做。")
    if by.pk == user.pk:
        raise NotAllowed("自己的动态口令要请另一位管理员重置；手机还在的话，用恢复码登录后自己换。")
    if user.is_superuser and not by.is_superuser:
        raise NotAllowed(f"{user}是系统管理员，请另一位系统管理员来重置。")
    if not why.strip():
        raise NotAllowed("请写明怎样核对了本人，如：当面、回拨通讯录上的电话。")
    if not is_on(user):
        raise NotAllowed(f"{user}没有启用动态口令，不用重置。")
    forget(user)
    devices.end_all(user)
    record.write(RESET, user, by=by, why=why.strip()[:300])


@transaction.atomic
def turn_off(user: User, *, by: User) -> None:
    """One's own, where nobody demands it. Raises `NotAllowed`."""
    if demanded_of(user):
        raise NotAllowed("您的角色必须用动态口令，不能关闭；换手机请点“换一部手机”。")
    forget(user)
    record.write("关闭动态口令", user, by=by)


def forget(user: User) -> None:
    """Telephone and recovery codes; whose verb it is records it."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def last_reset(user: User) -> Record | None:
    """Told to its owner, who has to begin again, where nothing was begun since."""
    rows = record.of(user).filter(verb__in=[RESET, "启用动态口令", "关闭动态口令"])
    newest = rows.first()
    return newest if newest is not None and newest.verb == RESET else None


def _plain(typed: str) -> str:
    """As it was meant: half width, without spaces and hyphens."""
    folded = unicodedata.normalize("NFKC", typed).lower()
    return "".join(mark for mark in folded if mark.isalnum() and mark.isascii())[:20]


def _digest(code: str) -> str:
    """Sixteen characters: what the table of django-otp has room for."""
    return salted_hmac("servicejournal.recovery-code", code).hexdigest()[:16]
