"""Where a manuscript stands, in words that its writer understands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from servicejournal import record
from servicejournal.certain import certain
from servicejournal.models import Record, User

from ..models import Article, Comment, Endorsement, Review
from ..reviewing import commenting
from ..reviewing.workflow import Action
from . import endorsement, telling

Status = Article.Status


#: Whose turn it is, in the order of the page.
TURNS = {"yours": "待您处理", "theirs": "编辑部处理中", "over": "已有结果"}


@dataclass(frozen=True, slots=True)
class Progress:
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
        "您撤了这篇稿件。",
        "想重新投，请联系编辑部，或另投一篇。",
        "over",
    ),
}
_PUBLISHED = ("已刊出", "读者已经可以读到这篇文章。", "谢谢您的稿件。", "over")
_RECALLED = (
    "已撤回",
    "您把稿件撤回修改，编辑部现在看不到它。",
    "改好后再次提交，稿号不变。",
    "yours",
)
_AT_THE_BRANCH = (
    "等单位负责人签审",
    "稿件还在您这里，负责人同意以后才报送编辑部。",
    "请把签审链接发给负责人；这时再改文字，要重新送签。",
    "yours",
)
_BACK_FROM_THE_BRANCH = (
    "单位退回",
    "单位负责人看过了，没有同意报送。",
    "请按签审的意见修改，改好后再送签一次。",
    "yours",
)
_PLACED = ("已采用", "已编入{issue}，等待出刊。", "刊出后，这里会有文章的链接。", "theirs")


def of(article: Article) -> Progress:
    """Needs `article.issue` loaded where there is one."""
    state, meaning, step, turn = _words(article)
    meaning = meaning.format(issue=article.issue)
    step = step.format(days=settings.REVIEW_DAYS)
    return Progress(state, meaning, step, turn, age(_since(article)))


def _since(article: Article) -> datetime:
    if asked := endorsement.pending(article):
        return asked.asked_at
    if refused := endorsement.refusal(article):
        return certain(refused.answered_at, "constraint endorsement_is_whole")
    return article.stage_since


def _words(article: Article) -> tuple[str, str, str, str]:
    if article.is_published:
        return _PUBLISHED
    if article.issue_id:
        return _PLACED
    if endorsement.pending(article):
        return _AT_THE_BRANCH
    if endorsement.refusal(article):
        return _BACK_FROM_THE_BRANCH
    if article.status == Status.DRAFT and article.receipt:
        return _RECALLED
    return _WORDS[Status(article.status)]


def age(since: datetime) -> str:
    """今天, 昨天, 3 天前; from a month on the date itself."""
    days = (timezone.localdate() - timezone.localdate(since)).days
    if days > 30:
        return f"{timezone.localdate(since):%Y年%-m月%-d日}"
    return {0: "今天", 1: "昨天"}.get(days, f"{days} 天前")


# The five steps


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    place: str  # done, now, stopped, ahead
    word: str = ""  # what holds it there, where something does


STEPS = ("收稿", "初审", "复审", "终审", "刊出")
#: How many steps are done in each state.
_DONE = {
    Status.DRAFT: 0,
    Status.SUBMITTED: 1,
    Status.FIRST_REVIEW: 1,
    Status.SECOND_REVIEW: 2,
    Status.FINAL_REVIEW: 3,
    Status.ACCEPTED: 4,
}
_BESIDE = {
    Status.REVISING: "请您修改",
    Status.HELD: "备用",
    Status.REJECTED: "未采用",
    Status.WITHDRAWN: "已撤稿",
}


def progress(article: Article) -> list[Step]:
    """收稿, 初审, 复审, 终审, 刊出: what is behind, what it stands at, what is to come."""
    if article.is_published:
        return [Step(name, "done") for name in STEPS]
    status = Status(article.status)
    word = _BESIDE.get(status, "")
    done = _DONE[_left_at(article) if word else status]
    if endorsement.refusal(article):
        word = _BACK_FROM_THE_BRANCH[0]
    here = Step(STEPS[done], "stopped" if word else "now", word)
    behind = [Step(name, "done") for name in STEPS[:done]]
    return [*behind, here, *(Step(name, "ahead") for name in STEPS[done + 1 :])]


def _left_at(article: Article) -> Status:
    """The state on the way to print from which it went aside."""
    for row in telling.course(article):
        if row.what.get("after") in _BESIDE and (before := row.what["before"]) in _DONE:
            return Status(before)
    return Status.SUBMITTED if article.receipt else Status.DRAFT


# What happened


@dataclass(frozen=True, slots=True)
class Event:
    """`said`: what somebody wrote to the writer, or the writer; `note`: what became of it."""

    at: datetime
    words: str
    said: str = ""
    note: str = ""


_EVENTS = {
    Action.RECALL.label: "您把稿件撤回修改",
    Action.RECEIVE.label: "编辑开始初审",
    Action.RETURN.label: "编辑请您修改",
    Action.REJECT.label: "没有采用",
    Action.HOLD.label: "留作备用",
    Action.REOPEN.label: "编辑部重新审稿",
    Action.WITHDRAW.label: "您撤稿了",
    "编入": "编入{issue}",
    "移出": "移出{issue}，另行安排",
}
_PASSED = {
    Status.SECOND_REVIEW: "初审通过，进入复审",
    Status.FINAL_REVIEW: "复审通过，进入终审",
    Status.ACCEPTED: "终审通过，稿件采用",
}
#: Steps whose reason is written to the writer (the review page says so), or by the writer.
_SPOKEN = {
    each.label
    for each in (
        Action.PASS,
        Action.RETURN,
        Action.REJECT,
        Action.HOLD,
        Action.REOPEN,
        Action.WITHDRAW,
    )
}
VOID = "文字改动后作废"


def _words_of(row: Record) -> str:
    if row.verb == Action.PASS.label:
        return _PASSED.get(row.what.get("after"), "")
    if row.verb == Action.HAND_IN.label:
        return _how_it_came(row)
    return _EVENTS.get(row.verb, "").format(issue=row.what.get("issue", "一期"))


def _how_it_came(row: Record) -> str:
    if row.what.get("endorsement"):
        return "单位负责人同意以后，稿件报送编辑部"
    if row.what.get("before") == Status.REVISING:
        return "您改好以后再次提交"
    return "您提交了稿件"


def events(article: Article) -> list[Event]:
    """What happened, for the writer: the newest first. Reviewers and their notes stay inside."""
    told = [
        Event(row.at, words, said=row.why if row.verb in _SPOKEN else "")
        for row in telling.course(article)
        if (words := _words_of(row))
    ]
    told += _signatures(article)
    if article.is_published:
        issue = certain(article.issue, "what is published stands in an issue")
        came_out = certain(issue.published_at, "an issue is out from a moment on")
        told.append(Event(came_out, f"在{issue.label}刊出"))
    told.sort(key=lambda event: event.at, reverse=True)
    return [*told, Event(article.created_at, "您建立了草稿")]


def _signatures(article: Article) -> Iterator[Event]:
    """Every request and its answer; an agreement to another text than this one is void."""
    signed = endorsement.signed(article)
    text = article.digest() if article.with_the_writer or signed is None else signed.digest
    for asked in article.endorsements.all():
        void = VOID if asked.digest != text else ""
        if asked.answer:
            words = f"{asked.signed_by}：{asked.get_answer_display()}"
            agreed = asked.answer == Endorsement.Answer.AGREED
            at = certain(asked.answered_at, "constraint endorsement_is_whole")
            yield Event(at, words, asked.words, void if agreed else "")
        note = "" if asked.answer else void or _unanswered(asked, article)
        yield Event(asked.asked_at, "您送单位负责人签审", note=note)


def _unanswered(asked: Endorsement, article: Article) -> str:
    if article.endorsements.first() != asked:
        return "后来重新送签"
    return "过期没有签" if endorsement.is_late(asked) else ""


def last_hand_in(article: Article) -> Record | None:
    """When it came in last, with what was declared and the digest of the text."""
    return record.of(article).filter(verb=Action.HAND_IN.label).first()


def comments(article: Article) -> QuerySet[Comment]:
    """Open comments on passages that are meant for the writer, once the desk has given it back."""
    if article.status in Article.IN_REVIEW:
        return article.comments.none()
    return article.comments.for_the_writer().open()


def shown_comments(article: Article, *, to: User) -> list[Comment]:
    """Those, for a page of the writer's: from now on they have read them."""
    rows = list(comments(article).select_related("article"))
    commenting.shown(rows, to=to)
    return rows


def opinions(article: Article) -> list[Review]:
    """What reviewers wrote to the writer, the newest first; never their internal notes."""
    said = article.reviews.standing().exclude(opinion="")
    rows = said.defer("note").order_by("-decided_at", "-pk")
    return [each for each in rows if telling.is_told(article, each.decided_at)]
