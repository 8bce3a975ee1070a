"""What of an issue is read: its page, its articles, and how far it is leafed through."""

from dataclasses import dataclass

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from issues.counts import figures
from issues.models import DailyCount, Echo, Issue, PrintedArticle

Kind = DailyCount.Kind


@dataclass(frozen=True, slots=True)
class Row:
    article: PrintedArticle
    read: int
    helped: int
    letters: int


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Six queries, however long the issue is."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.published(), pk=pk)
    pages = figures.pages_of(pk)
    most = max(pages.values(), default=1)
    context = {
        **admin.site.each_context(request),
        "title": f"阅读 {issue.full_label}",
        "issue": issue,
        "opened": figures.of(Kind.ISSUE, [pk]).get(pk, 0),
        "rows": _rows(issue),
        "pages": [(each, seen, round(100 * seen / most)) for each, seen in pages.items()],
    }
    return render(request, "admin/issues/issue/reading.html", context)


def _rows(issue: Issue) -> list[Row]:
    """The most read first."""
    printed = PrintedArticle.objects.filter(edition__standing_for=issue).order_by("place")
    articles = list(printed.only("article", "title", "byline", "section_name"))
    keys = [each.article_id for each in articles]
    read, helped = figures.of(Kind.ARTICLE, keys), figures.of(Kind.HELPFUL, keys)
    passed = Echo.objects.shown().filter(article__in=keys).order_by()
    letters = dict(passed.values_list("article").annotate(n=Count("pk")))
    rows = [
        Row(each, *(told.get(each.article_id, 0) for told in (read, helped, letters)))
        for each in articles
    ]
    return sorted(rows, key=lambda row: -row.read)
