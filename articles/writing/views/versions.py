"""Every version that the writer knows, and any two of them compared."""

from itertools import zip_longest

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article

from .. import versions
from ..versions import Version
from .admission import mine, writers_page


@writers_page
@require_safe
def submission_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """`?from=` and `?to=` name two versions; without them, the last change."""
    article = mine(request, pk)
    known = versions.of(article)
    old, new = _chosen(request, known)
    newest_first = [*reversed(known)]
    context = {
        "article": article,
        "versions": newest_first,
        "pairs": zip_longest(newest_first, newest_first[1:]),
        "old": old,
        "new": new,
        "difference": _difference(article, old, new),
    }
    return render(request, "articles/submission_versions.html", context)


def _chosen(request: HttpRequest, known: list[Version]) -> tuple[Version | None, Version | None]:
    by_pk = {str(version.pk): version for version in known}
    before, last = [None, None, *known][-2:]
    old, new = request.GET.get("from"), request.GET.get("to")
    if any(wanted is not None and wanted not in by_pk for wanted in (old, new)):
        raise Http404
    return by_pk.get(old, before), by_pk.get(new, last)


def _difference(article: Article, old: Version | None, new: Version | None):
    return versions.compare(article, old, new) if old and new else None
