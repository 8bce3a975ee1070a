"""Opened like a page what only takes a button's form (405): people are told so, and led back.

One comes there by the way back after signing in again, from the list of what was open, by a copied
address. Nothing was changed by it.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from . import database_away

_SENTENCE = "这个地址只收按钮送来的内容，不能直接打开。什么也没有改动。"
#: The page that has the button, by how its address begins; the first that fits.
_PAGES = (
    re.compile(r"/admin/\w+/\w+/\d+/"),
    re.compile(r"/admin/\w+/\w+/"),
    re.compile(r"/admin/"),
    re.compile(r"/submissions/\d+/"),
    re.compile(r"/(submissions|submit|notices)/"),
)
_BY_NAME = (
    ("/pictures/", "/submissions/"),
    ("/accounts/second-factor/", "/accounts/devices/"),
    ("/accounts/data/", "/privacy/"),
)


class Middleware:
    """Gives the bare answer of Django's `require_POST` and its like their words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return _told(request, response["Allow"])
        return response


def _told(request: HttpRequest, allow: str) -> HttpResponse:
    if database_away.is_for_a_script(request):
        error = {"reason": "method", "message": _SENTENCE}
        response: HttpResponse = JsonResponse({"uploaded": 0, "error": error}, status=405)
    else:
        context = {"takes_a_form": "POST" in allow, "back": _back(request.path_info)}
        response = render(request, "405.html", context, status=405)
    response["Allow"] = allow
    add_never_cache_headers(response)
    return response


def _back(path: str) -> str:
    """Where the button is; where that is this address itself, a step further up."""
    for begins, page in _BY_NAME:
        if path.startswith(begins):
            return page
    found = (pattern.match(path) for pattern in _PAGES)
    return next((each[0] for each in found if each and each[0] != path), "/")
