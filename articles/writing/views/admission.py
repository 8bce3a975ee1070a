"""Who may open a writer's page, and what becomes of the words of one who was signed out."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve, reverse
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.cache import never_cache

from articles.bodies import html
from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.pictures.views import refusal
from servicejournal.access import SignedInRequest
from servicejournal.web import kept

from . import autosaving

#: Pages whose form holds what somebody wrote.
_WRITING: tuple[str | None, ...] = ("submit", "submission_edit")
#: Pages that ask for a reason in words.
_REASON: tuple[str | None, ...] = ("submission_hand_in", "submission_withdraw")


def writers_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For signed-in people, kept by no cache. Who was signed out while writing loses no word."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        is_writing = request.method == "POST" and match is not None and match.url_name in _WRITING
        if is_writing and not kept.is_from_the_writer(request):
            return _keep_words(request)
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if _gives_a_reason(request):
            return kept.to_be_sent_again(request)
        here = request.get_full_path() if request.method == "GET" else reverse("submissions")
        return redirect_to_login(here)

    return never_cache(guarded)


def _gives_a_reason(request: HttpRequest) -> bool:
    asked_by = resolve(request.path_info).url_name
    return request.method == "POST" and asked_by in _REASON and kept.holds_words(request)


def _keep_words(request: HttpRequest) -> HttpResponse:
    """A page that holds everything that was typed and sends it again after signing in."""
    is_anothers = request.user.is_authenticated and not kept.is_from_the_writer(request)
    if request.POST.get("action") in autosaving.ACTS:
        return _refuse_by_itself(request, is_anothers)
    try:
        words = html.text(html.clean(request.POST.get("body", "")))
    except html.Refused:
        words = html.text(html.plain(request.POST.get("body", "")))
    return kept.page(request, title=request.POST.get("title", ""), words=words)


def _refuse_by_itself(request: HttpRequest, is_anothers: bool) -> HttpResponse:
    if is_anothers:
        said = "现在登录的是另一个账号，这些字没有存到服务器。"
        return autosaving.refusal(said, 403, reason="another")
    return autosaving.refusal("登录已过期。", 403, reason="signed out")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Where a form's token is out of date, as after signing in elsewhere, the words are kept.

    Only for forms of our own pages: what a foreign page sends is not shown.
    """
    match = resolve(request.path_info)
    name = match.url_name
    if name in ("picture_upload", "word_upload", "word_picture"):
        return refusal("页面放得太久了，请保存草稿、刷新页面后再上传。", 403)
    if kept.is_from_our_page(request):
        if name in _WRITING:
            return _keep_words(request)
        if _gives_a_reason(request):
            return kept.to_be_sent_again(request)
        is_told_whose = "writer" in request.POST or not request.user.is_authenticated
        if match.app_name == "admin" and is_told_whose and kept.holds_words(request):
            return kept.at_the_desk(request)
    return plain_csrf_failure(request, reason)


def mine(request: SignedInRequest, pk: int) -> Article:
    """The writer's own manuscript; anybody else's is a 404."""
    return get_object_or_404(_own(request).with_bylines(), pk=pk)


def mine_to_write(request: SignedInRequest, pk: int) -> Article:
    """The same without its bylines: whoever writes over them asks for them under a lock."""
    return get_object_or_404(_own(request), pk=pk)


def _own(request: SignedInRequest) -> ArticleQuerySet:
    return Article.objects.of(request.user).select_related("section", "issue", "call")
