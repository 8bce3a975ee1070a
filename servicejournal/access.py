"""Who may read what is out: one question, asked by every page, file and feed."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def may_read(user) -> bool:
    """True where the journal is public, or for a reader who signed in (READER_ACCESS).

    Whoever registered by themselves and was not confirmed yet may write, but is still a stranger:
    registering must not open an internal publication.
    """
    if settings.READER_ACCESS == "public":
        return True
    known = user.is_authenticated and user.is_active
    return known and (not user.is_unconfirmed or user.is_staff)


def readers_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sends strangers of a members' journal to the sign-in page and keeps robots out of it.

    Whoever is signed in and may not read yet is told so, and is sent nowhere: no loop.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if may_read(request.user):
            response = view(request, *args, **kwargs)
        elif request.user.is_authenticated:
            response = render(request, "accounts/not_yet.html", status=403)
        else:
            response = redirect_to_login(request.get_full_path())
        if settings.READER_ACCESS == "members":
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Cache-Control"] = "private, no-store"
        return response

    return guarded


def for_the_desk_only(response: HttpResponse) -> HttpResponse:
    """What is not out yet: neither kept nor indexed by anybody."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
