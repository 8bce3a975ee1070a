"""From an issue that is made up to what readers hold: the only writer of signing off and dates.

Every verb takes effect in one transaction, takes `by=` the person who acts, and adds a row to the
record. Those that make an edition make its files before that, outside any (`editions`): a crash at
any point leaves the old state whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from articles import letters
from articles.models import Article
from articles.reviewing import editing
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from ..exports import archive, book, outputs
from ..models import Correction, Edition, Issue
from . import editions, indexing, preflight


class NotAllowed(ValueError):
    """The step does not fit the state or the person; the message (Chinese) says why."""


def require(user: User, *roles: Role) -> None:
    """Raises `NotAllowed` for somebody who has none of these roles."""
    if not user.has_role(*roles):
        raise NotAllowed("您的角色不能做这一步，请交给有权限的同事。")


def locked(issue: Issue) -> Issue:
    """The issue as it is stored, under a lock until the end of the transaction."""
    return Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)


def clear_sign_off(issue: Issue) -> None:
    """What can be changed again is signed off again."""
    issue.signed_off_at = issue.signed_off_by = None
    issue.signed_off_digest = ""
    issue.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_digest"])


@transaction.atomic
def accept_intake(issue: Issue, *, by: User) -> None:
    """核对通过: an editor has looked at what the import of this back issue doubted."""
    require(by, *EDITORIAL)
    _accept_intake(issue, by=by)


def _accept_intake(issue: Issue, *, by: User) -> None:
    intake = getattr(issue, "intake", None)
    if intake is None or intake.accepted_at:
        return
    intake.accepted_at, intake.accepted_by = timezone.now(), by
    intake.save(update_fields=["accepted_at", "accepted_by"])
    record.write("核对过刊导入", issue, by=by, doubts=len(intake.doubts))


@transaction.atomic
def sign_off(issue: Issue, *, by: User) -> None:
    """签发: the chief editor answers for the issue as it stands; its digest is kept.

    A signature stands until it is taken back: of two at once, one signs and the other is told.
    """
    require(by, Role.CHIEF_EDITOR)
    current = locked(issue)
    if current.signed_off_at and not current.published_at:
        raise NotAllowed(f"{issue}已由{current.signed_off_by}签发。要重新签发，请先“撤回签发”。")
    _sign_off(issue, by=by)


def _sign_off(issue: Issue, *, by: User) -> None:
    current = locked(issue)
    if current.published_at:
        raise NotAllowed(f"{issue}已发布。")
    digest = archive.digest(book.of(current))
    _refuse_what_blocks(current, digest)
    current.signed_off_at, current.signed_off_by = timezone.now(), by
    current.signed_off_digest = digest
    current.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_digest"])
    record.write("签发", current, by=by, digest=current.signed_off_digest)
    _copy(current, issue)


def _refuse_what_blocks(issue: Issue, digest: str) -> None:
    blocking = [finding.message for finding in preflight.blocking(issue, digest)]
    if blocking:
        raise NotAllowed("还不能签发：" + "".join(blocking))


def _copy(current: Issue, issue: Issue) -> None:
    """The object in hand shows what was written."""
    for name in "signed_off_at signed_off_by signed_off_digest published_at published_by".split():
        setattr(issue, name, getattr(current, name))


def publish(issue: Issue, *, by: User, at: datetime | None = None) -> Edition:
    """发布, or 定时发布 where `at` is later than now: makes the edition, then dates the issue.

    The writers of what is out now are told, one by one: whom a crash keeps from it, hears of it
    as of a schedule that came out (`reminders`). Raises `NotAllowed` where it was not signed off,
    or was changed since. Not to be called inside a transaction.
    """
    require(by, Role.CHIEF_EDITOR)
    with _next_edition(lambda: _due(issue), by=by) as edition:
        _put_out(edition, by=by, at=at)
    _copy(edition.issue, issue)
    if issue.is_published:
        _tell_writers(issue)
    return edition


def publish_back_issue(issue: Issue, *, by: User, edition: Edition | None = None) -> Edition:
    """Puts an imported issue out as it was read: it was signed off on paper, long ago.

    An archive brings the `edition` that readers get; otherwise one is made. For the command line,
    whose user has the server in hand; in the admin people accept, sign off and publish it. Raises
    `NotAllowed` where preflight blocks. Not to be called inside a transaction.
    """

    def accepted_and_signed_off() -> tuple[Issue, book.Book]:
        current = locked(issue)
        _accept_intake(current, by=by)
        _sign_off(current, by=by)
        return current, book.of(current)

    if edition:
        with transaction.atomic():
            edition.issue, _ = accepted_and_signed_off()
            indexing.index(edition.issue)
            _put_out(edition, by=by)
    else:
        with _next_edition(accepted_and_signed_off, by=by) as edition:
            _put_out(edition, by=by)
    _copy(edition.issue, issue)
    return edition


@transaction.atomic
def check_back_issue(issue: Issue, *, by: User) -> None:
    """Raises `NotAllowed` where publishing it would before a file is made. Changes nothing."""
    with transaction.atomic():
        current = locked(issue)
        _accept_intake(current, by=by)
        _sign_off(current, by=by)
        transaction.set_rollback(True)


def _due(issue: Issue) -> tuple[Issue, book.Book]:
    """The issue, locked, where it may be published as it stands; and its book."""
    current = locked(issue)
    if current.published_at:
        raise NotAllowed(f"{issue}已经发布过了。")
    if not current.signed_off_at:
        raise NotAllowed("请先签发。")
    whole = book.of(current)
    digest = archive.digest(whole)
    if digest != current.signed_off_digest:
        raise NotAllowed("签发之后内容有改动，请先“撤回签发”，看过再签发。")
    _refuse_what_blocks(current, digest)
    return current, whole


def _put_out(edition: Edition, *, by: User, at: datetime | None = None) -> None:
    """Dates the issue of the edition."""
    current = edition.issue
    current.published_at, current.published_by = max(at or timezone.now(), timezone.now()), by
    current.save(update_fields=["published_at", "published_by"])
    when = timezone.localtime(current.published_at)
    record.write("发布", current, by=by, edition=edition.number, at=f"{when:%Y-%m-%d %H:%M}")


def _tell_writers(issue: Issue) -> None:
    articles = issue.articles.select_related("contributor", "issue").defer("body", "note")
    for article in articles.in_print_order():
        with transaction.atomic():
            letters.out(article)


@contextmanager
def _next_edition(
    act: editions.Act, *, by: User, new: tuple[Correction, ...] = ()
) -> Iterator[Edition]:
    """As `editions.next_of`; what stands in its way is `NotAllowed`."""
    try:
        with editions.next_of(act, by=by, new=new) as edition:
            yield edition
    except (outputs.Unreadable, editions.Overtaken) as reason:
        raise NotAllowed(str(reason)) from reason


@transaction.atomic
def withdraw(issue: Issue, *, by: User, why: str) -> None:
    """撤下: readers no longer see the issue; its editions are kept. Needs a reason."""
    require(by, Role.CHIEF_EDITOR)
    if not why.strip():
        raise NotAllowed("请写明撤下的理由。")
    current = locked(issue)
    if not current.published_at:
        raise NotAllowed(f"{issue}没有发布，不用撤下。")
    if not current.is_published:
        raise NotAllowed(f"{issue}还没有到发布的时间，不用撤下：请“撤回签发”，定时一起取消。")
    current.published_at = current.published_by = None
    current.save(update_fields=["published_at", "published_by"])
    clear_sign_off(current)
    record.write("撤下", current, by=by, why=why)
    _copy(current, issue)


@transaction.atomic
def take_back_sign_off(issue: Issue, *, by: User, why: str) -> None:
    """撤回签发: the issue can be changed again, and a schedule falls with it. Needs a reason."""
    require(by, Role.CHIEF_EDITOR)
    if not why.strip():
        raise NotAllowed("请写明撤回签发的理由。")
    current = locked(issue)
    if current.is_published:
        raise NotAllowed(f"{issue}已发布，签发不能撤回。请更正文章，或撤下这一期。")
    if not current.signed_off_at:
        raise NotAllowed(f"{issue}没有签发，不用撤回。")
    digest, at = current.signed_off_digest, current.published_at
    scheduled = {"at": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"} if at else {}
    current.published_at = current.published_by = None
    current.save(update_fields=["published_at", "published_by"])
    clear_sign_off(current)
    record.write("撤回签发", current, by=by, why=why.strip(), digest=digest, **scheduled)
    _copy(current, issue)


def correct(article: Article, *, by: User, base: str, reason: str, **changes: str) -> Correction:
    """更正: changes a published article, tells readers why, and makes the next edition.

    `changes` may hold kicker, title, standfirst and body; `base` is the digest of the text that was
    opened. Raises `NotAllowed` where the article is not out, nothing changes, or no reason is
    given, and `editing.Stale` over somebody else's correction, also one that came in while the
    files were made. Not to be called inside a transaction.
    """
    require(by, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    if not reason.strip():
        raise NotAllowed("请写更正说明，读者会看到它。")
    correction = Correction(article=article, by=by, reason=reason.strip())
    change = partial(_change, article, changes, by=by, base=base, why=reason)
    with _next_edition(change, by=by, new=(correction,)) as edition:
        record.write("更正", article, by=by, why=reason, edition=edition.number)
        correction.edition = edition
        correction.save()
    article.refresh_from_db(fields=[*changes, "length", "updated_at"])
    return correction


def _change(
    article: Article, changes: dict[str, str], *, by: User, base: str, why: str
) -> tuple[Issue, book.Book]:
    """Stores the changes of an article that is out; its issue, locked, and the book of it now."""
    issue = locked(article.issue) if article.issue else None
    current = editing.check(article, base=base)
    if issue is None or current.issue != issue or not current.is_published:
        raise NotAllowed("这篇文章还没有刊出，直接修改即可。")
    for name, value in changes.items():
        setattr(current, name, value)
    current.store(*changes, "length", by=by, why=why)
    if current.digest() == base:
        raise NotAllowed("内容没有变化。")
    return issue, book.of(issue)
