"""我的视图 above the list of manuscripts: opened by a click, kept by their owner alone."""

from copy import copy
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Article, SavedView
from articles.reviewing import saved_views
from servicejournal.access import who_acts
from servicejournal.web.keys import key_in

#: What belongs to one look at the list, and to no view.
_PASSING = ("p", "e", "all", "_popup", "_to_field", "_changelist_filters")
_LIST = "admin:articles_article_changelist"


def plain(told: QueryDict) -> str:
    """The query of an address without what is passing."""
    kept = QueryDict(mutable=True)
    for name, values in told.lists():
        if name not in _PASSING and any(values):
            kept.setlist(name, values)
    return kept.urlencode()


def shown(request: HttpRequest) -> list[tuple[SavedView, bool]]:
    """The views of whoever looks, each with whether it is what the list shows."""
    query = plain(request.GET)
    return [(each, each.query == query) for each in who_acts(request).saved_views.all()]


def first_of(own: list[tuple[SavedView, bool]]) -> str:
    """The query of the view that the list opens with; empty where there is none."""
    return next((view.query for view, _ in own if view.is_default), "")


def shown_of(own: list[tuple[SavedView, bool]]) -> SavedView | None:
    """The view that the address asks for, if it is one."""
    return next((view for view, is_shown in own if is_shown), None)


def open_without(request: HttpRequest, view: SavedView) -> HttpResponse:
    """A view was saved with a filter that is none any more: the list opens without it."""
    page = reverse("admin:articles_article_views")
    said = "视图“{}”里有个筛选已经没有了，先看全部稿件。请在<a href='{}'>我的视图</a>里删掉它。"
    messages.error(request, format_html(said, view, page))
    return redirect(f"{reverse(_LIST)}?queue=all")


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps what the list shows."""
    query = plain(QueryDict(request.POST.get("query", "")))
    if not _opens(request, query):
        messages.error(request, "没有存：这个筛选条件列表看不懂，请重新筛选再存。")
        return redirect(f"{reverse(_LIST)}?queue=all")
    try:
        view = saved_views.save(
            by=who_acts(request),
            name=request.POST.get("name", ""),
            query=query,
            is_default="is_default" in request.POST,
        )
    except saved_views.NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"视图“{view}”存好了，点列表上方的名称就打开。")
    return redirect(f"{reverse(_LIST)}?{query or 'queue=all'}")


def _opens(request: HttpRequest, query: str) -> bool:
    """Whether the list answers it: else it would stay shut to who opens with it."""
    asked = copy(request)
    asked.method, asked.GET = "GET", QueryDict(query)
    manuscripts: Any = admin.site.get_model_admin(Article)
    try:
        manuscripts.get_changelist_instance(asked)
    except (BadRequest, SuspiciousOperation):
        return False
    return True


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Rename, delete, choose which one the list opens with."""
    user = who_acts(request)
    refused: dict[str, Any] = {}
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request))
            return redirect("admin:articles_article_views")
        except saved_views.NotAllowed as reason:
            refused = {"words": str(reason), "view": request.POST.get("view", "")}
            refused["typed"] = request.POST.get("name", "")
    context = {
        **admin.site.each_context(request),
        "title": "我的视图",
        "views": user.saved_views.all(),
        "refused": refused,
    }
    status = 422 if refused else 200
    return render(request, "admin/articles/queue/views.html", context, status=status)


def _carry_out(request: HttpRequest) -> str:
    """What was done, in Chinese."""
    user, verb = who_acts(request), request.POST.get("do", "")
    if verb == "none":
        saved_views.open_with(None, by=user)
        return "打开“稿件”时，先看全部稿件。"
    pk = request.POST.get("view", "")
    own = user.saved_views.all()
    view = get_object_or_404(own, pk=key_in(pk))
    if verb == "delete":
        saved_views.delete(view, by=user)
        return f"视图“{view}”删掉了，稿件没有动。"
    if verb == "default":
        saved_views.open_with(view, by=user)
        return f"打开“稿件”时，先看“{view}”。"
    saved_views.rename(view, by=user, name=request.POST.get("name", ""))
    return f"改名为“{view}”。"
