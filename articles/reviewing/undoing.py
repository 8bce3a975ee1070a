"""撤回决定: a decision pressed by mistake, taken back while nobody acted on it.

The decision stays as it was written, with a `Retraction` beside it, and counts nowhere any more.
What its writer was to be told waits as long (`letters`), and is dropped with it.
"""

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


def offered(article: Article, user: User) -> Review | None:
    """The decision that this person may still take back: the last one, theirs, of minutes ago."""
    last = article.reviews.last()
    return last if last and not why_not(last, article, user) else None


def why_not(review: Review, article: Article, user: User) -> str:
    """Why the user may not take it back, in Chinese; the empty string where they may."""
    if review.reviewer_id != user.pk:
        return "只能撤回自己的决定。"
    if Retraction.objects.filter(review=review).exists():
        return "这个决定已经撤回了。"
    if timezone.now() >= review.revocable_until:
        minutes = Review.REVOCABLE.seconds // 60
        return f"过了 {minutes} 分钟，信已经寄出，不能撤回了。要改变决定，请用下面的按钮。"
    if acted := _acts_since(review, article):
        return f"{acted.actor}已经接着做了“{acted.verb}”，不能撤回了。"
    if article.digest() != review.digest:
        return "之后稿件的文字有改动，不能撤回了。"
    return ""


@transaction.atomic
def take_back_last(article: Article, *, by: User, made_from: Seen) -> None:
    """The last decision, by a button of a page. Raises `NotAllowed`, `Stale`."""
    current = workflow.locked(article, made_from, by)
    last = current.reviews.last()
    if last is None:
        raise NotAllowed("还没有可以撤回的决定。")
    take_back(last, by=by)
    article.refresh_from_db()


def _acts_since(review: Review, article: Article) -> Record | None:
    later = record.of(article).filter(at__gt=review.decided_at)
    return later.exclude(verb__in=seen.REMARKS).last()


@transaction.atomic
def take_back(review: Review, *, by: User) -> None:
    """The manuscript stands where it stood, since when it stood there. Raises `NotAllowed`."""
    article = workflow.locked(review.article)
    if reason := why_not(review, article, by):
        raise NotAllowed(reason)
    if not letters.unsaid(review):
        raise NotAllowed("信刚刚寄出，不能撤回了。")
    step = record.of(article).filter(at__lte=review.decided_at).exclude(verb__in=seen.REMARKS)
    before = step[0].what.get("before", article.status)  # a confirmation moved nothing
    Retraction.objects.create(review=review, by=by)
    since = _stood_since(article, before)
    workflow.put_back(article, before, since, by=by, decision=str(review), row=step[0].pk)
    review.article.status, review.article.stage_since = article.status, article.stage_since


def _stood_since(article: Article, status: str) -> datetime:
    """When it had come into that state: a slip of the finger makes nothing less overdue."""
    stood = article.history.filter(status=status).first()
    since: datetime = stood.stage_since if stood else timezone.now()
    return since
