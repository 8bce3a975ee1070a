"""What is answered when a request is not understood, or the program fails.

Without Django's own decorators for these pages: they read the form that was sent once more, and a
form that cannot be read (a foreign character set, say) would make a 500 of a 400.
"""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from . import database_away


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A middleware may have asked the database, as for the session: 503 where that is away."""
    if database_away.is_away(sys.exception()):
        return database_away.answer(request, is_ours=False)
    return HttpResponse(render_to_string("500.html"), status=500)
