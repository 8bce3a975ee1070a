"""From an issue that is made up to what readers hold: the only writer of signing off and dates.

Every verb takes effect in one transaction, takes `by=` the person who acts, and adds a row to the
record. Those that make an edition make its files before that, outside any (`editions`): a crash at
any point leaves the old state whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import letters
from articles.models import Article
from articles.reviewing import staffing
from servicejournal import generation, record, spelling
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from .. import announced, contents
from ..exports import archive, book, outputs
from ..models import Edition, Issue
from ..statistics import fees
from . import editions, indexing, preflight

#: What a signature writes and what takes it back: all of it or none.
_SIGNATURE = [
    "signed_off_at",
    "signed_off_by",
    "signed_off_deputy",
    "signed_off_digest",
    "standing",
]
_PUBLICATION = ["published_at", "published_by", "published_deputy"]


class NotAllowed(ValueError):
    """The step does not fit the state or the person; the message (Chinese) says why."""


class Overtaken(NotAllowed):
    """The issue was changed while the files of its next edition were made."""


class Stale(NotAllowed):
    """It was made from a page of what is not there any more; the message says what changed."""


def require(user: User, *roles: Role) -> None:
    """Raises `NotAllowed` for somebody who has none of these roles."""
    if not user.has_role(*roles):
        raise NotAllowed("您的角色不能做这一步，请交给有权限的同事。")


def require_chief(user: User) -> None:
    """Raises `NotAllowed` for who is not the chief editor, nor stands in for them."""
    if not staffing.acts_as_chief(user):
        raise NotAllowed("您的角色不能做这一步，请交给主编，或者代行主编的同事。")


def as_deputy(user: User) -> dict[str, Any]:
    """For the record: as whose appointee somebody does what is the chief's to do."""
    deputy = staffing.for_the_chief(user)
    return {"deputy": deputy.pk, "acting": f"代行{deputy.get_stage_display()}"} if deputy else {}


def locked(issue: Issue) -> Issue:
    """The issue as it is stored, under a lock until the end of the transaction."""
    return Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)


def clear_sign_off(issue: Issue) -> None:
    """What can be changed again is signed off again; its editions are kept, and none stands."""
    issue.signed_off_at = issue.signed_off_by = issue.signed_off_deputy = issue.standing = None
    issue.signed_off_digest = ""
    issue.save(update_fields=_SIGNATURE)


def clear_publication(issue: Issue) -> None:
    issue.published_at = issue.published_by = issue.published_deputy = None
    issue.save(update_fields=_PUBLICATION)


@transaction.atomic
def accept_intake(issue: Issue, *, by: User, digest: str = "", edition: int | None = None) -> None:
    """核对通过: an editor has looked at what the import of this back issue doubted.

    `digest` is that of the issue on the page that was looked at. Raises `Stale` where the issue is
    another by now, or somebody else has passed it.
    """
    require(by, *EDITORIAL)
    current = locked(issue)
    refuse_stale(current, edition)
    intake = getattr(current, "intake", None)
    if intake and intake.accepted_at:
        raise Stale(f"{current}已由{intake.accepted_by}核对通过，不用再核对。")
    if digest and digest != archive.digest(book.of(current)):
        raise Stale(f"您打开页面之后，{current}又有改动。请看过现在的样子，再点“核对通过”。")
    _accept_intake(current, by=by)


def _accept_intake(issue: Issue, *, by: User) -> None:
    intake = getattr(issue, "intake", None)
    if intake is None or intake.accepted_at:
        return
    intake.accepted_at, intake.accepted_by = timezone.now(), by
    intake.save(update_fields=["accepted_at", "accepted_by"])
    record.write("核对过刊导入", issue, by=by, doubts=len(intake.doubts))


def sign_off(
    issue: Issue,
    *,
    by: User,
    digest: str = "",
    accepted: Mapping[str, str] | None = None,
    of_pages: Mapping[str, str] | None = None,
) -> Edition:
    """签发: the chief editor answers for the issue as it stands, and its edition is made.

    That edition is what readers get when the issue comes out, whatever the desk does meanwhile. A
    signature stands until it is taken back: of two at once, one signs and the other is told.
    `digest` is that of the issue on the page that was signed, `accepted` the reasons why its
    warnings were let pass, by code; who signs without a page (None) is not asked. `of_pages` are
    reasons by what `page_checks` found, which the page itself asks for: it changes by itself, when
    pages are drawn. All stand in the record. Raises `NotAllowed` where preflight blocks or a
    warning has no reason, `Stale` where the issue is another by now. Not to be called inside a
    transaction.
    """
    require_chief(by)
    told = _told_of(issue, accepted) if accepted is not None else []
    told += [{"finding": said, "why": why} for said, why in (of_pages or {}).items()]
    with next_edition(partial(_to_be_signed, issue, digest), by=by) as edition:
        _sign(edition, by=by, accepted=told)
    _copy(edition.issue, issue)
    return edition


