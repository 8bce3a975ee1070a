"""更正: what is out is changed by the next edition, with a reason that readers see.

The next edition is the one that stands with that one thing changed: nothing else that the desk did
since comes out with it. The desk's own row is changed alike, in the same transaction.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from articles import authorship, letters
from articles.authorship import Byline
from articles.bodies import differences, html
from articles.models import Article
from articles.pictures import taking
from articles.reviewing import editing, staffing
from servicejournal import record, spelling
from servicejournal.certain import certain
from servicejournal.models import User
from servicejournal.roles import Role

from .. import facts
from ..exports import book, printing
from ..models import Correction, Edition, Issue
from ..statistics import fees
from . import editions
from .publication import (
    NotAllowed,
    Overtaken,
    as_deputy,
    locked,
    next_edition,
    require,
    require_chief,
)

#: Of these a base was always made, also where they say nothing.
_ALWAYS = (
    "theme", "standfirst", "cover_lines", "slogan", "compiled_by", "telephone", "website",
    "submissions_to",
)  # fmt: skip


class TooLarge(NotAllowed):
    """More than a slip of the pen: the chief editor corrects it, or confirms it."""


class FactsChanged(NotAllowed):
    """Cover or colophon say something else than when they were opened; nothing was written."""


def base_of(article: Article) -> str:
    """What a correction is made from: text, byline, pictures, and the section."""
    return f"{article.digest()}:{article.section_id}"


def correct(
    article: Article,
    *,
    by: User,
    base: str,
    reason: str,
    also: Callable[[Correction], Any] | None = None,
    **changes: Any,
) -> Correction:
    """更正 of one article: tells readers why, and makes the next edition. Its writer is told.

    `changes` may hold kicker, title, standfirst, body, `section` (a Section) and `bylines` (a tuple
    of `Byline`); `base` is `base_of` the article that was opened; `also` writes what else belongs
    to it. Raises `NotAllowed` where the article is not out, nothing changes or no reason is given;
    `TooLarge` where it is the chief editor's to do; and `editing.Stale` over somebody else's
    correction of it, also one that came in while the files were made. Where another article was
    corrected meanwhile, the files are made anew from the edition that stands then. Not to be called
    inside a transaction.
    """
    require(by, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    if "body" in changes and not _says_something(changes["body"]):
        raise NotAllowed("正文是空的，没有更正。要整篇拿掉，请用“撤稿”。")
    if not staffing.acts_as_chief(by) and (why := why_not_small(article, changes)):
        raise TooLarge(why)
    reason, changes = _told(reason), _at_hand(article, changes, by=by)

    def come_out_corrected() -> Correction:
        correction = Correction(article=article, by=by, reason=reason)
        change = partial(_change, correction, article, changes, by=by, base=base)
        with next_edition(change, by=by) as edition:
            told = {"edition": edition.number, **as_deputy(by)}
            record.write("更正", article, by=by, why=reason, **told)
            come_out(edition, correction)
            letters.corrected(article, occasion=correction.pk)
            if also:
                also(correction)
        return correction

    correction = _until_nobody_was_faster(come_out_corrected)
    article.refresh_from_db()
    return correction


#: Who is overtaken so often is told, and may try again.
_TRIES = 4


def _until_nobody_was_faster(make: Callable[[], Correction]) -> Correction:
    for _ in range(_TRIES - 1):
        try:
            return make()
        except Overtaken:
            continue
    return make()


def _says_something(body: str) -> bool:
    return bool(html.text(body).strip() or html.picture_tokens(body))


def why_not_small(article: Article, changes: Mapping[str, Any]) -> str:
    """Why this is more than a slip of the pen (文字订正), in Chinese; "" where it is none."""
    if "section" in changes and changes["section"] != article.section:
        return "换栏目会改动目录，由主编确认。"
    body = changes.get("body", article.body)
    if html.picture_tokens(body) != html.picture_tokens(article.body):
        return "换图片由主编确认。"
    changed = _characters(differences.text_of(article), changes)
    if "bylines" in changes:
        changed += _between(authorship.printed(article), as_printed(changes["bylines"]))
    if changed <= editing.MOST_CORRECTED:
        return ""
    return f"这次改动了 {changed} 个字，超过 {editing.MOST_CORRECTED} 个的更正由主编确认。"


def _characters(before: differences.Text, changes: Mapping[str, Any]) -> int:
    words = {name: changes[name] for name in printing.TEXT if name in changes}
    difference = differences.between(before, replace(before, **words))
    return difference.added + difference.removed


def _between(before: str, after: str) -> int:
    return _characters(differences.Text(title=before, body=""), {"title": after})


def as_printed(bylines: tuple[Byline, ...]) -> str:
    """One line, as print has it."""
    named = [(each.branch.name if each.branch else "", each.name) for each in bylines]
    return "　".join(f"{branch} {name}".strip() for branch, name in named)


@transaction.atomic
def _at_hand(article: Article, changes: dict[str, Any], *, by: User) -> dict[str, Any]:
    """What the changes name is there before the edition is planned, which is done twice."""
    if "bylines" in changes:
        authorship.make_known(article, changes["bylines"])
    if "body" in changes:
        return {**changes, "body": taking.tie(article, html.clean(changes["body"]), by=by)}
    return changes


def _change(
    correction: Correction, article: Article, changes: dict[str, Any], *, by: User, base: str
) -> editions.Planned:
    """The edition that stands with one article changed, and the desk's article changed alike."""
    issue = locked(article.issue) if article.issue else None
    current = check(article, base=base)
    if issue is None or current.issue != issue or not current.is_published:
        raise NotAllowed("这篇文章还没有刊出，直接修改即可。")
    standing = certain(issue.standing, "issue_signing_off_is_whole")
    before = book.once_more(standing)
    rows = list(before.rows)
    row = next(each for each in rows if each.printed.article_id == current.pk)
    stood = row.facts()
    _write(current, changes, by=by, why=correction.reason)
    printing.retext(row, current)
    if "bylines" in changes:
        printing.resign(row, current)
    if "section" in changes and changes["section"].pk != row.printed.section_id:
        rows = printing.move(rows, row, changes["section"])
    if row.facts() == stood:
        raise NotAllowed("内容没有变化。")
    return editions.Planned(issue, before.anew(rows), book.face_in(standing), (correction,))


