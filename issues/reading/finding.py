"""What a reader finds in the index of the search (检索), which `making.indexing` writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from articles import search
from articles.bodies import html
from articles.reviewing.finding import MANUSCRIPT

from ..making.indexing import ARTICLE, PAGE
from ..models import Edition, Page, PrintedArticle
from . import fronts, lookup
from .fronts import Front

#: Passages that are shown of one text.
SHOWN = 2


@dataclass(frozen=True, slots=True)
class Found:
    """An article, or a page of an issue that exists only as PDF, with where the words stand."""

    kind: str
    row: PrintedArticle | Page
    passages: tuple[lookup.Passage, ...]
    issue: Front


def look_up(query: str) -> list[tuple[str, int]]:
    """What is out and holds every word, the best first. Raises `lookup.NotLookedUp`."""
    lookup.needle(query)
    hits = search.find(query, without=MANUSCRIPT)
    printed = PrintedArticle.objects.out().filter(article__in=_keys(hits, ARTICLE))
    pages = Page.objects.filter(pk__in=_keys(hits, PAGE), edition__in=Edition.objects.out())
    seen = {
        *((ARTICLE, pk) for pk in printed.values_list("article", flat=True)),
        *((PAGE, pk) for pk in pages.values_list("pk", flat=True)),
    }
    return [hit for hit in hits if hit in seen]


def _keys(hits: Iterable[tuple[str, int]], kind: str) -> list[int]:
    return [key for each, key in hits if each == kind]


def show(hits: Iterable[tuple[str, int]], query: str) -> list[Found]:
    """These hits with what a page shows of them."""
    hits = list(hits)
    articles = PrintedArticle.objects.out().filter(article__in=_keys(hits, ARTICLE))
    rows: dict[str, Mapping[int, PrintedArticle | Page]] = {
        ARTICLE: {each.article_id: each for each in articles.select_related("edition")},
        PAGE: Page.objects.select_related("edition").in_bulk(_keys(hits, PAGE)),
    }
    return [
        Found(kind, row, _passages(row, query), fronts.of(row.edition))
        for kind, key in hits
        if (row := rows[kind].get(key))
    ]


def _passages(row: PrintedArticle | Page, query: str) -> tuple[lookup.Passage, ...]:
    text = row.text if isinstance(row, Page) else f"{row.standfirst}\n{html.text(row.body)}"
    words = query.split()
    each = SHOWN if len(words) == 1 else 1
    return tuple(
        passage
        for word in words[:3]
        for passage in islice(lookup.passages(text, lookup.needle(word)), each)
    )
