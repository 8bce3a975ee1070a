"""Comments on passages of a manuscript, made and settled from the review page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.bodies import anchors, html
from articles.models import Article, Comment
from articles.reviewing import commenting
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk)
    try:
        commenting.comment(
            article,
            by=who_acts(request),
            words=request.POST.get("words", ""),
            audience=request.POST.get("audience", Comment.Audience.DESK),
            quote=request.POST.get("quote", ""),
            before=request.POST.get("before", ""),
        )
    except commenting.NotAllowed as refused:
        messages.error(request, str(refused))
    return _back(article)


@require_POST
def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Settles a comment, or opens it again (`again`)."""
    article = _article(request, pk)
    found = get_object_or_404(article.comments, pk=comment)
    (commenting.reopen if "again" in request.POST else commenting.settle)(
        found, by=who_acts(request)
    )
    return _back(article)


def _article(request: HttpRequest, pk: int) -> Article:
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    return get_object_or_404(Article.objects.open_inside_to(who_acts(request)), pk=pk)


def _back(article: Article) -> HttpResponse:
    return redirect(reverse("admin:articles_article_review", args=[article.pk]) + "#comments")


def of(article: Article, user: User) -> list[dict[str, Any]]:
    """The comments that the user may read, those that are open first, each with whether its
    passage still stands.
    """
    text = html.text(article.body)
    rows = []
    for each in article.comments.readable_by(user).select_related("by", "settled_by"):
        anchor = anchors.Anchor(each.quote, each.before, each.after)
        lost = bool(each.quote) and anchors.find(text, anchor) is None
        rows.append({"comment": each, "lost": lost})
    return sorted(rows, key=lambda row: row["comment"].settled_at is not None)
