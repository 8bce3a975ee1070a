"""The board as it stands at one moment: cards, flat plan, totals, and the version that tells it."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from articles.models import Article, Section
from issues.models import FindingCount, Issue, LaidPart
from servicejournal.models import Record, User

from .. import make_up
from ..make_up import Order
from . import cards, flat, measuring, plans
from .cards import Card, Deck

#: Of each manuscript: what another value of makes the board look otherwise.
_SEEN = ("pk", "issue", "section", "position", "lead", "updated_at")


@dataclass(frozen=True, slots=True)
class Column:
    """A section of the issue, with what stands in it; `pages` is None until they are measured."""

    section: Section
    cards: list[Card]
    pages: int | None
    planned: int | None


@dataclass(frozen=True, slots=True)
class Board:
    issue: Issue
    version: str
    order: Order
    deck: Deck
    plan: flat.Plan
    planned: plans.Pages
    undoable: Record | None
    missing: measuring.Missing

    @property
    def is_busy(self) -> bool:
        """Something is being measured or drawn."""
        return bool(self.missing.digests)

    @property
    def columns(self) -> list[Column]:
        """Every section that is in use, in the order of print."""
        held: dict[int | None, list[Card]] = {}
        for card in self.deck.placed:
            held.setdefault(card.article.section_id, []).append(card)
        return [
            Column(
                each,
                held.get(each.pk, []),
                self._pages_of(each, held.get(each.pk, [])),
                self.planned.get(each.pk),
            )
            for each in self.deck.sections
            if each.pk in held or not each.retired
        ]

    def _pages_of(self, section: Section, held: list[Card]) -> int | None:
        if not all(card.pages for card in held):
            return None
        return self.plan.by_section.get(section.pk, 0)

    @property
    def totals(self) -> dict[str, Any]:
        placed = self.deck.placed
        branches = Counter(pk for card in placed for pk in card.branches)
        return {
            "articles": len(placed),
            "length": sum(card.article.length for card in placed),
            "pages": self.plan.total,
            "planned": self.planned.get(0),
            "to_four": self.plan.to_four,
            "branches": len(branches),
            "figures": sum(card.laid.figures for card in placed if card.laid),
        }


def of(issue: Issue, user: User) -> Board:
    """A constant number of queries, whatever the number of manuscripts."""
    version = version_of(issue)  # before the rest: what changes meanwhile is shown the next time
    deck = cards.of(issue)
    plan = flat.of(issue, deck)
    order = [(card.article.pk, card.article.section_id or 0) for card in deck.placed]
    return Board(
        issue,
        version,
        order,
        deck,
        plan,
        plans.of(issue),
        make_up.undoable(issue, user),
        measuring.missing(deck, plan),
    )


def version_of(issue: Issue) -> str:
    """Another one as soon as the board would look otherwise. Four small queries."""
    rows = Article.objects.filter(Q(issue=issue) | Q(status=Article.Status.ACCEPTED, issue=None))
    seen = [
        list(rows.order_by("pk").values_list(*_SEEN)),
        LaidPart.objects.exclude(pages=None, problem="").count(),
        FindingCount.objects.count(),
        sorted(plans.of(issue).items()),
        issue.signed_off_at,
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
