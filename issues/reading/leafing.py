"""What a reader leafs through (翻页阅读): the pages of the standing edition, and their articles.

`page_making` makes the pages; here they are read. Nothing is shown before every page is there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse

from ..exports.pages import WIDTHS
from ..models import Edition, Page
from . import lookup

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
        """`srcset`, without the thumbnail; the largest is for who looks closer."""
        return ", ".join(f"{address} {width}w" for width, address in self.pictures[1:-1])

    @property
    def thumbnail_height(self) -> int:
        return round(WIDTHS[0] * self.page.height / self.page.width)


@dataclass(frozen=True, slots=True)
class Found:
    page: int
    passage: lookup.Passage


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
        for page in edition.pages.all()
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


def look_up(words: str, leaves: Iterable[Leaf]) -> list[Found]:
    """Every place where the words stand, up to `MOST_FOUND`. Raises `lookup.NotLookedUp`."""
    return list(islice(_places(lookup.needle(words), leaves), MOST_FOUND))


def _places(needle: str, leaves: Iterable[Leaf]) -> Iterator[Found]:
    for leaf in leaves:
        for passage in lookup.passages(leaf.page.text, needle):
            yield Found(leaf.page.number, passage)
