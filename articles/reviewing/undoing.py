"""撤回决定: a decision, or a step, pressed by mistake, taken back while nobody acted on it.

The decision stays as it was written, with a `Retraction` beside it, and counts nowhere any more.
What its writer was to be told waits as long (`letters`), and is dropped with it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from servicejournal import record
from servicejournal.models import Record, User

from .. import letters
from ..models import Article, Retraction, Review
from . import seen, workflow
from .seen import Seen
from .workflow import NotAllowed

_TOO_LATE = f"过了 {Review.REVOCABLE.seconds // 60} 分钟，不能撤回了。要改变决定，请用下面的按钮。"
#: Steps that are no decision; `Action.REOPEN` begins a new round.
_MOVES = (workflow.Action.RECEIVE.label, workflow.Action.REOPEN.label)


@dataclass(frozen=True, slots=True)
class Move:
    """A step of `_MOVES`, as `offered` shows a decision."""

    row: Record

    def __str__(self) -> str:
        return self.row.verb

    @property
    def decided_at(self) -> datetime:
        return self.row.at

    @property
    def revocable_until(self) -> datetime:
        return self.row.at + Review.REVOCABLE


def offered(article: Article, user: User) -> Review | Move | None:
    """What this person may still take back: the last step, theirs, of minutes ago."""
    last = article.reviews.last()
    if last and not why_not(last, article, user):
        return last
    move = last_move(article)
    return move if move and not why_not_move(move, article, user) else None


def last_move(article: Article) -> Move | None:
    """The last step, where it is one of `_MOVES`."""
    row = seen.last_step(article)
    return Move(row) if row and row.verb in _MOVES else None


def why_not_move(move: Move, article: Article, user: User) -> str:
    """As `why_not`. The move left a version of the manuscript; a later one is a change."""
    if move.row.actor_pk != user.pk:
        return "只能撤回自己的决定。"
    if timezone.now() >= move.revocable_until:
        return _TOO_LATE
    if article.history.filter(history_date__gt=move.row.at).exists():
        return "之后稿件有改动，不能撤回了。"
    return ""


def why_not(review: Review, article: Article, user: User) -> str:
    """Why the user may not take it back, in Chinese; the empty string where they may."""
    if review.reviewer_id != user.pk:
        return "只能撤回自己的决定。"
    if Retraction.objects.filter(review=review).exists():
        return "这个决定已经撤回了。"
    if timezone.now() >= review.revocable_until:
        return _TOO_LATE
    if acted := _acts_since(review, article):
        return f"{acted.actor}已经接着做了“{acted.verb}”，不能撤回了。"
    if article.digest() != review.digest:
        return "之后稿件的文字有改动，不能撤回了。"
    return ""


@transaction.atomic
def take_back_last(article: Article, *, by: User, made_from: Seen) -> None:
    """The last decision, by a button of a page. Raises `NotAllowed`, `Stale`."""
    current = workflow.locked(article, made_from, by)
    move, last = last_move(current), current.reviews.last()
    if move:
        take_back_move(move, current, by=by)
    elif last:
        take_back(last, by=by)
    else:
        raise NotAllowed("还没有可以撤回的决定。")
    article.refresh_from_db()


@transaction.atomic
def take_back_move(move: Move, article: Article, *, by: User) -> None:
    """As `take_back`; a round that began with it ends. Raises `NotAllowed`."""
    current = workflow.locked(article)
    if reason := why_not_move(move, current, by):
        raise NotAllowed(reason)
    before = move.row.what["before"]
    began = 1 if move.row.verb == workflow.Action.REOPEN.label else 0
    told = {"decision": str(move), "row": move.row.pk}
    since = _stood_since(current, before)
    workflow.put_back(article, before, since, by=by, round=current.round - began, **told)


def _acts_since(review: Review, article: Article) -> Record | None:
    later = record.of(article).filter(at__gt=review.decided_at)
    return later.exclude(verb__in=seen.REMARKS).last()


@transaction.atomic
def take_back(review: Review, *, by: User) -> None:
    """The manuscript stands where it stood before that press, since when it stood there. Raises
    `NotAllowed`.
    """
    article = workflow.locked(review.article)
    if reason := why_not(review, article, by):
        raise NotAllowed(reason)
    if not letters.unsaid(review):
        raise NotAllowed("信刚刚寄出，不能撤回了。")
    step = record.of(article).filter(at__lte=review.decided_at).exclude(verb__in=seen.REMARKS)
    began = step[1 if step[0].what.get("received_with_it") else 0]
    before = began.what.get("before", article.status)  # a confirmation moved nothing
    Retraction.objects.create(review=review, by=by)
    since = _stood_since(article, before)
    workflow.put_back(article, before, since, by=by, decision=str(review), row=step[0].pk)
    review.article.status, review.article.stage_since = article.status, article.stage_since


def _stood_since(article: Article, status: str) -> datetime:
    """When it had come into that state: a slip of the finger makes nothing less overdue."""
    stood = article.history.filter(status=status).first()
    since: datetime = stood.stage_since if stood else timezone.now()
    return since
