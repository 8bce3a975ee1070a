"""Faults of the program to a server that speaks Sentry's protocol (SENTRY_DSN), if one is named.

What leaves the house is a traceback, the number of the request and the pattern of its address: no
form, no cookie, no header, no query, no variable, no row of the database, nobody's name.
"""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import logs

_CHINESE = re.compile("[\u2e80-\U0003ffff]+")


def begin() -> None:
    """Called once a process. Does nothing where no server is named."""
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk
    except ImportError as missing:
        raise ImproperlyConfigured(
            "SENTRY_DSN needs the package sentry-sdk: pip install sentry-sdk"
        ) from missing
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        include_source_context=False,
        max_breadcrumbs=0,  # they hold queries and addresses
        before_send=scrubbed,
        auto_session_tracking=False,
    )


def scrubbed(event: Any, hint: Any) -> Any:
    """What is named here goes; everything else that the library gathers stays at home."""
    kept = ("event_id", "timestamp", "platform", "level", "logger", "exception", "sdk", "release")
    out = {name: event[name] for name in kept if name in event}
    for each in (out.get("exception") or {}).get("values", ()):
        each["value"] = _without_words(str(each.get("value") or ""))
    if message := (event.get("logentry") or {}).get("message"):  # as written, without its values
        out["logentry"] = {"message": _without_words(str(message))}
    if told := event.get("transaction"):  # the pattern, as Django's integration names it
        out["transaction"] = told
    out["tags"] = {"request": logs.number.get()}
    return out


def _without_words(text: str) -> str:
    """A message of ours may name a title, one of the database a row."""
    return _CHINESE.sub("…", logs.scrubbed(text))
