"""编辑部人手少: the only writer of the switch that lets one person make two of three reviews."""

from django.db import transaction

from . import record, spelling
from .models import Masthead, User
from .roles import Role

MAY_SWITCH = frozenset({Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
_LABEL = Masthead._meta.get_field("small_office").verbose_name


class NotAllowed(ValueError):
    """The message (Chinese) says why."""


def may_switch(user: User) -> bool:
    return user.has_role(*MAY_SWITCH)


def why_not(user: User, why: str) -> str:
    """Why this person cannot turn the switch, in Chinese; the empty string where they can."""
    if not may_switch(user):
        return f"“{_LABEL}”由主编或管理员打开、关上。"
    return "" if spelling.line(why) else f"打开或关上“{_LABEL}”，请写明理由。"


@transaction.atomic
def switch(*, on: bool, by: User, why: str) -> bool:
    """Turns it on or off, with a reason, in the record; False where it stood so already."""
    masthead, _ = Masthead.objects.select_for_update().get_or_create(pk=1)
    if masthead.small_office == on:
        return False
    if reason := why_not(by, why):
        raise NotAllowed(reason)
    masthead.small_office = on
    masthead.save(update_fields=["small_office"])
    record.write(f"{'打开' if on else '关上'}“{_LABEL}”", masthead, by=by, why=why.strip())
    return True
