"""What is out, as the search counts it: one row for each article and each page of a scan.

Read once for each state of readers' pages and kept by the process, some ten megabytes at thirty
thousand articles: so thirty thousand hits are counted by section, branch, author, year and kind in
a few thousandths of a second. A set of rows is a number with a bit for each; the newest first.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import Any

from articles.models import Author, Branch, IndexedText

from ...models import Edition, Issue, Page, PrintedArticle, PrintedAuthor
from ...models.issue import place_in_order
from .. import store

#: What hits are narrowed by, in the order of the page: parameter → what it is called.
FACETS = {
    "section": "栏目",
    "branch": "单位",
    "author": "作者",
    "year": "年份",
    "kind": "种类",
}
SCANNED = "scan"


class Lines:
    """Short texts as one, in which a word is looked for without walking over each."""

    def __init__(self, lines: Iterable[str]) -> None:
        rows = list(lines)
        self.text = "\n".join(rows) + "\n"
        self.begins, at = [], 0
        for row in rows:
            self.begins.append(at)
            at += len(row) + 1

    def holding(self, word: str) -> Iterator[int]:
        """The lines that hold the word, each once."""
        at = self.text.find(word) if word else -1
        while at >= 0:
            line = bisect_right(self.begins, at) - 1
            yield line
            at = self.text.find(word, self.begins[line + 1]) if line + 1 < len(self.begins) else -1

    def beginning(self, word: str) -> Iterator[int]:
        """Those that begin with it."""
        text, begins = self.text, self.begins
        return (line for line in self.holding(word) if text.startswith(word, begins[line]))

    def __getitem__(self, line: int) -> str:
        begin = self.begins[line]
        return self.text[begin : self.text.index("\n", begin)]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and what stands under it."""

    value: str
    label: str
    rows: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Catalogue:
    state: str
    numbers: Sequence[int]  # `IndexedText.id` by row
    places: dict[int, int] = field(repr=False)  # and back
    titles: Lines = field(repr=False)  # folded, as all of these
    bylines: Lines = field(repr=False)
    sounds: Lines = field(repr=False)
    initials: Lines = field(repr=False)
    facets: dict[str, dict[str, Choice]] = field(repr=False)

    def rows_of(self, places: Iterable[int]) -> int:
        """A set of rows as a number: the first row is its highest bit."""
        bits = bytearray(b"0") * len(self.numbers)
        for place in places:
            bits[place] = 49  # "1"
        return int(bits, 2) if bits else 0

    def rows_of_numbers(self, numbers: Iterable[int]) -> int:
        """Without what is not out."""
        place = self.places.get
        return self.rows_of(at for number in numbers if (at := place(number)) is not None)

    def slice_of(self, rows: int, begin: int, end: int) -> list[int]:
        """The numbers of some of these rows, counted from the newest."""
        return [self.numbers[place] for place in islice(self.in_order(rows), begin, end)]

    def in_order(self, rows: int) -> Iterator[int]:
        bits = f"{rows:0{len(self.numbers)}b}" if rows else ""
        at = bits.find("1")
        while at >= 0:
            yield at
            at = bits.find("1", at + 1)


_lock = Lock()
_kept: list[Catalogue] = []


def current() -> Catalogue:
    """Of what readers hold now; as old as their pages, a second at most."""
    state = store.state()
    with _lock:
        if not _kept or _kept[0].state != state:
            _kept[:] = [_read(state)]
        return _kept[0]


#: Of a row: its number, then what it is narrowed by.
_Row = tuple[int, dict[str, tuple[str, str]]]


def _read(state: str) -> Catalogue:
    """Four queries."""
    articles = list(_articles())
    rows: list[_Row] = [row for _, row in articles] + list(_pages())
    place_of_printed = {pk: place for place, (pk, _) in enumerate(articles)}
    numbers = [number for number, _ in rows]
    told = _texts()
    texts = [told.get(number, ("", "", "")) for number in numbers]
    syllables = [sounds.split() for _, _, sounds in texts]
    return Catalogue(
        state=state,
        numbers=numbers,
        places={number: place for place, number in enumerate(numbers)},
        titles=Lines(title for title, _, _ in texts),
        bylines=Lines(byline for _, byline, _ in texts),
        sounds=Lines("".join(each) for each in syllables),
        initials=Lines("".join(one[0] for one in each) for each in syllables),
        facets=_facets(rows, place_of_printed),
    )


def _texts() -> dict[int, tuple[str, str, str]]:
    rows = IndexedText.objects.filter(kind=IndexedText.Kind.ARTICLE)
    told = rows.values_list("id", "title", "byline", "sounds").iterator(chunk_size=5000)
    return {number: (title, byline, sounds) for number, title, byline, sounds in told}


def _articles() -> Iterator[tuple[int, _Row]]:
    """With the printing's own key."""
    names = ("pk", "article", "section_slug", "section_name")
    of_issue = ("edition__issue__year", "edition__issue__kind")
    rows = PrintedArticle.objects.out().newest_first().values_list(*names, *of_issue)
    for pk, article, slug, section, year, kind in rows.iterator(chunk_size=5000):
        facets = {"section": (slug, section), **_of_issue(year, kind)}
        yield pk, (IndexedText.number_of("article", article), facets)


def _pages() -> Iterator[_Row]:
    """Those of issues that exist only as PDF; of others the articles are found."""
    out = Page.objects.filter(edition__in=Edition.objects.out()).exclude(edition__issue__scan="")
    order = place_in_order("edition__issue__", newest_first=True)
    rows = out.order_by(*order, "number").values_list(
        "pk", "edition__issue__year", "edition__issue__kind"
    )
    for pk, year, kind in rows:
        facets = {"section": (SCANNED, "过刊原件"), **_of_issue(year, kind)}
        yield IndexedText.number_of("page", pk), facets


def _of_issue(year: int, kind: str) -> dict[str, tuple[str, str]]:
    return {"year": (str(year), f"{year}年"), "kind": (kind, _KINDS[kind])}


_KINDS: dict[str, Any] = dict(Issue.Kind.choices)


def _facets(rows: list[_Row], place_of_printed: dict[int, int]) -> dict[str, dict[str, Choice]]:
    held: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    labels: dict[tuple[str, str], str] = {}
    for place, (_, facets) in enumerate(rows):
        for name, (value, label) in facets.items():
            held[name][value].append(place)
            labels.setdefault((name, value), label)  # the newest name of a section
    for printed, name, value, label in _signed():
        if (at := place_of_printed.get(printed)) is not None:
            held[name][value].append(at)
            labels[name, value] = label
    return {
        name: {
            value: Choice(value, labels[name, value], _bits(places, len(rows)))
            for value, places in values.items()
        }
        for name, values in held.items()
    }


def _bits(places: Iterable[int], length: int) -> int:
    bits = bytearray(b"0") * length
    for place in places:
        bits[place] = 49
    return int(bits, 2)


def _signed() -> Iterator[tuple[int, str, str, str]]:
    """(printing, facet, value, label) of each signature: who is merged is found as who they are."""
    authors = dict(Author.objects.values_list("pk", "name"))
    branches = {
        pk: (slug, name) for pk, slug, name in Branch.objects.values_list("pk", "slug", "name")
    }
    rows = PrintedAuthor.objects.filter(printed__in=PrintedArticle.objects.out().values("pk"))
    for printed, author, branch in rows.values_list("printed", "author", "branch"):
        yield printed, "author", str(author), authors[author]
        if branch:
            yield printed, "branch", *branches[branch]
