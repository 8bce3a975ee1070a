"""撤稿 and 撤刊: what was out is out no more; and 恢复, an earlier edition once more.

Each has a reason. What was taken back answers 410; its writers are told. Old editions are kept.
"""

from functools import partial

from django.db import transaction

from articles import authorship, letters
from articles.models import Article
from articles.reviewing import workflow
from servicejournal import generation, record, spelling
from servicejournal.certain import certain
from servicejournal.models import User

from .. import facts
from ..exports import book, printing
from ..exports.shape import Face
from ..models import Correction, Edition, Issue, Withdrawal
from ..statistics import fees
from . import editions, make_up
from .corrections import come_out
from .leader import links
from .publication import (
    NotAllowed,
    as_deputy,
    clear_publication,
    clear_sign_off,
    locked,
    next_edition,
    refuse_stale,
    require_chief,
)


@transaction.atomic
def withdraw(
    issue: Issue, *, by: User, why: str, is_told: bool = False, edition: int | None = None
) -> None:
    """撤刊: readers no longer see the issue; its editions are kept. Needs a reason.

    `is_told` shows the reason to readers. The writers of its articles are told that it is gone.
    Links by which a leader looked at it before it came out are revoked.
    """
    require_chief(by)
    reason = _reason(why, "撤下")
    current = locked(issue)
    refuse_stale(current, edition)
    if not current.published_at:
        raise NotAllowed(f"{issue}没有发布，不用撤下。")
    if not current.is_published:
        raise NotAllowed(f"{issue}还没有到发布的时间，不用撤下：请“撤回签发”，定时一起取消。")
    clear_publication(current)
    clear_sign_off(current)
    told = Withdrawal.objects.create(
        issue=current, title=current.label, by=by, reason=reason, is_told=is_told
    )
    record.write("撤下", current, by=by, why=reason, told=is_told, **as_deputy(by))
    fees.drop(current, by=by)
    links.revoke_all(current, by=by)
    for article in current.articles.select_related("contributor").defer("body", "note"):
        letters.taken_back(article, current.label, occasion=told.pk)
    generation.turn()
    issue.refresh_from_db()


def withdraw_article(article: Article, *, by: User, why: str, is_told: bool = False) -> Withdrawal:
    """撤稿 of one article: the next edition is without it, in every output. Its writer is told.

    The last article of an issue is not withdrawn alone. Raises `NotAllowed`. Not to be called
    inside a transaction.
    """
    require_chief(by)
    issue = article.issue
    told = Withdrawal(article=article, title=article.title, by=by, reason=_reason(why, "撤稿"))
    told.is_told = is_told
    with next_edition(partial(_without, article, by=by, why=told.reason), by=by) as edition:
        come_out(edition)
        told.issue, told.edition = edition.issue, edition
        told.save()
        workflow.withdraw_printed(article, by=by, why=told.reason)
        what = {"title": article.title, **as_deputy(by)}
        record.write("撤稿", edition.issue, by=by, why=told.reason, **what)
        letters.taken_back(article, edition.issue.label, occasion=told.pk)
    article.refresh_from_db()
    if issue:
        issue.refresh_from_db()
    return told


def _without(article: Article, *, by: User, why: str) -> editions.Planned:
    """The edition that stands, without the article, which leaves the issue at the desk too."""
    issue = locked(article.issue) if article.issue else None
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if issue is None or current.issue_id != issue.pk or not issue.is_published:
        raise NotAllowed("这篇文章没有刊出，不用撤稿。")
    before = book.once_more(certain(issue.standing, "issue_signing_off_is_whole"))
    rows = printing.numbered(r for r in before.rows if r.printed.article_id != current.pk)
    if not rows:
        raise NotAllowed("这一期只有这一篇文章，请撤下整期。")
    make_up.drop_printed(current, by=by)
    planned = before.anew(rows, cover_lines=_other_lines(before.book, current.title))
    face = book.face_in(certain(issue.standing, "issue_signing_off_is_whole"))
    if planned.book.cover_lines != before.book.cover_lines:
        issue.cover_lines = "\n".join(planned.book.cover_lines)
        issue.save(update_fields=["cover_lines"])
        face = book.redrawn(planned.book, face)
    return editions.Planned(issue, planned, face)


