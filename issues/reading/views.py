"""What readers see, from standing editions alone. The fetch is the permission: a 404 otherwise.

An issue or article that is not out yet opens for the desk only, under a ribbon, and is neither kept
nor indexed by anybody.
"""

from typing import Any

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from articles.bodies import footnotes, layout, tree
from articles.models import Article, Call
from articles.pictures import dressing, pixels
from servicejournal.access import for_the_desk_only, is_closed, readers_page
from servicejournal.web import site

from .. import cover_pictures
from ..exports import book
from ..exports.front import PREAMBLE_IN_FULL, cover_lines, leads
from ..exports.shape import BookPicture
from ..making import outlining
from ..models import Correction, Edition, Issue, PrintedArticle, Withdrawal
from ..numbering import Which
from . import (
    answering,
    around,
    downloads,
    fronts,
    gone,
    history,
    leafing,
    serving,
    sheets,
    storing,
)
from .beside import citing, more
from .outside import metadata
from .voices import most_read

#: Covers of earlier issues on the first page.
EARLIER = 4


@require_safe
@readers_page
@serving.behind_the_question
def home(request: HttpRequest) -> HttpResponse:
    """The current issue: the newest that is out."""
    newest = Edition.objects.newest(EARLIER + 1).select_related("issue")
    shown = list(newest.only(*_SHOWN_OF_AN_ISSUE))
    context: dict[str, Any] = {"calls": Call.objects.open()}
    if not shown:
        return answering.of_no_single_issue(request, "issues/home.html", context)
    current = sheets.of(shown[0])
    context |= _issue_told(current.front)
    context |= {
        "keeps": True,
        **_issue_context(current),
        "earlier": [fronts.of(each) for each in shown[1:]],
    }
    context["most_read"] = most_read.lately()
    return answering.page(request, "issues/home.html", context)


@require_safe
@readers_page
@serving.behind_the_question
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call asks for; it stays when it is over, for those who answered it."""
    shown = get_object_or_404(Call.objects.select_related("issue"), pk=pk)
    return answering.of_no_single_issue(request, "issues/call.html", {"call": shown})


@require_safe
@readers_page
@serving.behind_the_question
def issue(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    edition = _out(request, year, which, *_SHOWN_OF_AN_ISSUE)
    if edition:
        shown = sheets.of(edition)
        context, closed = _issue_context(shown), is_closed(edition.issue.access)
        context["keeps"] = not closed
        context["most_read"] = most_read.of(shown.articles)
        if not closed:
            context |= _issue_told(shown.front)
        return answering.page(request, "issues/issue.html", context, closed=closed)
    if joint := Issue.objects.visible_to(request.user).joint(year, which):
        return redirect(joint)
    shown = sheets.ahead(downloads.visible_issue(request, year, which))
    return answering.page(request, "issues/issue.html", _issue_context(shown), out=False)


@require_safe
@readers_page
@serving.behind_the_question
def edition(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    """What an issue's files are told by: their sums, who signed, when; and what was corrected."""
    standing = _out(request, year, which)
    if standing is None:
        downloads.visible_issue(request, year, which)
        raise Http404
    shown = sheets.of(standing)
    past = history.of(standing.issue_id, shown.articles)
    context = {
        "issue": shown.front,
        "masthead": shown.front,
        "edition": standing,
        "files": downloads.files_of(shown.front, standing),
        "earlier": [each for each in past.editions if each.pk != standing.pk],
        "corrections": past.corrections,
        "withdrawals": Withdrawal.objects.filter(issue=standing.issue).exclude(article=None),
    }
    closed = is_closed(standing.issue.access)
    return answering.page(request, "issues/edition.html", context, closed=closed)


def _out(request: HttpRequest, year: int, which: Which, *shown: str) -> Edition | None:
    """The edition that readers hold of this issue, with its issue; of both, what is shown. Raises
    `MembersOnly` where it is closed to who asks.
    """
    editions = Edition.objects.all_out().at(year, which).select_related("issue")
    found = editions.order_by("pk").only(*shown).first()
    if found is not None:
        gone.refuse_strangers(found.issue.access, request.user)
    return found


