"""What the board shows is measured and drawn by the worker, outside any transaction.

The only writer of `LaidPart`, `LaidPage` and `FindingCount`. Texts of the issue come first, then
the parts of its flat plan, then the pile, then the findings; after each handful the order is read
anew, so that a move in the meantime is drawn next.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from articles.models import Article
from articles.proofreading import Level
from articles.reviewing import checking
from issues.exports import book, outputs, pdf
from issues.exports.pdf import parts, setting
from issues.exports.shape import Book
from issues.models import FindingCount, Issue, LaidPage, LaidPart
from servicejournal import errands

from . import cards, flat, keys
from .cards import Card, Deck

logger = logging.getLogger(__name__)

#: Texts measured, parts drawn and texts proofread before the order is read again.
TEXTS, PARTS, FINDINGS = 12, 4, 10
#: Seconds until what was asked for and is still missing is asked for again.
ASKED = 60
_UNEXPECTED = "版面没有排成，请管理员看日志。"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not measured yet, in the order in which it is wanted."""

    texts: list[Card]
    parts: list[flat.Part]
    pile: list[Card]
    findings: list[Card]

    @property
    def digests(self) -> list[str]:
        texts = [card.text for card in [*self.texts, *self.pile]]
        return [*texts, *(part.digest for part in self.parts), *(c.house for c in self.findings)]


def missing(deck: Deck, plan: flat.Plan) -> Missing:
    """No query."""
    can = deck.faces is not None
    return Missing(
        texts=[card for card in deck.placed if can and card.laid is None],
        parts=plan.waiting,
        pile=[card for card in deck.pile if can and card.laid is None],
        findings=[card for card in deck.all if card.findings is None],
    )


def order(issue: Issue, lack: Missing) -> None:
    """Has it measured, once for what is missing; where nothing came of it, again after a while."""
    if not lack.digests:
        return
    what = hashlib.sha256("".join(lack.digests).encode()).hexdigest()
    if cache.add(f"board:{issue.pk}:{what}", True, ASKED):
        errands.send_aside(measure, issue.pk)


@task(priority=60)  # somebody looks at the board and waits
def measure(issue_pk: int) -> None:
    """All that the board of this issue lacks, in handfuls."""
    while issue := Issue.objects.filter(pk=issue_pk).first():
        deck = cards.of(issue)
        if not _a_handful(issue, deck, missing(deck, flat.of(issue, deck))):
            return


def _a_handful(issue: Issue, deck: Deck, lack: Missing) -> bool:
    """Whether anything was left to do, that nobody else is doing."""
    if texts := _claimed(lack.texts, TEXTS):
        _measure(issue, texts, deck)
    elif wanted := _claimed_parts(lack.parts):
        _draw(issue, wanted, deck)
    elif pile := _claimed(lack.pile, TEXTS):
        _measure(issue, pile, deck)
    elif lack.findings:
        _count(lack.findings[:FINDINGS])
    else:
        return False
    return True


def _claimed(waiting: Sequence[Card], most: int) -> list[Card]:
    by_text = {card.text: card for card in waiting}  # two may say the same
    mine: list[Card] = []
    for text, card in by_text.items():
        if len(mine) < most and _claim(text):
            mine.append(card)
    return mine


def _claimed_parts(waiting: Sequence[flat.Part]) -> list[flat.Part]:
    mine: list[flat.Part] = []
    for part in waiting:
        if len(mine) < PARTS and _claim(part.digest):
            mine.append(part)
    return mine


def _claim(digest: str) -> bool:
    """Whether this process is to make it: nobody else is at it, or not any more."""
    _, is_new = LaidPart.objects.get_or_create(digest=digest)
    if is_new:
        return True
    silent = LaidPart.objects.given_up().filter(digest=digest)
    return bool(silent.update(begun_at=timezone.now()))


# Measuring


def _measure(issue: Issue, chosen: Sequence[Card], deck: Deck) -> None:
    """Each text alone: as it stands on pages of its own, without its section's head."""
    articles = _unchanged(chosen, deck)
    if not articles:
        return
    whole = _book(issue, articles)
    told = setting.of(whole, book.face_of(issue), _paths(whole))
    at = {
        each["at"]: (section, n)
        for section in [*told["preambles"], *told["sections"]]
        for n, each in enumerate(section["articles"])
    }
    alone = [
        parts.run_of(told, section, [n], opens=False)
        for section, n in (at[place] for place in range(len(articles)))
    ]
    texts = {card.article.pk: card.text for card in chosen}
    digests = [texts[article.pk] for article in articles]
    laid = _lay(alone, whole, None, deck, digests, draw=False)
    for digest, each, part in zip(digests, laid, alone, strict=True):
        if each:
            article = (part.told["preambles"] or part.told["sections"])[0]["articles"][0]
            facts = {"is_short": article["is_short"], "figures": _figures(article)}
            _keep(digest, each, facts)


def _figures(article: dict[str, Any]) -> int:
    blocks = [block for segment in article["segments"] for block in segment["blocks"]]
    figures = [block for block in blocks if block["kind"] == "figure"]
    return len(figures) + bool(article.get("hero"))


def _draw(issue: Issue, wanted: Sequence[flat.Part], deck: Deck) -> None:
    face = book.face_of(issue)
    cover = _cover(face, deck.faces)
    for kind in ("front", "back"):
        for part in (each for each in wanted if each.kind == kind):
            whole = _book(issue, _titles(deck) if kind == "front" else [])
            told = setting.of(whole, face, {**_paths(whole), "cover": cover[0]})
            make = parts.front_of if kind == "front" else parts.back_of
            _drawn([make(told)], whole, cover, deck, [part.digest])
    runs = [each for each in wanted if each.kind == "run"]
    articles = _unchanged([card for part in runs for card in part.cards], deck)
    pks = [article.pk for article in articles]
    runs = [part for part in runs if all(card.article.pk in pks for card in part.cards)]
    if runs:
        whole = _book(issue, articles)
        told = setting.of(whole, face, {**_paths(whole), "cover": cover[0]})
        ready = [_run(told, part, pks) for part in runs]
        _drawn(ready, whole, cover, deck, [part.digest for part in runs])


