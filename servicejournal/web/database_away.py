"""The database or the storage does not answer for a moment, or the disk is full: 503 in Chinese,
and what was sent is kept.

Where nobody can be asked who is signed in, the page shows only what the same browser has just sent.
"""

import errno
import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from .. import files
from ..standing import logs

logger = logging.getLogger(__name__)

#: Seconds after which it is worth while to ask again.
RETRY_AFTER = 10
SENTENCE = "服务器暂时不可用，请过几秒再试。"
#: Somebody has to make room: nobody is to press the button every ten seconds until then.
_FULL = "服务器上放文件的地方满了，没有存上。请告诉管理员，腾出地方以后再试。"
_UNTIL_THERE_IS_ROOM = 300
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
#: SQLITE_ERROR: a table or column that is not there. That is a fault of the program.
_SQLITE_ERROR = 1


def is_away(reason: BaseException | None) -> bool:
    """Locked, stopped, restarted, cut off: what may be over when somebody asks again."""
    if not isinstance(reason, OperationalError | InterfaceError):
        return False
    code = getattr(reason.__cause__, "sqlite_errorcode", None)
    return code is None or code & 0xFF != _SQLITE_ERROR


def is_full(reason: BaseException | None) -> bool:
    """No room for a file, or nothing may be written any more."""
    return isinstance(reason, OSError) and reason.errno in _NO_ROOM


class Middleware:
    """Answers for views whose question failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, reason: Exception) -> HttpResponse | None:
        if is_full(reason):
            logger.error("There is no room for files: %s", reason.__class__.__name__)
            return answer_full(request, is_ours=True)
        if not is_away(reason) and not files.are_away(reason):
            return None
        what = "database" if is_away(reason) else "storage"
        told = (what, request.method, logs.pattern_of(request))
        logger.error("The %s is away: %s %s", *told, exc_info=reason)
        # The token was checked before the view began: the form was one of our own pages'.
        return answer(request, is_ours=True)


def answer_full(request: HttpRequest, *, is_ours: bool) -> HttpResponse:
    return answer(
        request, is_ours=is_ours, sentence=_FULL, reason="full", after=_UNTIL_THERE_IS_ROOM
    )


def answer(
    request: HttpRequest,
    *,
    is_ours: bool,
    sentence: str = SENTENCE,
    reason: str = "away",
    after: int = RETRY_AFTER,
) -> HttpResponse:
    """A page for people, JSON (in the manner of CKEditor's uploads) for scripts."""
    if is_for_a_script(request):
        error = {"reason": reason, "message": sentence}
        response: HttpResponse = JsonResponse({"uploaded": 0, "error": error}, status=503)
    else:
        told = {"request": request, "sentence": sentence, "reason": reason, "after": after}
        context = {**told, **(sent(request) if is_ours else {})}
        response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(after)
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
