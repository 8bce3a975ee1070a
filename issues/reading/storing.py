"""Readers' pages out of the store, before anything else is asked; and into it.

A public journal's page is the same for everybody, so it is rendered for nobody in particular: who
is signed in is told by a small request of its own (the view `mine`). A members' journal is
stored alike, behind the question who asks (`behind_the_question`).
"""

import re
from collections.abc import Callable, ValuesView
from functools import cache, lru_cache, wraps
from http.cookies import SimpleCookie
from inspect import unwrap
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from servicejournal.access import TakenBack

from . import store

#: A page that may be stored bears this, and what it was rendered as.
_MARK = "stored_as"
#: What depends on the single answer, or on who asked.
_OF_ONE_ANSWER = {"content-length", "content-encoding", "vary", "set-cookie", "etag"}

#: Of a page that shows the same to everybody, for its template: whoever gets it, may read.
FOR_EVERYBODY = {"for_everybody": True, "may_read": True, "preview": False}
#: A browser asks each time, and is told in a line that it has it; what stands in between may help
#: for half a minute. So a correction shows within a minute, wherever it is kept.
_KEPT = "public, max-age=0, s-maxage=30, must-revalidate"

#: Hosts that were asked for and are ours: asking Django each time is a tenth of a hit.
_well_named: set[str] = set()
_MOST_NAMES = 100
#: What is not accepted, however it is written (RFC 9110, 12.4.2); nonsense says nothing.
_NOT_AT_ALL = re.compile(r"q=0(\.0*)?")

View = Callable[..., HttpResponseBase]


def for_everybody(response: HttpResponse, *, page: int = 1) -> HttpResponse:
    """Marks a page that shows the same to everybody; `page` is the one of a list that it shows."""
    setattr(response, _MARK, page)
    response["Cache-Control"] = _KEPT
    return response


class Middleware:
    """The first of all: no session, no database on a hit. Only where the journal is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PAGES_WATCHED:
            store.watch()
        name = _asked_for(request) if settings.READER_ACCESS == "public" else ""
        if not name or not _is_well_addressed(request):
            return self.get_response(request)
        found = store.state()
        stored = store.get(found, name)
        if stored is None:
            stored, fresh = self._rendered(request, found, name)
            if stored is None:
                return fresh
        return _answer(request, stored)

    def _rendered(
        self, request: HttpRequest, found: str, name: str
    ) -> tuple[store.Stored | None, HttpResponse]:
        """For nobody in particular; what that does not open, is asked by the one who asks."""
        cookies = request.META.pop("HTTP_COOKIE", None)
        fresh = self.get_response(request)
        if _may_be_stored(fresh, request):
            return store.put(found, name, fresh.content, _headers(fresh)), fresh
        if cookies is not None:
            anew = _again(request, cookies)
            return None, self.get_response(anew)
        return None, fresh


def _again(request: HttpRequest, cookies: str) -> HttpRequest:
    """The request as it came."""
    return WSGIRequest({**request.META, "HTTP_COOKIE": cookies})


def behind_the_question(view: View) -> View:
    """Decorator: of a members' journal, the stored page; for who was let in already."""

    @wraps(view)
    def stored_or_fresh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name = _asked_for(request) if settings.READER_ACCESS == "members" else ""
        if not name:
            return view(request, *args, **kwargs)
        found = store.state()
        stored = store.get(found, name)
        if stored is None:
            who, request.user = request.user, AnonymousUser()
            try:
                fresh = view(request, *args, **kwargs)
            except (Http404, TakenBack):
                fresh = None
            finally:
                request.user = who
            if not isinstance(fresh, HttpResponse) or not _may_be_stored(fresh, request):
                return view(request, *args, **kwargs)
            stored = store.put(found, name, fresh.content, _headers(fresh))
        return _answer(request, stored)

    return stored_or_fresh


def fill(path: str) -> bool:
    """Renders a page into the store where it is not there; whether it can be stored at all."""
    name, found = store.name_of(path), store.state()
    if not name or store.get(found, name):
        return bool(name)
    request = WSGIRequest(_environ(path))
    if settings.READER_ACCESS == "public":
        _handler().get_response(request)
    else:
        _fill_behind_the_question(request, found, name)
    return store.get(found, name) is not None


