"""The flipbook (翻页阅读) over HTTP. Who may see the issue may leaf through it."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.pictures.views import stored_picture
from servicejournal.access import for_the_desk_only, is_closed, readers_page
from servicejournal.web import turnstile

from ..exports.pages import WIDTHS
from ..making import page_making
from ..models import Edition, Issue, Page
from ..numbering import Which
from . import fronts, gone, leafing, serving, storing
from .downloads import visible_issue
from .lookup import LONGEST, NotLookedUp


@require_safe
@readers_page
@serving.behind_the_question
def read(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    """The pages of the edition that stands; `?q=` looks words up in them, `?page=` leads to one."""
    issue = visible_issue(request, year, which)
    edition = issue.standing
    if edition and edition.in_pages:
        if page := leafing.asked_for(request.GET.get("page", ""), edition):
            return redirect(f"{request.path}#p{page}")
        response = _book(request, issue, edition, leafing.leaves(edition))
    else:
        response = _without_pages(request, issue, edition)
    return response if issue.is_open else for_the_desk_only(response)


def _book(
    request: HttpRequest, issue: Issue, edition: Edition, leaves: list[leafing.Leaf]
) -> HttpResponse:
    told = _looked_up(request, edition, leaves)
    context = {
        "issue": (front := fronts.of(edition)),
        "masthead": front,
        "leaves": leafing.with_marks(leaves, told["marked"]),
        "contents": leafing.contents(edition),
        "has_articles": bool(edition.contents),
        "preview": not issue.is_published,
        "closed": is_closed(issue.access),
        "counted": issue.pk,
        "longest": LONGEST,
        "sizes": leafing.SIZES,
        **told,
    }
    alone = request.GET.get("part") == "found"  # what the script puts in its place
    context["alone"] = alone
    template = "issues/_found.html" if alone else "issues/read.html"
    status = 400 if context["refusal"] else 200
    if issue.is_open and not context["asked"]:
        shown = render(request, template, {**context, **storing.FOR_EVERYBODY}, status=status)
        return storing.for_everybody(shown)
    return render(request, template, context, status=status)


def _looked_up(
    request: HttpRequest, edition: Edition, leaves: list[leafing.Leaf]
) -> dict[str, Any]:
    words, found, refusal = request.GET.get("q", "").strip(), [], ""
    if words:
        turnstile.enter(turnstile.SEARCH, request)
        try:
            found = leafing.look_up(words, edition, leaves)
        except NotLookedUp as reason:
            refusal = str(reason)
    return {
        "q": words,
        "asked": "q" in request.GET,
        "found": found,
        "marked": leafing.marked(found, edition) if found else [],
        "refusal": refusal,
        "cut": len(found) == leafing.MOST_FOUND,
    }


def _without_pages(request: HttpRequest, issue: Issue, edition: Edition | None) -> HttpResponse:
    """What stands in for the pages; a reader of an issue that never gets any finds none (404)."""
    on_the_desk = request.user.is_authenticated and request.user.on_the_desk
    if not on_the_desk and not (edition and edition.pdf):
        raise Http404
    context = {
        "issue": (front := fronts.of_issue(issue)),
        "masthead": front,
        "edition": edition,
        "progress": page_making.progress_of(edition) if edition else None,
        "has_articles": bool(edition.contents) if edition else issue.articles.exists(),
        "on_the_desk": on_the_desk,
        "preview": not issue.is_published,
    }
    response = render(request, "issues/no_pages.html", context)
    response["Cache-Control"] = "no-store"  # the next look may find the pages
    return response


@require_safe
@readers_page
def page_picture(
    request: HttpRequest, year: int, which: Which, edition: int, page: int, width: int
) -> HttpResponseBase:
    """A page as a picture; its address holds the edition, so it never changes."""
    issue = visible_issue(request, year, which)
    if width not in WIDTHS:
        raise Http404
    gone.look_for_edition(issue, edition)
    standing = Edition.objects.standing().filter(issue=issue, number=edition)
    shown = get_object_or_404(
        Page.objects.select_related("edition"), edition__in=standing, number=page
    )
    response = stored_picture(
        request,
        lambda: default_storage.open(shown.file(width)),
        of=shown,
        for_everybody=issue.is_open,
    )
    return response if issue.is_open else for_the_desk_only(response)
