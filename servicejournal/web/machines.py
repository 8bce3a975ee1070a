"""For machines: is it alive, is all there that it needs, and may it be indexed."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from servicejournal import version
from servicejournal.standing import readiness

logger = logging.getLogger(__name__)

#: Seconds for which an answer holds: however often somebody asks, it costs one look.
HOLDS = 2.0
_last: dict[str, Any] = {"until": 0.0, "told": {}}


def healthz(request: HttpRequest) -> HttpResponse:
    """200: this process answers. It asks nothing else: a process is not to be killed because the
    database is away.
    """
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """200 where all is there that it needs, else 503; which of them, and never why."""
    if monotonic() >= _last["until"]:
        _last.update(told=_looked(), until=monotonic() + HOLDS)
    told: dict[str, str] = _last["told"]
    is_ready = set(told.values()) <= {"ok"}
    release = {"release": version.NUMBER} if _is_from_this_machine(request) else {}
    return JsonResponse({**told, **release}, status=200 if is_ready else 503)


def _is_from_this_machine(request: HttpRequest) -> bool:
    """Nobody else is told what to look for holes in. The server in front says for whom it asks."""
    comes_from = request.META.get("REMOTE_ADDR", "")
    return comes_from in ("", "127.0.0.1", "::1") and "HTTP_X_FORWARDED_FOR" not in request.META


def _looked() -> dict[str, str]:
    told: dict[str, str] = {}
    for name, check in readiness.CHECKS.items():
        is_away = told.get("database") == "failed" and name in readiness.OF_THE_DATABASE
        told[name] = "failed" if is_away else _answer(name, check)
    return told


def _answer(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as reason:
        logger.error("Not ready: %s: %s", name, reason)
        return "failed"
    return "ok"


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz}


class Probes:
    """The first middleware: probes come by address, without a name of ours or a word of HTTPS, and
    get no session, no redirect and no page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = probe(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response


@require_safe
@never_cache
def robots(request: HttpRequest) -> HttpResponse:
    """A members' journal is closed to robots; a public one closes only its desk."""
    closed = (
        ["/"]
        if settings.READER_ACCESS == "members"
        else ["/admin/", "/accounts/", "/submit/", "/submissions/", "/notices/"]
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
