"""What a pass is worth: it holds for the text that was read, and for no other.

DOMAIN: approvals that survive edits are how wrong text gets out. So a change voids the passes from
the changer's stage on, and what is changed after the final review is passed again, or confirmed.
"""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from servicejournal import record
from servicejournal.models import User

from .. import authorship, letters
from ..bodies import differences
from ..models import Article, Authorship, Review
from ..models.article import byline_of, digest_of
from . import deputies, seen, staffing, workflow
from .workflow import STAGES, NotAllowed, Stale

Status = Article.Status
CONFIRMED = "确认文字订正"


@transaction.atomic
def text_changed(article: Article, *, by: User, why: str = "", small: bool = False) -> None:
    """Back to the changer's stage, where the manuscript stood beyond it.

    Who answers for a stage changes the text at that stage: what passed before it stands, what
    passed from it on does not. An accepted manuscript stays accepted where the change is `small`
    (文字订正), or where it stands in an issue and is being proofread: `confirm` is then due.
    """
    if article.status == Status.ACCEPTED and (small or article.issue_id):
        record.write("文字订正" if small else "改动清样", article, by=by, why=why)
        _call_for_confirmation(article, by=by)
    elif stage := falls_back_to(article, by):
        workflow.fall_back(article, stage, by=by, why=why)


def _call_for_confirmation(article: Article, *, by: User) -> None:
    """Tells those who may confirm, or, where nobody may, those who can appoint somebody."""
    if not awaits_confirmation(article):  # it is again as it was passed
        return
    outlook = staffing.outlook(article, to_confirm=True)
    people = outlook.now.people if outlook else ()
    digest = article.digest()
    if people:
        others = [user for user in people if user.pk != by.pk]
        letters.to_confirm(article, others, digest=digest)
    else:
        letters.nobody_confirms(article, deputies.who_may_grant(), digest=digest)


def falls_back_to(article: Article, user: User) -> str:
    """The stage that a change of this person takes the manuscript back to; "" where it stays."""
    beyond: list[str] = [*STAGES, Status.ACCEPTED]
    if article.status not in beyond:
        return ""
    stage = _stage_of(article, user)
    return stage if beyond.index(article.status) > beyond.index(stage) else ""


def _stage_of(article: Article, user: User) -> str:
    """The state whose review this person made in this round, or the highest that they may make."""
    made = article.reviews.standing().filter(round=article.round, reviewer=user)
    last = made.filter(decision=Review.Decision.PASS).last()
    theirs = {last.stage} if last else staffing.stages_of(user)
    for status, (stage, _, _) in reversed(STAGES.items()):
        if stage in theirs:
            return status
    return Status.FIRST_REVIEW


def final_pass(article: Article) -> Review | None:
    passes = article.reviews.standing().filter(round=article.round)
    return passes.filter(stage=Review.Stage.FINAL, decision=Review.Decision.PASS).last()


def awaits_confirmation(article: Article) -> bool:
    """Accepted, and changed since the final pass."""
    if article.status != Status.ACCEPTED or article.origin == Article.Origin.BACK_ISSUE:
        return False
    if article.is_published:  # what was changed since is a correction, which readers see
        return False
    last = final_pass(article)
    return last is not None and last.digest != article.digest()


def passed_version(article: Article) -> Any:
    """The row of the history that the final pass, or the last confirmation, was given to."""
    last = final_pass(article)
    return article.history.filter(history_date__lte=last.decided_at).first() if last else None


def changed_since(article: Article) -> differences.Difference | None:
    """What was changed since the final pass, by character, the byline too."""
    last, passed = final_pass(article), passed_version(article)
    if last is None or passed is None:
        return None
    byline = authorship.printed(article)
    signed = record.of(article).filter(verb=authorship.SIGNED, at__gt=last.decided_at).last()
    before = signed.what["before"] if signed else byline
    return differences.between(
        differences.text_of(passed, byline=before),
        differences.text_of(article.history.first(), byline=byline),
    )


