"""Of a person's own data, what the desk of manuscripts holds; and what goes when they have left."""

from typing import Any

from django.utils import timezone

from servicejournal.models import User
from servicejournal.privacy import leaving, own_data

from ..models import Article, Notice, Presence, SavedView
from . import forgetting, progress, telling


def manuscripts(user: User) -> list[dict[str, Any]]:
    """As their writer may see them: nothing that is not told yet, no internal note."""
    rows = Article.objects.of(user).with_bylines().select_related("section", "issue").order_by("pk")
    return [_manuscript(each) for each in telling.all_as_told(rows)]


def _manuscript(article: Article) -> dict[str, Any]:
    return {
        "题目": article.title,
        "稿号": article.receipt or "",
        "状态": article.get_status_display(),
        "栏目": str(article.section or ""),
        "署名": article.byline,
        "导语": article.standfirst,
        "正文": article.body,
        "给编辑的话": article.note,
        "建立": _at(article.created_at),
        "原稿": [each.name for each in article.attachments.filter(uploaded_by=article.contributor)],
        "意见": [
            {"时间": _at(each.decided_at), "审级": each.get_stage_display(), "意见": each.opinion}
            for each in progress.opinions(article)
        ],
    }


def notices(user: User) -> list[dict[str, Any]]:
    rows = Notice.objects.of(user).order_by("-created_at", "-pk")
    return [
        {
            "时间": _at(each.created_at),
            "标题": each.subject,
            "内容": each.words,
            "寄往": each.address,
        }
        for each in rows
    ]


def let_go(user: User) -> dict[str, int]:
    """Letters, views and drafts that never reached the desk. What was handed in is the desk's."""
    drafts = Article.objects.of(user).filter(status=Article.Status.DRAFT, receipt=None, issue=None)
    rows = list(drafts.filter(printings=None))
    for each in rows:
        forgetting.let_go(each, by=User.objects.system(), why="投稿人离任")
    return {
        "notices": Notice.objects.filter(recipient=user).delete()[0],
        "views": SavedView.objects.filter(user=user).delete()[0],
        "presence": Presence.objects.filter(user=user).delete()[0],
        "drafts": len(rows),
    }


def _at(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def register() -> None:
    own_data.register("稿件", manuscripts)
    own_data.register("通知", notices)
    leaving.register(let_go)
