"""The first accounts of a new installation: somebody who administers, and the chief editor."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from .. import record, spelling
from ..models import User
from ..roles import STAFF, Role
from . import granting, links
from .granting import COMMAND_LINE
from .registration import NotAllowed


@dataclass(frozen=True, slots=True)
class Beginner:
    """Somebody as typed; `role` is what they are given."""

    username: str
    name: str
    role: Role


def why_not() -> str:
    """Why this is no new installation, in Chinese; "" where it is one."""
    if User.objects.with_role(*STAFF).exists():
        return (
            "已经有人在编辑部有角色了，第一批账号只建一次。"
            "增加账号请在后台“账号”里做；没有人进得去，用 manage.py grant_role 授予角色。"
        )
    return ""


@transaction.atomic
def make(people: list[Beginner], *, absolute: Callable[[str], str]) -> list[links.Slip]:
    """Accounts with their roles, and a one-time link each to set the password: all or none.

    Nobody types a password where others may look on, and none stays in a shell's history. Raises
    `NotAllowed`.
    """
    if refused := why_not():
        raise NotAllowed(refused)
    return [links.make_at_the_command_line(_made(each), absolute=absolute) for each in people]


def _made(person: Beginner) -> User:
    try:
        username, name = spelling.username(person.username), spelling.name(person.name)
    except ValidationError as refusal:
        raise NotAllowed(" ".join(refusal.messages)) from refusal
    if not username:
        raise NotAllowed("请写用户名（工号）。")
    if User.objects.filter(username=username).exists():
        raise NotAllowed(f"用户名“{username}”已经有账号了，请换一个。")
    user = User.objects.create_user(username, name=name)
    record.write("建立账号", user, by=COMMAND_LINE)
    granting.grant_at_the_command_line(user, person.role, why="新装系统的第一批账号")
    return user
