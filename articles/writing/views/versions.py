"""Every version that the writer knows, and any two of them compared."""

from itertools import zip_longest

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.bodies.differences import Difference
from articles.models import Article
from servicejournal.access import SignedInRequest

from .. import telling, versions
from ..versions import Version
from .admission import mine, writers_page


@writers_page
@require_safe
def submission_versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """`?from=` and `?to=` name two versions; without them, the last change."""
    article = telling.as_told(mine(request, pk))
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


def _chosen(
    request: SignedInRequest, known: list[Version]
) -> tuple[Version | None, Version | None]:
    by_pk = {str(version.pk): version for version in known}
    before, last = [None, None, *known][-2:]
    wanted = [request.GET.get(name) for name in ("from", "to")]
    if any(pk is not None and pk not in by_pk for pk in wanted):
        raise Http404
    old, new = (None if pk is None else by_pk[pk] for pk in wanted)
    return old or before, new or last


def _difference(article: Article, old: Version | None, new: Version | None) -> Difference | None:
    return versions.compare(article, old, new) if old and new else None
