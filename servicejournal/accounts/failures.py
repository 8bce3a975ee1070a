"""Tried to sign in, and not let in: in the record, and counted where there are many.

What was typed is kept only where it is the name of an account: people type their password there.
"""

from typing import Any

from .. import record
from ..models import User
from ..web import turnstile

#: Each of so many gets a row in an hour, for one account, and for all names that nobody has; then
#: one row at 5, 10, 20, 50, 100 …: a flood of a million is some twenty rows.
EACH = 3
#: Rows in one hour that name an account; beyond, accounts under attack are counted together.
NAMED = 300
_FAILED, _NAMED = "sign-in-failed", "sign-in-failed-named"
_NOBODY, _MANY, _ELSEWHERE = "nobody", "many", "elsewhere"


def failed(typed: str) -> None:
    """One more failure. Its row says how many it were in this hour."""
    user = _account(typed)
    if user is None:
        _counted_as(_NOBODY, no_account=True)
        return
    times = turnstile.count(_FAILED, str(user.pk))
    if not _is_told(times):
        return
    if turnstile.lets_through(_NAMED, "", limit=NAMED):
        by = User.objects.system()
        record.write("登录失败", user, by=by, name=user.username, times=times)
    else:
        _counted_as(_MANY, many_accounts=True)


def elsewhere(reason: str) -> None:
    """The bank's own sign-in let nobody in here; why, in the program's word."""
    _counted_as(_ELSEWHERE, single_sign_on=reason)


def _counted_as(whom: str, **what: Any) -> None:
    times, system = turnstile.count(_FAILED, whom), User.objects.system()
    if _is_told(times):
        record.write("登录失败", system, by=system, times=times, **what)


def _account(typed: str) -> User | None:
    try:
        return User.objects.get_by_natural_key(typed.replace("\x00", ""))
    except User.DoesNotExist:
        return None


def before_this(user: User) -> int:
    """How many in this hour, for the row of the sign-in that came at last."""
    return turnstile.counted(_FAILED, str(user.pk))


def _is_told(times: int) -> bool:
    """1, 2, 3, 5, 10, 20, 50, 100 …"""
    digits = str(times)
    return times <= EACH or (digits[0] in "125" and not digits[1:].strip("0"))
