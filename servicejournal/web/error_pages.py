"""What is answered when a request is not understood, or the program fails.

Without Django's own decorators for these pages: they read the form that was sent once more, and a
form that cannot be read (a foreign character set, say) would make a 500 of a 400.
"""

import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from . import database_away, kept, too_large

_FAULT = "这边出了错，没有存上；错误已经记下。请过几分钟再试。"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if answer := too_large.answer(request, exception):
        return answer
    return HttpResponse(render_to_string("400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What a form was for may be gone by the time that it is sent: its words come back."""
    if request.method == "POST" and hasattr(request, "user") and kept.holds_words(request):
        return kept.gone(request)
    return page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """A middleware may have asked the database, as for the session: 503 where that is away. Scripts
    get JSON, in the manner of CKEditor's uploads.
    """
    reason = sys.exception()
    if database_away.is_away(reason):
        return database_away.answer(request, is_ours=False)
    if database_away.is_full(reason):
        return database_away.answer_full(request, is_ours=False)
    if database_away.is_for_a_script(request):
        error = {"reason": "fault", "message": _FAULT}
        return JsonResponse({"uploaded": 0, "error": error}, status=500)
    return HttpResponse(render_to_string("500.html"), status=500)
