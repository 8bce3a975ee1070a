"""三校: three proofs of the assembled issue, one after the other. The only writer of `Proof`.

一校 reads against the manuscripts, 二校 crosswise by somebody else, 三校 reads the whole once more
and is the text that goes out: whatever is changed after it is read again (核红).
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

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
    if (before := _own_before(progress, user)) and not masthead.current().small_office:
        return f"{before.get_round_display()}是您做的，{progress.due.label}请换一位同事。"
    return ""


def _own_before(progress: Progress, user: User) -> Proof | None:
    """The proof before the one that is due, where this person read it."""
    before = progress.done.get(progress.due - 1) if progress.due else None
    return before if before and before.proofreader_id == user.pk else None


@transaction.atomic
def finish(issue: Issue, *, by: User, corrections: int = 0, words: str = "") -> Proof:
    """完成一次校对: the proof that is due, over the issue as it stands now. Raises `NotAllowed`."""
    current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    progress = of(current)
    if reason := why_not(current, progress, by):
        raise NotAllowed(reason)
    proof = Proof.objects.create(
        issue=current,
        round=certain(progress.due, "where no proof is due, `why_not` has said so"),
        proofreader=by,
        digest=archive.digest(book.of(current)),
        corrections=corrections,
        open_findings=sum(open_findings(current).values()),
        words=words.strip(),
    )
    label, what = proof.get_round_display(), {"corrections": corrections}
    if _own_before(progress, by):
        what["small_office"] = True
    record.write(label, current, by=by, why=proof.words, **what)
    return proof


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
