"""A commissioned manuscript, written down by an editor, is handed in with the saving of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from articles.models import Article
from articles.reviewing import workflow
from articles.writing import handing_in
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

#: The button's name.
ASKED = "_hand_in"


def may_hand_in(article: Article | None, user: User) -> bool:
    """A new one, or one's own that is not handed in yet."""
    if not user.has_role(*EDITORIAL):
        return False
    return article is None or (article.with_the_writer and article.contributor_id == user.pk)


def handed_in(request: HttpRequest, article: Article) -> HttpResponse:
    """What was saved stays saved, whether it could be handed in or not."""
    _forget_what_was_said(request)
    try:
        now = handing_in.hand_in(article, by=who_acts(request), declared=True)
    except handing_in.Incomplete as lacking:
        messages.warning(request, f"已存为草稿，还没有投稿：{lacking}")
        return redirect("admin:articles_article_change", article.pk)
    except handing_in.Unexplained as people:
        page = reverse("submission_hand_in", args=[article.pk])
        told = "已存为草稿，还没有投稿：{}<a href='{}'>到提交的页面写理由</a>"
        messages.warning(request, format_html(told, str(people), page))
        return redirect("admin:articles_article_change", article.pk)
    except workflow.NotAllowed as refused:
        messages.error(request, f"已保存，没有投稿：{refused}")
        return redirect("admin:articles_article_change", article.pk)
    if now.status == Article.Status.DRAFT:
        messages.success(request, "已保存，送单位签审，签了就进入审稿。")
        return redirect("admin:articles_article_change", article.pk)
    messages.success(request, f"已保存并投稿，稿号 {now.receipt}。请同事来审。")
    return redirect("admin:articles_article_review", article.pk)


def _forget_what_was_said(request: HttpRequest) -> None:
    """Django's words about the saving: what follows says it."""
    list(messages.get_messages(request))
