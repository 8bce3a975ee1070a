"""Who may read what is out: one question, asked by every page, file and feed."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from .models import User

Response = TypeVar("Response", bound=HttpResponseBase)


#: Whoever asks, signed in or not.
Anybody = User | AnonymousUser


class SignedInRequest(HttpRequest):
    """What a view behind `login_required` is given: somebody has signed in."""

    user: User


def who_acts(request: HttpRequest) -> User:
    """The account behind a request that the admin site let through: it lets nobody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class TakenBack(Exception):
    """What is asked for was out and is no more: answered with 410 (RFC 9110, 15.5.11).

    `what` (Chinese) names it without its title, `back` and `back_to` lead on. `why` is shown.
    """

    def __init__(self, what: str, *, at: datetime, why: str, back: str, back_to: str) -> None:
        super().__init__(what)
        self.told = {"what": what, "at": at, "why": why, "back": back, "back_to": back_to}


class MembersOnly(Exception):
    """What is asked for is out, and closed to strangers: answered as in a members' journal."""


#: What `READER_ACCESS` of the journal, and `access` of a single issue, may be.
PUBLIC, MEMBERS = "public", "members"


def may_read(user: Anybody, access: str = PUBLIC) -> bool:
    """True where the journal and the issue are public, or for a reader who signed in.

    `access` is that of the issue that is asked for. Whoever registered by themselves and was not
    confirmed yet may write, but is still a stranger: registering must not open an internal
    publication.
    """
    if settings.READER_ACCESS == PUBLIC and access == PUBLIC:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    return not user.is_unconfirmed or user.is_staff


def is_closed(access: str) -> bool:
    """Whether an issue of that access is closed to strangers in a journal that is open to them."""
    return settings.READER_ACCESS == PUBLIC and access != PUBLIC


def open_to_all(issue: str = "") -> Q:
    """Of what is out, what is as open as the journal itself: all that stored pages, lists, feeds
    and the search may show. `issue` is the way from the rows to their issue: `edition__issue__`.
    """
    return Q() if settings.READER_ACCESS != PUBLIC else Q(**{f"{issue}access": PUBLIC})


def open_to(user: Anybody, issue: str = "") -> Q:
    """Of what is out, what this reader may open by its address."""
    return Q() if may_read(user, MEMBERS) else open_to_all(issue)


def readers_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Sends strangers of a members' journal to the sign-in page and keeps robots out of it.

    Whoever is signed in and may not read yet is told so, and is sent nowhere: no loop.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if may_read(request.user):
            response = _view_or_gone(view, request, *args, **kwargs)
        else:
            response = _turned_away(request)
        return for_the_desk_only(response) if settings.READER_ACCESS == MEMBERS else response

    return guarded


def _turned_away(request: HttpRequest) -> HttpResponseBase:
    if request.user.is_authenticated:
        return render(request, "accounts/not_yet.html", status=403)
    return redirect_to_login(request.get_full_path())


def _view_or_gone(
    view: Callable[..., HttpResponseBase], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        return view(request, *args, **kwargs)
    except MembersOnly:
        return for_the_desk_only(_turned_away(request))
    except TakenBack as gone:
        response = render(request, "410.html", gone.told, status=410)
        response["Cache-Control"] = "no-cache"  # it may come out again
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def for_the_desk_only(response: Response) -> Response:
    """What is not out, or not to everybody: neither kept nor indexed by anybody."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
