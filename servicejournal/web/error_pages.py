"""What is answered when a request is not understood, or the program fails.

Without Django's own decorators for these pages: they read the form that was sent once more, and a
form that cannot be read (a foreign character set, say) would make a 500 of a 400.
"""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from . import database_away, kept, too_large


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
    """A middleware may have asked the database, as for the session: 503 where that is away."""
    if database_away.is_away(sys.exception()):
        return database_away.answer(request, is_ours=False)
    return HttpResponse(render_to_string("500.html"), status=500)
