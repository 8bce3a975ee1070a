"""For machines: is it alive, is all there that it needs, and may it be indexed."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from servicejournal import masthead, version
from servicejournal.standing import metrics, readiness

from . import whereabouts

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


def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus's text, for machines of ours; for anybody else there is nothing here."""
    if not settings.METRICS or not _may_have_figures(request):
        return HttpResponse("没有这一页\n", content_type="text/plain; charset=utf-8", status=404)
    return HttpResponse(metrics.told(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_have_figures(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and constant_time_compare(given, settings.METRICS_TOKEN):
        return True
    return (whereabouts.of(request) or "") in settings.METRICS_FROM


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": figures,
}


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


#: (pixels, what it is for: the maskable one has room to be cut round)
_ICONS = ((192, "any"), (512, "any"), (512, "maskable"))


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest) -> JsonResponse:
    """How the site is called and looks on a telephone's first page."""
    printed = masthead.current()
    told = {
        "name": printed.name,
        "short_name": printed.name,
        "lang": "zh-Hans",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf8f1",
        "theme_color": "#fbf8f1",
        "icons": [
            {
                "src": static(f"icons/{'whole' if use == 'maskable' else 'seal'}-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": use,
            }
            for size, use in _ICONS
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """Browsers and messengers ask here, whatever a page names."""
    return redirect(static("icons/seal-48.png"))


@require_safe
@never_cache
def robots(request: HttpRequest) -> HttpResponse:
    """A members' journal is closed to robots, and one that is not to be indexed. Another closes
    only its desk, and says where its sitemap is.
    """
    is_open = settings.READER_ACCESS == "public" and settings.INDEXED
    desk = ["/admin/", "/accounts/", "/submit/", "/submissions/", "/notices/"]
    closed = desk if is_open else ["/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if is_open and settings.SITE_URL:
        lines.append(f"Sitemap: {settings.SITE_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
