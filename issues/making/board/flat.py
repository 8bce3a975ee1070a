"""The flat plan (台版图): every page of the issue in order, as far as it was drawn.

An issue is its front, its sections, in which articles share pages, and its back cover. Each part is
drawn once, under a digest; a move draws anew only the parts that it changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.models import Section
from issues.exports import book
from issues.exports.pdf.filling import LEAST
from issues.models import Issue, LaidPage, LaidPart

from . import keys
from .cards import Card, Deck

#: Characters on a page of two columns (A4).
PAGE = 2 * 23 * 42
#: Pages of a stitched magazine come by four.
SHEET = 4


@dataclass(frozen=True, slots=True)
class Part:
    """`place` is the section's among all sections, where its tab stands: among those of the issue
    one that comes in would have the parts behind it drawn anew.
    """

    kind: str  # front, run, back
    digest: str
    cards: tuple[Card, ...] = ()
    section: Section | None = None
    place: int = 0


@dataclass(slots=True)
class Page:
    """One page: `sheet` is the key of its picture, None while it is not drawn; `cards` what stands
    on it.
    """

    number: int
    kind: str
    sheet: int | None = None
    side: str = "right"  # on which the part begins, which its picture must fit
    cards: tuple[Card, ...] = ()
    fill: float = 1.0
    mark: str = ""
    hint: str = ""

    @property
    def percent(self) -> int:
        return round(100 * self.fill)

    @property
    def titles(self) -> list[str]:
        return [card.article.title for card in self.cards]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the compositor did to an article so that its pages are full, and where it begins."""

    card: Card
    page: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`waiting` of `parts` are not drawn yet; `total` is None until all are."""

    pages: list[Page]
    parts: list[Part]
    waiting: list[Part]
    by_section: dict[int, int]
    problem: str
    filled: list[Filled]

    @property
    def total(self) -> int | None:
        return None if self.waiting or not self.parts else len(self.pages)

    @property
    def to_four(self) -> int:
        """Pages that are missing to a whole number of sheets."""
        return -len(self.pages) % SHEET

    @property
    def drawn(self) -> int:
        return len(self.parts) - len(self.waiting)

    @property
    def spreads(self) -> list[list[Page]]:
        """As they lie open: the cover alone, then two and two."""
        rest = self.pages[1:]
        return [self.pages[:1], *(rest[at : at + 2] for at in range(0, len(rest), 2))]

    @property
    def marked(self) -> list[Page]:
        return [page for page in self.pages if page.mark]


def of(issue: Issue, deck: Deck) -> Plan:
    """Three queries, and those of the masthead."""
    parts = list(_parts(issue, deck)) if deck.placed and deck.faces else []
    rows = LaidPart.objects.filter(digest__in=[part.digest for part in parts])
    laid = {each.digest: each for each in rows}
    sheets: dict[int, list[tuple[int, int, float]]] = {}
    found = LaidPage.objects.filter(part__in=[each.pk for each in laid.values()])
    for part, pk, number, fill in found.order_by("part", "number").values_list(
        "part", "pk", "number", "fill"
    ):
        sheets.setdefault(part, []).append((pk, number, fill))
    return _lay(parts, laid, sheets, deck)


def _parts(issue: Issue, deck: Deck) -> Iterator[Part]:
    face, facts = book.face_of(issue), facts_of(issue)
    yield Part("front", keys.of_front(face, facts, _lines(deck), _preambles(deck)))
    slugs = list(dict.fromkeys(_section(card).slug for card in deck.placed))
    places = {section.pk: place for place, section in enumerate(deck.sections)}
    for section, own in _by_section(deck).items():
        place = places[section.pk]
        digest = keys.of_run(section, place, slugs, [card.text for card in own])
        yield Part("run", digest, tuple(own), section, place)
    yield Part("back", keys.of_back(face, facts))


def facts_of(issue: Issue) -> dict[str, Any]:
    facts = {name: getattr(issue, name) for name in book.FACTS}
    return {**facts, "cover_lines": issue.cover_lines}


def _section(card: Card) -> Section:
    if card.article.section is None:
        raise ValueError("article_place_is_whole")
    return card.article.section


def _lines(deck: Deck) -> list[Any]:
    return [(_section(c).name, c.article.title, c.article.byline) for c in deck.placed]


def _preambles(deck: Deck) -> list[str]:
    return [card.text for card in deck.placed if _section(card).is_preamble]


def _by_section(deck: Deck) -> dict[Section, list[Card]]:
    """Those of the preambles stand in the front."""
    parts: dict[Section, list[Card]] = {}
    for card in deck.placed:
        if not (section := _section(card)).is_preamble:
            parts.setdefault(section, []).append(card)
    return parts


def _lay(
    parts: list[Part],
    laid: dict[str, LaidPart],
    sheets: dict[int, list[tuple[int, int, float]]],
    deck: Deck,
) -> Plan:
    pages: list[Page] = []
    waiting: list[Part] = []
    by_section: dict[int, int] = {}
    problem = deck.without
    filled: list[Filled] = []
    for part in parts:
        made = laid.get(part.digest)
        problem = problem or (made.problem if made else "")
        if made and made.pages:
            own = _drawn(part, made, sheets.get(made.pk, []), len(pages), deck)
            filled += _filled(part, made, len(pages))
        else:
            own = _waiting(part, len(pages))
            if not (made and made.problem):
                waiting.append(part)
        if part.section:
            by_section[part.section.pk] = by_section.get(part.section.pk, 0) + len(own)
        pages += own
    for card in deck.placed:
        section = _section(card)
        if section.is_preamble and card.pages:
            by_section[section.pk] = by_section.get(section.pk, 0) + card.pages
    return Plan(pages, parts, waiting, by_section, problem, filled)


def _drawn(
    part: Part, made: LaidPart, sheets: list[tuple[int, int, float]], before: int, deck: Deck
) -> list[Page]:
    side = "left" if before % 2 else "right"
    own = [
        Page(before + number, part.kind, pk, side, _standing(part, made, number), fill)
        for pk, number, fill in sheets
    ]
    for page in own:
        ends = any(
            stands["ends"] == page.number - before
            for stands in (made.articles or [{"ends": len(own)}])
        )
        _judge(page, part, deck, is_last=ends)
    return own


def _standing(part: Part, made: LaidPart, number: int) -> tuple[Card, ...]:
    """The articles on this page of the part; all of them where it was drawn by an older release."""
    if not made.articles:
        return part.cards
    pairs = zip(part.cards, made.articles, strict=False)
    return tuple(card for card, at in pairs if at["begins"] <= number <= at["ends"])


def _filled(part: Part, made: LaidPart, before: int) -> list[Filled]:
    return [
        Filled(card, before + stands["begins"], tuple(stands["steps"]))
        for card, stands in zip(part.cards, made.articles, strict=False)
        if stands["steps"]
    ]


def _waiting(part: Part, before: int) -> list[Page]:
    """As many as its articles take, as far as that is known."""
    many = sum(card.pages or 1 for card in part.cards if not (card.laid and card.laid.is_short))
    return [Page(before + n, part.kind, cards=part.cards) for n in range(1, max(1, many) + 1)]


def _judge(page: Page, part: Part, deck: Deck, *, is_last: bool) -> None:
    """Marks what is blank or nearly so, and says what would fill it."""
    if page.fill == 0:
        page.mark = "白页"
    elif part.kind == "run" and page.fill < LEAST:
        page.mark = "近空"
    if page.mark and part.kind == "run":
        page.hint = _hint(page, part, deck) if is_last else "前后的图或表太高，换一换位置。"
    elif page.mark:
        page.hint = "放一幅整页图，或调换前面的次序。"


def _hint(page: Page, part: Part, deck: Deck) -> str:
    room = round((1 - page.fill) * PAGE / 10) * 10
    ways = []
    if not any(card.laid and card.laid.figures for card in page.cards):
        ways.append("配一张图")
    ways.append("提一句引语")
    ways.append(_follower(room, part, deck) or "调换次序")
    return f"还空约 {room} 字，可以{'、'.join(ways[:-1])}，或{ways[-1]}。"


def _follower(room: int, part: Part, deck: Deck) -> str:
    """A short one that waits and would stand on the same page."""
    for card in deck.pile:
        fits = card.laid and card.laid.is_short and card.article.length < 0.8 * room
        if fits and part.section and card.article.section_id == part.section.pk:
            return f"接排《{card.article.title}》"
    return ""