#: What stands on an issue's page (`_issue_context`).
_SHOWN_OF_AN_ISSUE = (
    *("number", "facts", "face", "pdf", "pdf_sha256", "pdf_size", "epub", "epub_sha256"),
    *("epub_size", "in_pages"),
    *("outline", "issue__year", "issue__kind", "issue__number", "issue__last_number"),
    "issue__access",
)


def _issue_context(shown: sheets.Sheets) -> dict[str, Any]:
    edition, front = shown.edition, shown.front
    past = history.of(edition.issue_id, shown.articles) if edition else history.NONE
    return {
        "issue": front,
        "masthead": front,
        "contents": shown,
        "first": next(iter(shown.articles), None),
        "cover_lines": cover_lines(front.facts, shown.articles),
        "leads": leads(front.facts, shown.articles),
        "preambles": _preambles(shown),
        "editions": past.editions,
        "files": downloads.files_of(front, edition),
        "makers": front.makers,
        "sums": reverse("edition", args=[front.year, front.slug]) if edition else "",
        "marks": _marks(front, edition),
        "flipbook": leafing.address_in(edition),
        "corrections": past.corrections,
        "counted": edition.issue_id if edition else 0,
        "facts_above": True,
    }


def _issue_told(front: fronts.Front) -> dict[str, Any]:
    """Of an issue that is out, for machines."""
    return {
        "card": reverse("issue_card", args=[front.year, front.slug]),
        "told": metadata.of_issue(front),
    }


def _marks(front: fronts.Front, edition: Edition | None) -> list[dict[str, Any]]:
    """The bookmarks of a back issue that exists only as PDF."""
    if not front.scan or edition is None:
        return []
    return [mark for mark in edition.outline if not mark["article"]]


def _preambles(shown: sheets.Sheets) -> list[tuple[PrintedArticle, str]]:
    """Preambles with their bodies; an empty body stands for one too long to print in full."""
    return [
        (
            article,
            tree.written(_dressed(article)) if article.length <= PREAMBLE_IN_FULL else "",
        )
        for article in shown.preambles
    ]


def _dressed(article: PrintedArticle) -> tree.Content:
    pictures = [BookPicture(**each) for each in article.pictures]
    return dressing.dress_body(article.body, pictures)


