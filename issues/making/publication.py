"""From an issue that is made up to what readers hold: the only writer of signing off and dates.

Every verb is one transaction, takes `by=` the person who acts, and adds a row to the record. A
crash at any point leaves the old state whole: files are named by their content and written before
the row that refers to them.
"""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import letters
from articles.models import Article
from articles.reviewing import editing
from servicejournal import record
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role

from .. import contents
from ..exports import archive, book, outputs
from ..models import Correction, Edition, Issue
from . import indexing, page_making, preflight


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
    """签发: the chief editor answers for the issue as it stands; its digest is kept."""
    require(by, Role.CHIEF_EDITOR)
    _sign_off(issue, by=by)


def _sign_off(issue: Issue, *, by: User) -> None:
    current = locked(issue)
    if current.published_at:
        raise NotAllowed(f"{issue}已发布。")
    _refuse_what_blocks(current)
    current.signed_off_at, current.signed_off_by = timezone.now(), by
    current.signed_off_digest = archive.digest(book.of(current))
    current.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_digest"])
    record.write("签发", current, by=by, digest=current.signed_off_digest)
    _copy(current, issue)


def _refuse_what_blocks(issue: Issue) -> None:
    blocking = [finding.message for finding in preflight.check(issue) if finding.blocks]
    if blocking:
        raise NotAllowed("还不能签发：" + "".join(blocking))


def _copy(current: Issue, issue: Issue) -> None:
    """The object in hand shows what was written."""
    for name in "signed_off_at signed_off_by signed_off_digest published_at published_by".split():
        setattr(issue, name, getattr(current, name))


@transaction.atomic
def publish(issue: Issue, *, by: User, at: datetime | None = None) -> Edition:
    """发布, or 定时发布 where `at` is later than now: makes the edition, then dates the issue.

    The writers of what is out now are told. Raises `NotAllowed` where it was not signed off, or
    was changed since.
    """
    require(by, Role.CHIEF_EDITOR)
    return _publish(issue, by=by, at=at)


@transaction.atomic
def publish_back_issue(issue: Issue, *, by: User, edition: Edition | None = None) -> Edition:
    """Puts an imported issue out as it was read: it was signed off on paper, long ago.

    An archive brings the `edition` that readers get; otherwise one is made. For the command line,
    whose user has the server in hand; in the admin people accept, sign off and publish it. Raises
    `NotAllowed` where preflight blocks.
    """
    _accept_intake(issue, by=by)
    _sign_off(issue, by=by)
    return _publish(issue, by=by, edition=edition)


def _publish(
    issue: Issue, *, by: User, at: datetime | None = None, edition: Edition | None = None
) -> Edition:
    current = locked(issue)
    if current.published_at:
        raise NotAllowed(f"{issue}已经发布过了。")
    if not current.signed_off_at:
        raise NotAllowed("请先签发。")
    whole = book.of(current)
    if archive.digest(whole) != current.signed_off_digest:
        raise NotAllowed("签发之后内容有改动，请先“撤回签发”，看过再签发。")
    _refuse_what_blocks(current)
    edition = edition or _make_edition(current, whole, by=by)
    indexing.index(current)
    current.published_at, current.published_by = max(at or timezone.now(), timezone.now()), by
    current.save(update_fields=["published_at", "published_by"])
    when = timezone.localtime(current.published_at)
    record.write("发布", current, by=by, edition=edition.number, at=f"{when:%Y-%m-%d %H:%M}")
    _copy(current, issue)
    if current.is_published:  # a schedule is told when it comes out (`reminders`)
        _tell_writers(current)
    return edition


def _tell_writers(issue: Issue) -> None:
    for article in issue.articles.select_related("contributor", "issue").in_print_order():
        letters.out(article)


def _make_edition(
    issue: Issue, whole: book.Book, *, by: User, new: tuple[Correction, ...] = ()
) -> Edition:
    """Every output of one book, and the order for its pages.

    `new` are the corrections that come out with it. Without fonts there is no PDF, and the edition
    says why.
    """
    last = issue.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition(issue=issue, number=last + 1, made_by=by)
    told = book.edition_of(issue, edition, new=new)
    try:
        made = outputs.of(whole, book.face_of(issue), told)
    except outputs.Unreadable as reason:
        raise NotAllowed(str(reason)) from reason
    edition.sha256 = hashlib.sha256(made.archive).hexdigest()
    edition.without_pdf = made.without_pdf
    edition.archive.save("archive.zip", ContentFile(made.archive), save=False)
    if made.epub:
        edition.epub.save("issue.epub", ContentFile(made.epub), save=False)
    if made.pdf:
        edition.pdf.save("issue.pdf", ContentFile(made.pdf.data), save=False)
        edition.page_count = made.pdf.pages
        edition.outline = page_making.outline(
            contents.of(issue).articles, starts=made.pdf.starts, titles=made.titles
        )
    edition.save()
    page_making.order(edition)
    return edition


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


@transaction.atomic
def correct(article: Article, *, by: User, base: str, reason: str, **changes: str) -> Correction:
    """更正: changes a published article, tells readers why, and makes the next edition.

    `changes` may hold kicker, title, standfirst and body; `base` is the digest of the text that was
    opened. Raises `NotAllowed` where the article is not out, nothing changes, or no reason is
    given, and `editing.Stale` over somebody else's correction.
    """
    require(by, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    if not reason.strip():
        raise NotAllowed("请写更正说明，读者会看到它。")
    if not article.is_published:
        raise NotAllowed("这篇文章还没有刊出，直接修改即可。")
    issue = locked(certain(article.issue, "what is out stands in an issue"))
    before = editing.check(article, base=base).digest()
    article.refresh_from_db()
    for name, value in changes.items():
        setattr(article, name, value)
    article.store(*changes, "length", by=by, why=reason)
    if article.digest() == before:
        raise NotAllowed("内容没有变化。")
    correction = Correction(article=article, by=by, reason=reason.strip())
    edition = _make_edition(issue, book.of(issue), by=by, new=(correction,))
    indexing.index(issue)
    record.write("更正", article, by=by, why=reason, edition=edition.number)
    correction.edition = edition
    correction.save()
    return correction
