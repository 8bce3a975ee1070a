"""More people at once than can be served: who has waited too long is told so at once, in Chinese,
with the time after which to come again, instead of being left to hang.

How long a request stood in the queue says the server process (deploy/gunicorn.conf.py). Stored
pages are not asked: they are answered before this. What somebody sends waits longer than what can
simply be opened again, and comes back whole with the page that says so.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from . import database_away

#: Seconds that a request may have waited: together with its own work less than five.
TO_OPEN, TO_SEND = 2.0, 4.0
#: Seconds after which to come again: not all at once.
_FROM, _TO = 4, 12
WAITED = "servicejournal.waited"
_SENTENCE = "现在人很多，没有轮到。请过 {} 秒再试。"


class Middleware:
    """After the one that looks at the token of a form: what was sent is only then shown again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        patience = TO_OPEN if request.method in ("GET", "HEAD") else TO_SEND
        if request.META.get(WAITED, 0.0) <= patience:
            return None
        after = _FROM + secrets.randbelow(_TO - _FROM + 1)
        return database_away.answer(
            request, is_ours=True, sentence=_SENTENCE.format(after), reason="crowd", after=after
        )
