"""What came out, or came out anew, is drawn before anybody asks: once, by whoever sees it first.

All other pages of a new state are drawn by need. A note in each state tells which editions stood
in it, so the next state knows what is new.
"""

import logging
from collections.abc import Iterator
from threading import Thread

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import reverse

from ..models import Edition
from . import rebuilding, store, storing

logger = logging.getLogger(__name__)

#: Of more issues at once (an import of back issues) the newest.
MOST = 3

_seen = ""


def ahead(found: str) -> None:
    """Begins to draw in a thread of its own, if this state is new and nobody does yet."""
    global _seen
    if found == _seen or not settings.PAGES_AHEAD:
        return
    _seen = found
    if store.claim(found):
        Thread(target=_draw, args=(found,), name="readers' pages", daemon=True).start()


def _draw(found: str) -> None:
    try:
        draw(found)
    except (DatabaseError, OSError):
        logger.exception("Readers' pages are drawn by need")
    finally:
        connections.close_all()


def draw(found: str) -> None:
    """Stops when another state stands: whoever sees that one first goes on."""
    standing = dict(Edition.objects.out().values_list("pk", "in_pages"))
    before = store.note_before(found)
    store.note(found, {str(pk): in_pages for pk, in_pages in standing.items()})
    anew = [pk for pk, in_pages in standing.items() if before.get(str(pk)) != in_pages]
    for path in _addresses(anew):
        if store.state() != found:
            return
        _fill(path)


def _fill(path: str) -> None:
    """One page that cannot be drawn keeps none of the others away."""
    try:
        storing.fill(path)
    except (DatabaseError, OSError):
        raise
    except Exception:
        logger.exception("%s is drawn by need", path)


def _addresses(editions: list[int]) -> Iterator[str]:
    """Of what is new, what is asked for most first."""
    yield from (reverse("home"), reverse("issues"), reverse("sections"))
    chosen = Edition.objects.filter(pk__in=editions).select_related("issue").newest_first()
    for edition in chosen[:MOST]:
        yield from rebuilding.of_issue(edition)
        for pk in edition.printed.order_by("place").values_list("article", flat=True):
            yield reverse("article", args=[pk])
