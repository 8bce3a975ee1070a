"""Comments on passages of a manuscript, made, mended and settled from the review page."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.bodies import anchors, html
from articles.models import Article, Comment
from articles.reviewing import commenting
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web import kept


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed and not taken: on a new comment, or (`pk`) on one that is there."""

    why: str
    words: str
    audience: str
    quote: str = ""
    before: str = ""
    pk: int = 0


def add(request: HttpRequest, article: Article) -> Refused | None:
    said = request.POST.get
    typed: dict[str, Any] = {
        "words": said("words", ""),
        "audience": said("audience", Comment.Audience.DESK),
    }
    where: dict[str, Any] = {"quote": said("quote", ""), "before": said("before", "")}
    if why := kept.look_at_it(request):
        return Refused(why, **typed, **where)
    try:
        commenting.comment(article, by=who_acts(request), **typed, **where)
    except commenting.NotAllowed as refused:
        return Refused(str(refused), **typed, **where)
    return None


def mend(request: HttpRequest, article: Article, pk: int) -> Refused | None:
    """By the one who wrote it; the button `take_away` does that."""
    said = request.POST.get
    typed = {"words": said("words", ""), "audience": said("audience", Comment.Audience.DESK)}
    found = article.comments.filter(pk=pk).first()
    if found is None and Comment.objects.filter(pk=pk).exists():
        raise Http404  # of another manuscript
    if why := kept.look_at_it(request):
        return Refused(why, **typed, pk=pk)
    found = found or Comment(pk=pk)  # taken away meanwhile: what was typed is shown again
    try:
        if "take_away" in request.POST:
            commenting.take_away(found, by=who_acts(request), mark=said("mark", ""))
        else:
            commenting.mend(found, by=who_acts(request), mark=said("mark", ""), **typed)
    except commenting.NotAllowed as refused:
        return Refused(str(refused), **typed, pk=pk)
    return None


@require_POST
def settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Settles a comment, or opens it again (`again`)."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.open_inside_to(who_acts(request)), pk=pk)
    found = get_object_or_404(article.comments, pk=comment)
    (commenting.reopen if "again" in request.POST else commenting.settle)(
        found, by=who_acts(request)
    )
    return back(article)


def back(article: Article) -> HttpResponse:
    return redirect(reverse("admin:articles_article_review", args=[article.pk]) + "#comments")


def of(article: Article, user: User) -> list[dict[str, Any]]:
    """The comments that the user may read, those that are open first, each with whether its
    passage still stands.

    They are shown to the user: what somebody else wrote is read from now on.
    """
    text = html.text(article.body)
    rows = []
    comments = article.comments.readable_by(user).select_related("by", "settled_by")
    for each in comments:
        anchor = anchors.Anchor(each.quote, each.before, each.after)
        lost = bool(each.quote) and anchors.find(text, anchor) is None
        mendable = each.by_id == user.pk and not each.settled_at
        rows.append({"comment": each, "lost": lost, "mendable": mendable})
    commenting.shown(comments, to=user)
    return sorted(rows, key=lambda row: row["comment"].settled_at is not None)
