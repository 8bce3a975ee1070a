"""Who may read what is out: one question, asked by every page, file and feed."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse


def may_read(user) -> bool:
    """True where the journal is public, or for a reader who signed in (READER_ACCESS)."""
    return settings.READER_ACCESS == "public" or (user.is_authenticated and user.is_active)


def readers_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Sends strangers of a members' journal to the sign-in page and keeps robots out of it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_read(request.user):
            response = redirect_to_login(request.get_full_path())
        else:
            response = view(request, *args, **kwargs)
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
