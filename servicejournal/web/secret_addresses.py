"""Addresses that are the permission themselves: who holds one may look, and nobody else learns it.

Around every other middleware, so that a page that is not there, a form that came too fast and a
fault tell no more than what was asked for: no cache keeps the answer, no search engine finds it,
and what is loaded or opened from it does not say where somebody came from.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ..access import for_the_desk_only


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(settings.SECRET_ADDRESSES):
            for name in ("ETag", "Last-Modified", "Expires"):
                response.headers.pop(name, None)
            response["Referrer-Policy"] = "no-referrer"
            for_the_desk_only(response)
        return response
