"""What a contributor sees. The fetch is the permission: another's manuscript is a 404."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.bodies import html, layout
from articles.models import Article
from articles.pictures import dressing
from articles.reviewing import workflow
from servicejournal.access import SignedInRequest
from servicejournal.models import User
from servicejournal.web.csp import framed_by_ourselves

from .. import endorsement, handing_in, progress, telling, versions
from . import endorsing
from .admission import mine, writers_page
from .notices import newest as newest_notices

PAGE_LENGTH = 20


@writers_page
@require_safe
def submissions(request: SignedInRequest) -> HttpResponse:
    """Where each of my manuscripts stands: first what waits for me."""
    page = Paginator(_rows(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = [(article, progress.of(article)) for article in telling.all_as_told(page)]
    grouped = [
        (heading, [row for row in rows if row[1].turn == turn])
        for turn, heading in progress.TURNS.items()
    ]
    groups = [(heading, rows) for heading, rows in grouped if rows]
    context = {"groups": groups, "page": page, "notices": newest_notices(request.user)}
    return render(request, "articles/submissions.html", context)


def _rows(user: User) -> QuerySet[Article]:
    """Without their texts; where branches sign, a text says whether what was signed is still it."""
    theirs = Article.objects.of(user)
    rows = theirs.select_related("section", "issue").whose_turn_first(telling.in_review(theirs))
    if settings.BRANCH_ENDORSEMENT:
        return rows.defer("note").with_bylines().prefetch_related("endorsements")
    return rows.defer("body", "note")


@writers_page
@require_safe
def submission(request: SignedInRequest, pk: int) -> HttpResponse:
    """One: its state, what happened, what the reviewers wrote, and what I can do."""
    article = telling.as_told(mine(request, pk))
    may = workflow.actions_for(article, request.user)
    context = {
        "article": article,
        "progress": progress.of(article),
        "steps": progress.progress(article),
        "events": progress.events(article),
        "refused": endorsement.refusal(article),
        "comments": progress.shown_comments(article, to=request.user),
        **_to_do(article),
        "originals": article.attachments.all(),
        **_link(request, article),
        "may_recall": workflow.Action.RECALL in may,
        "may_withdraw": workflow.Action.WITHDRAW in may,
        **_laid_out(article),
    }
    response = render(request, "articles/submission.html", context)
    if "asked" in context:
        endorsing.remember_the_device(response, article)
    return response


def _to_do(article: Article) -> dict[str, Any]:
    return {"lacking": handing_in.to_go_back_for(article) if article.with_the_writer else {}}


def _link(request: SignedInRequest, article: Article) -> dict[str, Any]:
    """The link for the head of the branch, while it waits for its answer."""
    asked = endorsement.pending(article)
    if asked is None:
        return {}
    return {
        "asked": asked,
        "days": endorsement.DAYS,
        **endorsing.ways_to_send(asked),
    }


def _laid_out(article: Article) -> dict[str, Any]:
    """The text as its writer may see it: while it is with the desk, as it was handed in."""
    theirs = versions.as_the_writer_left_it(article)
    return {
        "layout": layout.lay_out(dressing.dress(theirs)),
        "minutes": layout.minutes(theirs.length),
        "has_silent_picture": html.has_silent_picture(theirs.body),
    }


@writers_page
@require_safe
def submission_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """As in the journal, at a desk or (`?screen=phone`) in the frame of a phone."""
    article = telling.as_told(mine(request, pk))
    on_phone = request.GET.get("screen") == "phone"
    context = {"article": article, "on_phone": on_phone, **_to_do(article), **_laid_out(article)}
    return render(request, "articles/submission_preview.html", context)


@writers_page
@framed_by_ourselves
@xframe_options_sameorigin
@require_safe
def submission_preview_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """The preview without anything around it, for the frame of a phone."""
    article = telling.as_told(mine(request, pk))
    context = {"article": article, **_laid_out(article)}
    return render(request, "articles/submission_preview_sheet.html", context)
