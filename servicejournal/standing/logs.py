"""What is written to the log, and what never is: words of manuscripts, secret addresses, rows.

As text for whoever sits before it, or a line of JSON each for what collects them (LOG_FORMAT).
Every line that a request causes bears its number, which its error page shows.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve

#: The number of the request that is being answered; "" beside one.
number: ContextVar[str] = ContextVar("number", default="")
#: PostgreSQL shows the whole row that it refuses, which may be a manuscript.
_ROW = re.compile(r"^(?:DETAIL|CONTEXT):.*?(?=\n\n|\Z)", re.MULTILINE | re.DOTALL)
_CUT = "(the row is left out)"
#: What lines about a request say of it, in this order.
OF_A_REQUEST = ("method", "pattern", "status", "ms", "user", "stored")


def scrubbed(text: str) -> str:
    return _ROW.sub(_CUT, text)


#: Answered before the resolver is asked (`web.machines`).
_NOT_RESOLVED = frozenset({"/healthz", "/readyz", "/metrics"})


def pattern_of(request: HttpRequest) -> str:
    """The address without what it names: keys, the secrets of links (`endorse/<str:token>/`)."""
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            if request.path_info in _NOT_RESOLVED:
                return request.path_info
            return "static" if request.path_info.startswith("/static/") else "nowhere"
    return f"/{match.route}"


class Discreet(logging.Filter):
    """Django's own lines name the address that was asked for: its pattern stands instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            path, told = (request.path, request.get_full_path()), pattern_of(request)
            record.args = tuple(told if each in path else each for each in record.args)
        return True


class Text(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        told = scrubbed(super().format(record))
        return f"{told} [{here}]" if (here := number.get()) else told


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if here := number.get():
            line["request"] = here
        facts = vars(record)
        line |= {name: facts[name] for name in OF_A_REQUEST if name in facts}
        if record.exc_info:
            line["traceback"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
