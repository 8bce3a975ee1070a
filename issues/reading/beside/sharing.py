"""An article to be passed on: its long picture (长图), and the code that a telephone reads."""

import logging
from io import BytesIO

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from servicejournal.access import for_the_desk_only, is_closed, readers_page
from servicejournal.web import site

from ...making import posters
from ...models import PrintedArticle
from .. import gone, serving, storing

logger = logging.getLogger(__name__)


@require_safe
@readers_page
@serving.behind_the_question
def long_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """As the worker made it, or drawn now. Where it cannot be, there is still the card.

    A members' journal has none, nor an issue that is closed to strangers: it is made to be shown to
    everybody, and begins with the text.
    """
    if settings.READER_ACCESS != "public":
        raise Http404
    printed = _out(request, pk)
    if is_closed(printed.edition.issue.access):
        raise Http404
    try:
        data = posters.read(printed.edition, pk)
    except OSError:
        try:
            [data] = posters.make(printed.edition, [printed])
        except (*posters.REFUSALS, OSError):
            logger.warning("There is no long picture of %s", printed, exc_info=True)
            return redirect("article_card", pk)
    return storing.for_everybody(HttpResponse(data, content_type="image/jpeg"))


@require_safe
@readers_page
@serving.behind_the_question
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Black on white also by night: cameras want it so."""
    printed, out = _out(request, pk), BytesIO()
    made = segno.make(site.absolute(reverse("article", args=[printed.article_id])), error="m")
    made.save(out, kind="svg", scale=4, border=2, dark="#000", light="#fff")
    shown = storing.for_everybody(HttpResponse(out.getvalue(), content_type="image/svg+xml"))
    return for_the_desk_only(shown) if is_closed(printed.edition.issue.access) else shown


def _out(request: HttpRequest, pk: int) -> PrintedArticle:
    """A 404 where it is not out, a 410 where it was; raises `MembersOnly` where it is closed to who
    asks.
    """
    out = PrintedArticle.objects.all_out().select_related("edition__issue")
    printed = out.filter(article__id=pk).order_by("pk").first()
    if printed is None:
        gone.look_for_article(pk)
        raise Http404
    gone.refuse_strangers(printed.edition.issue.access, request.user)
    return printed
