"""What a browser may keep to read without a network, and by what it learns that it may no longer.

The service worker (`static/js/offline/worker.mjs`) keeps pages that are the same for everybody. At
each page that it gets from here it asks for the state; where that is another, it asks for each
issue that it keeps what may still be kept, and shows nothing that it has not looked at since.

A members' journal is kept nowhere, nor an issue that is closed to strangers: whoever is let in
would take it home, and a computer at a counter has many users. The worker of a members' journal
throws away what an open one left, and goes.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.pictures import renditions
from servicejournal.access import is_closed, readers_page

from ...models import Edition, Issue, PrintedArticle
from ...numbering import Which
from .. import answering, fronts, gone, serving, store, storing


@require_safe
@readers_page
@serving.behind_the_question
def standing(request: HttpRequest) -> HttpResponse:
    """What readers' pages are made from, as one word; the day, on which nothing depends that is
    kept, is left out of it.
    """
    _refuse_members()
    response = storing.for_everybody(JsonResponse({"state": word_of(store.state())}))
    response["Cache-Control"] = "no-cache"  # what stands in between asks each time
    return response


def word_of(state: str) -> str:
    """Without the day at its end."""
    turned, _, _ = state.rpartition("-")
    return hashlib.sha256(turned.encode()).hexdigest()[:16]


@require_safe
@readers_page
@serving.behind_the_question
def issue(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    """All that belongs to an issue that is out: pages, and one size of each picture. A 404 of one
    that is closed to strangers, for everybody: the worker drops what it kept of it.
    """
    _refuse_members()
    editions = Edition.objects.all_out().filter(issue__in=Issue.objects.at(year, which))
    edition = editions.select_related("issue").first()
    if edition is None:
        gone.look_for_issue(year, which)
    if edition is None or is_closed(edition.issue.access):
        raise Http404
    front = fronts.of(edition)
    articles = list(edition.printed.order_by("place").only("article", "pictures"))
    told: dict[str, Any] = {
        "title": front.theme or front.label,
        "label": front.label,
        "pages": [front.get_absolute_url(), *(each.get_absolute_url() for each in articles)],
        "pictures": [front.cover_address, *(p for each in articles for p in _pictures(each))],
    }
    return storing.for_everybody(JsonResponse(told))


def _pictures(article: PrintedArticle) -> list[str]:
    """As wide as a telephone shows them; the worker gives it for any other width."""
    return [
        f"{reverse('picture', args=[each['token']])}{_width(each['width'])}.webp"
        for each in article.pictures
    ]


def _width(width: int) -> int:
    return renditions.widths(width)[:2][-1]


@require_safe
@readers_page
@serving.behind_the_question
def shelf(request: HttpRequest) -> HttpResponse:
    """What this browser keeps; shown too in the place of a page that it has not."""
    return answering.of_no_single_issue(request, "issues/offline_shelf.html", {})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script, at the root: it can only look after what lies below its own address."""
    name = "worker" if settings.READER_ACCESS == "public" else "leaving"
    script = f'import "{static(f"js/offline/{name}.mjs")}";\n'
    response = HttpResponse(script, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


def _refuse_members() -> None:
    if settings.READER_ACCESS != "public":
        raise Http404
