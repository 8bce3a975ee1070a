"""三审: the only writer of `Article.status`. One table says what may follow what, by whose hand.

What the desk does takes what it was made from (`seen`; without it, the object in hand) and is
refused as `Stale` where that is not there any more. Every verb is one transaction, takes `by=` the
person who acts, and adds a row to the record. What the writer should know is told in the same
transaction (`letters`).
"""

from collections.abc import Set
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from articles.models import Section
from servicejournal import record, spelling
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from .. import letters
from ..models import Article, Assignment, Review
from . import checking, seen, staffing
from .seen import Seen

Status = Article.Status
Stage = Review.Stage
Decision = Review.Decision


class Action(models.TextChoices):
    HAND_IN = "hand_in", "投稿"
    RECALL = "recall", "撤回修改"
    RECEIVE = "receive", "开始初审"
    PASS = "pass", "通过"
    RETURN = "return", "退修"
    REJECT = "reject", "退稿"
    HOLD = "hold", "备用"
    BACK = "back", "退回上一级"
    REOPEN = "reopen", "重新审稿"
    WITHDRAW = "withdraw", "撤稿"


class NotAllowed(ValueError):
    """The action does not fit the state or the person; the message (Chinese) says why."""


class Stale(NotAllowed):
    """It was made from what is not there any more; the message says who did what meanwhile."""


@dataclass(frozen=True, slots=True)
class Transition:
    to: str
    roles: Set[Role] = frozenset()  # empty: the contributor
    stage: str = ""  # of the review that the action decides


#: State → the stage decided in it, whose roles may, and the state after a pass; in order.
STAGES: dict[str, tuple[Stage, frozenset[Role], Status]] = {
    Status.FIRST_REVIEW: (Stage.FIRST, staffing.ROLES[Stage.FIRST], Status.SECOND_REVIEW),
    Status.SECOND_REVIEW: (Stage.SECOND, staffing.ROLES[Stage.SECOND], Status.FINAL_REVIEW),
    Status.FINAL_REVIEW: (Stage.FINAL, staffing.ROLES[Stage.FINAL], Status.ACCEPTED),
}
#: In the record: the verb that takes a decision back.
TAKEN_BACK = "撤回决定"
_ASIDE = {
    Action.RETURN: Status.REVISING,
    Action.REJECT: Status.REJECTED,
    Action.HOLD: Status.HELD,
}


def _table() -> dict[tuple[str, str], Transition]:
    table: dict[tuple[str, str], Transition] = {
        (Status.DRAFT, Action.HAND_IN): Transition(Status.SUBMITTED),
        (Status.REVISING, Action.HAND_IN): Transition(Status.SUBMITTED),
        (Status.SUBMITTED, Action.RECALL): Transition(Status.DRAFT),
        (Status.SUBMITTED, Action.RECEIVE): Transition(Status.FIRST_REVIEW, EDITORIAL),
    }
    for status, (stage, roles, following) in STAGES.items():
        table[status, Action.PASS] = Transition(following, roles, stage)
        for action, aside in _ASIDE.items():
            table[status, action] = Transition(aside, roles, stage)
    for status, before in (pair[::-1] for pair in pairwise(STAGES)):
        stage, roles, _ = STAGES[status]
        table[status, Action.BACK] = Transition(before, roles, stage)
    for status in (*Article.IN_REVIEW, Status.DRAFT, Status.REVISING, Status.HELD):
        table[status, Action.WITHDRAW] = Transition(Status.WITHDRAWN)
    for status in (Status.HELD, Status.REJECTED, Status.WITHDRAWN, Status.ACCEPTED):
        table[status, Action.REOPEN] = Transition(Status.FIRST_REVIEW, EDITORIAL)
    return table


TRANSITIONS = _table()


def why_not(article: Article, action: str, user: User) -> str:
    """Why the user may not do this now, in Chinese; the empty string where it is allowed."""
    transition = TRANSITIONS.get((article.status, action))
    if transition is None:
        name = Action(action).label
        return f"“{article.title}”现在是“{article.get_status_display()}”，不能{name}。"
    if not transition.roles:
        return "" if article.contributor_id == user.pk else "只有投稿人自己可以这样做。"
    if not may_take(transition, user):
        return "您的角色不能做这一步，请交给有权限的同事。"
    if action == Action.REOPEN:
        return _why_not_reopen(article)
    return why_not_pass(article, transition.stage, user)


