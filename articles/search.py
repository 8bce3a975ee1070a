"""Finding Chinese: one index of our own making, and the only module that knows the search engine.

Chinese has no spaces, and the engines' own tokenisers find nothing in it. Here a text becomes
overlapping pairs of characters, the last character of each run, and whole words of Latin letters
and digits; a query becomes the same and is looked up as a phrase, so every substring is found.
Pieces are spelt in ASCII, which every tokeniser leaves as it is: FTS5 on SQLite, `tsvector` of the
`simple` configuration on PostgreSQL (migration 0014 makes the index beside the table).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from unicodedata import normalize

from django.db import connection
from django.db.models.expressions import RawSQL

from .models import SearchEntry

#: Hits that anybody looks at.
MOST = 1000

_RUNS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Text:
    """What is indexed; `key` is whatever finds it again among its kind."""

    key: int
    body: str
    title: str = ""
    byline: str = ""
    made_at: datetime | None = None  # for whoever has to know which texts have changed since


def put(kind: str, texts: Iterable[Text]) -> None:
    """Indexes texts, each in place of what was indexed under its kind and key. One query."""
    store(entries_of(kind, texts))


def entries_of(kind: str, texts: Iterable[Text]) -> list[SearchEntry]:
    """To be stored; spelling a whole issue takes longer than a transaction may."""
    return [
        SearchEntry(
            kind=kind,
            key=text.key,
            title=spelt(text.title),
            byline=spelt(text.byline),
            body=spelt(text.body),
            made_at=text.made_at,
        )
        for text in texts
    ]


def store(entries: list[SearchEntry]) -> None:
    """One query."""
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["title", "byline", "body", "made_at"],
    )


def forget(kind: str, keys: Iterable[int]) -> None:
    SearchEntry.objects.filter(kind=kind, key__in=list(keys)).delete()


def clear() -> None:
    SearchEntry.objects.all().delete()


def count() -> int:
    return SearchEntry.objects.count()


def find(query: str, *, without: str = "") -> list[tuple[str, int]]:
    """(kind, key) of what holds every word of the query, the best first; up to `MOST`.

    What is found is not what may be seen: the caller asks that. Nothing of the kind `without`.
    """
    phrases = _phrases(query)
    if not phrases:
        return []
    engine = _ENGINES[connection.vendor]
    told: dict[str, str | int] = {
        "query": engine.told(phrases),
        "most": MOST,
        "without": without,
    }
    with connection.cursor() as cursor:
        cursor.execute(engine.best, told)
        return [(kind, key) for kind, key in cursor.fetchall()]


def keys(query: str, *kinds: str) -> RawSQL | None:
    """Inside another query: the keys of what holds every word, of these kinds, in no order.

    None where the query has no word that could be looked up.
    """
    phrases = _phrases(query)
    if not phrases:
        return None
    engine = _ENGINES[connection.vendor]
    named = ", ".join(["%s"] * len(kinds))
    return RawSQL(f"{engine.all} AND kind IN ({named})", [engine.told(phrases), *kinds])  # noqa: S611


def _phrases(query: str) -> list[list[str]]:
    return [found for word in query.split() if (found := list(_asked(word)))]


def spelt(text: str) -> str:
    """The pieces of a text, with a space between."""
    return " ".join(piece for run in _runs(text) for piece in _pieces(run))


def _runs(text: str) -> list[str]:
    return _RUNS.findall(normalize("NFKC", text).casefold())


def _pieces(run: str) -> Iterator[str]:
    if run.isascii():
        yield f"w{run}"
        return
    yield from (f"{_code(one)}{_code(other)}" for one, other in pairwise(run))
    yield _code(run[-1])


def _code(char: str) -> str:
    return f"u{ord(char):x}"


def _asked(word: str) -> Iterator[str]:
    """As in the text; but the text may go on where the query ends."""
    runs = _runs(word)
    for run in runs[:-1]:
        yield from _pieces(run)
    for run in runs[-1:]:
        pieces = list(_pieces(run))
        yield from pieces[:-1] if len(pieces) > 1 else pieces


def _for_sqlite(phrases: list[list[str]]) -> str:
    """The last piece of each phrase is a beginning."""
    return " AND ".join(f'"{" ".join(pieces)}" *' for pieces in phrases)


def _for_postgresql(phrases: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(pieces)}:*)" for pieces in phrases)


@dataclass(frozen=True, slots=True)
class _Engine:
    best: str
    all: str
    told: Callable[[list[list[str]]], str]


_ENGINES = {
    "sqlite": _Engine(
        "SELECT entry.kind, entry.key FROM articles_search"
        " JOIN articles_searchentry entry ON entry.id = articles_search.rowid"
        " WHERE articles_search MATCH %(query)s AND entry.kind <> %(without)s"
        " ORDER BY bm25(articles_search, 10, 5, 1), entry.id DESC LIMIT %(most)s",
        # The plus keeps SQLite from reading every entry, which holds the whole text: kind, key and
        # number stand in an index.
        "SELECT key FROM articles_searchentry"
        " WHERE +id IN (SELECT rowid FROM articles_search WHERE articles_search MATCH %s)",
        _for_sqlite,
    ),
    "postgresql": _Engine(
        "SELECT kind, key FROM articles_searchentry, to_tsquery('simple', %(query)s) query"
        " WHERE vector @@ query AND kind <> %(without)s"
        " ORDER BY ts_rank(vector, query, 1) DESC, id DESC LIMIT %(most)s",
        # As a query of its own, whose words the planner does not see: for a common word it would
        # rather read every vector, all of them packed away, than the index.
        "SELECT key FROM articles_searchentry WHERE vector @@ (SELECT to_tsquery('simple', %s))",
        _for_postgresql,
    ),
}
