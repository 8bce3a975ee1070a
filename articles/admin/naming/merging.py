"""合并: which one stays, what changes hands, why; then once and for all."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.naming import rules, touched

from .kinds import BRANCHES, Kind, an_editor, keys_in, page

#: That are merged at once; each is shown.
MOST = 20


@never_cache
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Shows what merging the chosen rows would do; POST does it. What has changed since it was
    shown is shown again (409), and no word of the reason is lost.
    """
    user = an_editor(request)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(kind, keys_in(sent.getlist("chosen"), most=MOST))
    if len(chosen) < 2:
        messages.error(
            request, f"请至少选两{kind.measure}{kind.noun}，再合并；已经合并掉的不用再选。"
        )
        return redirect(f"admin:articles_{kind.name}_changelist")
    keep = _kept(chosen, sent.get("keep", ""))
    if request.method == "GET":
        return _shown(request, kind, chosen, keep)
    others = [row for row in chosen if row is not keep]
    same = {"same": keys_in(sent.getlist("same"))} if kind is BRANCHES else {}
    try:
        kept = kind.merge(
            keep, others, by=user, why=sent.get("why", ""), seen=sent.get("seen", ""), **same
        )
    except rules.Changed as changed:
        return _shown(request, kind, chosen, keep, refused=str(changed), status=409)
    except rules.NotAllowed as refused:
        return _shown(request, kind, chosen, keep, refused=str(refused), status=422)
    gone = "、".join(map(str, others))
    messages.success(request, f"已合并：{gone} → {kept}。印出来的署名都没有变。")
    return redirect(f"admin:articles_{kind.name}_change", kept.pk)


def _chosen(kind: Kind, keys: list[int]) -> list[Any]:
    """With the number of texts that they sign; who signs most comes first."""
    rows = kind.rows().filter(pk__in=keys).annotate(texts=Count("authorships"))
    return sorted(rows, key=lambda row: (-row.texts, row.pk))


def _kept(chosen: list[Any], key: str) -> Any:
    return next((row for row in chosen if str(row.pk) == key), chosen[0])


def _shown(
    request: HttpRequest,
    kind: Kind,
    chosen: list[Any],
    keep: Any,
    *,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = touched.of_merging(keep, [row for row in chosen if row is not keep])
    ticked = keys_in(request.POST.getlist("same"))
    if request.method == "GET":
        ticked = [each.pk for each in shown.namesakes if each.is_likely and not each.apart]
    return page(
        request,
        "merge.html",
        kind,
        status=status,
        title=f"合并{kind.noun}",
        chosen=chosen,
        keep=keep,
        shown=shown,
        ticked=ticked,
        refused=refused,
        why=request.POST.get("why", ""),
        longest=rules.MAX_REASON,
    )