def may_take(transition: Transition, user: User) -> bool:
    """By one of their roles; a review also as a deputy (代行)."""
    if transition.stage:
        return staffing.may_decide(user, transition.stage)
    return user.has_role(*transition.roles)


def _why_not_reopen(article: Article) -> str:
    if article.why_frozen:
        return article.why_frozen
    if article.issue_id:
        return f"稿件已编入{article.issue}，请先从该期撤下。"
    return "" if article.receipt else "这篇稿件没有投出过，不能审稿。"


def why_not_pass(article: Article, stage: str, user: User) -> str:
    """Nobody reviews their own text, and nobody passes two of three reviews (三审制)."""
    if user.pk in staffing.writers(article):
        return "不能审自己的稿件，请交给同事。"
    others = staffing.passed_others(article, stage, user) if stage else 0
    if others and others >= staffing.most_reviews():
        if others > 1:
            return "您已审过这篇稿件的另外两级，人手再少，第三级也要请同事来审。"
        return "三审须由不同的人完成，您已审过这篇稿件的另一审级。"
    return ""


def editors_step(status: str) -> Action | None:
    """What an editor does first with a manuscript in that state, where it waits for one."""
    return next(
        (action for action in (Action.RECEIVE, Action.PASS) if (status, action) in TRANSITIONS),
        None,
    )


def actions_for(article: Article, user: User) -> list[Action]:
    """What the user may do with the manuscript now, in the table's order."""
    return [
        Action(action)
        for status, action in TRANSITIONS
        if status == article.status and not why_not(article, action, user)
    ]


def locked(article: Article, made_from: Seen | None = None, by: User | None = None) -> Article:
    """The manuscript as it is stored, under a lock. Raises `Stale`."""
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if made_from and by and (reason := seen.why_stale(made_from, current, by)):
        raise Stale(reason)
    return current


def _move(
    article: Article,
    action: Action,
    *,
    by: User,
    made_from: Seen | None = None,
    why: str = "",
    what: dict[str, Any] | None = None,
    **facts: Any,
) -> Transition:
    """Checks under a row lock, writes the new state and the record; updates the object in hand.

    `facts` are fields of the article; `what` is for the record alone.
    """
    current = locked(article, made_from, by)
    if reason := why_not(current, action, by):
        raise NotAllowed(reason)
    transition = TRANSITIONS[current.status, action]
    before, current.status, current.stage_since = current.status, transition.to, timezone.now()
    for name, value in facts.items():
        setattr(current, name, value)
    current.store("status", "stage_since", *facts, by=by)
    # The moment of the move itself, by which `undoing` finds the one that it ended.
    current.assignments.current().update(ended_at=current.stage_since)
    moved = {"before": before, "after": transition.to}
    record.write(action.label, current, by=by, why=why, **moved, **(what or {}))
    for name in ("status", "stage_since", *facts):
        setattr(article, name, getattr(current, name))
    return transition


@transaction.atomic
def hand_in(article: Article, *, by: User, what: dict[str, Any] | None = None) -> None:
    """草稿/退修中 → 已投稿. Gives the receipt number the first time; starts a new round.

    `what` says for the record on what grounds: see `handing_in.hand_in`.
    """
    now = timezone.localtime()
    receipt = article.receipt or f"{now:%Y}-{article.pk:05d}"
    submitted_at = article.submitted_at or now
    _move(
        article,
        Action.HAND_IN,
        by=by,
        what=what,
        receipt=receipt,
        submitted_at=submitted_at,
        round=article.round + 1,
    )
    letters.received(article)


@transaction.atomic
def recall(article: Article, *, by: User) -> None:
    """已投稿 → 草稿, before an editor has begun to read. The receipt number stays."""
    had = _had(article)
    _move(article, Action.RECALL, by=by)
    for each in had:
        letters.taken_off(each, by=by, how="撤回修改了")


@transaction.atomic
def receive(article: Article, *, by: User, made_from: Seen | None = None) -> None:
    """已投稿 → 初审中."""
    _move(article, Action.RECEIVE, by=by, made_from=made_from or seen.of(article))