def _run(told: dict[str, Any], part: flat.Part, pks: list[int]) -> parts.Part:
    wanted = {pks.index(card.article.pk) for card in part.cards}
    for section in told["sections"]:
        places = [n for n, each in enumerate(section["articles"]) if each["at"] in wanted]
        if places:
            own = {**section, "order": part.place}
            return parts.run_of(told, own, places, opens=True)
    raise LookupError("a part's articles stand in the book that was made of them")


def _drawn(
    ready: list[parts.Part],
    whole: Book,
    cover: tuple[str, bytes],
    deck: Deck,
    digests: list[str],
) -> None:
    for digest, laid in zip(
        digests, _lay(ready, whole, cover, deck, digests, draw=True), strict=True
    ):
        if laid:
            _keep(digest, laid, {})


def _lay(
    ready: list[parts.Part],
    whole: Book,
    cover: tuple[str, bytes] | None,
    deck: Deck,
    digests: list[str],
    *,
    draw: bool,
) -> list[parts.Laid | None]:
    """None for all where they could not be set: then each alone, so that one harms no other."""
    if deck.faces is None:
        return [None] * len(ready)
    shown = [picture for article in whole.articles for picture in article.pictures]
    try:
        return [*parts.lay(ready, shown, cover, outputs.read, deck.faces, draw=draw)]
    except pdf.NotPrinted as reason:
        if len(ready) == 1:
            logger.warning("A part of the board cannot be set: %s", reason)
            LaidPart.objects.filter(digest=digests[0]).update(problem=_UNEXPECTED)
            return [None]
    return [
        _lay([part], whole, cover, deck, [digest], draw=draw)[0]
        for part, digest in zip(ready, digests, strict=True)
    ]


@transaction.atomic
def _keep(digest: str, laid: parts.Laid, facts: dict[str, Any]) -> None:
    LaidPart.objects.filter(digest=digest).update(
        pages=laid.pages, fill=laid.fill, problem="", articles=list(laid.articles), **facts
    )
    part = LaidPart.objects.filter(digest=digest).first()
    if part and laid.sheets:
        part.sheets.all().delete()
        LaidPage.objects.bulk_create(
            LaidPage(
                part=part,
                number=number,
                fill=sheet.fill,
                right_first=sheet.right_first,
                left_first=sheet.left_first,
            )
            for number, sheet in enumerate(laid.sheets, start=1)
        )


def _unchanged(chosen: Sequence[Card], deck: Deck) -> list[Article]:
    """With their bodies, those that still say what the board saw. What changed since gets a digest
    of its own, and is measured under it.
    """
    there = {article.pk: article for article in _with_bodies(chosen)}
    same = [
        there[card.article.pk]
        for card in chosen
        if card.article.pk in there
        and deck.faces
        and keys.of_text(there[card.article.pk], deck.faces) == card.text
    ]
    if len(same) < len(chosen):
        pks = {article.pk for article in same}
        gone = [card.text for card in chosen if card.article.pk not in pks]
        LaidPart.objects.waiting().filter(digest__in=gone).delete()
    return same


def _with_bodies(chosen: Sequence[Card]) -> list[Article]:
    """In the order of the cards."""
    pks = [card.article.pk for card in chosen]
    rows = Article.objects.filter(pk__in=pks).select_related("section").with_bylines()
    there = {article.pk: article for article in keys.with_texts(rows).defer(None)}
    return [there[pk] for pk in pks if pk in there]


def _titles(deck: Deck) -> list[Article]:
    """The articles of the issue for the contents page: of preambles alone the texts too."""
    preambles = [
        card for card in deck.placed if card.article.section and card.article.section.is_preamble
    ]
    with_bodies = {article.pk: article for article in _with_bodies(preambles)}
    for card in deck.placed:
        if card.article.pk not in with_bodies:
            # In memory alone: the text is not needed, and is not fetched.
            card.article.body = card.article.standfirst = ""
    return [with_bodies.get(card.article.pk, card.article) for card in deck.placed]


def _book(issue: Issue, articles: Sequence[Article]) -> Book:
    """A book of these articles, one section after the other as they come."""
    return replace(book.printing_of(issue, articles).book, scan="")


def _paths(whole: Book) -> dict[str, str]:
    tokens = {pic.token: pic.token for article in whole.articles for pic in article.pictures}
    return {**tokens, "cover": ""}


def _cover(face: Any, faces: pdf.Faces | None) -> tuple[str, bytes]:
    return pdf.cover_of(face, outputs.read, faces) if faces else ("cover.svg", b"")


# Findings


def _count(chosen: Sequence[Card]) -> None:
    articles = _with_bodies(chosen)
    found = checking.open_in(articles)
    FindingCount.objects.bulk_create(
        (
            FindingCount(
                digest=card.house,
                open=len(found.get(card.article.pk, ())),
                blocking=sum(each.level is Level.BLOCK for each in found.get(card.article.pk, ())),
            )
            for card in chosen
        ),
        ignore_conflicts=True,  # another run may have been faster
    )


def forget_the_old() -> int:
    """What was measured long ago; what is still looked at is measured again. How many parts."""
    FindingCount.objects.outdated().delete()
    _, by_model = LaidPart.objects.outdated().delete()
    return by_model.get(LaidPart._meta.label, 0)
