"""The card of an issue or an article (`card.jpg`), drawn from what was printed, stored like a page.

The store draws an issue's with its pages as soon as it is out, an article's when somebody first
passes it on.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from articles.bodies import layout
from servicejournal.access import for_the_desk_only, is_closed, readers_page
from servicejournal.papers import fonts

from ... import cover_pictures, covers
from ...exports import card, front
from ...models import Edition, Issue, PrintedArticle
from ...numbering import Which
from .. import fronts, gone, serving, storing

logger = logging.getLogger(__name__)


@require_safe
@readers_page
@serving.behind_the_question
def issue(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    editions = Edition.objects.all_out().filter(issue__in=Issue.objects.at(year, which))
    edition = editions.select_related("issue").first()
    if edition is None:
        gone.look_for_issue(year, which)
        raise Http404
    gone.refuse_strangers(edition.issue.access, request.user)
    shown = fronts.of(edition)
    lines = [line for line, _ in front.cover_lines(shown.facts, ())]
    told = card.Card(
        journal=shown.name,
        kicker=shown.label if shown.theme else "",
        title=shown.theme or shown.label,
        line=lines[0] if lines else layout.opening(shown.facts.standfirst, 40),
        small=_running(shown),
    )
    return _answer(_drawn(told, _cover(edition, shown), is_cover=True), edition.issue)


@require_safe
@readers_page
@serving.behind_the_question
def article(request: HttpRequest, pk: int) -> HttpResponse:
    out = PrintedArticle.objects.all_out().select_related("edition__issue").defer("body")
    printed = out.filter(article__id=pk).first()
    if printed is None:
        gone.look_for_article(pk)
        raise Http404
    gone.refuse_strangers(printed.edition.issue.access, request.user)
    shown = fronts.of(printed.edition)
    told = card.Card(
        journal=shown.name,
        kicker=printed.section_name,
        title=printed.title,
        line=f"◎{printed.byline}" if printed.byline else "",
        small=shown.label,
    )
    own = _file(printed.pictures[0]["file"]) if printed.pictures else b""
    picture = own or _cover(printed.edition, shown)
    return _answer(_drawn(told, picture, is_cover=not own), printed.edition.issue)


def _answer(card: HttpResponse, issue: Issue) -> HttpResponse:
    return for_the_desk_only(card) if is_closed(issue.access) else card


def _drawn(told: card.Card, picture: bytes, *, is_cover: bool) -> HttpResponse:
    """Without a card there is still a seal to show."""
    try:
        faces = fonts.find(settings.FONT_DIR)
        data = card.draw(told, picture, faces, is_cover=is_cover)
    except (card.NotDrawn, fonts.FontsMissing):
        logger.warning("There is no card of %s", told.title, exc_info=True)
        return redirect(static("icons/seal-512.png"))
    return storing.for_everybody(HttpResponse(data, content_type="image/jpeg"))


def _cover(edition: Edition, shown: fronts.Front) -> bytes:
    if shown.cover_file and (data := _file(shown.cover_file, cover_pictures.for_pages)):
        return data
    picture = _file(edition.face.get("cover_picture", ""), cover_pictures.for_pages)
    return covers.with_picture(edition.cover_svg, picture).encode()


def _file(name: str, read: Callable[[str], bytes] | None = None) -> bytes:
    """b"" where there is none."""
    try:
        return (read or _read)(name) if name else b""
    except (OSError, ValueError):
        logger.warning("A card lacks %s", name, exc_info=True)
        return b""


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        data: bytes = file.read()
    return data


def _running(shown: fronts.Front) -> str:
    return f"总第{shown.facts.running_number}期" if shown.facts.running_number else ""
