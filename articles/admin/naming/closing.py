"""撤并 and 恢复 of a branch."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import Branch
from articles.naming import closing, rules, touched

from .kinds import BRANCHES, an_editor, keys_in, page


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a branch that is open, and opens one that is closed."""
    user, branch = an_editor(request), BRANCHES.one(pk)
    if request.method == "GET":
        return _shown(request, branch)
    why = request.POST.get("why", "")
    try:
        if request.POST.get("act") == "reopen":
            closing.reopen_branch(branch, by=user, why=why)
            messages.success(request, f"{branch}已恢复，投稿表单里又有它了。")
        else:
            closing.retire_branch(branch, by=user, why=why, into=_into(request))
            messages.success(request, f"{branch}已撤并，投稿表单里不再有它；从前的文章和署名都在。")
    except rules.NotAllowed as refused:
        return _shown(request, BRANCHES.one(pk), refused=str(refused), status=422)
    return redirect("admin:articles_branch_change", pk)


def _into(request: HttpRequest) -> Branch | None:
    """Raises `NotAllowed` for what is in no list."""
    sent = request.POST.get("into", "")
    if not sent:
        return None
    found = Branch.objects.filter(pk__in=keys_in([sent])).first()
    if found is None:
        raise rules.NotAllowed("并入的单位请从列表里选。")
    return found


def _shown(
    request: HttpRequest, branch: Any, *, refused: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        "close.html",
        BRANCHES,
        status=status,
        title=f"恢复“{branch}”" if branch.retired else f"撤并“{branch}”",
        row=branch,
        shown=touched.of(branch),
        offered=Branch.objects.active().exclude(pk=branch.pk),
        into=request.POST.get("into", ""),
        refused=refused,
        why=request.POST.get("why", ""),
        longest=rules.MAX_REASON,
    )
