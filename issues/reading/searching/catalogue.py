"""What is out, as the search counts it: one row for each article and each page of a scan.

Read once for each state of readers' pages and kept by the process, some ten megabytes at thirty
thousand articles: so thirty thousand hits are counted by section, branch, author, year and kind in
a few thousandths of a second. A set of rows is a number with a bit for each; the newest first.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, islice
from threading import Lock
from typing import Any

from articles import search
from articles.models import FormerAuthor, FormerBranch, IndexedText

from ...models import Edition, Issue, Page, PrintedArticle
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
#: From so many on, walking over all is quicker than going from one to the next.
_MANY = 2000
#: Queries whose hits are kept, at thirty thousand articles four kilobytes each.
_ASKED = 250
#: A facet of more values is counted by rows, not by values.
_WIDE = 400
_BITS = bytes.maketrans(b"01", b"\0\1")


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
        if word and self.text.count(word) > _MANY:
            yield from (at for at, line in enumerate(self.text.split("\n")) if word in line)
            return
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
    wide: dict[str, list[tuple[str, ...]]] = field(repr=False)  # the values of each row
    found: dict[tuple[bool, tuple[str, ...]], int] = field(default_factory=dict, repr=False)

    def holding(self, asked: Sequence[str], *, often: bool = False) -> int:
        """The rows that hold each of these words; where `often`, those that are about them.

        The index is asked once for each state of readers' pages: for a common word of three and
        more characters PostgreSQL looks into every text, and each further page of the hits and each
        choice asks for the same.
        """
        key = often, tuple(asked)
        rows = self.found.get(key)
        if rows is None:
            rows = self.rows_of_numbers(search.numbers(asked, often=often))
            if len(self.found) >= _ASKED:
                self.found.clear()
            self.found[key] = rows
        return rows

    def counted(self, name: str, rows: int) -> list[tuple[Choice, int]]:
        """The values of a facet that stand among these rows, each with how many do."""
        if name not in self.wide:
            each = self.facets[name].values()
            return [(one, count) for one in each if (count := (one.rows & rows).bit_count())]
        flags = f"{rows:0{len(self.numbers)}b}".encode().translate(_BITS)
        counts = Counter(chain.from_iterable(compress(self.wide[name], flags)))
        return [(self.facets[name][value], count) for value, count in counts.items()]

    def rows_of(self, places: Iterable[int]) -> int:
        """A set of rows as a number: the first row is its highest bit."""
        return _bits(places, len(self.numbers))

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


#: Of a row: its number; then facet, value and label of all that it is narrowed by.
_Row = tuple[int, list[tuple[str, str, str]]]


def _read(state: str) -> Catalogue:
    """Five queries."""
    rows = [*_articles(), *_pages()]
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
        facets=(facets := _facets(rows)),
        wide={
            name: [tuple(value for facet, value, _ in told if facet == name) for _, told in rows]
            for name, values in facets.items()
            if len(values) > _WIDE
        },
    )


def _texts() -> dict[int, tuple[str, str, str]]:
    rows = IndexedText.objects.filter(kind=IndexedText.Kind.ARTICLE)
    told = rows.values_list("id", "title", "byline", "sounds").iterator(chunk_size=5000)
    return {number: (title, byline, sounds) for number, title, byline, sounds in told}


def _articles() -> Iterator[_Row]:
    """Under the names that they were printed with; who was merged stands where they went."""
    names = ("article", "section_slug", "section_name", "authors")
    of_issue = ("edition__issue__year", "edition__issue__kind")
    rows = PrintedArticle.objects.out().newest_first().values_list(*names, *of_issue)
    authors = dict(FormerAuthor.objects.values_list("number", "author"))
    branches = dict(FormerBranch.objects.exclude(slug="").values_list("slug", "branch__slug"))
    for article, slug, section, signed, year, kind in rows.iterator(chunk_size=5000):
        facets = [("section", slug, section), *_of_issue(year, kind)]
        for each in signed:
            if number := each["author"]:
                facets.append(("author", str(authors.get(number, number)), each["name"]))
            if named := each["branch_slug"]:
                facets.append(("branch", branches.get(named, named), each["branch"]))
        yield IndexedText.number_of("article", article), facets


def _pages() -> Iterator[_Row]:
    """Those of issues that exist only as PDF; of others the articles are found."""
    out = Page.objects.filter(edition__in=Edition.objects.out()).exclude(edition__issue__scan="")
    order = place_in_order("edition__issue__", newest_first=True)
    rows = out.order_by(*order, "number").values_list(
        "pk", "edition__issue__year", "edition__issue__kind"
    )
    for pk, year, kind in rows:
        facets = [("section", SCANNED, "过刊原件"), *_of_issue(year, kind)]
        yield IndexedText.number_of("page", pk), facets


def _of_issue(year: int, kind: str) -> list[tuple[str, str, str]]:
    return [("year", str(year), f"{year}年"), ("kind", kind, _KINDS[kind])]


_KINDS: dict[str, Any] = dict(Issue.Kind.choices)


def _facets(rows: list[_Row]) -> dict[str, dict[str, Choice]]:
    held: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    labels: dict[tuple[str, str], str] = {}
    for place, (_, facets) in enumerate(rows):
        for name, value, label in facets:
            held[name][value].append(place)
            labels.setdefault((name, value), label)  # the newest
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
        bits[place] = 49  # "1"
    return int(bits, 2) if bits else 0
