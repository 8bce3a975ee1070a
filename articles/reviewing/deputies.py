"""指定代行: somebody makes the reviews of a stage, or stands in for the chief, for some days.

The only writer of `Deputy`. A deputy has that and no more, and never a text of their own.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from servicejournal import record, spelling
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from .. import letters
from ..models import Deputy, Review
from ..models.deputy import LONGEST
from . import staffing

#: Who appoints; an administrator's appointment is told to the chief editors.
MAY_GRANT = frozenset({Role.CHIEF_EDITOR, Role.ADMINISTRATOR})
#: Duty → the roles whose it is.
ROLES = {
    Deputy.Duty.SECOND: staffing.ROLES[Review.Stage.SECOND],
    Deputy.Duty.FINAL: staffing.ROLES[Review.Stage.FINAL],
    Deputy.Duty.CHIEF: frozenset({Role.CHIEF_EDITOR}),
}
GRANTED = "指定代行"
REVOKED = "收回代行"


class NotAllowed(ValueError):
    """It does not fit the person or the days; the message (Chinese) says why."""


def may_grant(user: User) -> bool:
    return user.has_role(*MAY_GRANT)


def who_may_grant() -> QuerySet[User]:
    people = User.objects.filter(is_active=True, grants__role__in=MAY_GRANT)
    return people.distinct().order_by("name", "pk")


@transaction.atomic
def grant(user: User, stage: str, *, starts: date, ends: date, by: User, why: str) -> Deputy:
    """`user` has the duty from `starts` to `ends`, both included.

    Told to the deputy, to those whose duty it is and to the chief editors. Raises
    `NotAllowed`.
    """
    # Two appointments of one person at once: the second sees the first.
    locked = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    stage, why = str(stage), spelling.line(why)
    if reason := why_not(locked, stage, starts=starts, ends=ends, by=by, why=why):
        raise NotAllowed(reason)
    deputy = Deputy.objects.create(
        user=locked, stage=stage, starts=starts, ends=ends, granted_by=by, why=why
    )
    record.write(GRANTED, deputy, by=by, why=why, **_told(deputy))
    letters.deputy_granted(deputy, to=_concerned(deputy, by=by))
    return deputy


def why_not(user: User, stage: str, *, starts: date, ends: date, by: User, why: str) -> str:
    """Why this cannot be granted, in Chinese; the empty string where it can."""
    if not may_grant(by):
        return "代行由主编或管理员指定，您的角色不能指定。"
    if user.pk == by.pk:
        return "不能指定自己，请另一位主编或管理员来指定。"
    if stage not in ROLES:
        return "初审每位编辑都能做，不用指定代行。"
    if not user.has_role(*EDITORIAL):
        return f"{user}没有编辑的角色，看不到稿件。请管理员先给编辑的角色，再指定代行。"
    duty = Deputy.Duty(stage)
    if user.has_role(*ROLES[duty]):
        what = "是" if duty == Deputy.Duty.CHIEF else "能"
        return f"{user}本来就{what}{duty.label}，不用指定代行。"
    if duty == Deputy.Duty.CHIEF and not user.has_role(Role.SENIOR_EDITOR):
        return f"代行主编要请副主编。请管理员先给{user}副主编的角色，再指定代行。"
    return _why_not_days(user, stage, starts, ends) or ("" if why else "请写明理由。")


def _why_not_days(user: User, stage: str, starts: date, ends: date) -> str:
    if ends < starts:
        return "“到”在“从”之前，请改日期。"
    if ends < timezone.localdate():
        return "这几天已经过去了，请改日期。"
    if starts < timezone.localdate():
        return "“从”最早是今天，请改日期。"
    if starts - timezone.localdate() > timedelta(days=LONGEST):
        return f"“从”最晚是今天起 {LONGEST} 天以内，请改日期。"
    if ends - starts >= timedelta(days=LONGEST):
        return f"一次最多指定 {LONGEST} 天，到期前可以再指定。"
    there = Deputy.objects.of(user).filter(stage=stage, revoked_at=None)
    if same := there.filter(starts__lte=ends, ends__gte=starts).first():
        return f"已经指定过：{same}。日期不对，请先收回再指定。"
    return ""


@transaction.atomic
def revoke(deputy: Deputy, *, by: User, why: str) -> Deputy:
    """收回: from now on, before its last day. What was decided meanwhile stands.

    By whoever may appoint, or by the deputy. Raises `NotAllowed`.
    """
    current = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    why = spelling.line(why)
    if not may_grant(by) and by.pk != current.user_id:
        raise NotAllowed("代行由主编或管理员收回，您的角色不能收回。")
    if current.is_over:
        raise NotAllowed("这一项代行已经结束，不用收回。")
    if not why:
        raise NotAllowed("请写明收回的理由。")
    current.revoked_by, current.revoked_at, current.revoked_why = by, timezone.now(), why
    current.save(update_fields=["revoked_by", "revoked_at", "revoked_why"])
    record.write(REVOKED, current, by=by, why=why, **_told(current))
    letters.deputy_revoked(current, to=_concerned(current, by=by))
    return current


def _told(deputy: Deputy) -> dict[str, str]:
    """For the record, which holds no keys that may go."""
    days = {"starts": f"{deputy.starts:%Y-%m-%d}", "ends": f"{deputy.ends:%Y-%m-%d}"}
    return {"deputy": deputy.user.name, "stage": deputy.stage, **days}


def _concerned(deputy: Deputy, *, by: User) -> list[User]:
    """The deputy, whom they stand in for, and the chief editors; not who did it."""
    roles = {*ROLES[Deputy.Duty(deputy.stage)], Role.CHIEF_EDITOR}
    holders = User.objects.filter(is_active=True, grants__role__in=roles).distinct()
    people = {user.pk: user for user in [deputy.user, *holders.order_by("pk")]}
    return [user for user in people.values() if user.pk != by.pk]
