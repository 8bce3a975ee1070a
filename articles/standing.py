"""Where a manuscript stands, in words that its writer understands."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from servicejournal import record
from servicejournal.models import Record

from .models import Article, Review
from .workflow import Action

Status = Article.Status


#: Whose turn it is, in the order of the page.
TURNS = {"yours": "等您动手", "theirs": "编辑部在办", "over": "已有结果"}


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` in two or three words, `meaning` a sentence, `step` what happens or is to do next."""

    state: str
    meaning: str
    step: str
    turn: str  # a key of TURNS
    age: str


_WORDS = {
    Status.DRAFT: ("草稿", "还没有提交，只有您自己看得到。", "接着写，写好了就提交。", "yours"),
    Status.SUBMITTED: (
        "已提交",
        "编辑部已经收到，等编辑开始初审。",
        "{days} 天内会有编辑开始看，您不用做什么。",
        "theirs",
    ),
    Status.FIRST_REVIEW: (
        "初审中",
        "编辑正在通读您的稿件。",
        "初审通过后进入复审；需要修改时会在这里告诉您。",
        "theirs",
    ),
    Status.SECOND_REVIEW: ("复审中", "初审已经通过，副主编正在复审。", "接下来是终审。", "theirs"),
    Status.FINAL_REVIEW: ("终审中", "复审已经通过，主编正在终审。", "终审通过就采用。", "theirs"),
    Status.ACCEPTED: (
        "已采用",
        "三审全部通过，等待编入一期。",
        "刊出后，这里会有文章的链接。",
        "theirs",
    ),
    Status.REVISING: ("请您修改", "编辑看过了，请按意见修改。", "改好后再次提交。", "yours"),
    Status.HELD: ("备用", "这一期没有用上，编辑部留着以后用。", "用上时会在这里告诉您。", "theirs"),
    Status.REJECTED: (
        "未采用",
        "这篇稿件没有采用，原因见编辑的意见。",
        "欢迎投来新的稿件。",
        "over",
    ),
    Status.WITHDRAWN: (
        "已撤稿",
        "您撤回了这篇稿件。",
        "想重新投，请联系编辑部，或另投一篇。",
        "over",
    ),
}
_PUBLISHED = ("已刊出", "读者已经可以读到这篇文章。", "谢谢您的稿件。", "over")


def of(article: Article) -> Standing:
    """Needs `article.issue` loaded where there is one."""
    state, meaning, step, turn = _PUBLISHED if article.is_published else _WORDS[article.status]
    step = step.format(days=settings.REVIEW_DAYS)
    return Standing(state, meaning, step, turn, age(article.stage_since))


def age(since: datetime) -> str:
    """今天, 昨天, 3 天前; from a month on the date itself."""
    days = (timezone.localdate() - timezone.localdate(since)).days
    if days > 30:
        return f"{timezone.localdate(since):%Y年%-m月%-d日}"
    return {0: "今天", 1: "昨天"}.get(days, f"{days} 天前")


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    words: str


_EVENTS = {
    Action.HAND_IN.label: "您提交了稿件",
    Action.RECEIVE.label: "编辑开始初审",
    Action.RETURN.label: "编辑请您修改",
    Action.REJECT.label: "没有采用",
    Action.HOLD.label: "留作备用",
    Action.REOPEN.label: "编辑部重新审稿",
    Action.WITHDRAW.label: "您撤回了稿件",
}
_PASSED = {
    Status.SECOND_REVIEW: "初审通过，进入复审",
    Status.FINAL_REVIEW: "复审通过，进入终审",
    Status.ACCEPTED: "终审通过，稿件采用",
}


def _words_of(row: Record) -> str:
    if row.verb == Action.PASS.label:
        return _PASSED.get(row.what.get("after"), "")
    return _EVENTS.get(row.verb, "")


def events(article: Article) -> list[Event]:
    """What happened, for the writer: the newest first. Making up an issue stays inside the desk."""
    told = [Event(row.at, words) for row in record.of(article) if (words := _words_of(row))]
    if article.is_published:
        told.insert(0, Event(article.issue.published_at, f"在{article.issue.label}刊出"))
    return [*told, Event(article.created_at, "您建立了草稿")]


def opinions(article: Article) -> QuerySet[Review]:
    """What reviewers wrote to the writer, the newest first; never their internal notes."""
    return article.reviews.exclude(opinion="").defer("note").order_by("-decided_at", "-pk")
