"""How far an edition is that was asked for: a part of the release page, renewed meanwhile."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from issues.models import Issue
from servicejournal.access import for_the_desk_only
from servicejournal.web import turnstile


@require_safe
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest of the issue; a 404 where nothing was ever asked for."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    turnstile.enter(turnstile.SCRIPT, request)
    issue = get_object_or_404(Issue, pk=pk)
    making = issue.makings.select_related("asked_by", "article").first()
    if making is None:
        raise Http404
    context = {"making": making, "issue": issue}
    return for_the_desk_only(render(request, "admin/issues/issue/_making.html", context))
