"""The door before Django: a page that this process has at hand goes out without a request being
made of it. Whatever is not that plain goes in, to the first middleware (`serving`).
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from servicejournal.web import asked

from . import serving, store

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: Who has the page already is answered in a line, by `serving`.
_ASKS_FOR_NEWS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class Door:
    """Around the application of the whole site."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, wsgi: Environ, start_response: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        stored = _at_hand(wsgi)
        if stored is None:
            return self.application(wsgi, start_response)
        encoding = serving.encoding_for(wsgi.get("HTTP_ACCEPT_ENCODING", ""))
        told = stored.told.get(encoding)
        if told is None:
            ready = serving.made_ready(stored, encoding)
            told = stored.told[encoding] = [*ready.items()]
        number = asked.of_a_stored_page(wsgi, time.perf_counter() - began)
        start_response("200 OK", [*told, (asked.HEADER, number)])
        return [stored.bodies[encoding]]


def _at_hand(wsgi: Environ) -> store.Stored | None:
    """What a plain GET of a public journal's page is answered with, while this process knows what
    readers should see: once a second one goes in, and has it looked for.
    """
    is_plain = (
        wsgi["REQUEST_METHOD"] == "GET"
        and not wsgi.get("QUERY_STRING")
        and settings.READER_ACCESS == "public"
        and not settings.DEBUG
        and not any(name in wsgi for name in _ASKS_FOR_NEWS)
    )
    if not is_plain or not serving.is_known_host(wsgi.get("HTTP_HOST", "")):
        return None
    if settings.SECURE_SSL_REDIRECT and not _is_secure(wsgi):
        return None
    name = store.name_of(wsgi.get("PATH_INFO", ""))
    return store.at_hand(name) if name else None


def _is_secure(wsgi: Environ) -> bool:
    """As Django's `scheme` of a request has it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if header in wsgi:
            said: str = wsgi[header]
            return said.split(",", 1)[0].strip() == secure
    return bool(wsgi.get("wsgi.url_scheme") == "https")
