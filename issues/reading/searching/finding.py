"""What a reader finds in the index of the search, which `making.indexing` writes: how many, in
which order, and what it can be narrowed by.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from articles.bodies import html
from articles.folding import words
from articles.models import IndexedText

from ...making.indexing import ARTICLE, PAGE
from ...models import Edition, Page, PrintedArticle
from .. import fronts, lookup
from ..fronts import Front
from . import catalogue, names
from .catalogue import FACETS, Catalogue, Choice

#: Passages that are shown of one text.
SHOWN = 2
BY_DATE, BY_WEIGHT = "date", "weight"


@dataclass(frozen=True, slots=True)
class Hits(Sequence[int]):
    """All that is out and holds every word; what narrows them is taken off already."""

    known: Catalogue = field(repr=False)
    asked: Sequence[str]
    narrowed: Mapping[str, Choice]
    rows: int = field(repr=False)
    tiers: Sequence[int] = field(repr=False)

    def __len__(self) -> int:
        return self.rows.bit_count()

    @overload
    def __getitem__(self, wanted: int) -> int: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[int]: ...
    def __getitem__(self, wanted: int | slice) -> int | list[int]:
        """Numbers of a page of them, for the paginator: tier by tier, the newest first in each."""
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        begin, end, page = wanted.start, wanted.stop, list[int]()
        for tier in self.tiers:
            held = tier & self.rows
            if end > 0 and begin < (count := held.bit_count()):
                page += self.known.slice_of(held, begin, end)
            else:
                count = held.bit_count()
            begin, end = max(begin - count, 0), end - count
        return page

    def choices(self, name: str) -> list[tuple[Choice, int]]:
        """What these can be narrowed by further, each with how many that would leave."""
        return self.known.counted(name, self.rows)


@dataclass(frozen=True, slots=True)
class Found:
    """An article, or a page of an issue that exists only as PDF, with where the words stand."""

    kind: str
    row: PrintedArticle | Page
    issue: Front
    title: Sequence[lookup.Piece]
    writers: Sequence[Sequence[lookup.Piece]]
    passages: Sequence[Sequence[lookup.Piece]]


def look_up(query: str, *, order: str = BY_WEIGHT, chosen: Mapping[str, str] | None = None) -> Hits:
    """What is out and holds every word. Raises `lookup.NotLookedUp`.

    One query, or two; none where the same was asked before.
    """
    lookup.check(query)
    known, asked = catalogue.current(), words(query)
    every, tiers = _tiers(known, asked, weighed=order != BY_DATE)
    narrowed = {
        name: choice
        for name in FACETS
        if (choice := known.facets[name].get((chosen or {}).get(name, "")))
    }
    rows = every
    for each in narrowed.values():
        rows &= each.rows
    return Hits(known, asked, narrowed, rows, tiers)


def _tiers(known: Catalogue, asked: Sequence[str], *, weighed: bool) -> tuple[int, list[int]]:
    """All rows that hold the words, and the same in tiers: what is called so, what has all of it in
    its title, in title or byline, what is about it, the rest.
    """
    if not asked:
        return 0, []
    called = known.rows_of(names.by_sound(asked, known.sounds, known.initials))
    every = known.holding(asked) | called
    if not weighed:
        return every, [every]
    whole = "".join(asked)
    titles = [known.rows_of(known.titles.holding(word)) for word in asked]
    bylines = [known.rows_of(known.bylines.holding(word)) for word in asked]
    titled, signed = every, every
    for title, byline in zip(titles, bylines, strict=True):
        titled &= title
        signed &= title | byline
    exact = known.rows_of(at for at in known.titles.holding(whole) if known.titles[at] == whole)
    wanted = [exact, titled | called, signed]
    if every & ~(exact | titled | called | signed):
        wanted.append(known.holding(asked, often=True))
    return every, _apart([*wanted, every], every)


def _apart(wanted: Iterable[int], every: int) -> list[int]:
    """Each row in the first tier that has it."""
    tiers, left = [], every
    for each in wanted:
        tiers.append(each & left)
        left &= ~each
    return tiers


def show(numbers: Iterable[int], asked: Sequence[str]) -> list[Found]:
    """These hits with what a page shows of them; without what is out no more. Two queries."""
    hits = [IndexedText.named(number) for number in numbers]
    keys = {kind: [key for each, key in hits if each == kind] for kind in (ARTICLE, PAGE)}
    rows: dict[tuple[str, int], PrintedArticle | Page] = {}
    if keys[ARTICLE]:
        out = PrintedArticle.objects.out().filter(article__in=keys[ARTICLE])
        articles = out.select_related("edition").only(*_SHOWN)
        rows |= {(ARTICLE, each.article_id): each for each in articles}
    if keys[PAGE]:
        pages = Page.objects.filter(pk__in=keys[PAGE], edition__in=Edition.objects.out())
        rows |= {(PAGE, each.pk): each for each in pages.select_related("edition")}
    return [_found(kind, rows[kind, key], asked) for kind, key in hits if (kind, key) in rows]


#: What stands in a line of the hits.
_SHOWN = (
    *("article", "kicker", "title", "byline", "standfirst", "body", "section_name"),
    *("edition__facts", "edition__face"),
)


def _found(kind: str, row: PrintedArticle | Page, asked: Sequence[str]) -> Found:
    issue = fronts.of(row.edition)
    if isinstance(row, Page):
        title = [lookup.Piece(f"{issue.label} 第 {row.number} 页")]
        return Found(kind, row, issue, title, (), _passages(row.text, asked))
    text = f"{row.standfirst}\n{html.text(row.body)}"
    return Found(
        kind,
        row,
        issue,
        lookup.marked(row.title, asked),
        [lookup.marked(writer, asked) for writer in row.writers],
        _passages(text, asked),
    )


def _passages(text: str, asked: Sequence[str]) -> list[list[lookup.Piece]]:
    return lookup.excerpts(text, asked, most=SHOWN)