@require_safe
@readers_page
@serving.behind_the_question
@conditional_page
def issue_cover(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    """The cover drawn from the issue's own data; "" in an edition with an uploaded one."""
    edition = _out(request, year, which, "cover_svg", "issue__year")
    if edition:
        drawn, picture = outlining.of(edition), edition.face.get("cover_picture", "")
    else:
        face = book.held(downloads.visible_issue(request, year, which))[1]
        drawn, picture = face.cover_svg, face.cover_picture
    if not drawn:
        raise Http404
    try:
        drawn = cover_pictures.whole(drawn, picture)
    except (FileNotFoundError, pixels.PictureRefused) as gone:
        raise Http404 from gone
    to_all = _to_all(edition)
    shown = _file(drawn, "image/svg+xml; charset=utf-8", out=to_all)
    return storing.for_everybody(shown, kept=storing.PICTURE) if to_all else shown


@require_safe
@readers_page
@conditional_page
def issue_cover_picture(
    request: HttpRequest, year: int, which: Which, width: int = cover_pictures.WIDTH
) -> HttpResponse:
    """The cover that an editor uploaded."""
    edition = _out(request, year, which)
    if edition:
        name = edition.face["cover_file"]
    else:
        name = book.held(downloads.visible_issue(request, year, which))[1].cover_file
    if not name:
        raise Http404
    try:
        data = cover_pictures.for_pages(name, width)
    except (FileNotFoundError, pixels.PictureRefused) as gone:
        raise Http404 from gone
    return _file(data, "image/webp", out=_to_all(edition))


def _to_all(edition: Edition | None) -> bool:
    return edition is not None and not is_closed(edition.issue.access)


def _file(content: str | bytes, content_type: str, *, out: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "no-cache"  # kept, but asked about: a cover may change
    return response if out else for_the_desk_only(response)


@require_safe
@readers_page
@serving.behind_the_question
def article(request: HttpRequest, pk: int) -> HttpResponse:
    out = PrintedArticle.objects.all_out().filter(article__id=pk).order_by("pk")
    # Asked each time, and not once for a state: who may read is never a second old.
    out = out.annotate(access=F("edition__issue__access"))
    printed = out.only(*_SHOWN_OF_AN_ARTICLE).first()
    if printed is None:
        return _article_ahead(request, pk)
    access: str = vars(printed)["access"]
    gone.refuse_strangers(access, request.user)
    closed = is_closed(access)
    near = around.of(printed.edition_id)
    beside, in_print = near.beside(printed), leafing.place_of(pk, near.edition)
    context = {
        **_article_context(printed, beside),
        "issue": near.front,
        "masthead": near.front,
        "in_print": in_print,
        "shelves": more.behind(printed, beside),
        "address": site.absolute(printed.get_absolute_url()),
        "reference": _reference(printed, near.front, in_print),
        **near.told_of(printed),
    }
    if not closed:
        context |= _told(printed, near.front, context["corrections"])
    return answering.page(request, "issues/article.html", context, closed=closed)


def _reference(
    article: PrintedArticle, front: fronts.Front, in_print: leafing.Start | None
) -> citing.Reference:
    return citing.reference(
        [each["name"] for each in article.authors],
        title=article.title,
        journal=front.name,
        year=front.year,
        issue=front.facts,
        page=in_print.page if in_print else None,
        address=site.absolute(article.get_absolute_url()),
    )


def _told(
    article: PrintedArticle, front: fronts.Front, corrected: list[Correction]
) -> dict[str, Any]:
    """Of an article that is out, for machines."""
    latest = max((each.at for each in corrected), default=None)
    changed = timezone.localdate(latest).isoformat() if latest else ""
    return {
        "card": reverse("article_card", args=[article.article_id]),
        "cited": list(metadata.citation(article, front)),
        "told": metadata.of_article(article, front, changed=changed),
    }


_SHOWN_OF_AN_ARTICLE = (
    *("edition", "place", "article", "section", "section_slug", "section_name"),
    *("section_name_en", "kicker", "title", "standfirst", "body", "length", "summary"),
    *("authors", "pictures"),
)


def _article_context(
    printed: PrintedArticle, beside: tuple[PrintedArticle | None, PrintedArticle | None]
) -> dict[str, Any]:
    content = dressing.enlargeable(_dressed(printed))
    footnotes.tie(content)
    return {
        "article": printed,
        "layout": layout.lay_out(content),
        "before": beside[0],
        "after": beside[1],
    }


def _article_ahead(request: HttpRequest, pk: int) -> HttpResponse:
    """For the desk: as it would be printed. Writers read their own at /submissions/: this page
    would show them their neighbours in an issue that is not out.
    """
    if not (request.user.is_authenticated and request.user.on_the_desk):
        gone.look_for_article(pk)
        raise Http404
    visible = Article.objects.visible_to(request.user).select_related("issue__standing", "section")
    manuscript = get_object_or_404(visible.with_bylines(), pk=pk)
    issue = sheets.ahead(manuscript.issue) if manuscript.issue else None
    articles = issue.articles if issue else (sheets.alone(manuscript),)
    printed = next((each for each in articles if each.article_id == pk), None)
    if printed is None:
        raise Http404
    context = _article_context(printed, sheets.neighbours(printed, articles))
    if issue:
        context |= {"issue": issue.front, "masthead": issue.front}
    return answering.page(request, "issues/article.html", context, out=False)
