"""校对辅助: the proofreading aid at the desk. What it finds in a manuscript, and what is let stand.

The only writer of `Waiver`. A finding that must not go out keeps a manuscript from being accepted
until it is gone, or until an editor lets it stand and says why.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..bodies import html
from ..models import Article, Author, Branch, FormerAuthor, FormerBranch, HouseTerm, Waiver
from ..proofreading import (
    Finding,
    Level,
    Manuscript,
    Term,
    TermList,
    folded,
    proofread,
    texts,
    unfolded,
)
from ..proofreading.findings import habit_anchor
from ..proofreading.names import NameList
from . import likeness, staffing


class NotAllowed(ValueError):
    """The finding cannot be let stand so; the message (Chinese) says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, the gravest first: still open, and let stand by somebody."""

    open: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.open if each.level is Level.BLOCK)

    @property
    def safe(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.open if each.is_safe)


_GRAVITY = list(Level)
#: Characters of a body whose findings are kept at hand.
_KEPT = 50_000


def manuscript_of(article: Article) -> Manuscript:
    return Manuscript(
        title=article.title,
        body=article.body,
        byline=article.byline,
        kicker=article.kicker,
        standfirst=article.standfirst,
    )


def house_terms() -> TermList:
    """The house's words, and its branches and authors; the same object until a row changes. Three
    queries.
    """
    return _compiled(*_house_words())


def stamps(articles: Iterable[int]) -> dict[int, str]:
    """Article id → a digest of all beside the text that decides what is found in it: the house's
    words, and what was let stand. Four queries.
    """
    pks = list(articles)
    house = repr(_house_words())
    let: dict[int | None, list[str]] = {}
    for each in Waiver.objects.concerning(pks).order_by("pk"):
        what = f"{each.rule}|{each.quote}|{each.anchor}"
        let.setdefault(each.article_id, []).append(what)
    everywhere = repr((house, let.get(None)))
    first = hashlib.sha256(everywhere.encode()).hexdigest()
    return {pk: hashlib.sha256(repr((first, let.get(pk))).encode()).hexdigest() for pk in pks}


def _house_words() -> tuple[
    tuple[Term, ...], tuple[tuple[str, bool], ...], tuple[tuple[str, str], ...]
]:
    terms = (
        Term(
            word=term.word,
            preferred=term.preferred or None,
            level=Level.INFO if term.is_right else Level(term.level),
            why=term.why,
            variants=tuple(filter(None, map(str.strip, term.variants.splitlines()))),
            disguised=term.disguised,
            is_right=term.is_right,
        )
        for term in HouseTerm.objects.filter(retired=False)
    )
    return (tuple(terms), *_house_names())


def _house_names() -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, str], ...]]:
    """Branches and whether they are gone, authors and their branch. Two queries.

    Who was renamed or closed is known still, and what is printed of them is right. Of an author the
    branch of today counts, under which the byline stands.
    """
    former = (
        FormerBranch.objects.order_by().annotate(gone=Value(value=True)).values_list("name", "gone")
    )
    branches = Branch.objects.order_by().values_list("name", "retired").union(former)
    once = FormerAuthor.objects.order_by().annotate(of=Value("")).values_list("name", "of")
    authors = Author.objects.order_by().annotate(of=Coalesce("branch__name", Value("")))
    people = authors.values_list("name", "of").union(once)
    return tuple(sorted(branches)), tuple(sorted(people))


@lru_cache(maxsize=2)
def _compiled(
    terms: tuple[Term, ...],
    branches: tuple[tuple[str, bool], ...],
    people: tuple[tuple[str, str], ...],
) -> TermList:
    names = NameList(
        [name for name, gone in branches if not gone],
        people,
        known=[name for name, gone in branches if gone],
    )
    return TermList(terms, names)


@lru_cache(maxsize=400)
def _proofread_once(manuscript: Manuscript, terms: TermList) -> tuple[Finding, ...]:
    """An issue of sixty articles takes seconds, and its pages are looked at again and again."""
    return tuple(proofread(manuscript, terms))


def _proofread(manuscript: Manuscript, terms: TermList) -> tuple[Finding, ...]:
    is_kept = len(manuscript.body) <= _KEPT
    return (_proofread_once if is_kept else _proofread_once.__wrapped__)(manuscript, terms)


def check(article: Article) -> Checked:
    """What the rules and the house's words find. Four queries."""
    waivers = Waiver.objects.concerning([article.pk]).select_related("by")
    return _checked(article, house_terms(), list(waivers))


def check_beside_others(article: Article) -> Checked:
    """That, and passages that stand in other texts of ours too."""
    waivers = Waiver.objects.concerning([article.pk]).select_related("by")
    text = texts.of_manuscript(manuscript_of(article))
    shared = likeness.shared_with_others(article, text)
    return _checked(article, house_terms(), list(waivers), shared)


def open_in(articles: Iterable[Article]) -> dict[int, tuple[Finding, ...]]:
    """Article id → findings that are still open. Four queries whatever the number of articles."""
    terms, articles = house_terms(), list(articles)
    waivers = list(Waiver.objects.concerning([each.pk for each in articles]))
    return {each.pk: _checked(each, terms, waivers).open for each in articles}


