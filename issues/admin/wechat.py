"""公众号: an issue's messages, to look at in a phone, to copy, and their pictures to upload."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from articles.models import Picture
from issues import contents
from issues.exports import book, outputs, wechat
from issues.exports.wechat import parcel
from issues.models import Issue
from servicejournal.access import for_the_desk_only, is_closed, who_acts
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.roles import Role
from servicejournal.web import turnstile
from servicejournal.web.csp import framed_by_ourselves, with_own_styles

#: The message that is no article.
CONTENTS = 0


@require_safe
def page(request: HttpRequest, pk: int, article: int = CONTENTS) -> HttpResponse:
    """One message with its fields, beside the list of all."""
    issue = _issue(request, pk)
    (whole, face), theme = book.held(issue), _theme(request)
    if whole.scan and not whole.articles:
        told = {"title": f"公众号 {issue.full_label}", "issue": issue}
        context = {**admin.site.each_context(request), **told}
        return render(request, "admin/issues/issue/wechat_nothing.html", context)
    message = _message(issue, whole, face, article, theme)
    context = {
        **admin.site.each_context(request),
        "title": f"公众号 {issue.full_label}",
        "issue": issue,
        "messages_of_issue": _list(issue),
        "chosen": article,
        "message": message,
        "limits": wechat.LIMITS,
        "themes": [(key, theme.name) for key, theme in wechat.THEMES.items()],
        "theme": theme,
        "why_not": _why_not(issue, who_acts(request)),
        "preview": f"{reverse(_PREVIEW, args=[pk, article])}?theme={theme}",
    }
    return render(request, "admin/issues/issue/wechat.html", context)


_PREVIEW = "admin:issues_issue_wechat_preview"


@require_safe
@xframe_options_sameorigin
@framed_by_ourselves
@with_own_styles
def preview(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """The message alone, as wide as it is shown: its styles stand in the text."""
    issue = _issue(request, pk)
    whole, face = book.held(issue)
    message = _message(issue, whole, face, article, _theme(request))
    context = {"message": message, "body": message.html}
    return for_the_desk_only(render(request, "admin/issues/issue/wechat_preview.html", context))


@require_safe
def pictures(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """The pictures of a message and its covers, as a zip."""
    issue = _issue(request, pk)
    turnstile.enter(turnstile.EXPORT, request)
    shown = _article_of(issue, book.held(issue)[0], article) if article else None
    files = [("", outputs.read(each.file)) for each in shown.pictures] if shown else []
    cover = files[0][1] if files else outputs.cover_of(issue)
    response = HttpResponse(parcel.pictures(files, cover), content_type="application/zip")
    name = f"{issue.label}-{shown.title if shown else '目录'}-图片.zip"
    response["Content-Disposition"] = certain(
        content_disposition_header(True, name), "what is attached has a name"
    )
    return for_the_desk_only(response)


def _issue(request: HttpRequest, pk: int) -> Issue:
    if not request.user.has_perm("issues.change_issue"):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def _theme(request: HttpRequest) -> str:
    wanted = request.GET.get("theme", "")
    return wanted if wanted in wechat.THEMES else wechat.default_theme()


def _message(
    issue: Issue, whole: book.Book, face: book.Face, article: int, theme: str
) -> wechat.Message:
    """The contents, or the article of that id in this issue; a 404 for any other."""
    if article == CONTENTS:
        return wechat.of_issue(whole, face, theme=theme)
    chosen = _article_of(issue, whole, article)
    return wechat.of_article(whole, chosen, face, theme=theme, source=_address)


def _article_of(issue: Issue, whole: book.Book, article: int) -> book.BookArticle:
    """A 404 for one of another issue."""
    order = [row["pk"] for row in _list(issue)]
    if article not in order:
        raise Http404
    return whole.articles[order.index(article)]


def _address(token: str) -> str:
    return Picture(token=token).get_absolute_url()


def _list(issue: Issue) -> list[dict[str, Any]]:
    """The articles in the order of the book."""
    if issue.standing:
        printed = issue.standing.printed.order_by("place").values("article_id", "title")
        return [{"pk": each["article_id"], "title": each["title"]} for each in printed]
    return [{"pk": each.pk, "title": each.title} for each in contents.of(issue).articles]


def _why_not(issue: Issue, user: User) -> str:
    """A message to a public account is publication to everybody (DOMAIN §D)."""
    if not issue.is_published:
        return "这一期还没有发布。发布以后才能复制到公众号；现在可以先看样子。"
    if is_closed(issue.access):
        return (
            "这一期只给登录的读者看，不能推送到公众号。要推送，请主编先在“签发与发布”里改为公开。"
        )
    if not user.has_role(Role.CHIEF_EDITOR, Role.SENIOR_EDITOR):
        return "推送到公众号就是对外公开，由副主编或主编复制。"
    return ""