def _other_lines(whole: book.Book, title: str) -> tuple[str, ...]:
    """The cover does not announce what is not inside."""
    gone = "".join(title.split())
    return tuple(line for line in whole.cover_lines if "".join(line.split()) != gone)


def restore(issue: Issue, number: int, *, by: User, why: str, seen: int | None = None) -> Edition:
    """恢复到第 n 版: a new edition with what that one printed. Needs a reason, which readers see.

    The desk's rows say the same again; an article that was withdrawn since is out again. `seen` is
    the number of the edition that stood on the page. Raises `NotAllowed`, `Stale`. Not to be called
    inside a transaction.
    """
    require_chief(by)
    reason = _reason(why, "恢复")
    told = Correction(by=by, reason=f"恢复到第{number}版：{reason}"[:300])
    with next_edition(
        partial(_once_more, issue, number, told, why=reason, seen=seen), by=by
    ) as edition:
        come_out(edition, told)
        what = {"restored": number, "edition": edition.number, **as_deputy(by)}
        record.write("恢复版次", edition.issue, by=by, why=reason, **what)
    issue.refresh_from_db()
    return edition


def _once_more(
    issue: Issue, number: int, told: Correction, *, why: str, seen: int | None
) -> editions.Planned:
    current = locked(issue)
    refuse_stale(current, seen)
    if not current.is_published:
        raise NotAllowed(f"{issue}没有发布，不能恢复版次；请先签发、发布。")
    earlier = current.editions.seen().filter(number=number).first()
    if earlier is None or not earlier.facts:
        raise NotAllowed(f"没有可以恢复的第{number}版。")
    if earlier.pk == current.standing_id:
        raise NotAllowed(f"读者现在看到的就是第{number}版。")
    printed = book.once_more(earlier)
    face = book.face_in(earlier)
    _write_back(current, printed, face, by=told.by, why=why)
    return editions.Planned(current, printed, face, (told,))


def _write_back(issue: Issue, printed: book.Printing, face: Face, *, by: User, why: str) -> None:
    """The desk's rows as that edition printed them: facts, texts, who is in the issue."""
    for name in book.FACTS:
        setattr(issue, name, getattr(printed.book, name))
    issue.cover_lines = "\n".join(printed.book.cover_lines)
    book.dress(issue, face)
    issue.save(update_fields=[*facts.PRINTED, *facts.WORN])
    there = {row.printed.article_id: row for row in printed.rows}
    for article in issue.articles.exclude(pk__in=there):
        make_up.drop_printed(article, by=by)
        workflow.withdraw_printed(article, by=by, why=why)
    locked_rows = Article.objects.select_for_update(of=("self",)).filter(pk__in=there)
    for article in locked_rows.order_by("pk"):
        if article.issue_id not in (None, issue.pk):
            raise NotAllowed(f"《{article.title}》已编入{article.issue}，不能恢复到这一版。")
        _write_article_back(article, there[article.pk], issue, by=by, why=why)
    leads = [row.printed for row in printed.rows if row.printed.lead]
    leads.sort(key=lambda each: each.lead or 0)
    make_up.lead_as_printed(issue, [each.article_id for each in leads])


def _write_article_back(
    article: Article, row: printing.Row, issue: Issue, *, by: User, why: str
) -> None:
    workflow.restore_printed(article, by=by, why=why)
    make_up.put_back_printed(article, issue, row.printed.section, by=by)
    changed = [
        name for name in printing.TEXT if getattr(article, name) != getattr(row.printed, name)
    ]
    for name in changed:
        setattr(article, name, getattr(row.printed, name))
    if changed:
        article.store(*changed, "length", by=by, why=why)
    names = [(each["name"], each["branch"]) for each in row.printed.authors]
    authorship.sign_again(article, row.people, names)


def _reason(why: str, what: str) -> str:
    if not spelling.line(why):
        raise NotAllowed(f"请写明{what}的理由。")
    return why.strip()
