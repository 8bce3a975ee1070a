"""Somebody has left (离任): what was kept about them alone goes; bylines and the record stay.

What the journal printed is its archive, and a decision stands by name: whoever held a role at the
desk keeps the name, and nothing else. Apps that stand above register what they let go.
"""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from .. import record
from ..accounts import devices, second_factor
from ..accounts.registration import NotAllowed
from ..models import User
from ..roles import STAFF, Role

LetGo = Callable[[User], dict[str, int]]
_BESIDE: list[LetGo] = []
VERB = "离任清理账号"
MAX_REASON = 300


def register(let_go: LetGo) -> None:
    """Called in the verb's transaction; gives how many of what went, for the record."""
    _BESIDE.append(let_go)


def refusal(user: User, *, by: User) -> str:
    """Why `by` may not, in a sentence with what to do first; "" where they may."""
    if not by.has_perm("servicejournal.change_user") or (user.is_superuser and not by.is_superuser):
        return "您的账号不能清理这个账号，请管理员来做。"
    if by.pk == user.pk:
        return "自己的账号要请另一位管理员清理。"
    if user.is_active:
        return f"{user}的账号还开着。请先停用，再清理。"
    if was_erased(user):
        return "这个账号已经清理过了。"
    return ""


def was_erased(user: User) -> bool:
    return record.of(user).filter(verb=VERB).exists()


def keeps_the_name(user: User) -> bool:
    """Whether decisions or rights stand in that name."""
    if user.is_superuser or any(grant.role in STAFF for grant in user.grants.all()):
        return True
    given = record.of(user).filter(verb__in=("授予角色", "同意授予角色"))
    return given.exclude(what__role=Role.CONTRIBUTOR.label).exists()


@transaction.atomic
def erase(user: User, *, by: User, why: str) -> User:
    """Raises `NotAllowed`. Takes the roles back, forgets the password, the number and how to reach
    them; what apps registered goes with it.
    """
    current = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if reason := refusal(current, by=by):
        raise NotAllowed(reason)
    why = " ".join(why.split())[:MAX_REASON]
    if not why:
        raise NotAllowed("请写明理由，比如：已离任，本人要求。")
    kept = keeps_the_name(current)
    gone = _ways_in(current)
    for let_go in _BESIDE:
        gone |= let_go(current)
    current.grants.all().delete()
    current.username = f"left-{current.pk}"
    current.name = current.name if kept else "离任人员"
    current.email = current.mobile = current.stated_branch = ""
    current.last_login = None
    current.is_superuser = False
    current.set_unusable_password()
    current.slips_made += 1  # links that are out there open nothing
    current.save()
    record.write(VERB, current, by=by, why=why, name_kept=kept, gone=gone, on=_today())
    return current


def _ways_in(user: User) -> dict[str, int]:
    """Where they sat, who they are at the bank's own sign-in, telephone, hashes of before."""
    second_factor.forget(user)
    return {
        "visits": devices.end_all(user),
        "identities": user.identities.all().delete()[0],
        "passwords": user.passwords.all().delete()[0],
    }


def _today() -> str:
    return f"{timezone.localdate():%Y-%m-%d}"