def count_open(articles: Iterable[Article]) -> dict[int, int]:
    """Article id → how many findings are still open. Four queries."""
    return {pk: len(found) for pk, found in open_in(articles).items()}


def _checked(
    article: Article, terms: TermList, waivers: list[Waiver], shared: Iterable[Finding] = ()
) -> Checked:
    waivers = [each for each in waivers if each.article_id in (None, article.pk)]
    here = {each.anchor: each for each in waivers if each.article_id}
    everywhere = {(each.rule, each.quote): each for each in waivers if not each.article_id}
    found = [*_proofread(manuscript_of(article), terms), *shared]
    found.sort(key=lambda finding: _GRAVITY.index(finding.level))
    still_open: list[Finding] = []
    let_stand: dict[int, tuple[Waiver, list[Finding]]] = {}
    for finding in unfolded(found):
        waiver = (
            here.get(finding.anchor)
            or here.get(habit_anchor(finding.rule))
            or everywhere.get((finding.rule, finding.quote[:200]))
        )
        if waiver:
            let_stand.setdefault(waiver.pk, (waiver, []))[1].append(finding)
        else:
            still_open.append(finding)
    waived = ((one, waiver) for waiver, rows in let_stand.values() for one in folded(rows))
    return Checked(tuple(folded(still_open)), tuple(waived))


def why_not_accept(article: Article) -> str:
    """What must not go out and stands in the text, in Chinese; empty where nothing does."""
    blocking = check(article).blocking
    if not blocking:
        return ""
    quotes = "、".join(f"“{each.quote[:20]}”" for each in blocking[:5])
    return (
        f"有 {len(blocking)} 处不得刊出的内容（{quotes}），请先改正，或在“校对辅助”里写明理由放行。"
    )


def why_not_let_out(article: Article, user: User) -> str:
    """Why this person may not let stand what must not go out, in Chinese; "" for a colleague."""
    if user.pk not in staffing.writers(article):
        return ""
    return "这是您自己的稿件，不得刊出的内容请改掉，或请同事来放行。"


@transaction.atomic
def waive(
    article: Article, anchor: str, *, by: User, reason: str, everywhere: bool = False
) -> Waiver:
    """忽略此处, or 全刊忽略 `everywhere`. Raises `NotAllowed`.

    What must not go out is let stand only where it stands, never everywhere, and never by who wrote
    it.
    """
    reason = html.visible(reason).strip()[:300]
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("您的角色不能处理校对提示。")
    if not reason:
        raise NotAllowed("请写明忽略的理由。")
    finding = next(
        (each for each in check_beside_others(article).open if each.anchor == anchor), None
    )
    if finding is None:
        raise NotAllowed("这条提示已经不在了，请刷新页面。")
    if everywhere and finding.level is Level.BLOCK:
        raise NotAllowed("不得刊出的内容只能逐处放行。")
    if finding.level is Level.BLOCK and (reason_not := why_not_let_out(article, by)):
        raise NotAllowed(reason_not)
    waiver = Waiver.objects.create(
        article=None if everywhere else article,
        rule=finding.rule,
        anchor="" if everywhere else finding.anchor,
        quote=finding.quote[:200],
        level=finding.level,
        reason=reason,
        by=by,
    )
    verb = "放行" if finding.level is Level.BLOCK else "忽略提示"
    record.write(verb, article, by=by, why=reason, rule=finding.rule, quote=finding.quote[:200])
    return waiver


@transaction.atomic
def teach(article: Article, anchor: str, *, by: User) -> HouseTerm:
    """不是错字: what was suspected is a word of ours. It goes into the house's list, with a line in
    the record, and is never suspected again. Raises `NotAllowed`.
    """
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("您的角色不能处理校对提示。")
    finding = next((each for each in check(article).open if each.anchor == anchor), None)
    if finding is None or finding.level is not Level.SUSPECT:
        raise NotAllowed("这条提示已经不在了，请刷新页面。")
    word = finding.quote[:60]
    term, _ = HouseTerm.objects.select_for_update().get_or_create(
        word=word, defaults={"level": HouseTerm.Level.RIGHT, "why": "不是错字。"}
    )
    if not term.is_right:
        raise NotAllowed(f"本刊词表里已有“{word}”，请到词表里改。")
    if term.retired:
        term.retired = False
        term.save(update_fields=["retired"])
    record.write("认可写法", article, by=by, rule=finding.rule, quote=word)
    return term


@transaction.atomic
def take_back(waiver: Waiver, article: Article, *, by: User) -> None:
    """The finding counts again."""
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("您的角色不能处理校对提示。")
    current = Waiver.objects.select_for_update().get(pk=waiver.pk)
    if current.taken_back_at is None:
        current.taken_back_at = timezone.now()
        current.save(update_fields=["taken_back_at"])
        record.write("取消忽略", article, by=by, rule=current.rule, quote=current.quote)
