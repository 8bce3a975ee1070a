"""Every version of a manuscript, to look at. What was is never written back over what is."""

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles import pictures, reading
from articles.models import Article


def page(request: HttpRequest, article: Article) -> HttpResponse:
    """The versions, the newest first, and the text of one of them (`?version=`)."""
    versions = article.history.select_related("history_user").defer("body", "note")
    wanted = request.GET.get("version", "")
    chosen = versions.filter(pk=wanted).first() if wanted.isdigit() else versions.first()
    if chosen is None:
        raise Http404
    then = Article(pk=article.pk, body=chosen.body)
    context = {
        **admin.site.each_context(request),
        "title": f"版本：{article.title}",
        "article": article,
        "versions": versions,
        "chosen": chosen,
        "body": reading.lay_out(pictures.dress(then)).body,
    }
    return render(request, "admin/articles/article/versions.html", context)
