"""What the desk decided is told to the writer when it can be taken back no more: page, notice and
letter at one moment. Until then the writer's pages show what stood before.
"""

from collections.abc import Iterable
from copy import copy
from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from servicejournal import record
from servicejournal.models import Record

from ..models import Article, Notice, Review
from ..reviewing import seen
from ..reviewing.workflow import STAGES, TAKEN_BACK

_STATES = {stage: Article.Status(status) for status, (stage, _, _) in STAGES.items()}
#: What may follow a decision; in the other states the writer has acted since, and knows.
_AFTER_A_DECISION = {*STAGES, *(to for _, _, to in STAGES.values()), "revising", "held", "rejected"}


def as_told(article: Article) -> Article:
    """The manuscript for a page of its writer's: itself, or as it stood. Not to be saved."""
    [told] = all_as_told([article])
    return told


def all_as_told(articles: Iterable[Article]) -> list[Article]:
    """Two queries, and one more for each that something is kept back of."""
    rows = list(articles)
    kept, placed = _kept_back(rows), _placed_untold(rows)
    return [
        _as_it_stood(each, kept[each.pk])
        if each.pk in kept
        else _not_placed_yet(each)
        if each.pk in placed
        else each
        for each in rows
    ]


def in_review(articles: QuerySet[Article]) -> dict[int, datetime]:
    """Those that a decision is kept back of, and since when they stand where their writer sees
    them: what a list is ordered by, before it is cut into pages. As `all_as_told`.
    """
    moved = articles.filter(status__in=_AFTER_A_DECISION, stage_since__gt=_since_when())
    told = all_as_told(moved.defer("body", "note").select_related("issue"))
    return {
        each.pk: each.stage_since
        for each in told
        if "told_until" in vars(each) and each.status in STAGES
    }


def _since_when() -> datetime:
    return timezone.now() - Review.REVOCABLE


def _kept_back(articles: list[Article]) -> dict[int, Review]:
    """Of each manuscript the first decision that may be taken back, or could lately."""
    since = _since_when()
    moved = [
        each.pk
        for each in articles
        if each.status in _AFTER_A_DECISION and each.stage_since > since and not each.is_published
    ]
    if not moved:
        return {}
    reviews = Review.objects.standing().filter(article__in=moved, round=F("article__round"))
    newest_first = reviews.filter(decided_at__gt=since).order_by("-decided_at", "-pk")
    return {each.article_id: each for each in newest_first}


def _as_it_stood(article: Article, decision: Review) -> Article:
    shown = copy(article)
    shown.status = _STATES[Review.Stage(decision.stage)]
    shown.issue = None
    stood = article.history.filter(status=shown.status).first()
    shown.stage_since = stood.stage_since if stood else decision.decided_at
    vars(shown)["told_until"] = _moved_at(article, decision)
    return shown


def _placed_untold(articles: list[Article]) -> set[int]:
    """Those of which the notice of 编入 waits, so long as an editor may still put it right."""
    placed = [each.pk for each in articles if each.issue_id and not each.is_published]
    if not placed:
        return set()
    waiting = Notice.objects.filter(article__in=placed, kind=Notice.Kind.PLACED, attempts=0)
    return {
        pk
        for pk in waiting.filter(not_before__gt=timezone.now()).values_list("article", flat=True)
        if pk
    }


def _not_placed_yet(article: Article) -> Article:
    shown = copy(article)
    shown.issue = None
    step = record.of(article).filter(verb="编入").first()
    vars(shown)["told_until"] = step.at if step else timezone.now()
    return shown


def _moved_at(article: Article, decision: Review) -> datetime:
    """Of the row of the record, which is written just before the decision."""
    rows = record.of(article).filter(at__lte=decision.decided_at).exclude(verb__in=seen.REMARKS)
    step = rows.first()
    return step.at if step else decision.decided_at


def is_told(article: Article, at: datetime) -> bool:
    """Whether the writer is told by now of what happened at that moment; `article` is `as_told`."""
    until = vars(article).get("told_until")
    return until is None or at < until


def course(article: Article) -> list[Record]:
    """The record, the newest first, without decisions that were taken back, as if never made;
    `article` is `as_told`."""
    rows = list(record.of(article))
    gone = {row.what.get("row") for row in rows if row.verb == TAKEN_BACK}
    return [
        row
        for row in rows
        if row.verb != TAKEN_BACK and row.pk not in gone and is_told(article, row.at)
    ]
