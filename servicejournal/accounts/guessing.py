"""Guesses of passwords and codes: few in an hour against one account from one address, and few from
one address in all, counted in the database by django-axes, so that all processes count alike.

Account and address together, so that nobody shuts the owner out from elsewhere. A guess is counted
before it is looked at: many at once are no more guesses than one after the other. What was typed is
not kept (`failures`).

Registering looks at a password where the staff number has an account. That is a guess against the
account, and a few an hour from one address are looked at; but nobody who registers uses up what the
address may guess at the sign-in page, whether the number was free or not: a bank that comes from
one address registers as it likes, and the sign-in page tells nobody which numbers are taken.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .. import record, spelling
from ..models import User
from ..web import turnstile, whereabouts
from . import telling
from .registration import NotAllowed

HOUR = timedelta(hours=1)
_NOBODYS = "?"
#: Where a guess was made, in its row: by registering, or (empty) anywhere else.
REGISTERING = "register"


def name_of(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whom a guess is against: a user name, or a keyed hash of what is the name of nobody."""
    typed = str((credentials or {}).get("username") or "").replace("\x00", "")
    try:
        return User.objects.get_by_natural_key(typed).username
    except User.DoesNotExist:
        spelt = spelling.username(typed)
        return _NOBODYS + salted_hmac("servicejournal.guessing", spelt).hexdigest()[:32]


def address_of(request: HttpRequest) -> str:
    """One for all who come without, as by a Unix socket: NULL would never be twice the same."""
    return whereabouts.address() or "::"


class Gate(AxesStandaloneBackend):  # type: ignore[misc]  # axes brings no types
    """Lets nobody in. Shut, it keeps the others from looking at the password."""

    def authenticate(
        self, request: Any, username: Any = None, password: Any = None, **kwargs: Any
    ) -> None:
        super().authenticate(request, username=username, password=password, **kwargs)
        name, where = name_of(request, {"username": username}), getattr(request, "guessed_by", "")
        if not count(name, address_of(request), where):
            request.axes_locked_out = True
            raise AxesBackendPermissionDenied("too many guesses")


class Handler(AxesDatabaseHandler):  # type: ignore[misc]  # axes brings no types
    def is_locked(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        where = getattr(request, "guessed_by", "")
        return shut_until(name_of(request, credentials), request.axes_ip_address, where) is not None

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """The gate has counted it. Who has none left is told so at once."""
        name, where = name_of(request, credentials), getattr(request, "guessed_by", "")
        if request is not None and shut_until(name, request.axes_ip_address, where):
            _note(name, already=request.axes_locked_out)
            request.axes_locked_out, request.axes_credentials = True, credentials


def _note(name: str, *, already: bool) -> None:
    """In the record once, where the last guess was taken."""
    user = User.objects.filter(username=name).first()
    if user is not None and not already:
        record.write("暂停登录", user, by=User.objects.system())
        telling.of_guesses(user)


@transaction.atomic
def count(name: str, address: str, where: str = "") -> bool:
    """One more; False, and nothing counted, where there were enough."""
    now = timezone.now()
    row, is_first = AccessAttempt.objects.select_for_update().get_or_create(
        username=name,
        ip_address=address,
        user_agent=where,
        defaults={"failures_since_start": 1, "attempt_time": now},
    )
    if is_first:
        return True
    before = row.failures_since_start if row.attempt_time > now - HOUR else 0
    if before >= settings.GUESSES_PER_ACCOUNT:
        return False
    row.failures_since_start, row.attempt_time = before + 1, now
    row.save(update_fields=["failures_since_start", "attempt_time"])
    return True


def shut_until(name: str, address: str, where: str = "") -> datetime | None:
    """When the next guess is taken; None where it is now.

    Many addresses against one account: it stays open to those from which its owner signed in.
    """
    lately = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - HOUR)
    here = lately.filter(ip_address=address)
    found = [
        _shut_until(here.filter(username=name), settings.GUESSES_PER_ACCOUNT),
    ]
    if where != REGISTERING:  # those have a number of their own: `_while_registering`
        not_registering = here.exclude(user_agent=REGISTERING)
        found.append(_shut_until(not_registering, at_the_door()))
    anywhere = _shut_until(lately.filter(username=name), settings.GUESSES_PER_ADDRESS)
    if anywhere and not _is_known(name, address):
        found.append(anywhere)
    return max(filter(None, found), default=None)