def _fill_behind_the_question(request: WSGIRequest, found: str, name: str) -> None:
    """Nobody asks, so the view is called without the question in front of it."""
    match = resolve(request.path_info)
    request.user, request.resolver_match = AnonymousUser(), match
    fresh = unwrap(match.func)(request, *match.args, **match.kwargs)
    if _may_be_stored(fresh, request):
        store.put(found, name, fresh.content, _headers(fresh))


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


def _asked_for(request: HttpRequest) -> str:
    """The name in the store of what is asked for; "" for what is never stored."""
    if request.method not in ("GET", "HEAD"):
        return ""
    page = _page(request)
    return "" if page is None else store.name_of(request.path_info, page)


def _page(request: HttpRequest) -> int | None:
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


def _is_well_addressed(request: HttpRequest) -> bool:
    """Otherwise those who answer for that say so: a foreign host, or plain HTTP."""
    named = request.META.get("HTTP_HOST", "")
    if named not in _well_named:
        try:
            request.get_host()
        except DisallowedHost:
            return False
        _well_named.add(named)
        if len(_well_named) > _MOST_NAMES:
            _well_named.clear()
    return not settings.SECURE_SSL_REDIRECT or request.is_secure()


def _may_be_stored(fresh: HttpResponse, request: HttpRequest) -> bool:
    shown = getattr(fresh, _MARK, None)
    return fresh.status_code == 200 and shown == (_page(request) or 1)


def _headers(fresh: HttpResponse) -> dict[str, str]:
    """All that a fresh answer carries and every answer may."""
    return {k: v for k, v in fresh.items() if k.lower() not in _OF_ONE_ANSWER}


def _answer(request: HttpRequest, stored: store.Stored) -> HttpResponse:
    """Packed as the browser likes it, or that it has it already."""
    if _has_it(request, stored):
        unchanged = HttpResponseNotModified()
        for name in ("Cache-Control", "X-Robots-Tag"):
            if name in stored.headers:
                unchanged[name] = stored.headers[name]
        _name(unchanged, stored)
        return unchanged
    encoding = _encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    ready = stored.ready.get(encoding)
    if ready is None:
        ready = stored.ready[encoding] = _made_ready(stored, encoding)
    return _Copy(ready)


def _made_ready(stored: store.Stored, encoding: str) -> HttpResponse:
    response = HttpResponse(stored.bodies[encoding])
    for name, value in stored.headers.items():
        response[name] = value
    response["Content-Length"] = str(len(stored.bodies[encoding]))
    if encoding:
        response["Content-Encoding"] = encoding
    _name(response, stored)
    return response


class _Copy(HttpResponse):
    """Of an answer that was made ready: building one anew would be a third of a hit. What whoever
    stands around may add to it (headers, cookies) is its own.
    """

    def __init__(self, ready: HttpResponse) -> None:
        self.__dict__.update(ready.__dict__)
        self.headers = _Headers(ready.headers._store)
        self.cookies = SimpleCookie()
        self._resource_closers = []
        self._container = ready._container.copy()


class _Headers(ResponseHeaders):
    """Checked when they were made ready, so they are copied and told without looking again."""

    def __init__(self, checked: dict[str, tuple[str, str]]) -> None:
        self._store = checked.copy()

    def items(self) -> ValuesView[tuple[str, str]]:  # type: ignore[override]  # of pairs too
        return self._store.values()


def _name(response: HttpResponse, stored: store.Stored) -> None:
    response["ETag"] = stored.etag
    response["Last-Modified"] = http_date(stored.modified)
    patch_vary_headers(response, ["Accept-Encoding"])


def _has_it(request: HttpRequest, stored: store.Stored) -> bool:
    """RFC 9110, 13.1: a browser that names what it has is not asked since when it has it."""
    if told := request.META.get("HTTP_IF_NONE_MATCH", ""):
        return told == stored.etag or stored.etag in parse_etags(told) or told.strip() == "*"
    since = request.META.get("HTTP_IF_MODIFIED_SINCE", "")
    at = parse_http_date_safe(since) if since else None
    return at is not None and at >= stored.modified


@lru_cache(maxsize=200)
def _encoding(accepted: str) -> str:
    """The best of ours that is accepted (RFC 9110, 12.5.3); "" for the page as it is."""
    offered = {}
    for part in accepted.split(","):
        name, _, weight = part.lower().partition(";")
        offered[name.strip()] = not _NOT_AT_ALL.fullmatch(weight.replace(" ", ""))
    return next((each for each in ("br", "gzip") if offered.get(each)), "")
