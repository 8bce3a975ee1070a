"""From a right password to being signed in: whatever is asked for besides comes before, so that
nobody is half in. What is still to do is in the session of a browser that is signed in as nobody.
"""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from .. import record
from ..models import User
from ..web import visits
from . import failures, guessing, passwords, second_factor, telling

_HALF = "entering"
_PROVED = "proved-at"
#: Seconds in which the rest must be done; then one begins anew.
_PATIENCE = 15 * 60
_BACKEND = "servicejournal.backends.RoleBackend"
#: The pages of what is still to do, in their order.
CODE, PASSWORD, ENROL = "login_code", "login_password", "login_enrol"


def begin(
    request: HttpRequest,
    user: User,
    *,
    onward: str,
    proved: str = "",
    needs_no_password: bool = False,
    **told: Any,
) -> HttpResponse:
    """Somebody showed who they are. `proved`: by which second factor, where the bank's own sign-in
    asked for one. `told` goes into the row of the record.
    """
    request.session.cycle_key()
    request.session[_HALF] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "at": int(time.time()),
        "onward": onward,
        "proved": proved,
        "needs_no_password": needs_no_password,
        "told": told,
    }
    return go_on(request)


def go_on(request: HttpRequest) -> HttpResponse:
    """To what is still to do, or in."""
    user = who(request)
    if user is None:
        return redirect("login")
    half = request.session[_HALF]
    if to_do := _to_do(user, half):
        return redirect(to_do)
    return redirect(finish(request, user))


def who(request: HttpRequest, *, for_: str = "") -> User | None:
    """Whose password was right, where the rest is still to be done: `for_` this page."""
    half = request.session.get(_HALF)
    if not half or half["at"] < time.time() - _PATIENCE:
        return None
    user = User.objects.filter(pk=half["user"], is_active=True).first()
    if user is None or not constant_time_compare(half["hash"], user.get_session_auth_hash()):
        return None
    return user if for_ in ("", _to_do(user, half)) else None


def _to_do(user: User, half: dict[str, Any]) -> str:
    if not half["proved"] and second_factor.is_on(user):
        return CODE
    if not half["needs_no_password"] and passwords.due(user):
        return PASSWORD
    if not half["proved"] and second_factor.demanded_of(user):
        return ENROL
    return ""


def proved(request: HttpRequest, *, by: str) -> None:
    """The second factor was right."""
    request.session[_HALF] = {**request.session[_HALF], "proved": by}


def has_new_password(request: HttpRequest, user: User) -> None:
    """What was begun with the old one goes on."""
    half = {**request.session[_HALF], "hash": user.get_session_auth_hash()}
    request.session[_HALF] = half


def let_in(request: HttpRequest, user: User) -> None:
    """Signs in; whoever calls has made sure who it is, and says so in the record."""
    visits.begins(request.session)
    login(request, user, backend=_BACKEND)


def finish(request: HttpRequest, user: User) -> str:
    """Signs in, in the record; gives the address where one wanted to go."""
    half = request.session.pop(_HALF)
    let_in(request, user)
    guessing.forget(user, guessing.address_of(request))
    what: dict[str, Any] = dict(half["told"])
    if half["proved"]:
        request.session[_PROVED] = int(time.time())
        what["factor"] = half["proved"]
    if failures_before := failures.before_this(user):
        what["failures_before"] = failures_before
    telling.of_a_sign_in(user, telling.odd_about(user, failures_before=failures_before))
    record.write("登录", user, by=user, **what)
    onward: str = half["onward"]
    return onward


def proves_again(request: HttpRequest) -> None:
    request.session[_PROVED] = int(time.time())


def is_proof_old(request: HttpRequest, user: User) -> bool:
    """Before what weighs much: whoever has a second factor shows it again after a while."""
    at = request.session.get(_PROVED, 0)
    if at > time.time() - settings.SECOND_FACTOR_MINUTES * 60:
        return False
    return second_factor.is_on(user)
