"""Finding Chinese: one index of our own making, and the only module that knows the search engine.

Chinese has no spaces, and the engines' own tokenisers find nothing in it. Here a text is folded
(`folding`) and becomes overlapping pairs of characters, and each single character once; a query
becomes the same and is looked up as a phrase, so every substring is found: of Chinese, Latin and
digits alike. FTS5 on SQLite, which knows where a pair stands; on PostgreSQL a GIN index of pairs
(migration 0044), and of what holds all of them the text is asked whether they follow each other.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from .folding import fold, words
from .models import IndexedText, SearchEntry

#: A pair that stands so often in a text: the text is about it.
OFTEN = 3
#: Before what a text is about, and between its parts; no letter, so nothing folded holds it.
_MARK = "·"


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


def entries_of(kind: str, texts: Iterable[Text]) -> list[IndexedText]:
    """To be stored; spelling a whole issue takes longer than a transaction may."""
    return [
        IndexedText(
            id=IndexedText.number_of(kind, text.key),
            kind=kind,
            key=text.key,
            title=fold(text.title),
            byline=fold(text.byline),
            sounds=sounds(text.title),
            body=spelt(text.title, text.byline, text.body),
            made_at=text.made_at,
        )
        for text in texts
    ]


def store(entries: list[IndexedText]) -> None:
    """One query."""
    IndexedText.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["title", "byline", "sounds", "body", "made_at"],
    )


def forget(kind: str, keys: Iterable[int]) -> None:
    IndexedText.objects.filter(kind=kind, key__in=list(keys)).delete()


def forget_others(kind: str, keys: Iterable[int]) -> None:
    """Of this kind, all but these."""
    kept = set(keys)
    rows = IndexedText.objects.filter(kind=kind).values_list("key", flat=True)
    gone = [key for key in rows if key not in kept]
    for begin in range(0, len(gone), 500):
        forget(kind, gone[begin : begin + 500])


def clear() -> None:
    IndexedText.objects.all().delete()


def clear_earlier() -> None:
    """The index of the version before, where texts that were withdrawn or erased since still stand.

    Step by step: on SQLite its engine takes longer over all of it than a writer may wait.
    """
    rows = SearchEntry.objects.order_by("pk").values_list("pk", flat=True)
    while some := list(rows[:500]):
        SearchEntry.objects.filter(pk__lte=some[-1]).delete()


def count() -> int:
    return IndexedText.objects.count()


def find(query: str) -> list[tuple[str, int]]:
    """(kind, key) of what holds every word of the query, in no order. Not what may be seen."""
    return [IndexedText.named(number) for number in numbers(words(query))]


def numbers(asked: Sequence[str], *, often: bool = False) -> list[int]:
    """`IndexedText.id` of all that holds each of these folded words, in no order; where `often`,
    only what is about them. Of a single character nothing is told to be.

    What is found is not what may be seen: the caller asks that.
    """
    if not asked or (often and any(len(word) < 2 for word in asked)):
        return []
    engine = _ENGINES[connection.vendor]
    held, told = engine.holding(asked, _MARK if often else "")
    with connection.cursor() as cursor:
        # As one text: fetching thirty thousand rows would take longer than finding them.
        cursor.execute(f"SELECT {engine.gathered} FROM {engine.table} WHERE {held}", told)  # noqa: S608
        [found] = cursor.fetchone()
    return list(map(int, found.split(","))) if found else []


def keys(query: str, *kinds: str) -> RawSQL | None:
    """Inside another query: the keys of what holds every word, of these kinds, in no order.

    None where the query has no word that could be looked up.
    """
    asked = words(query)
    if not asked:
        return None
    engine = _ENGINES[connection.vendor]
    held, told = engine.holding(asked, "")
    number = engine.number
    named = ", ".join(["%s"] * len(kinds))
    places = [IndexedText.number_of(kind, 0) for kind in kinds]
    return RawSQL(  # noqa: S611
        f"SELECT {number} >> 2 FROM {engine.table} WHERE {held} AND {number} & 3 IN ({named})",  # noqa: S608
        [*told, *places],
    )


def spelt(*parts: str) -> str:
    """The pieces of a text, with a space between: the pairs of each part, one after the other;
    those that stand often; each character once.
    """
    folded = [fold(part) for part in parts]
    pairs = [_pairs(each) for each in folded if each]
    counted = Counter(pair for each in pairs for pair in each)
    often = (f"{_MARK}{pair}" for pair, number in counted.items() if number >= OFTEN)
    letters = sorted(set("".join(folded)))
    return " ".join([*_with_a_mark_between(pairs), *often, *letters])


def _with_a_mark_between(pairs: list[list[str]]) -> Iterator[str]:
    """So that no phrase goes on from one part to the next."""
    for each in pairs:
        yield from each
        yield _MARK


def _pairs(word: str) -> list[str]:
    return [f"{one}{other}" for one, other in pairwise(word)]


def sounds(text: str) -> str:
    """Its syllables as they are typed, with a space between: 服务文化 → fu wu wen hua."""
    # Of a bank's branches the dictionary of readings knows no better than xing.
    parts = re.split("(?<=[支分总])行", text)
    return " hang ".join(" ".join(_syllables(part)) for part in parts).strip()


def _letter_by_letter(foreign: str) -> Any:
    """What pypinyin takes too, against its own types: a list, each a syllable."""
    return [*fold(foreign)]


def _syllables(text: str) -> Iterator[str]:
    from pypinyin import lazy_pinyin  # a quarter of a second and 56 MB: for whoever spells

    for each in lazy_pinyin(text, errors=_letter_by_letter):
        if (syllable := fold(each)) and syllable.isascii():
            yield syllable


def _for_sqlite(asked: Sequence[str], mark: str) -> tuple[str, list[str]]:
    phrases = (" ".join(_pairs(word) or [word]) for word in asked)
    if mark:  # what stands often is told pair by pair
        phrases = (f"{mark}{pair}" for word in asked for pair in _pairs(word))
    return "articles_indexed MATCH %s", [" AND ".join(f'"{each}"' for each in phrases)]


def _for_postgresql(asked: Sequence[str], mark: str) -> tuple[str, list[str]]:
    pieces = [f"'{mark}{piece}'" for word in asked for piece in _pairs(word) or [word]]
    held, told = "articles_pieces(body) @@ %s::tsquery", [" & ".join(pieces)]
    for word in asked:
        if len(word) > 2 and not mark:
            held += " AND position(%s in body) > 0"
            told.append(" ".join(_pairs(word)))
    return held, told


@dataclass(frozen=True, slots=True)
class _Engine:
    table: str
    number: str
    gathered: str
    holding: Callable[[Sequence[str], str], tuple[str, list[str]]]


_ENGINES = {
    "sqlite": _Engine("articles_indexed", "rowid", "group_concat(rowid)", _for_sqlite),
    "postgresql": _Engine(
        "articles_indexedtext", "id", "string_agg(id::text, ',')", _for_postgresql
    ),
}
