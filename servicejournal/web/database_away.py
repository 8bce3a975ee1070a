"""The database does not answer for a moment: 503 in Chinese, and what was sent is kept.

Where nobody can be asked who is signed in, the page shows only what the same browser has just sent.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import strip_tags

logger = logging.getLogger(__name__)

#: Seconds after which it is worth while to ask again.
RETRY_AFTER = 10
SENTENCE = "服务器暂时不可用，请过几秒再试。"
#: SQLITE_ERROR: a table or column that is not there. That is a fault of the program.
_SQLITE_ERROR = 1


def is_away(reason: BaseException | None) -> bool:
    """Locked, stopped, restarted, cut off: what may be over when somebody asks again."""
    if not isinstance(reason, OperationalError | InterfaceError):
        return False
    code = getattr(reason.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF != _SQLITE_ERROR


class Middleware:
    """Answers for views whose question failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, reason: Exception) -> HttpResponse | None:
        if not is_away(reason):
            return None
        logger.error("The database is away: %s %s", request.method, request.path, exc_info=reason)
        # The token was checked before the view began: the form was one of our own pages'.
        return answer(request, is_ours=True)


def answer(request: HttpRequest, *, is_ours: bool) -> HttpResponse:
    """A page for people, JSON (in the manner of CKEditor's uploads) for scripts."""
    if is_for_a_script(request):
        error = {"reason": "away", "message": SENTENCE}
        response: HttpResponse = JsonResponse({"uploaded": 0, "error": error}, status=503)
    else:
        context = {"request": request, **(sent(request) if is_ours else {})}
        response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def is_for_a_script(request: HttpRequest) -> bool:
    asked_by = request.headers.get("Sec-Fetch-Dest", "")
    return asked_by == "empty" or "application/json" in request.headers.get("Accept", "")


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a form held, to be sent again and to be read. A password is typed again."""
    if request.method != "POST" or any("password" in name for name in request.POST):
        return {}
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    words = [strip_tags(value).strip() for _, value in sent]
    return {
        "sent": sent,
        "words": "\n\n".join(each for each in words if not each.isascii()),  # no token, no number
        "has_files": bool(request.FILES),
    }
