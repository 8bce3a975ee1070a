"""Which pages may be stored, and how one comes into the store.

A public journal's page is the same for everybody, so it is rendered for nobody in particular: who
is signed in is told by a small request of its own (the view `mine`). A members' journal is stored
alike, behind the question who asks (`serving`).
"""

import logging
from contextvars import ContextVar
from functools import cache
from inspect import unwrap
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve

from servicejournal.access import MembersOnly, TakenBack

from . import store

logger = logging.getLogger(__name__)

#: A page that may be stored bears this, and what it was rendered as.
_MARK = "stored_as"
#: Whether the page is made that nobody waits for.
_beforehand = ContextVar("beforehand", default=False)
#: What depends on the single answer, or on who asked.
_OF_ONE_ANSWER = {"content-length", "content-encoding", "vary", "set-cookie", "etag"}

#: Of a page that shows the same to everybody, for its template: whoever gets it, may read.
FOR_EVERYBODY = {"for_everybody": True, "may_read": True, "preview": False, "closed": False}
#: A browser asks each time, and is told in a line that it has it; what stands in between may help
#: for half a minute. So a correction shows within a minute, wherever it is kept.
_KEPT = "public, max-age=0, s-maxage=30, must-revalidate"
#: Which links a browser may make ready before they are followed; no reader of a members' journal is
#: told, and no download is among them. By its plain name, so that a server in front knows it too.
_AHEAD = f'"{settings.STATIC_URL}ahead.speculationrules"'


#: A picture is not asked about for half a minute: the next page shows it at once.
PICTURE = "public, max-age=30, s-maxage=30"


def for_everybody(response: HttpResponse, *, page: int = 1, kept: str = _KEPT) -> HttpResponse:
    """Marks a page that shows the same to everybody; `page` is the one of a list that it shows."""
    setattr(response, _MARK, page)
    response["Cache-Control"] = kept
    if settings.READER_ACCESS == "public" and response["Content-Type"].startswith("text/html"):
        response["Speculation-Rules"] = _AHEAD
    if not settings.INDEXED:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def may_be_stored(fresh: HttpResponse, request: HttpRequest) -> bool:
    shown = getattr(fresh, _MARK, None)
    if "no-store" in fresh.get("Cache-Control", ""):  # it was made for one reader after all
        return False
    return fresh.status_code == 200 and shown == (page_of(request) or 1)


def put(found: str, name: str, fresh: HttpResponse) -> store.Stored:
    """Stores a page in the state that it was rendered in, with all that every answer may carry."""
    headers = {k: v for k, v in fresh.items() if k.lower() not in _OF_ONE_ANSWER}
    return store.put(found, name, fresh.content, headers, waited_for=not _beforehand.get())


def asked_for(request: HttpRequest) -> str:
    """The name in the store of what is asked for; "" for what is never stored."""
    if request.method not in ("GET", "HEAD"):
        return ""
    page = page_of(request)
    return "" if page is None else store.name_of(request.path_info, page)


def page_of(request: HttpRequest) -> int | None:
    """Which page of a list; 0 for the first. None for what a stored page does not answer: words to
    look up, or a number that is not written as we write it.
    """
    if settings.DEBUG:  # whoever works on a template sees what it does
        return None
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return 0
    if "q" in request.GET or "part" in request.GET:
        return None
    asked = request.GET.get("page", "1")
    is_ours = asked.isascii() and asked.isdecimal() and asked[0] != "0" and len(asked) < 6
    return (int(asked) if asked != "1" else 0) if is_ours else None


def fill(path: str) -> bool:
    """Renders a page into the store where it is not there; whether it can be stored at all."""
    name, found = store.name_of(path), store.state()
    if not name or store.get(found, name):
        return bool(name)
    request, told = WSGIRequest(_environ(path)), _beforehand.set(True)
    try:
        if settings.READER_ACCESS == "public":
            _handler().get_response(request)
        else:
            _fill_behind_the_question(request, found, name)
    finally:
        _beforehand.reset(told)
    return store.get(found, name) is not None


def _fill_behind_the_question(request: WSGIRequest, found: str, name: str) -> None:
    """Nobody asks, so the view is called without the question in front of it. What is not there
    (any more) keeps nothing else from being drawn.
    """
    match = resolve(request.path_info)
    request.user, request.resolver_match = AnonymousUser(), match
    try:
        fresh = unwrap(match.func)(request, *match.args, **match.kwargs)
    except (Http404, TakenBack, MembersOnly) as reason:  # not for whom pages are stored
        logger.info("%s is not stored: %s", request.path_info, type(reason).__name__)
        return
    if may_be_stored(fresh, request):
        put(found, name, fresh)


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(path: str) -> dict[str, Any]:
    """A request for the page, as it comes to this site's own address."""
    site = urlsplit(settings.SITE_URL)
    host = site.netloc or next((h.lstrip(".*") for h in settings.ALLOWED_HOSTS), "")
    scheme = "https" if settings.HTTPS else "http"
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": host or "localhost",
        "SERVER_PORT": "443" if settings.HTTPS else "80",
        "HTTP_HOST": host or "localhost",
        "HTTP_X_FORWARDED_PROTO": scheme,
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
    }
