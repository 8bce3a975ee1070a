"""How people come to an account, and who says that they are who they say.

The only writer of the confirmation and, with the admin, of who works where. Every verb is one
transaction and writes the record; `by=` is the actor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from .. import record
from ..models import Record, RoleGrant, User
from ..models.user import BESIDE
from ..roles import Role
from . import telling

_ENROLLED = "按名单开通账号"


class NotAllowed(Exception):
    """The actor may not do it; the message (Chinese) says why."""


class Taken(ValueError):
    """There is an account of that staff number already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of somebody; `branch` is an `articles.Branch` or None."""

    staff_number: str
    name: str
    branch: Any = None
    stated_branch: str = ""
    mobile: str = ""
    email: str = ""

    def account(self, password: str | None) -> User:
        """Not saved. Without a password nobody can sign in before setting one by a link."""
        user = User(
            username=self.staff_number,
            name=self.name,
            branch=self.branch,
            stated_branch=self.stated_branch,
            mobile=self.mobile,
            email=self.email,
        )
        user.set_password(password)
        return user


@transaction.atomic
def register(person: Person, *, password: str) -> User:
    """Somebody makes their own account: a contributor's, 待核实.

    Where the staff number has an account, another is made beside it, and whoever registers sees no
    difference: a form that anybody may fill in tells nobody who has an account here. The editor
    who confirms sees both.
    """
    user = person.account(password)
    user.self_registered = True
    owner = User.objects.filter(username__iexact=person.staff_number).first()
    if owner is not None or not _is_saved(user):
        _save_beside(user, person.staff_number)
    RoleGrant.objects.create(user=user, role=Role.CONTRIBUTOR)
    record.write("注册账号", user, by=user)
    if owner is not None:
        record.write("工号又被注册", owner, by=user)
    return user


def _is_saved(user: User) -> bool:
    """False where somebody else came first."""
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        user.pk = None
        return False
    return True


def _save_beside(user: User, number: str) -> None:
    """As 204418+2: a mark that no staff number has."""
    for after in count(2):
        user.username = f"{number}{BESIDE}{after}"
        if not User.objects.filter(username=user.username).exists() and _is_saved(user):
            return


@transaction.atomic
def enrol(people: Iterable[Person], *, by: User, list_id: str) -> list[User]:
    """Makes the accounts of a list that an editor answers for, without passwords.

    All or none: raises `Taken` where one of the staff numbers has an account by now.
    """
    _must(by, "enrol_user", "您的账号不能按名单开通账号。")
    try:
        with transaction.atomic():
            users = User.objects.bulk_create(person.account(None) for person in people)
    except IntegrityError as error:
        raise Taken from error
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=Role.CONTRIBUTOR, granted_by=by) for user in users
    )
    for user in users:
        record.write(_ENROLLED, user, by=by, list=list_id)
    return users


def enrolled(list_id: str) -> QuerySet[User]:
    """The accounts that a list made."""
    made = Record.objects.filter(
        subject_type=User._meta.label_lower, verb=_ENROLLED, what__list=list_id
    )
    return User.objects.filter(pk__in=made.values("subject_pk"))


@transaction.atomic
def confirm(user: User, *, by: User, branch: Any = None) -> bool:
    """An editor says that this is who they say; False where somebody said so before.

    `branch` corrects or fills in where they work.
    """
    _must(by, "confirm_user", "您的账号不能核实别人的账号。")
    current = _locked(user)
    if by.pk == current.pk:
        raise NotAllowed("自己的账号要请另一位编辑核实。")
    if not current.is_unconfirmed:
        return False
    current.confirmed_at, current.confirmed_by = timezone.now(), by
    current.branch = branch or current.branch
    current.save(update_fields=["confirmed_at", "confirmed_by", "branch"])
    record.write("核实账号", current, by=by, branch=_name(current.branch))
    return True


@transaction.atomic
def take_back(user: User, *, by: User) -> bool:
    """Takes a confirmation back: 待核实 again. False where there is none."""
    _must(by, "confirm_user", "您的账号不能撤回核实。")
    current = _locked(user)
    if not current.self_registered or current.confirmed_at is None:
        return False
    current.confirmed_at = current.confirmed_by = None
    current.save(update_fields=["confirmed_at", "confirmed_by"])
    record.write("撤回核实", current, by=by)
    return True


@transaction.atomic
def close(user: User, *, by: User) -> bool:
    """Somebody is not who they say: signs them out for good. False where that was done before."""
    return _set_open(user, False, by=by, verb="停用未核实的账号")


@transaction.atomic
def reopen(user: User, *, by: User) -> bool:
    """Takes `close` back: 待核实 again."""
    return _set_open(user, True, by=by, verb="重新启用账号")


def _set_open(user: User, is_open: bool, *, by: User, verb: str) -> bool:
    _must(by, "confirm_user", "您的账号不能停用别人的账号。")
    current = _locked(user)
    if not current.is_unconfirmed:
        raise NotAllowed("核实过的账号由管理员停用和启用。")
    if current.is_active == is_open:
        return False
    current.is_active = is_open
    current.save(update_fields=["is_active"])
    record.write(verb, current, by=by)
    return True


@transaction.atomic
def correct(user: User, *, by: User, **facts: Any) -> User:
    """Somebody changes what they said of themselves: `name`, `branch`, `mobile`, `email`.

    The name is fixed once an editor answered for it. Another branch does not undo that: people are
    moved; the record keeps where they were.
    """
    current = _locked(user)
    if not current.is_unconfirmed and facts.get("name", current.name) != current.name:
        raise NotAllowed("姓名已经核实，要改请联系编辑部。")
    changed = {name: value for name, value in facts.items() if getattr(current, name) != value}
    if not changed:
        return current
    before = {name: _name(getattr(current, name)) for name in changed}
    for name, value in changed.items():
        setattr(current, name, value)
    current.save(update_fields=list(changed))
    record.write("修改个人资料", current, by=by, before=before)
    if before.get("email"):
        telling.of_a_change(current, "邮箱换了", to=before["email"])
    return current


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("branch").get(pk=user.pk)


def _must(by: User, permission: str, sentence: str) -> None:
    if not by.has_perm(f"servicejournal.{permission}"):
        raise NotAllowed(sentence)


def _name(value: Any) -> str:
    return "" if value is None else str(value)
