"""编辑部人手少, 付印要领导同意: the only writer of the masthead's switches, which loosen or tighten
how an issue comes about.
"""

from typing import Any

from django.db import transaction

from . import record, spelling
from .models import Masthead, User
from .roles import Role

MAY_SWITCH = frozenset({Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
SWITCHES = SMALL_OFFICE, LEADER_AGREES = "small_office", "leader_agrees"


class NotAllowed(ValueError):
    """The message (Chinese) says why."""


def label_of(name: str) -> str:
    field: Any = Masthead._meta.get_field(name)
    return str(field.verbose_name)


def may_switch(user: User) -> bool:
    return user.has_role(*MAY_SWITCH)


def why_not(user: User, why: str, name: str = SMALL_OFFICE) -> str:
    """Why this person cannot turn the switch, in Chinese; the empty string where they can."""
    if not may_switch(user):
        return f"“{label_of(name)}”由主编或管理员打开、关上。"
    return "" if spelling.line(why) else f"打开或关上“{label_of(name)}”，请写明理由。"


@transaction.atomic
def switch(*, on: bool, by: User, why: str, name: str = SMALL_OFFICE) -> bool:
    """Turns it on or off, with a reason, in the record; False where it stood so already."""
    masthead, _ = Masthead.objects.select_for_update().get_or_create(pk=1)
    if getattr(masthead, name) == on:
        return False
    if reason := why_not(by, why, name):
        raise NotAllowed(reason)
    setattr(masthead, name, on)
    masthead.save(update_fields=[name])
    verb = f"{'打开' if on else '关上'}“{label_of(name)}”"
    record.write(verb, masthead, by=by, why=why.strip())
    return True