@transaction.atomic
def decide(
    article: Article,
    decision: str,
    *,
    by: User,
    made_from: Seen | None = None,
    opinion: str = "",
    note: str = "",
) -> Review:
    """One review's decision, with its opinion to the writer and its internal note.

    Raises `NotAllowed` where state, role or a missing reason forbid it, `Stale` where the page that
    it was made on is not what is there. Adds a `Review` that holds the digest of the text that was
    read; until `Review.revocable_until` it may be taken back (`undoing`).
    """
    made_from = made_from or seen.of(article)
    return _decide(article, decision, by, made_from, opinion.strip(), note.strip())


def _decide(
    article: Article,
    decision: str,
    by: User,
    made_from: Seen,
    opinion: str,
    note: str,
    **told: Any,
) -> Review:
    """`told` goes into the record with it."""
    current = locked(article, made_from, by)
    if reason := _why_not_decide(current, decision, opinion, note):
        raise NotAllowed(reason)
    stage = STAGES[current.status][0] if current.status in STAGES else ""
    what = staffing.by_what_right(current, stage, by) if stage else {}
    why = note if decision == Decision.BACK else opinion
    transition = _move(article, Action(decision), by=by, why=why, what={**what, **told})
    review = Review.objects.create(
        article=article,
        stage=transition.stage,
        decision=decision,
        opinion="" if decision == Decision.BACK else opinion,
        note=note,
        reviewer=by,
        deputy=staffing.deputyship(by, transition.stage),
        round=article.round,
        digest=current.digest(),
    )
    letters.decided(review)
    return review


@transaction.atomic
def receive_and_decide(
    article: Article,
    decision: str,
    *,
    by: User,
    made_from: Seen | None = None,
    opinion: str = "",
    note: str = "",
) -> Review:
    """已投稿, read, and decided by one press: 开始初审 and the first review, both on record."""
    receive(article, by=by, made_from=made_from)
    seen_now, words = seen.of(article), (opinion.strip(), note.strip())
    return _decide(article, decision, by, seen_now, *words, received_with_it=True)


def at_first_sight(article: Article, user: User) -> list[Action]:
    """The decisions that `receive_and_decide` would take of what was handed in."""
    if article.status != Status.SUBMITTED or why_not(article, Action.RECEIVE, user):
        return []
    read = copy(article)
    read.status = Status.FIRST_REVIEW
    return [action for action in actions_for(read, user) if action in Decision.values]


def _why_not_decide(article: Article, decision: str, opinion: str, note: str) -> str:
    """What a decision lacks, whoever makes it, in Chinese."""
    if decision in (Decision.RETURN, Decision.REJECT) and not spelling.line(opinion):
        return "请写下给作者的意见：作者要知道为什么，怎么改。"
    if decision == Decision.BACK and not spelling.line(note):
        return "请在“内部意见”里写明退回的理由：上一级的同事要知道再看什么。作者看不到。"
    if article.status == Status.FINAL_REVIEW and decision == Decision.PASS:
        return checking.why_not_accept(article)
    return ""


@transaction.atomic
def withdraw(article: Article, *, by: User, why: str = "") -> None:
    """The writer takes the manuscript back; an editor can reopen it."""
    had = _had(article)
    _move(article, Action.WITHDRAW, by=by, why=why)
    for each in had:
        letters.taken_off(each, by=by, how="撤稿了，不投了")


def _had(article: Article) -> list[Assignment]:
    """Whose turn it is, to be told that it is not any more."""
    return list(article.assignments.current().select_related("editor", "article"))


@transaction.atomic
def withdraw_printed(article: Article, *, by: User, why: str) -> None:
    """撤稿 of what was out, and stands in no issue any more; an editor can reopen it.

    Part of the verb that makes the edition without it, which asks who may.
    """
    current = locked(article)
    if current.status != Status.ACCEPTED or current.issue_id:
        raise NotAllowed(f"“{current.title}”现在不能撤下。")
    before, current.status, current.stage_since = current.status, Status.WITHDRAWN, timezone.now()
    current.store("status", "stage_since", by=by, why=why)
    record.write(Action.WITHDRAW.label, current, by=by, why=why, before=before, printed=True)
    article.status, article.stage_since = current.status, current.stage_since


