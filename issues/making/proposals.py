"""Corrections that wait (待主编确认): what is more than a slip of the pen, the chief answers for.

The only writer of `ProposedCorrection`. Confirming one makes the edition, from the text that was
opened when it was proposed; where that has changed since, it is refused with both texts in view.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import letters
from articles.authorship import Byline
from articles.models import Article, Branch, Section
from articles.reviewing import staffing
from servicejournal import record, spelling
from servicejournal.models import User
from servicejournal.roles import Role

from ..models import Correction, ProposedCorrection
from . import corrections
from .publication import NotAllowed, as_deputy, require, require_chief

#: Characters of a reason not to confirm.
MOST_WHY = 300


@transaction.atomic
def propose(
    article: Article, *, by: User, base: str, reason: str, **changes: Any
) -> ProposedCorrection:
    """Keeps the correction for the chief editor, who is told; readers see nothing of it.

    Raises as `correct`.
    """
    require(by, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    if not spelling.line(reason):
        raise NotAllowed("请写更正说明，读者会看到它。")
    current = corrections.check(article, base=base)
    if not current.is_published:
        raise NotAllowed("这篇文章还没有刊出，直接修改即可。")
    if waiting := current.proposed_corrections.filter(decided_at=None).first():
        raise NotAllowed(
            f"这篇文章已有一份更正在等主编确认（{waiting.proposed_by}提出：{waiting.reason}）。"
            "请等主编决定以后再改。"
        )
    proposal = ProposedCorrection.objects.create(
        article=current, base=base, changes=kept(changes), reason=reason.strip(), proposed_by=by
    )
    record.write("提出更正", current, by=by, why=reason)
    chiefs = staffing.chiefs().exclude(pk=by.pk)
    path = reverse("admin:issues_proposal", args=[proposal.pk])
    letters.correction_proposed(current, chiefs, occasion=proposal.pk, by=str(by), path=path)
    return proposal


def confirm(proposal: ProposedCorrection, *, by: User) -> Correction:
    """The chief editor confirms it: it comes out. Raises as `corrections.correct`.

    Not to be called inside a transaction.
    """
    require_chief(by)
    if proposal.decided_at:
        raise NotAllowed("这份更正已经有了决定，请刷新页面。")

    def decide(correction: Correction) -> None:
        _decide(proposal, by=by, correction=correction)
        record.write("确认更正", proposal.article, by=by, why=proposal.reason, **as_deputy(by))

    return corrections.correct(
        proposal.article,
        by=by,
        base=proposal.base,
        reason=proposal.reason,
        also=decide,
        **read(proposal.changes),
    )


@transaction.atomic
def refuse(proposal: ProposedCorrection, *, by: User, why: str) -> None:
    """It does not come out; who proposed it is told why, on the article's correction page."""
    require_chief(by)
    if not spelling.line(why):
        raise NotAllowed("请写明不同意的理由。")
    if len(why.strip()) > MOST_WHY or "\0" in why:
        raise NotAllowed(f"理由最多 {MOST_WHY} 字，请写短一些。")
    _decide(proposal, by=by, why_not=why.strip())
    record.write("不同意更正", proposal.article, by=by, why=why, **as_deputy(by))


@transaction.atomic
def take_back(proposal: ProposedCorrection, *, by: User) -> None:
    """Who proposed it thinks again."""
    if proposal.proposed_by_id != by.pk:
        raise NotAllowed("只有提出的人可以收回。")
    _decide(proposal, by=by, why_not="提出人收回")
    record.write("收回更正", proposal.article, by=by)


def read(kept: dict[str, Any]) -> dict[str, Any]:
    """Changes as `corrections.correct` takes them, of what was `kept`."""
    changes = dict(kept)
    if "section" in changes:
        changes["section"] = Section.objects.get(pk=changes["section"])
    if "bylines" in changes:
        changes["bylines"] = tuple(
            Byline(name, Branch.objects.named(branch) if branch else None)
            for branch, name in changes["bylines"]
        )
    return changes


def kept(changes: dict[str, Any]) -> dict[str, Any]:
    """Changes as JSON."""
    told = dict(changes)
    if "section" in told:
        told["section"] = told["section"].pk
    if "bylines" in told:
        told["bylines"] = [
            [each.branch.name if each.branch else "", each.name] for each in told["bylines"]
        ]
    return told


def _decide(proposal: ProposedCorrection, *, by: User, **what: Any) -> None:
    current = ProposedCorrection.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if current.decided_at:
        raise NotAllowed("这份更正已经有了决定，请刷新页面。")
    current.decided_at, current.decided_by = timezone.now(), by
    for name, value in what.items():
        setattr(current, name, value)
    current.save()
    proposal.refresh_from_db()
