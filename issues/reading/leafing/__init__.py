"""What a reader leafs through (翻页阅读): the pages of the standing edition, and their articles.

`page_making` makes the pages; here they are read. Nothing is shown before every page is there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.urls import reverse

from articles.bodies import html

from ...exports.pages import WIDTHS
from ...models import Edition, Page
from .. import lookup
from . import breaks, marks

#: How wide a page is shown (`static/css/flipbook.css`), so that a browser fetches the picture that
#: fits: in low windows as wide as they are or half of that, otherwise as high as there is room.
SIZES = (
    "(max-height: 36em) and (min-width: 45em) and (orientation: landscape) 50vw,"
    " (max-height: 36em) and (min-aspect-ratio: 5/8) 100vw,"
    " (orientation: landscape) and (min-width: 60em) calc(70.6vh - 4rem),"
    " (max-aspect-ratio: 5/8) 100vw, calc(70.6vh - 6rem)"
)
#: A list of more places helps nobody.
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Start:
    """A line of the contents; `article` is None where the issue exists as a PDF only."""

    title: str
    page: int
    article: int | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page; `articles` start on it, or else the one that runs on over it."""

    page: Page
    articles: tuple[Start, ...]
    pictures: tuple[tuple[int, str], ...]
    marked: "Marked | None" = None

    @property
    def paragraphs(self) -> list[str]:
        return self.page.text.splitlines()

    @property
    def thumbnail(self) -> str:
        return self.pictures[0][1]

    @property
    def largest(self) -> str:
        return self.pictures[-1][1]

    @property
    def middling(self) -> str:
        """For browsers that do not choose by width."""
        return self.pictures[1][1]

    @property
    def choice(self) -> str:
        """`srcset`, without the thumbnail."""
        return ", ".join(f"{address} {width}w" for width, address in self.pictures[1:])

    @property
    def thumbnail_height(self) -> int:
        return round(WIDTHS[0] * self.page.height / self.page.width)


@dataclass(frozen=True, slots=True)
class Found:
    """A place where the words stand; they end on `until`, the next page, where one page breaks
    them. `on` says where on the pages: (page, begin, end) in the text of each.
    """

    page: int
    until: int
    passage: lookup.Passage
    on: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks on a page, whose height is `high` where its width is `marks.ACROSS`."""

    page: int
    high: int
    boxes: tuple[marks.Box, ...]

    @property
    def view(self) -> str:
        """`viewBox`."""
        return f"0 0 {marks.ACROSS} {self.high}"


def address_in(edition: Edition | None) -> str:
    """Where the issue of this edition is leafed through; "" where it is not."""
    if edition is None or not edition.in_pages:
        return ""
    return reverse("read", args=[edition.issue.year, edition.issue.slug])


def place_of(article: int, edition: Edition | None) -> Start | None:
    """Where the article begins in print. No query."""
    if edition is None or not edition.in_pages:
        return None
    return next((start for start in contents(edition) if start.article == article), None)


def contents(edition: Edition) -> list[Start]:
    starts = (Start(each["title"], each["page"], each["article"]) for each in edition.outline)
    return sorted(starts, key=lambda start: start.page)


def leaves(edition: Edition) -> list[Leaf]:
    """All pages in order. One query."""
    starts = contents(edition)
    return [
        Leaf(page, _articles_on(page.number, starts), _pictures(edition, page.number))
        for page in edition.pages.defer("lines")
    ]


def _articles_on(number: int, starts: list[Start]) -> tuple[Start, ...]:
    starting = tuple(start for start in starts if start.page == number)
    return starting or tuple([start for start in starts if start.page < number][-1:])


def _pictures(edition: Edition, number: int) -> tuple[tuple[int, str], ...]:
    issue = edition.issue
    return tuple(
        (
            width,
            reverse("page_picture", args=[issue.year, issue.slug, edition.number, number, width]),
        )
        for width in WIDTHS
    )


def asked_for(number: str, edition: Edition) -> int | None:
    """The page of that number, as a reader types it; the last one where it is too high."""
    told = number.strip()
    if not (told.isdecimal() and len(told) < 6):
        return None
    return min(max(int(told), 1), edition.page_count)


def look_up(words: str, edition: Edition, leaves: Iterable[Leaf]) -> list[Found]:
    """Every place where the words stand, up to `MOST_FOUND`, page by page. One query.

    Raises `lookup.NotLookedUp`.
    """
    needle = lookup.needle(words)
    if not needle:
        return []
    pages = breaks.sides((leaf.page.number, leaf.page.text) for leaf in leaves)
    found = [*_on_pages(needle, pages), *_over_breaks(needle, edition, pages)]
    return sorted(found, key=lambda each: (each.page, each.on[0][1]))[:MOST_FOUND]


def _on_pages(needle: str, pages: list[breaks.Side]) -> Iterator[Found]:
    for page in pages:
        for start, end in islice(page.spans(needle), MOST_FOUND):
            passage = lookup.around(page.text, start, end)
            yield Found(page.number, page.number, passage, ((page.number, start, end),))


def _over_breaks(needle: str, edition: Edition, pages: list[breaks.Side]) -> Iterator[Found]:
    """What no single page holds whole."""
    printed = list(edition.printed.values_list("body", flat=True))
    if printed:
        broken = breaks.in_articles(needle, map(html.text, printed), pages)
    else:
        broken = breaks.in_scans(needle, pages)
    for each in broken:
        first, second = each.first, each.second
        head = lookup.around(first.text, *each.begun)
        tail = lookup.around(second.text, *each.ended)
        yield Found(
            first.number,
            second.number,
            lookup.Passage(head.before, head.found + tail.found, tail.after),
            ((first.number, *each.begun), (second.number, *each.ended)),
        )


def marked(found: Iterable[Found], edition: Edition) -> list[Marked]:
    """The marks on each page that something was found on. One query."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, start, end in (place for each in found for place in each.on):
        places[number].append((start, end))
    return [
        Marked(
            page.number,
            round(marks.ACROSS * page.height / page.width),
            tuple(
                box
                for start, end in places[page.number]
                for box in marks.over(page.text, page.lines or [], start, end)
            ),
        )
        for page in edition.pages.filter(number__in=places, lines__isnull=False)
    ]


def with_marks(leaves: Iterable[Leaf], marked: Iterable[Marked]) -> list[Leaf]:
    by_page = {each.page: each for each in marked}
    return [replace(leaf, marked=by_page.get(leaf.page.number)) for leaf in leaves]
