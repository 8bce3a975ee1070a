"""The door before Django: a page that this process has at hand goes out without a request being
made of it. Whatever is not that plain goes in, to the first middleware (`serving`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

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

    def __call__(self, asked: Environ, start_response: StartResponse) -> Iterable[bytes]:
        stored = _at_hand(asked)
        if stored is None:
            return self.application(asked, start_response)
        encoding = serving.encoding_for(asked.get("HTTP_ACCEPT_ENCODING", ""))
        told = stored.told.get(encoding)
        if told is None:
            ready = serving.made_ready(stored, encoding)
            told = stored.told[encoding] = [*ready.items()]
        start_response("200 OK", [*told])
        return [stored.bodies[encoding]]


def _at_hand(asked: Environ) -> store.Stored | None:
    """What a plain GET of a public journal's page is answered with, while this process knows what
    readers should see: once a second one goes in, and has it looked for.
    """
    is_plain = (
        asked["REQUEST_METHOD"] == "GET"
        and not asked.get("QUERY_STRING")
        and settings.READER_ACCESS == "public"
        and not settings.DEBUG
        and not any(name in asked for name in _ASKS_FOR_NEWS)
    )
    if not is_plain or not serving.is_known_host(asked.get("HTTP_HOST", "")):
        return None
    if settings.SECURE_SSL_REDIRECT and not _is_secure(asked):
        return None
    name = store.name_of(asked.get("PATH_INFO", ""))
    return store.at_hand(name) if name else None


def _is_secure(asked: Environ) -> bool:
    """As Django tells the scheme of a request."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, secure = settings.SECURE_PROXY_SSL_HEADER
        if header in asked:
            said: str = asked[header]
            return said.split(",", 1)[0].strip() == secure
    return bool(asked.get("wsgi.url_scheme") == "https")
