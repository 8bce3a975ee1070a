"""Readers' pages out of the store, before anything else is asked; and into it where they lack."""

import re
from collections.abc import Callable, ValuesView
from functools import lru_cache, wraps
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from servicejournal.access import MembersOnly, TakenBack

from . import drawing, store, storing

#: Hosts that were asked for and are ours: asking Django each time is a tenth of a hit.
_well_named: set[str] = set()
_MOST_NAMES = 100
#: What is not accepted, however it is written (RFC 9110, 12.4.2); nonsense says nothing.
_NOT_AT_ALL = re.compile(r"q=0(\.0*)?")

View = Callable[..., HttpResponseBase]


class Middleware:
    """The first of all: no session, no database on a hit. Only where the journal is public."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PAGES_WATCHED:
            store.watch(drawing.ahead)
        name = storing.asked_for(request) if settings.READER_ACCESS == "public" else ""
        if not name or not _is_well_addressed(request):
            return self.get_response(request)
        found = store.state()
        drawing.ahead(found)
        stored = store.get(found, name)
        vars(request)["from_the_store"] = stored is not None  # for the figures
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
        if storing.may_be_stored(fresh, request):
            return storing.put(found, name, fresh), fresh
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
        name = storing.asked_for(request) if settings.READER_ACCESS == "members" else ""
        if not name:
            return view(request, *args, **kwargs)
        found = store.state()
        drawing.ahead(found)
        stored = store.get(found, name)
        if stored is None:
            who, request.user = request.user, AnonymousUser()
            try:
                fresh = view(request, *args, **kwargs)
            except (Http404, TakenBack, MembersOnly):
                fresh = None
            finally:
                request.user = who
            if not isinstance(fresh, HttpResponse) or not storing.may_be_stored(fresh, request):
                return view(request, *args, **kwargs)
            stored = storing.put(found, name, fresh)
        return _answer(request, stored)

    return stored_or_fresh


def is_known_host(named: str) -> bool:
    """Whether it was asked for before, and found to be ours."""
    return named in _well_named


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


def _answer(request: HttpRequest, stored: store.Stored) -> HttpResponse:
    """Packed as the browser likes it, or that it has it already."""
    if _has_it(request, stored):
        unchanged = HttpResponseNotModified()
        for name in ("Cache-Control", "X-Robots-Tag"):
            if name in stored.headers:
                unchanged[name] = stored.headers[name]
        _name(unchanged, stored)
        return unchanged
    encoding = encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    ready = stored.ready.get(encoding)
    if ready is None:
        ready = stored.ready[encoding] = made_ready(stored, encoding)
    return _Copy(ready)


def made_ready(stored: store.Stored, encoding: str) -> HttpResponse:
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
        self._resource_closers: list[Any] = []
        self._container = [ready.content]


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
def encoding_for(accepted: str) -> str:
    """The best of ours that is accepted (RFC 9110, 12.5.3); "" for the page as it is."""
    offered = {}
    for part in accepted.split(","):
        name, _, weight = part.lower().partition(";")
        offered[name.strip()] = not _NOT_AT_ALL.fullmatch(weight.replace(" ", ""))
    return next((each for each in ("br", "gzip") if offered.get(each)), "")
