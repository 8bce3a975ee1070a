"""The second factor: a code of six digits that a telephone shows, and ten recovery codes on paper.

Codes are django-otp's: one that was used is refused, and after a wrong one the next has to wait,
longer each time. Secrets of telephones are kept sealed, recovery codes as keyed hashes; another
SECRET_KEY makes both worthless, unless SECRET_KEY_FALLBACKS names the one before. Every verb is one
transaction and writes the record; `by=` is the actor.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice

from .. import record
from ..models import Record, Telephone, User
from ..models.telephone import Unreadable, is_current
from ..papers import qr
from ..roles import STAFF, Role
from . import devices, telling
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
    return bool(Telephone.objects.filter(user=user, confirmed=True).exists())


@dataclass(frozen=True, slots=True)
class Begun:
    """What a telephone is told: a picture for its camera, or the same in letters to type."""

    code: str
    secret: str


def begun(user: User) -> Begun:
    """What was begun and not finished, or a new one; nothing is demanded of it yet."""
    waiting = Telephone.objects.filter(user=user, confirmed=False).first()
    if waiting is not None and not _opens(waiting):
        waiting.delete()
        waiting = None
    device = waiting or Telephone.objects.create(user=user, name=BY_PHONE, confirmed=False)
    url = device.config_url
    secret = url.partition("secret=")[2].partition("&")[0]
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return Begun(qr.code_of(url), " ".join(groups))


@transaction.atomic
def enrol(user: User, code: str, *, by: User) -> list[str]:
    """The telephone shows what it should: from now on it is asked. Gives the recovery codes, which
    nobody sees again; [] where the code is wrong.
    """
    waiting = Telephone.objects.select_for_update().filter(user=user, confirmed=False).first()
    if waiting is None or not _shows(waiting, _plain(code)):
        return []
    Telephone.objects.filter(user=user, confirmed=True).delete()
    waiting.confirmed = True
    waiting.save(update_fields=["confirmed"])
    record.write("启用动态口令", user, by=by)
    telling.of_a_change(user, "动态口令绑定了一部手机")
    return _new_codes(user)


@transaction.atomic
def renew_codes(user: User, *, by: User) -> list[str]:
    """New recovery codes in place of all before."""
    record.write("更换恢复码", user, by=by)
    telling.of_a_change(user, "恢复码换了")
    return _new_codes(user)


def _new_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name=BY_PAPER)
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(_CODES)]
    for code in codes:
        paper.token_set.create(token=_digests(code)[0])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def codes_left(user: User) -> int:
    papers = StaticDevice.objects.filter(user=user)
    return sum(paper.token_set.count() for paper in papers)


@transaction.atomic
def proof(user: User, code: str) -> str:
    """What the code is, `BY_PHONE` or `BY_PAPER`; "" where it is wrong or was used."""
    plain = _plain(code)
    if plain.isdecimal():
        phones = Telephone.objects.select_for_update().filter(user=user, confirmed=True)
        return BY_PHONE if any(_shows(each, plain) for each in phones) else ""
    papers = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True)
    digests = _digests(plain)
    return BY_PAPER if any(_holds(each, digests) for each in papers) else ""


def is_unreadable(user: User) -> bool:
    """SECRET_KEY is another than when the telephone was enrolled: no code of it can be right."""
    phones = Telephone.objects.filter(user=user, confirmed=True)
    return any(not _opens(each) for each in phones)


def unreadable() -> int:
    """Telephones that show codes which nobody here can check."""
    return sum(not _opens(each) for each in Telephone.objects.filter(confirmed=True))


def seal_anew() -> int:
    """What an earlier SECRET_KEY sealed, under today's: then that one can go. How many."""
    done = 0
    for pk in Telephone.objects.values_list("pk", flat=True):
        with transaction.atomic():
            phone = Telephone.objects.select_for_update().filter(pk=pk).first()
            is_old = phone is not None and not is_current(phone.key, account=phone.user_id)
            if phone is not None and is_old and _opens(phone):
                phone.save(update_fields=["key"])
                done += 1
    return done


def _opens(phone: Telephone) -> bool:
    try:
        return bool(phone.bin_key)
    except Unreadable:
        return False


def _shows(phone: Telephone, code: str) -> bool:
    return _opens(phone) and bool(phone.verify_token(code))


def _holds(paper: StaticDevice, digests: list[str]) -> bool:
    """One guess, however many keys it is tried with."""
    kept = set(paper.token_set.filter(token__in=digests).values_list("token", flat=True))
    return bool(paper.verify_token(next((each for each in digests if each in kept), digests[0])))


def seconds_to_wait(user: User, *, confirmed: bool = True) -> int:
    """After wrong codes the next is not looked at for so long."""
    waits = [0]
    for model in (Telephone, StaticDevice):
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
    telling.of_a_change(user, "动态口令关闭了")


def forget(user: User) -> None:
    """Telephone and recovery codes; whose verb it is records it."""
    Telephone.objects.filter(user=user).delete()
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


def _digests(code: str) -> list[str]:
    """Under today's key, then under those before. Sixteen characters: what the table of django-otp
    has room for.
    """
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    salt = "servicejournal.recovery-code"
    return [salted_hmac(salt, code, secret=key).hexdigest()[:16] for key in keys]
