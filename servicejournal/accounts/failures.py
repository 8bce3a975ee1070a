"""Tried to sign in, and not let in: in the record, and counted where there are many.

What was typed is kept only where it is the name of an account: people type their password there.
"""

from .. import record
from ..models import Record, User
from ..web import turnstile

#: Each of so many gets a row in an hour, for one account, and for all names that nobody has; then
#: one row at twice, five times, ten times as many: a flood of millions is a dozen rows.
EACH = 3
#: Accounts under attack that get rows of their own in one hour.
ACCOUNTS = 100
_GATE, _ACCOUNTS_GATE = "sign-in-failed", "sign-in-failed-accounts"
_NOBODY = "nobody"


def failed(typed: str) -> None:
    """One more failure. The row says how many it were in this hour."""
    user = _account(typed)
    times = turnstile.count(_GATE, str(user.pk) if user else _NOBODY)
    if not _is_told(times):
        return
    if user and times == 1 and turnstile.count(_ACCOUNTS_GATE, "") > ACCOUNTS:
        user, times = None, turnstile.count(_GATE, _NOBODY)
        if not _is_told(times):
            return
    _write(user, times)


def _write(user: User | None, times: int) -> Record:
    system = User.objects.system()
    if user is None:
        return record.write("登录失败", system, by=system, no_account=True, times=times)
    return record.write("登录失败", user, by=system, name=user.username, times=times)


def _account(typed: str) -> User | None:
    name = typed.replace("\x00", "")
    try:
        return User.objects.get_by_natural_key(name)
    except User.DoesNotExist:
        return None


def before_this(user: User) -> int:
    """How many in this hour, for the row of the sign-in that came at last."""
    return turnstile.counted(_GATE, str(user.pk))


def _is_told(times: int) -> bool:
    """1, 2, 3, 5, 10, 20, 50, 100 …"""
    if times <= EACH:
        return True
    digits = str(times)
    return digits[0] in "125" and set(digits[1:]) <= {"0"}
