"""Each request has a number: on every line of the log that it causes, on its error page, and in its
answer (`X-Request-ID`). One line tells of it when it is answered.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils.functional import SimpleLazyObject

from ..standing import logs, metrics

logger = logging.getLogger("servicejournal.requests")

HEADER = "X-Request-ID"
#: As servers in front make them (nginx: 32 hexadecimal digits); whatever else is sent is not taken.
_TAKEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Pages that say what went wrong, and so with whom to speak of it.
_TOLD = frozenset({400, 403, 404, 409, 410, 413, 429, 500, 503})
_END = b"</main>"
_LINE = '<p class="request-number">要问管理员的话，请报这个编号：<code>{}</code></p>\n'


class Middleware:
    """The first of all, so that what others answer is told too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        logs.number.set(_number(request.META))  # it stays: Django's own line comes behind this
        began = time.perf_counter()
        response = self.get_response(request)
        response[HEADER] = logs.number.get()
        _show(response)
        if request.method == "HEAD":
            _leave_out_the_body(response)
        _tell(request, response, time.perf_counter() - began)
        return response


def _leave_out_the_body(response: HttpResponseBase) -> None:
    """Its head says how long it is. The server process drops it too, with a warning each time."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = []  # what it would have read is closed with it
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


def of_a_stored_page(wsgi: dict[str, Any], seconds: float) -> str:
    """The number of a request that was answered before Django made one of it; tells of it too."""
    number = _number(wsgi)
    if logger.isEnabledFor(logging.INFO) or settings.METRICS:
        logs.number.set(number)
        pattern = _pattern(wsgi.get("PATH_INFO", ""))
        _say(wsgi["REQUEST_METHOD"], pattern, 200, seconds, user=None, stored=True)
    return number


@lru_cache(maxsize=2000)
def _pattern(path: str) -> str:
    return f"/{resolve(path).route}"


def _number(meta: dict[str, Any]) -> str:
    """The one that a server of ours in front gave; nobody else is believed."""
    given = meta.get("HTTP_X_REQUEST_ID", "") if settings.PROXIES else ""
    return given if _TAKEN.fullmatch(given) else secrets.token_hex(8)


def _show(response: HttpResponseBase) -> None:
    is_page = response.get("Content-Type", "").startswith("text/html")
    if response.status_code not in _TOLD or not is_page or not isinstance(response, HttpResponse):
        return
    before, end, behind = response.content.rpartition(_END)
    if end and not response.has_header("Content-Encoding"):
        response.content = before + _LINE.format(logs.number.get()).encode() + end + behind
        if response.has_header("Content-Length"):
            response["Content-Length"] = str(len(response.content))


def _tell(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    if not logger.isEnabledFor(logging.INFO) and not settings.METRICS:
        return
    pattern, stored = logs.pattern_of(request), bool(vars(request).get("from_the_store"))
    status, method = response.status_code, request.method or ""
    _say(method, pattern, status, seconds, user=_who(request), stored=stored)


def _say(
    method: str, pattern: str, status: int, seconds: float, *, user: int | None, stored: bool
) -> None:
    metrics.count(method, pattern, status, seconds, stored=stored)
    facts: dict[str, Any] = {
        "method": method,
        "pattern": pattern,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "user": user,
        "stored": stored,
    }
    logger.info("%(method)s %(pattern)s %(status)s in %(ms)s ms", facts, extra=facts)


def _who(request: HttpRequest) -> int | None:
    """Whom the view asked for: the log asks the database nothing."""
    user = vars(request).get("user")
    if type(user) is SimpleLazyObject:  # asking it for its class would ask the database
        user = vars(request).get("_cached_user")
    return user.pk if user is not None else None