def _told_of(issue: Issue, accepted: Mapping[str, str]) -> list[dict[str, str]]:
    """What was accepted and why."""
    findings = preflight.check(issue)
    if any(each.blocks for each in findings):
        return []  # said by who looks under the lock
    if missing := preflight.unanswered(findings, accepted):
        raise NotAllowed(unanswered(missing))
    return [{"finding": each.message, "why": accepted[each.code]} for each in findings]


def unanswered(findings: Sequence[preflight.Finding]) -> str:
    several = "".join(each.message for each in findings)
    return f"还有 {len(findings)} 条提醒没有勾选并写明理由，请在“建议核对”里补上：{several}"


def _to_be_signed(issue: Issue, seen: str = "") -> editions.Planned:
    """What the edition is to be where the issue, now locked, may be signed off as it stands."""
    current = locked(issue)
    if current.published_at:
        raise NotAllowed(f"{issue}已发布。")
    if current.signed_off_at:
        raise Stale(f"{issue}已由{current.signed_off_by}签发。要重新签发，请先“撤回签发”。")
    articles = contents.of(current, with_bodies=True).articles
    printing = book.printing_of(current, articles)
    digest = archive.digest(printing.book)
    if seen and seen != digest:
        raise Stale(_changed(current))
    _refuse_what_blocks(current, articles, digest)
    # From here on the cover says what is signed, whatever an article is called later.
    announced.write_down(current, articles)
    return editions.Planned(current, printing, book.face_of(current))


def _sign(edition: Edition, *, by: User, accepted: Sequence[dict[str, str]] = ()) -> None:
    """The edition stands for its issue, and is signed with the digest of all that it says."""
    current = edition.issue
    current.signed_off_at, current.signed_off_by = timezone.now(), by
    current.signed_off_deputy = staffing.for_the_chief(by)
    current.signed_off_digest = archive.digest(book.of_edition(edition))
    current.standing = edition
    current.save(update_fields=[*_SIGNATURE, "cover_lines", "followed_titles"])
    told = {"digest": current.signed_off_digest, "edition": edition.number, **as_deputy(by)}
    if accepted:
        told["accepted"] = list(accepted)
    record.write("签发", current, by=by, **told)


def _refuse_what_blocks(issue: Issue, articles: tuple[Article, ...], digest: str) -> None:
    blocking = [finding.message for finding in preflight.blocking(issue, articles, digest)]
    if blocking:
        raise NotAllowed("还不能签发：" + "".join(blocking))


def _copy(current: Issue, issue: Issue) -> None:
    """The object in hand shows what was written."""
    for name in (*_SIGNATURE, *_PUBLICATION):
        setattr(issue, name, getattr(current, name))


def refuse_stale(issue: Issue, edition: int | None) -> None:
    """`edition` is the number of the standing one on a page, 0 for none; None asks nothing."""
    if edition is None or edition == (issue.standing_id or 0):
        return
    last = record.of(issue).first()
    happened = f"{last.actor}已经做了“{last.verb}”" if last else "有了变化"
    raise Stale(f"您打开页面之后，{happened}，{issue}现在是“{issue.state}”。请看过再做这一步。")


def refuse_changed(issue: Issue, digest: str) -> None:
    """`digest` is that of the issue on the page that is to be signed."""
    if digest != archive.digest(book.of(issue)):
        raise Stale(_changed(issue))


def _changed(issue: Issue) -> str:
    return f"您打开页面之后，{issue}又有改动。请看过现在的样子，再签发。"