def check(article: Article, *, base: str) -> Article:
    """The article under a lock, where `base_of` it still is `base`; else raises `editing.Stale`."""
    digest, _, section = base.partition(":")
    current = editing.check(article, base=digest)
    if section and section != str(current.section_id):
        raise editing.Stale(current)
    return current


def _write(article: Article, changes: dict[str, Any], *, by: User, why: str) -> None:
    """Into the desk's article."""
    fields = {name: value for name, value in changes.items() if name in printing.TEXT}
    section = changes.get("section")
    if section and section != article.section:
        last = Article.objects.filter(issue=article.issue, section=section)
        place = (last.aggregate(last=Max("position"))["last"] or 0) + 1
        fields |= {"section": section, "position": place}
    for name, value in fields.items():
        setattr(article, name, value)
    article.store(*fields, "length", by=by, why=why)
    if "bylines" in changes:
        before = article.byline
        authorship.sign(article, changes["bylines"])
        authorship.note_byline(article, before, by=by)
    vars(article).pop("_prefetched_objects_cache", None)  # the byline is read anew


def base_of_facts(issue: Issue) -> str:
    """What a correction of the cover or the colophon is made from: what both say now."""
    said: list[Any] = [getattr(issue, name) for name in _ALWAYS]
    # What an earlier version ordered is still made from the same, where nothing new is said.
    others = ((name, getattr(issue, name)) for name in facts.CORRECTED if name not in _ALWAYS)
    said += [[name, str(value)] for name, value in others if value]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def correct_facts(issue: Issue, *, by: User, base: str, reason: str, **changes: Any) -> Correction:
    """更正 of what the cover and the colophon say: the next edition, and a reason for readers.

    `changes` are among `facts.CORRECTED`; `cover_lines` is a tuple of lines. Raises as `correct`
    does, and `FactsChanged` where they say something else than when they were opened
    (`base_of_facts`).
    """
    require_chief(by)
    reason = _told(reason)

    def come_out_corrected() -> Correction:
        correction = Correction(by=by, reason=reason)
        change = partial(_change_facts, correction, issue, changes, base=base)
        with next_edition(change, by=by) as edition:
            record.write("更正", issue, by=by, why=reason, edition=edition.number, **as_deputy(by))
            come_out(edition, correction)
        return correction

    correction = _until_nobody_was_faster(come_out_corrected)
    issue.refresh_from_db()
    return correction


def _change_facts(
    correction: Correction, issue: Issue, changes: dict[str, Any], *, base: str
) -> editions.Planned:
    current = locked(issue)
    if not current.is_published:
        raise NotAllowed(f"{issue}还没有发布，直接修改本期信息即可。")
    if base_of_facts(current) != base:
        raise FactsChanged("您打开之后，封面或版权页有了更正。您填的还在下面，请对照现在的再更正。")
    standing = certain(current.standing, "issue_signing_off_is_whole")
    before = book.once_more(standing)
    worn = {name: value for name, value in changes.items() if name in facts.WORN}
    printed = {name: value for name, value in changes.items() if name not in facts.WORN}
    planned, face = before.anew(before.rows, **printed), book.face_in(standing)
    dressed = replace(face, **worn)
    if planned.book == before.book and dressed == face:
        raise NotAllowed("内容没有变化。")
    for name, value in changes.items():
        setattr(current, name, "\n".join(value) if name == "cover_lines" else value)
    current.save(update_fields=[*changes])
    dressed = book.redrawn(planned.book, dressed)
    return editions.Planned(current, planned, dressed, (correction,))


def _told(reason: str) -> str:
    if not spelling.line(reason):
        raise NotAllowed("请写更正说明，读者会看到它。")
    return reason.strip()


def come_out(edition: Edition, correction: Correction | None = None) -> None:
    """The edition takes the place of the one that stood; what readers are told comes with it, and
    what its writers earn where that is not closed yet.
    """
    edition.issue.save(update_fields=["standing"])
    edition.out_since = edition.made_at
    edition.save(update_fields=["out_since"])
    if correction:
        correction.edition = edition
        correction.save()
    fees.reckon(edition, by=edition.made_by)