def to_confirm_by(user: User) -> list[int]:
    """Keys of accepted manuscripts that were changed since their final pass, and that this person,
    who makes final reviews, may confirm. Four queries, with the texts of what is accepted and not
    signed off: what a pass is worth is told by digests, which no database knows.
    """
    read = _might_be_confirmed(user)
    passes = _passes_of(read, user)
    final = {each.article: each.digest for each in passes if each.stage == Review.Stage.FINAL}
    changed = _changed_since(final, read)
    others = {
        (each.article, each.stage)
        for each in passes
        if each.reviewer == user.pk and each.stage != Review.Stage.FINAL
    }
    passed = Counter(article for article, _ in others)
    most = staffing.most_reviews() if any(passed[pk] for pk in changed) else 1
    return [pk for pk in changed if passed[pk] < most]


class _Text(NamedTuple):
    round: int
    kicker: str
    title: str
    standfirst: str
    body: str


class _Pass(NamedTuple):
    article: int
    round: int
    stage: str
    reviewer: int
    digest: str


def _might_be_confirmed(user: User) -> dict[int, _Text]:
    """As plain rows, by key: whole objects of some hundred articles would cost the first page of
    the desk more than all else that it shows.
    """
    # Each by an index of its own: what is accepted is nearly everything that there ever was.
    accepted = Article.objects.filter(status=Status.ACCEPTED).order_by()
    aside = accepted.filter(issue=None).values("pk")
    placed = accepted.filter(issue__isnull=False, issue__signed_off_at=None).values("pk")
    # Keys first: otherwise PostgreSQL looks through every text that there is.
    keys = {each["pk"] for each in aside.union(placed)}
    rows = (
        Article.objects.filter(pk__in=keys)
        .order_by("pk")
        .exclude(origin=Article.Origin.BACK_ISSUE)
        .exclude(pk__in=Article.objects.written_by(user).values("pk"))
    )
    texts = rows.values_list("pk", "round", "kicker", "title", "standfirst", "body")
    return {pk: _Text._make(text) for pk, *text in texts}


def _passes_of(read: dict[int, _Text], user: User) -> list[_Pass]:
    """Final ones of the present round, the last comes last; and whatever this person passed."""
    passes = Review.objects.standing().filter(decision=Review.Decision.PASS)
    passes = passes.filter(Q(stage=Review.Stage.FINAL) | Q(reviewer=user))
    # Keys, not the question that found them: so the database looks at no other decision or text.
    rows = passes.filter(article__in=list(read)).values_list(*_Pass._fields)
    return [each for each in map(_Pass._make, rows) if each.round == read[each.article].round]


def _changed_since(final: dict[int, str], read: dict[int, _Text]) -> list[int]:
    """As `awaits_confirmation`: those that have another digest by now."""
    bylines: dict[int, list[tuple[str, str]]] = defaultdict(list)
    signed = Authorship.objects.filter(article__in=list(final))
    for pk, name, branch in signed.values_list("article", "author_name", "branch_name"):
        bylines[pk].append((name, branch))
    return [
        pk
        for pk, text in read.items()
        if pk in final and final[pk] != digest_of(text, byline_of(bylines[pk]))
    ]


def why_not_confirm(article: Article, user: User) -> str:
    """Why the user may not confirm the 文字订正, in Chinese; the empty string where they may."""
    if article.why_frozen:
        return article.why_frozen
    if not awaits_confirmation(article):
        return "终审之后没有改动，不用确认。"
    if not staffing.may_decide(user, Review.Stage.FINAL):
        return "文字订正由终审人（主编，或代行终审的人）确认。"
    return workflow.why_not_pass(article, Review.Stage.FINAL, user)


@transaction.atomic
def confirm(article: Article, *, by: User, digest: str) -> Review:
    """确认文字订正: the final reviewer passes what was changed since the final review.

    `digest` is that of the text that was looked at. Raises `NotAllowed`.
    """
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if current.digest() != digest:
        raise Stale("您打开页面之后，稿件又被改动过。请先看看新的改动，再确认。")
    last = seen.last_step(current)
    if last and last.verb == CONFIRMED and not awaits_confirmation(current):
        raise Stale(f"《{current.title}》{seen.what_happened(current, by)}，不用再确认。")
    if reason := why_not_confirm(current, by):
        raise NotAllowed(reason)
    what = staffing.by_what_right(current, Review.Stage.FINAL, by)
    record.write(CONFIRMED, current, by=by, digest=digest, **what)
    return Review.objects.create(
        article=current,
        stage=Review.Stage.FINAL,
        decision=Review.Decision.PASS,
        note="确认文字订正。",
        reviewer=by,
        deputy=staffing.deputyship(by, Review.Stage.FINAL),
        round=current.round,
        digest=digest,
    )
