"""What an issue shows of itself on the site: its facts and what it wears, as printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from servicejournal import masthead
from servicejournal.models import Masthead

from ..exports import book, front
from ..exports.shape import Book, Face
from ..models import Edition, Issue


@dataclass(frozen=True, slots=True)
class Front(front.Front):
    """With its addresses on this site."""

    def get_absolute_url(self) -> str:
        return _address("issue", self.year, self.slug)

    @property
    def cover_address(self) -> str:
        """The uploaded cover, or the one drawn from the issue's data."""
        name = "issue_cover_picture" if self.cover_file else "issue_cover"
        return _address(name, self.year, self.slug)

    @property
    def small_cover_address(self) -> str:
        """As `cover_address`, for a wall of covers; a drawing is of every size."""
        name = "issue_cover_small" if self.cover_file else "issue_cover"
        return _address(name, self.year, self.slug)


def _address(view: str, year: int, slug: str) -> str:
    """A page leads to its issue from half a dozen places."""
    return _found(get_script_prefix(), view, year, slug)


@lru_cache(maxsize=2000)
def _found(_prefix: str, view: str, year: int, slug: str) -> str:
    return reverse(view, args=[year, slug])


def of(edition: Edition) -> Front:
    """As this edition printed it. No query."""
    # An edition that an earlier version made tells less of what it wears.
    worn = {name: edition.face[name] for name in front.WORN if name in edition.face}
    return Front(book.facts_in(edition), **worn)


def ahead(facts: Book, face: Face) -> Front:
    """Of an issue in the making."""
    return Front(facts, **{name: getattr(face, name) for name in front.WORN})


def of_issue(issue: Issue) -> Front:
    """What readers hold, or what the desk has. Without an edition, one query."""
    if issue.standing:
        return of(issue.standing)
    facts, face = book.held(issue)
    return ahead(facts, face)


def out(newest: int, oldest: int) -> Iterator[Front]:
    """Of the issues of these years that are out, the newest first. One query."""
    editions = Edition.objects.out().filter(issue__year__range=(oldest, newest))
    for edition in editions.newest_first().only("facts", "face"):
        yield of(edition)


def newest() -> "Front | Masthead":
    """What pages of no single issue bear: the newest issue's, or the masthead before the first."""
    edition = Edition.objects.newest(1).only("facts", "face").first()
    return of(edition) if edition else masthead.current()
