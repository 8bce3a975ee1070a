"""改名, and the manuscripts that still hold the old name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.naming import rules, touched
from articles.reviewing import renamed

from .kinds import Kind, an_editor, keys_in, page


@never_cache
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, pk: int, kind: Kind) -> HttpResponse:
    """Shows what bears the name; POST gives a new one. What has changed since it was shown is
    shown again (409), with what was typed.
    """
    user, row = an_editor(request), kind.one(pk)
    if request.method == "GET":
        return _shown(request, kind, row)
    sent = request.POST
    name, why, seen = (sent.get(each, "") for each in ("name", "why", "seen"))
    try:
        now = kind.rename(row, name, by=user, why=why, seen=seen)
    except rules.Changed as changed:
        return _shown(request, kind, kind.one(pk), refused=str(changed), status=409)
    except rules.NotAllowed as refused:
        return _shown(request, kind, kind.one(pk), refused=str(refused), status=422)
    messages.success(request, f"“{row.name}”从现在起叫“{now.name}”。已经印出和写好的署名没有变。")
    if renamed.of(now, by=user):
        return redirect(f"admin:articles_{kind.name}_rename", pk)
    return redirect(f"admin:articles_{kind.name}_change", pk)


@require_POST
def bring_up_to_date(request: HttpRequest, pk: int, kind: Kind) -> HttpResponse:
    """The manuscripts that were ticked take today's name."""
    user, row = an_editor(request), kind.one(pk)
    done, refused = renamed.bring_up_to_date(row, keys_in(request.POST.getlist("article")), by=user)
    for sentence in refused:
        messages.error(request, sentence)
    if done:
        messages.success(request, f"{done} 篇稿件的署名改成了“{row.name}”。")
    elif not refused:
        messages.warning(request, "没有选稿件，什么也没有改。")
    return redirect(f"admin:articles_{kind.name}_rename", pk)


def _shown(
    request: HttpRequest, kind: Kind, row: Any, *, refused: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        "rename.html",
        kind,
        status=status,
        title=f"给“{row}”改名",
        row=row,
        shown=touched.of(row),
        outdated=renamed.of(row, by=an_editor(request)),
        former=row.former.all(),
        refused=refused,
        name=request.POST.get("name", row.name),
        why=request.POST.get("why", ""),
        longest=rules.MAX_REASON,
    )
