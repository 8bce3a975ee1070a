"""Who counts as a reader: nobody who only looks ahead, works here, or is a program."""

import re
import time
from collections import Counter
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from servicejournal.web import kept, whereabouts

#: Programs that name themselves; a page that runs no script sends nothing anyway.
_PROGRAM = re.compile(
    r"bot|spider|crawl|slurp|preview|headless|lighthouse|monitor|curl|wget|python|java/|okhttp|scan",
    re.IGNORECASE,
)
#: Looks of one network address in a minute that are believed: a branch reads behind one address.
MOST_A_MINUTE = 600

_lock = Lock()
_minute = 0
_seen: Counter[str] = Counter()


def is_a_reader(request: HttpRequest) -> bool:
    """Asks the database only of who is signed in."""
    looks_ahead = any(
        request.headers.get(name) for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
    )
    browser = request.headers.get("User-Agent", "")
    if looks_ahead or not browser or _PROGRAM.search(browser):
        return False
    if not kept.is_from_our_page(request) or not _is_believed(whereabouts.address() or ""):
        return False
    return not (request.user.is_authenticated and request.user.is_staff)


def _is_believed(address: str) -> bool:
    """In this process's memory, and for a minute: nothing of it is stored."""
    global _minute
    now = int(time.monotonic() // 60)
    limit = MOST_A_MINUTE * settings.RATE_LIMITS
    with _lock:
        if now != _minute:
            _minute = now
            _seen.clear()
        _seen[address] += 1
        return not limit or _seen[address] <= limit
