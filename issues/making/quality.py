"""质检: drawing, entering faults, finishing. The only writer of `QualityCheck` and `QualityFault`.

What is signed is drawn from the edition, and stays with it; before that, from the manuscripts as
they stand. Each fault counts as `articles.proofreading.weights` says.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from random import Random, SystemRandom

from django.db import transaction
from django.utils import timezone

from articles.bodies import html
from articles.models import Article
from articles.proofreading import weights
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..models import Edition, Issue, QualityCheck, QualityFault
from . import uncertainty

#: So many characters are drawn unless another number is asked for.
USUAL = 10_000
_MOST_ASKED = 1_000_000


class NotAllowed(ValueError):
    """The step does not fit the state or the person; the message (Chinese) says why."""


class Stale(NotAllowed):
    """It was made from a page that is old; the message says what happened since."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A fault as it was typed; `weight` where the checker sets it otherwise than the method."""

    article: int
    kind: weights.Kind
    quote: str
    right: str = ""
    place: str = ""
    is_double: bool = False
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Of the faults that count; `low` and `high` where not everything was read."""

    places: int
    counted: int  # places that count: the same fault three times at most
    faults: Decimal
    rate: Decimal
    low: Decimal
    high: Decimal

    @property
    def passes(self) -> bool:
        return self.rate <= weights.PASSES_AT

    @property
    def is_sure(self) -> bool:
        """Whether chance leaves no doubt on which side of the law's line the issue is."""
        return self.high <= weights.PASSES_AT or self.low > weights.PASSES_AT


@dataclass(frozen=True, slots=True)
class _Text:
    article: int
    title: str
    characters: int
    digest: str


def why_not(user: User) -> str:
    return "" if user.has_role(*EDITORIAL) else "质检由编辑来做，您的角色只能看。"


@transaction.atomic
def draw(issue: Issue, *, by: User, wanted: int = USUAL, seed: int | None = None) -> QualityCheck:
    """Whole articles, in the order in which chance takes them, until there are enough characters.

    In the record with its seed. Raises `NotAllowed`.
    """
    _require(by)
    current = Issue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if current.quality_checks.open().exists():
        raise NotAllowed("已经抽过一次，还没有完成；请先完成或作废。")
    edition = current.standing
    texts = _of_an_edition(edition) if edition else _of_the_desk(current)
    texts = [text for text in texts if text.characters]
    if not texts:
        raise NotAllowed("这一期没有可查的文字。")
    seed = SystemRandom().getrandbits(48) if seed is None else seed
    taken = _taken(texts, min(max(wanted, 1), _MOST_ASKED), seed)
    check = QualityCheck.objects.create(
        issue=current,
        edition=edition,
        seed=seed,
        drawn=[
            {
                "article": text.article,
                "title": text.title,
                "characters": text.characters,
                "digest": text.digest,
            }
            for text in taken
        ],
        characters=sum(text.characters for text in taken),
        whole=sum(text.characters for text in texts),
        drawn_by=by,
    )
    titles = [text.title for text in taken]
    record.write("抽取质检", current, by=by, seed=seed, titles=titles, edition=_number(edition))
    return check


def _number(edition: Edition | None) -> int | None:
    return edition.number if edition else None


def _taken(texts: list[_Text], wanted: int, seed: int) -> list[_Text]:
    order = sorted(texts, key=lambda text: text.article)
    Random(seed).shuffle(order)  # noqa: S311  # drawn again from the seed, by anybody
    taken: list[_Text] = []
    for text in order:
        if sum(each.characters for each in taken) >= wanted:
            break
        taken.append(text)
    return taken


def _of_an_edition(edition: Edition) -> list[_Text]:
    rows = edition.printed.values_list("article", "title", "length", "standfirst", "body")
    return [
        _Text(pk, title, length, hashlib.sha256(f"{title}\0{first}\0{body}".encode()).hexdigest())
        for pk, title, length, first, body in rows
    ]


def _of_the_desk(issue: Issue) -> list[_Text]:
    rows = issue.articles.with_bylines()
    return [_Text(each.pk, each.title, each.length, each.digest()) for each in rows]


def state(check: QualityCheck) -> str:
    """What a page shows of the faults: another one, or one that was struck, makes it old."""
    rows = check.faults.values_list("pk", "taken_back_at")
    struck = sum(at is not None for _, at in rows)
    return f"{check.pk}-{max((pk for pk, _ in rows), default=0)}-{struck}"


