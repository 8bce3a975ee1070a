"""What a contributor sees. The fetch is the permission: another's manuscript is a 404."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import html, pictures, reading, standing, workflow
from . import submissions as desk
from .models import Article
from .notice_views import newest as newest_notices
from .writers import mine, writers_page

#: Characters of a reason for withdrawing that go into the record.
MAX_REASON = 500


@writers_page
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """Where each of my manuscripts stands: first what waits for me."""
    mine = (
        Article.objects.of(request.user)
        .select_related("section", "issue")
        .defer("body", "note")
        .order_by("-stage_since", "-pk")
    )
    rows = [(article, standing.of(article)) for article in mine]
    grouped = [
        (heading, [row for row in rows if row[1].turn == turn])
        for turn, heading in standing.TURNS.items()
    ]
    groups = [(heading, rows) for heading, rows in grouped if rows]
    context = {"groups": groups, "notices": newest_notices(request.user)}
    return render(request, "articles/submissions.html", context)


@writers_page
@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One: its state, what happened, what the reviewers wrote, and what I can do."""
    article = mine(request, pk)
    may = workflow.actions_for(article, request.user)
    context = {
        "article": article,
        "standing": standing.of(article),
        "events": standing.events(article),
        "opinions": standing.opinions(article),
        **_to_do(article),
        "originals": article.attachments.all(),
        "may_withdraw": workflow.Action.WITHDRAW in may,
        **_laid_out(article),
    }
    return render(request, "articles/submission.html", context)


def _to_do(article: Article) -> dict:
    return {"lacking": desk.missing(article) if article.with_the_writer else {}}


def _laid_out(article: Article) -> dict:
    return {
        "layout": reading.lay_out(pictures.dress(article)),
        "minutes": reading.minutes(article.length),
        "has_silent_picture": html.has_silent_picture(article.body),
    }


@writers_page
@require_safe
def submission_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As in the journal, at a desk or (`?screen=phone`) in the frame of a phone."""
    article = mine(request, pk)
    on_phone = request.GET.get("screen") == "phone"
    context = {"article": article, "on_phone": on_phone, **_to_do(article), **_laid_out(article)}
    return render(request, "articles/submission_preview.html", context)


@writers_page
@require_POST
def submission_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """From the preview, which offers it only where nothing is missing."""
    try:
        desk.hand_in(mine(request, pk), by=request.user)
    except (desk.Incomplete, workflow.NotAllowed) as refused:
        messages.error(request, str(refused))
        return redirect("submission", pk)
    return redirect("submission_receipt", pk)


@writers_page
@require_safe
def submission_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, when it came in, and what happens next; to be printed."""
    article = mine(request, pk)
    if not article.receipt:
        return redirect("submission", pk)
    context = {"article": article, "standing": standing.of(article)}
    return render(request, "articles/submission_receipt.html", context)


@writers_page
@require_http_methods(["GET", "POST"])
def submission_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first."""
    article = mine(request, pk)
    refused = workflow.why_not(article, workflow.Action.WITHDRAW, request.user)
    if request.method == "POST":
        _withdraw(request, article)
    elif not refused:
        return render(request, "articles/submission_withdraw.html", {"article": article})
    else:
        messages.error(request, refused)
    return redirect("submission", pk)


def _withdraw(request: HttpRequest, article: Article) -> None:
    why = html.visible(request.POST.get("why", "")).strip()
    try:
        workflow.withdraw(article, by=request.user, why=why[:MAX_REASON])
    except workflow.NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{article.title}”已撤稿。")