def at_the_door() -> int:
    """Guesses an hour that an address has by signing in; the fifth that is left, by registering."""
    return int(settings.GUESSES_PER_ADDRESS) - _while_registering()


def _while_registering() -> int:
    return int(settings.GUESSES_PER_ADDRESS) // 5


def registering(request: HttpRequest, *, name: str, password: str) -> User | None:
    """The account that is there, where the password is its own; None for everybody else, in about
    the same time.
    """
    address, is_taken = address_of(request), User.objects.filter(username=name).exists()
    if is_taken and not turnstile.lets_through(
        "register-look", address, limit=_while_registering()
    ):
        User().set_password(password)
        return None
    vars(request)["guessed_by"] = REGISTERING
    found = authenticate(request, username=name, password=password)
    vars(request)["axes_locked_out"] = False  # the page must not tell
    return found if isinstance(found, User) else None


def _shut_until(rows: "QuerySet[AccessAttempt]", limit: int) -> datetime | None:
    if (rows.aggregate(n=Sum("failures_since_start"))["n"] or 0) < limit:
        return None
    left = 0
    for row in rows.order_by("-attempt_time"):
        left += row.failures_since_start
        if left >= limit:
            return row.attempt_time + HOUR  # type: ignore[no-any-return]  # axes brings no types
    return None


def _is_known(name: str, address: str) -> bool:
    user = User.objects.filter(username=name).first()
    if user is None:
        return False
    since = timezone.now() - telling.KNOWN
    return record.of(user).filter(verb="登录", address=address, at__gte=since).exists()


def is_right(request: HttpRequest, user: User, password: str) -> bool:
    """The password of who is signed in, asked once more: counted as at the sign-in page."""
    found = authenticate(request, username=user.username, password=password)
    if found is None or found.pk != user.pk:
        return False
    forget(user, address_of(request))
    return True


def may_try(request: HttpRequest, user: User) -> bool:
    """Before a code is looked at: counts it; False where there were too many."""
    AxesProxyHandler.update_request(request)
    address = address_of(request)
    if shut_until(user.username, address) is None and count(user.username, address):
        return True
    refuse(request, user.username)
    return False


def may_ask(request: HttpRequest, email: str) -> bool:
    """A letter to a mail address is asked for: counted, whether there is such an account or not."""
    name = name_of(request, {"username": f"mail:{email}"})
    address = address_of(request)
    if shut_until(name, address) is None and count(name, address):
        return True
    refuse(request, f"mail:{email}")
    return False


def refuse(request: Any, username: str) -> None:
    """The answer becomes the page that says how long to wait."""
    AxesProxyHandler.update_request(request)
    request.axes_locked_out, request.axes_credentials = True, {"username": username}


def forget(user: User, address: str) -> None:
    """It was the owner: what was counted here was a slip of the keyboard.

    Who signs in beside the first of a staff number takes back their own guess alone: those against
    the first stay, and yet nobody is shut out sooner because the number was taken.
    """
    AccessAttempt.objects.filter(username=user.username, ip_address=address).delete()
    if user.login_name != user.username:
        counted = AccessAttempt.objects.filter(username=user.login_name, ip_address=address)
        counted.filter(failures_since_start__gt=0).update(
            failures_since_start=F("failures_since_start") - 1
        )


@transaction.atomic
def lift(user: User, *, by: User) -> int:
    """Opens an account that is shut, wherever from; how many addresses that were."""
    if not by.has_perm("servicejournal.change_user"):
        raise NotAllowed("您的账号不能解除登录限制，请管理员来做。")
    rows = AccessAttempt.objects.filter(username=user.username)
    addresses: int = rows.count()
    if addresses:
        rows.delete()
        record.write("解除登录限制", user, by=by)
    return addresses


def against(user: User) -> int:
    """Guesses of this hour against the account, from all addresses."""
    lately = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - HOUR)
    rows = lately.filter(username=user.username)
    return int(rows.aggregate(n=Sum("failures_since_start"))["n"] or 0)


def please_wait(
    request: Any, original_response: Any = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    until = shut_until(name_of(request, credentials), address_of(request))
    seconds = max(1, ceil((until - timezone.now()).total_seconds())) if until else 1
    context = {"minutes": ceil(seconds / 60)}
    response = render(request, "accounts/wait.html", context, status=429)
    response["Retry-After"] = str(seconds)
    return response