@transaction.atomic
def enter(check: QualityCheck, entry: Entry, *, by: User, seen: str) -> QualityFault:
    """In the record. Raises `NotAllowed`, `Stale`."""
    _require(by)
    current = _open(check, seen)
    quote = html.visible(entry.quote).strip()[:100]
    if not quote:
        raise NotAllowed("请照抄错的那几个字。")
    if entry.article not in {text["article"] for text in current.drawn}:
        raise NotAllowed("这篇文章不在抽到的里面。")
    fault = QualityFault.objects.create(
        inspection=current,
        article=Article.objects.get(pk=entry.article),
        kind=entry.kind.value,
        quote=quote,
        right=html.visible(entry.right).strip()[:100],
        place=html.visible(entry.place).strip()[:60],
        is_double=entry.is_double,
        weight=entry.weight or _weight(entry, quote),
        entered_by=by,
    )
    told = {"quote": quote, "kind": fault.kind, "weight": str(fault.weight)}
    record.write("记下质检差错", current.issue, by=by, title=fault.article.title, **told)
    return fault


def _weight(entry: Entry, quote: str) -> Decimal:
    own = entry.kind.weight
    if entry.kind is weights.Kind.CHARACTERS:
        own *= weights.of_characters(weights.differing(quote, entry.right or None))
    return own * 2 if entry.is_double else own


@transaction.atomic
def strike(fault: QualityFault, *, by: User, seen: str) -> None:
    """划去: entered by mistake. It stays, and counts no more."""
    _require(by)
    current = _open(fault.inspection, seen)
    row = current.faults.standing().filter(pk=fault.pk).first()
    if row is None:
        raise Stale("这一处已经划去了，请看现在的页面。")
    row.taken_back_at = timezone.now()
    row.save(update_fields=["taken_back_at"])
    record.write("划去质检差错", current.issue, by=by, quote=row.quote)


@transaction.atomic
def finish(check: QualityCheck, *, by: User, words: str = "", seen: str) -> Result:
    """The rate is in the record with its limits. Raises `NotAllowed`, `Stale`."""
    _require(by)
    current = _open(check, seen)
    current.finished_at, current.finished_by = timezone.now(), by
    current.words = html.visible(words).strip()[:2000]
    current.save(update_fields=["finished_at", "finished_by", "words"])
    found = result(current, current.faults.standing())
    record.write("完成质检", current.issue, by=by, why=current.words, rate=f"{found.rate:.1f}")
    return found


@transaction.atomic
def drop(check: QualityCheck, *, by: User, seen: str) -> None:
    """作废 what is not finished; that it was drawn stays in the record."""
    _require(by)
    current = _open(check, seen)
    record.write("作废质检", current.issue, by=by, seed=current.seed)
    current.delete()


def _require(by: User) -> None:
    if reason := why_not(by):
        raise NotAllowed(reason)


def _open(check: QualityCheck, seen: str) -> QualityCheck:
    """The check, locked, which is as the page showed it."""
    rows = QualityCheck.objects.select_for_update(of=("self",)).select_related("issue")
    current = rows.filter(pk=check.pk).first()
    if current is None:
        raise Stale("这次质检已经作废了，请看现在的页面。您写的都还在。")
    if current.finished_at:
        raise Stale(f"这次质检已由{current.finished_by}完成，请看现在的页面。您写的都还在。")
    if state(current) != seen:
        last = current.faults.select_related("entered_by").last()
        what = f"{last.entered_by}记下了“{last.quote}”" if last else "有了改动"
        raise Stale(f"您打开页面之后，{what}或划去了几处。请看过再按一次，您写的都还在。")
    return current


def result(check: QualityCheck, faults: Iterable[QualityFault]) -> Result:
    """Of the same fault the heaviest three places count."""
    rows = sorted(faults, key=lambda fault: -fault.weight)
    seen: Counter[tuple[str, str, str]] = Counter()
    kept: list[Decimal] = []
    for fault in rows:
        same = (fault.kind, fault.quote, fault.right)
        seen[same] += 1
        if seen[same] <= weights.MOST_OF_ONE:
            kept.append(fault.weight)
    total = sum(kept, Decimal(0))
    per = Decimal(10_000) / check.characters
    low = high = total
    if not check.is_whole:
        below, above = uncertainty.limits(kept)
        low, high = Decimal(str(below)), Decimal(str(above))
    return Result(len(rows), len(kept), total, total * per, low * per, high * per)