def publish(
    issue: Issue, *, by: User, at: datetime | None = None, edition: int | None = None
) -> Edition:
    """发布, or 定时发布 where `at` is later than now: dates the issue, whose edition is there.

    The writers of what is out now are told, one by one: whom a crash keeps from it, hears of it
    as of a schedule that came out (`reminders`). Raises `NotAllowed` where it was not signed off,
    `Stale` where somebody published it before, or the standing edition is not the one of the page
    (`refuse_stale`). Not to be called inside a transaction.
    """
    require_chief(by)
    with transaction.atomic():
        current = locked(issue)
        if current.published_at:
            how = "定时发布" if current.is_scheduled else "发布"
            raise Stale(f"{issue}已由{current.published_by}{how}，不用再发布。")
        refuse_stale(current, edition)
        if current.standing is None:
            raise NotAllowed("请先签发。")
        _put_out(current, by=by, at=at)
    _copy(current, issue)
    if issue.is_published:
        _tell_writers(issue)
    return current.standing


def publish_back_issue(issue: Issue, *, by: User, edition: Edition | None = None) -> Edition:
    """Puts an imported issue out as it was read: it was signed off on paper, long ago.

    An archive brings the `edition` that readers get; otherwise one is made. For the command line,
    whose user has the server in hand; in the admin people accept, sign off and publish it. Raises
    `NotAllowed` where preflight blocks. Not to be called inside a transaction.
    """

    def accepted() -> editions.Planned:
        _accept_intake(locked(issue), by=by)
        return _to_be_signed(issue)

    if edition:
        with transaction.atomic():
            editions.keep(edition, accepted())
            indexing.index(edition)
            _sign(edition, by=by)
            _put_out(edition.issue, by=by)
    else:
        with next_edition(accepted, by=by) as edition:
            _sign(edition, by=by)
            _put_out(edition.issue, by=by)
    _copy(edition.issue, issue)
    return edition


@transaction.atomic
def check_back_issue(issue: Issue, *, by: User) -> None:
    """Raises `NotAllowed` where publishing it would before a file is made. Changes nothing."""
    with transaction.atomic():
        _accept_intake(locked(issue), by=by)
        _to_be_signed(issue)
        transaction.set_rollback(True)


def _put_out(current: Issue, *, by: User, at: datetime | None = None) -> None:
    """Dates the issue, which is signed and locked; what its writers earn is reckoned."""
    edition = certain(current.standing, "issue_signing_off_is_whole")
    current.published_at, current.published_by = max(at or timezone.now(), timezone.now()), by
    current.published_deputy = staffing.for_the_chief(by)
    current.save(update_fields=_PUBLICATION)
    edition.out_since = current.published_at
    edition.save(update_fields=["out_since"])
    when = timezone.localtime(current.published_at)
    told = {"edition": edition.number, "at": f"{when:%Y-%m-%d %H:%M}", **as_deputy(by)}
    record.write("发布", current, by=by, **told)
    fees.reckon(edition, by=by)
    generation.turn()


def _tell_writers(issue: Issue) -> None:
    articles = issue.articles.select_related("contributor", "issue").defer("body", "note")
    for article in articles.in_print_order():
        with transaction.atomic():
            letters.out(article)


@contextmanager
def next_edition(act: editions.Act, *, by: User) -> Iterator[Edition]:
    """As `editions.next_of`; what stands in its way is `NotAllowed`."""
    try:
        with editions.next_of(act, by=by) as edition:
            yield edition
    except editions.Overtaken as reason:
        raise Overtaken(str(reason)) from reason
    except outputs.Unreadable as reason:
        raise NotAllowed(str(reason)) from reason


@transaction.atomic
def take_back_sign_off(issue: Issue, *, by: User, why: str, edition: int | None = None) -> None:
    """撤回签发: the issue can be changed again, and a schedule falls with it. Needs a reason."""
    require_chief(by)
    if not spelling.line(why):
        raise NotAllowed("请写明撤回签发的理由。")
    current = locked(issue)
    refuse_stale(current, edition)
    if current.is_published:
        raise NotAllowed(f"{issue}已发布，签发不能撤回。请更正文章，或撤下这一期。")
    if not current.signed_off_at:
        raise NotAllowed(f"{issue}没有签发，不用撤回。")
    digest, at = current.signed_off_digest, current.published_at
    Edition.objects.filter(standing_for=current).update(out_since=None)
    scheduled = {"at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"} if at else {}
    clear_publication(current)
    clear_sign_off(current)
    told = {"digest": digest, **scheduled, **as_deputy(by)}
    record.write("撤回签发", current, by=by, why=why.strip(), **told)
    fees.drop(current, by=by)
    _copy(current, issue)
