"""三校: three proofs of the assembled issue, one after the other. The only writer of `Proof`.

一校 reads against the manuscripts, 二校 crosswise by somebody else, 三校 reads the whole once more
and is the text that goes out: whatever is changed after it is read again (核红).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.models import Article
from articles.reviewing import checking
from servicejournal import masthead, record
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..exports import archive, book
from ..models import Issue, Proof

Round = Proof.Round


class NotAllowed(ValueError):
    """The proof does not fit the state or the person; the message (Chinese) says why."""


class Stale(NotAllowed):
    """It was made from a page of what is not there any more; the message says what changed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page of the proofs showed: the round that was due, the issue's digest, when."""

    round: int
    digest: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the proofs of an issue stand: `done` by round, `due` is the round to read now."""

    done: dict[int, Proof]
    due: Round | None
    stale: bool  # something was changed after the third

    @property
    def missing(self) -> list[str]:
        return [each.label for each in Round if each not in self.done]


def of(issue: Issue, *, digest: str = "") -> Progress:
    """Two queries; five more for the issue's digest, if it is not given, after three proofs."""
    done = {proof.round: proof for proof in issue.proofs.standing().select_related("proofreader")}
    due = next((each for each in Round if each not in done), None)
    is_over = due is None and not issue.is_published  # a correction is not proofread again
    stale = is_over and done[Round.THIRD].digest != (digest or archive.digest(book.of(issue)))
    return Progress(done, Round.THIRD if stale else due, stale)


def open_findings(issue: Issue) -> dict[int, int]:
    """Article id → how many findings of the proofreading aid are still open in it."""
    return checking.count_open(issue.articles.with_bylines())


def why_not(issue: Issue, progress: Progress, user: User) -> str:
    """Why the user may not finish the proof that is due, in Chinese; empty where they may."""
    if not user.has_role(*EDITORIAL):
        return "校对由编辑来做，您的角色不能做这一步。"
    if issue.why_frozen:
        return f"不用再校：{issue.why_frozen}"
    if issue.scan:
        return "这一期是当年的原件，印出来以前就校过了，不用再校。"
    if not issue.articles.exists():
        return "本期还没有文章，先编入稿件再校对。"
    if progress.due is None:
        return "三校都已完成，之后没有改动。"
    if waiting := issue.notes.open().filter(round=progress.due).count():
        return f"{progress.due.label}记下的改动还有 {waiting} 处没有处理，请在清样上逐处处理。"
    if (before := _own_before(progress, user)) and not masthead.current().small_office:
        return f"{before.get_round_display()}是您做的，{progress.due.label}请换一位同事。"
    return ""


def _own_before(progress: Progress, user: User) -> Proof | None:
    """The proof before the one that is due, where this person read it."""
    before = progress.done.get(progress.due - 1) if progress.due else None
    return before if before and before.proofreader_id == user.pk else None


@transaction.atomic
def finish(
    issue: Issue,
    *,
    by: User,
    corrections: int = 0,
    words: str = "",
    made_from: Seen | None = None,
) -> Proof:
    """完成一次校对: the proof that is due, over the issue as it stands now.

    Raises `NotAllowed`; `Stale` where another proof is due than on the page, or the issue changed
    since: a name stands under what was read.
    """
    current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    digest = archive.digest(book.of(current))
    progress = of(current, digest=digest)
    if made_from and (stale := _why_stale(made_from, current, progress, digest)):
        raise Stale(stale)
    if reason := why_not(current, progress, by):
        raise NotAllowed(reason)
    proof = Proof.objects.create(
        issue=current,
        round=certain(progress.due, "where no proof is due, `why_not` has said so"),
        proofreader=by,
        digest=digest,
        corrections=corrections,
        open_findings=sum(open_findings(current).values()),
        words=words.strip(),
    )
    label, what = proof.get_round_display(), {"corrections": corrections}
    if _own_before(progress, by):
        what["small_office"] = True
    record.write(label, current, by=by, why=proof.words, **what)
    return proof


def _why_stale(seen: Seen, issue: Issue, progress: Progress, digest: str) -> str:
    if seen.round != progress.due:
        done = progress.done.get(seen.round)
        happened = f"{done.get_round_display()}已由{done.proofreader}完成" if done else "校次变了"
        due = f"现在该做{progress.due.label}" if progress.due else "三校都已完成"
        return f"您打开页面之后，{happened}，{due}。您这一次没有算数，写的都还在。"
    if seen.digest != digest:
        what = _changed_since(issue, seen.at)
        return f"您打开页面之后，本期有改动{what}。请看过改动，再签名。您写的都还在。"
    return ""


def _changed_since(issue: Issue, moment: datetime | None) -> str:
    """：《一盏灯》（程砚）; what has no version of its own, a byline for one, is not named."""
    if moment is None:
        return ""
    versions = Article.history.filter(issue=issue.pk, history_date__gt=moment)
    rows = versions.order_by("title").values_list("title", "history_user__name").distinct()
    told = [f"《{title}》（{who or '系统'}）" for title, who in rows[:5]]
    return f"：{'、'.join(told)}" if told else ""


@transaction.atomic
def take_back(proof: Proof, *, by: User) -> None:
    """撤回: pressed by mistake. By who did it, the last one only, and before the signing off."""
    issue = Issue.objects.select_for_update(of=("self",)).get(pk=proof.issue_id)
    last = issue.proofs.standing().last()
    if last is None or last.pk != proof.pk or proof.proofreader_id != by.pk:
        raise NotAllowed("只能由校对人自己撤回最后一次校对。")
    if issue.signed_off_at:
        raise NotAllowed(f"不能撤回校对：{issue.why_frozen}")
    last.taken_back_at = timezone.now()
    last.save(update_fields=["taken_back_at"])
    record.write(f"撤回{last.get_round_display()}", issue, by=by)
