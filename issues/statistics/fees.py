"""稿酬 of an issue: reckoned when it comes out, checked, closed by a second person; from then on
set right only by dated counter-entries. The only writer of `FeeSheet`, `Fee` and `FeeEntry`.

Every verb is one transaction, takes `by=` the person who acts, and adds a row to the record.
`seen` is the version of the sheet that a page showed.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.bodies import html
from articles.models import Article
from articles.reviewing import fees as estimates
from servicejournal import record, spelling
from servicejournal.models import User

from ..models import (
    Edition,
    Fee,
    FeeEntry,
    FeeRule,
    FeeSheet,
    Issue,
    Praise,
    PrintedArticle,
)
from ..models.fees import MOST
from .amounts import figures
from .fee_rules import Earned, earned, tax, tax_of
from .sharing import equally


class NotAllowed(ValueError):
    """The step does not fit the state or the person; the message (Chinese) says why."""


class Stale(NotAllowed):
    """It was made from a page of what is not there any more."""


def _require(user: User) -> None:
    if not user.has_perm("issues.change_feesheet"):
        raise NotAllowed("稿酬由主编和管理员管，您的角色不能做这一步。")


def _locked(sheet: FeeSheet, seen: int | None) -> FeeSheet:
    """Whoever writes a sheet or anything of it holds it until the transaction ends."""
    current = FeeSheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
    if seen is not None and seen != current.version:
        raise Stale("您打开页面之后，别人动过这张稿酬单。请看过现在的样子，再做这一步。")
    return current


def _open(sheet: FeeSheet, seen: int | None) -> FeeSheet:
    current = _locked(sheet, seen)
    if current.is_closed:
        raise NotAllowed(f"{current}已由{current.closed_by}关账，不能再改。有错请用“冲账”。")
    return current


@transaction.atomic
def reckon(edition: Edition, *, by: User) -> FeeSheet | None:
    """The sheet of the issue by what this edition prints: made, or made anew while it is open.

    Amounts that somebody changed stay where the article and its author still stand. A closed sheet
    stays as it is. None where nothing is paid: back issues, and before there is a rule.
    """
    there = FeeSheet.objects.select_for_update(of=("self",)).filter(issue=edition.issue).first()
    if there and there.is_closed:
        return there
    planned = _planned(edition)
    if not planned:
        _drop(there, by=by)
        return None
    sheet = there or FeeSheet(issue=edition.issue)
    changed = {
        (each.article_id, each.author_id): each
        for each in (there.fees.exclude(changed_by=None) if there else ())
    }
    before = _sum(there) if there else None
    if there:
        there.fees.all().delete()
        sheet.version += 1
    sheet.edition, sheet.reckoned_at = edition, timezone.now()
    sheet.checked_at = sheet.checked_by = None
    sheet.save()
    for fee in planned:
        fee.sheet = sheet
        if kept := changed.get((fee.article_id, fee.author_id)):
            fee.fen, fee.why, fee.changed_by_id = kept.fen, kept.why, kept.changed_by_id
    Fee.objects.bulk_create(planned)
    told = {"sum": figures(sum(each.fen for each in planned))}
    if before is not None:
        told["before"] = figures(before)
    record.write("计算稿酬", sheet, by=by, edition=edition.number, **told)
    return sheet


def _planned(edition: Edition) -> list[Fee]:
    rules, day = list(FeeRule.objects.select_related("section")), _day(edition.issue)
    if not rules:
        return []
    rows = list(
        edition.printed.exclude(article__origin=Article.Origin.BACK_ISSUE)
        .prefetch_related("signed_by")
        .order_by("place")
    )
    grades = grades_of(row.article_id for row in rows)
    found: list[Fee] = []
    for row in rows:
        own = earned(
            rules,
            day=day,
            section=row.section_id,
            grades=grades[row.article_id],
            length=row.length,
            pictures=len(row.pictures),
        )
        if own:
            found += _shares(row, own)
    for place, fee in enumerate(found, start=1):
        fee.place = place
    return found


def _shares(row: PrintedArticle, own: Earned) -> list[Fee]:
    """One for each author, in the order of the byline, under the names that are printed."""
    people = sorted(row.signed_by.all(), key=lambda each: each.pk)
    shares = equally(own.fen, len(people))
    how = own.how if len(people) < 2 else f"{own.how}；{len(people)} 人平分"
    return [
        Fee(
            article_id=row.article_id,
            title=row.title,
            author_id=person.author_id,
            author_name=named["name"],
            branch_id=person.branch_id,
            branch_name=named["branch"],
            reckoned_fen=share,
            fen=share,
            how=how[:300],
        )
        for person, named, share in zip(people, row.authors, shares, strict=False)
    ]


def grades_of(articles: Iterable[int]) -> defaultdict[int, set[str]]:
    """What each of the articles (keys) was praised as."""
    keys = list(articles)
    found: defaultdict[int, set[str]] = defaultdict(set)
    for article, grade in Praise.objects.filter(article__in=keys).values_list("article", "grade"):
        found[article].add(grade)
    return found


def _day(issue: Issue) -> date:
    return issue.date or timezone.localdate()


def _sum(sheet: FeeSheet) -> int:
    return sheet.fees.aggregate(sum=Sum("fen"))["sum"] or 0


@transaction.atomic
def drop(issue: Issue, *, by: User) -> None:
    """The issue is not out after all: an open sheet goes. A closed one stays, to be countered."""
    _drop(FeeSheet.objects.select_for_update(of=("self",)).filter(issue=issue).first(), by=by)


def _drop(sheet: FeeSheet | None, *, by: User) -> None:
    if sheet is None or sheet.is_closed:
        return
    record.write("作废稿酬单", sheet, by=by, sum=figures(_sum(sheet)))
    sheet.delete()


@transaction.atomic
def change(fee: Fee, *, fen: int, why: str, by: User, seen: int | None = None) -> None:
    """改动 before closing, with a reason; a check that was made before falls. Back to what the
    rules say, it is unchanged. Nobody changes their own.
    """
    _require(by)
    sheet = _open(fee.sheet, seen)
    current = Fee.objects.select_related("author").get(pk=fee.pk)
    if current.author.user_id == by.pk:
        raise NotAllowed("自己的稿酬自己不能改，请另一位来改。")
    if not 0 <= fen <= MOST:
        raise NotAllowed(f"金额请写 0 到 {MOST // 100} 元。")
    if fen == current.fen:
        raise NotAllowed("金额没有变化。")
    if not spelling.line(why):
        raise NotAllowed("改动稿酬，请写明理由。")
    before, current.fen = current.fen, fen
    is_back = fen == current.reckoned_fen
    current.why, current.changed_by = ("", None) if is_back else (why.strip()[:300], by)
    current.save(update_fields=["fen", "why", "changed_by"])
    _touch(sheet, checked_by=None)
    told = {"fee": str(current), "before": figures(before), "after": figures(fen)}
    record.write("改动稿酬", sheet, by=by, why=why.strip(), **told)


def _touch(sheet: FeeSheet, *, checked_by: User | None) -> None:
    sheet.version += 1
    sheet.checked_by = checked_by
    sheet.checked_at = timezone.now() if checked_by else None
    sheet.save(update_fields=["version", "checked_by", "checked_at"])


@transaction.atomic
def check(sheet: FeeSheet, *, by: User, seen: int | None = None) -> None:
    """核对: this person has looked at every line."""
    _require(by)
    current = _open(sheet, seen)
    if current.checked_by:
        raise NotAllowed(f"已由{current.checked_by}核对，请第二个人来关账。")
    if not current.issue.is_published:
        raise NotAllowed(f"{current.issue}还没有发布，稿酬等发布以后再核对。")
    _touch(current, checked_by=by)
    record.write("核对稿酬", current, by=by, sum=figures(_sum(current)))


@transaction.atomic
def uncheck(sheet: FeeSheet, *, by: User, why: str, seen: int | None = None) -> None:
    """退回核对: the second person found something, or the first one did. Needs a reason."""
    _require(by)
    current = _open(sheet, seen)
    if not current.checked_by:
        raise NotAllowed("还没有核对，不用退回。")
    if not spelling.line(why):
        raise NotAllowed("退回核对，请写明理由。")
    _touch(current, checked_by=None)
    record.write("退回核对稿酬", current, by=by, why=why.strip())


@transaction.atomic
def close(sheet: FeeSheet, *, by: User, seen: int | None = None) -> None:
    """关账 by another than who checked. From now on nothing of it changes."""
    _require(by)
    current = _open(sheet, seen)
    if current.checked_by is None:
        raise NotAllowed("还没有人核对。请先核对，再由第二个人关账。")
    if current.checked_by_id == by.pk:
        raise NotAllowed("您核对的，要由另一个人关账。")
    current.version += 1
    current.closed_at, current.closed_by = timezone.now(), by
    rule = tax_of(current)
    current.tax_terms = rule.terms if rule else {}
    current.save(update_fields=["version", "closed_at", "closed_by", "tax_terms"])
    record.write("稿酬关账", current, by=by, sum=figures(_sum(current)))


@transaction.atomic
def counter(fee: Fee, *, fen: int, why: str, by: User, seen: int | None = None) -> FeeEntry:
    """冲账: `fen` more or less than was closed, with its tax; never below nothing. Has a reason."""
    _require(by)
    sheet = _locked(fee.sheet, seen)
    if not sheet.is_closed:
        raise NotAllowed("还没有关账，直接改动金额即可。")
    current = Fee.objects.select_related("author").get(pk=fee.pk)
    if current.author.user_id == by.pk:
        raise NotAllowed("自己的稿酬自己不能冲账，请另一位来做。")
    if not spelling.line(why):
        raise NotAllowed("冲账请写明理由。")
    if not fen:
        raise NotAllowed("冲账的金额不能是 0。")
    stands = current.fen + (current.entries.aggregate(sum=Sum("fen"))["sum"] or 0)
    if not 0 <= stands + fen <= MOST:
        raise NotAllowed(f"现在是 {figures(stands)} 元，冲账以后不能少于 0。")
    held = _more_tax(sheet, current, fen)
    entry = FeeEntry.objects.create(
        fee=current, fen=fen, tax_fen=held, why=why.strip()[:300], by=by
    )
    sheet.version += 1
    sheet.save(update_fields=["version"])
    told = {"fee": str(current), "fen": figures(fen), "stands": figures(stands + fen)}
    if held:
        told["tax"] = figures(held)
    record.write("稿酬冲账", sheet, by=by, why=why.strip(), **told)
    return entry


def _more_tax(sheet: FeeSheet, fee: Fee, fen: int) -> int:
    """Of all that the author has on the sheet now, less what was held back so far: also what an
    entry left out that was made before taxes were reckoned.
    """
    own = Fee.objects.filter(sheet=sheet, author=fee.author_id)
    entries = FeeEntry.objects.filter(fee__in=own)
    was = own.aggregate(sum=Sum("fen"))["sum"] or 0
    since = entries.aggregate(fen=Coalesce(Sum("fen"), 0), tax=Coalesce(Sum("tax_fen"), 0))
    rule = tax_of(sheet)
    return tax(was + since["fen"] + fen, rule) - tax(was, rule) - int(since["tax"])


def estimate(article: Article) -> estimates.Estimate | None:
    """For the review sheet: what it would earn if it came out today."""
    own = earned(
        FeeRule.objects.select_related("section"),
        day=timezone.localdate(),
        section=article.section_id,
        grades=grades_of([article.pk])[article.pk],
        length=article.length,
        pictures=len(html.picture_tokens(article.body)),
    )
    return estimates.Estimate(own.fen, own.how) if own else None
