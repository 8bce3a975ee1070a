"""What a reader finds in the index of the search (检索), which `making.indexing` writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from articles import search
from articles.bodies import html
from articles.models import Article
from servicejournal.certain import certain

from ..making.indexing import ARTICLE, PAGE
from ..models import Edition, Issue, Page
from . import lookup

#: Passages that are shown of one text.
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Found:
    """An article, or a page of an issue that exists only as PDF, with where the words stand."""

    kind: str
    row: Article | Page
    passages: tuple[lookup.Passage, ...]

    @property
    def issue(self) -> Issue:
        if isinstance(self.row, Page):
            return self.row.edition.issue
        return certain(self.row.issue, "what is found is out")


def look_up(query: str) -> list[tuple[str, int]]:
    """What is out and holds every word, the best first. Raises `lookup.NotLookedUp`."""
    lookup.needle(query)
    hits = search.find(query)
    out = {
        ARTICLE: Article.objects.published().filter(pk__in=_keys(hits, ARTICLE)),
        PAGE: Page.objects.filter(
            pk__in=_keys(hits, PAGE),
            edition__in=Edition.objects.standing(),
            edition__issue__in=Issue.objects.published(),
        ),
    }
    seen = {(kind, pk) for kind, rows in out.items() for pk in rows.values_list("pk", flat=True)}
    return [hit for hit in hits if hit in seen]


def _keys(hits: Iterable[tuple[str, int]], kind: str) -> list[int]:
    return [key for each, key in hits if each == kind]


def show(hits: Iterable[tuple[str, int]], query: str) -> list[Found]:
    """These hits with what a page shows of them."""
    hits = list(hits)
    articles = Article.objects.select_related("issue", "section").with_bylines()
    rows: dict[str, Mapping[int, Article | Page]] = {
        ARTICLE: articles.in_bulk(_keys(hits, ARTICLE)),
        PAGE: Page.objects.select_related("edition__issue").in_bulk(_keys(hits, PAGE)),
    }
    return [
        Found(kind, row, _passages(row, query))
        for kind, key in hits
        if (row := rows[kind].get(key))
    ]


def _passages(row: Article | Page, query: str) -> tuple[lookup.Passage, ...]:
    text = row.text if isinstance(row, Page) else f"{row.standfirst}\n{html.text(row.body)}"
    words = query.split()
    each = SHOWN if len(words) == 1 else 1
    return tuple(
        passage
        for word in words[:3]
        for passage in islice(lookup.passages(text, lookup.needle(word)), each)
    )