@transaction.atomic
def restore_printed(article: Article, *, by: User, why: str) -> None:
    """An article that was out is out again: part of the verb that makes that edition."""
    current = locked(article)
    if current.status == Status.ACCEPTED:
        return
    before, current.status, current.stage_since = current.status, Status.ACCEPTED, timezone.now()
    current.store("status", "stage_since", by=by, why=why)
    record.write("恢复刊出", current, by=by, why=why, before=before)
    article.status, article.stage_since = current.status, current.stage_since


@transaction.atomic
def reopen(article: Article, *, by: User, why: str, made_from: Seen | None = None) -> None:
    """An editor takes up again what was held, rejected, withdrawn or accepted: a new round."""
    made_from = made_from or seen.of(article)
    current = locked(article, made_from, by)
    if not spelling.line(why):
        raise NotAllowed("请写明重新审稿的理由。")
    _move(article, Action.REOPEN, by=by, why=why, round=current.round + 1)


@transaction.atomic
def fall_back(article: Article, stage: str, *, by: User, why: str = "") -> None:
    """A changed text goes back to an earlier stage, whose pass does not hold any more."""
    current = locked(article)
    before, current.status, current.stage_since = current.status, stage, timezone.now()
    current.store("status", "stage_since", by=by)
    current.assignments.current().update(ended_at=timezone.now())
    record.write("改动后重审", current, by=by, why=why, before=before, after=stage)
    article.status, article.stage_since = current.status, current.stage_since


@transaction.atomic
def put_back(
    article: Article,
    status: str,
    since: datetime,
    *,
    by: User,
    round: int | None = None,
    **what: Any,
) -> None:
    """As if the last move had not been: part of the verb that takes it back, which asks who may.

    Whom it was assigned to has it again. `what` is for the record.
    """
    current = locked(article)
    moved_at, before = current.stage_since, current.status
    current.status, current.stage_since = status, since
    current.round = current.round if round is None else round
    current.store("status", "stage_since", "round", by=by)
    if before != status:
        current.assignments.filter(ended_at=moved_at).update(ended_at=None)
    record.write(TAKEN_BACK, current, by=by, before=before, after=status, **what)
    for name in ("status", "stage_since", "round"):
        setattr(article, name, getattr(current, name))


@transaction.atomic
def transfer(
    article: Article, *, to: Section, by: User, why: str = "", made_from: Seen | None = None
) -> None:
    """转栏目: to another section; the stage stays. Raises `NotAllowed`."""
    if reason := staffing.why_not_steer(article, by):
        raise NotAllowed(reason)
    made_from = made_from or seen.of(article)
    current = locked(article, made_from, by)
    if made_from.section != seen.of(current).section:
        there = current.section.name if current.section else "未选栏目"
        raise Stale(f"《{current.title}》{seen.what_happened(current, by)}，现在在“{there}”。")
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("您的角色不能做这一步，请交给有权限的同事。")
    if current.status not in (*Article.IN_REVIEW, Status.ACCEPTED, Status.HELD):
        name = current.get_status_display()
        raise NotAllowed(f"“{current.title}”现在是“{name}”，不能转栏目。")
    if current.why_frozen:
        raise NotAllowed(current.why_frozen)
    if current.issue_id:
        raise NotAllowed("稿件已编入一期，请在“编排目录”里换栏目。")
    if current.section_id == to.pk:
        return
    before, current.section = current.section, to
    current.store("section", by=by)
    names = {"before": before.name if before else "", "after": to.name}
    record.write("转栏目", current, by=by, why=why, **names)
    article.section = to


@transaction.atomic
def admit_back_issue(article: Article, *, by: User) -> Article:
    """Saves an article of a back issue: it was reviewed and printed long ago, so it is accepted."""
    article.origin, article.contributor = Article.Origin.BACK_ISSUE, by
    article.save()
    article.receipt, article.submitted_at = f"G{article.pk:06d}", timezone.now()
    article.status = Status.ACCEPTED
    article.save(update_fields=["receipt", "submitted_at", "status"])
    return article
