"""How far the pages (翻页版面) of an issue are: a part of its release page, renewed meanwhile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from issues.making import page_making
from issues.models import Edition, Issue
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL


def context_of(issue: Issue, user: User) -> dict[str, Any]:
    """Of the newest edition; `progress` is None where there is no PDF to make pages of."""
    edition = _newest(issue)
    progress = page_making.progress_of(edition) if edition else None
    is_late = progress is not None and edition is not None and progress.is_late(edition)
    return {
        "progress": progress,
        "is_late": is_late,
        "may_order": user.has_role(*EDITORIAL),
    }


def _newest(issue: Issue) -> Edition | None:
    edition = issue.editions.first()
    return edition if edition and edition.pdf else None


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The part alone; POST has the pages made once more."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    if request.method == "POST":
        return _order_again(request, issue)
    context = context_of(issue, who_acts(request))
    if not context["progress"]:
        raise Http404
    part = render(request, "admin/issues/issue/_pages.html", {**context, "issue": issue})
    return for_the_desk_only(part)


def _order_again(request: HttpRequest, issue: Issue) -> HttpResponse:
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    if edition := _newest(issue):
        page_making.order_again(edition, by=who_acts(request))
        messages.success(request, "已交给后台再做一次，做到哪里看“翻页版面”。")
    return redirect("admin:issues_issue_release", issue.pk)
