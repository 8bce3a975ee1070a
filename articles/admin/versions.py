"""Every version of a manuscript, to look at and to compare. What was is never written back over
what is.
"""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.bodies import differences, layout
from articles.bodies.differences import text_of
from articles.models import Article
from articles.pictures import dressing
from servicejournal.web.keys import key_in


def page(request: HttpRequest, article: Article) -> HttpResponse:
    """The versions, the newest first, and the text of one of them (`?version=`).

    With `?compare`, what it changed in the version before it; with `?compare=now`, what became of
    it until now. The history does not hold bylines.
    """
    versions = article.history.select_related("history_user").defer("body", "note")
    wanted = request.GET.get("version", "")
    chosen = versions.filter(pk=key_in(wanted)).first() if wanted else versions.first()
    if chosen is None:
        raise Http404
    then = Article(pk=article.pk, body=chosen.body)
    context = {
        **admin.site.each_context(request),
        "title": f"版本：{article.title}",
        "article": article,
        "versions": versions,
        "chosen": chosen,
        "body": layout.lay_out(dressing.dress(then)).body,
        "difference": _difference(article, chosen, request.GET.get("compare")),
        "until_now": request.GET.get("compare") == "now",
    }
    return render(request, "admin/articles/article/versions.html", context)


def _difference(article: Article, chosen: Any, wanted: str | None) -> differences.Difference | None:
    """Until now, or from the version before, which is none for the first."""
    if wanted is None:
        return None
    if wanted == "now":
        return differences.between(text_of(chosen), text_of(article.history.first()))
    before = article.history.filter(history_id__lt=chosen.history_id).first()
    return differences.between(text_of(before), text_of(chosen)) if before else None
