"""What a browser tells that a policy kept from happening: counted, and logged now and then.

Anybody can send such reports, so nothing of them is believed: a report is at most so large, one
network address is heard so often, and of many alike the log has the 1st, 2nd, 5th, 10th, 20th ….
"""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import turnstile, whereabouts

logger = logging.getLogger(__name__)

#: Bytes of one report, reports of an address in an hour, and of all in a day that are looked at.
MAX_BYTES, MAX_OF_ADDRESS, MAX_A_DAY = 16_384, 60, 2000
_DAY = 24 * 3600
_OLD, _NEW = "application/csp-report", "application/reports+json"


@csrf_exempt
@require_POST
def policy(request: HttpRequest) -> HttpResponse:
    """Always 204, whatever came: a browser can do nothing about it."""
    if _is_heard(request):
        for told in _reports(request)[:5]:
            _tell(*told)
    return HttpResponse(status=204)


def _is_heard(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type not in (_OLD, _NEW) or not length.isdigit():
        return False
    if int(length) > MAX_BYTES:
        return False
    who = whereabouts.address() or ""
    if not turnstile.lets_through("policy report", who, limit=MAX_OF_ADDRESS):
        return False
    return turnstile.count("policy reports", "", seconds=_DAY) <= MAX_A_DAY


def _reports(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(directive, what was kept out, page) of each; nothing where it is none of the two shapes."""
    try:
        read: Any = json.loads(request.body)
        if request.content_type == _OLD:
            rows = [read["csp-report"]]
            names = ("violated-directive", "blocked-uri", "document-uri")
        else:
            rows = [each["body"] for each in read]
            names = ("effectiveDirective", "blockedURL", "documentURL")
        return [tuple(_tidy(str(row.get(name, ""))) for name in names) for row in rows]  # type: ignore[misc]  # three names
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _tidy(told: str) -> str:
    """One short line without the query, which may hold what somebody typed."""
    parts = urlsplit(told[:500])
    line = f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path
    return "".join(each for each in line if each.isprintable())[:200]


def _tell(directive: str, kept_out: str, page: str) -> None:
    alike = f"{directive} {kept_out} {page}"
    times = turnstile.count("policy alike", alike, seconds=_DAY)
    if str(times).rstrip("0") in ("1", "2", "5"):
        logger.warning("Policy: %s kept %s out of %s (%d today)", directive, kept_out, page, times)
