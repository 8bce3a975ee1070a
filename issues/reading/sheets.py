"""An issue as readers' pages show it: what the standing edition printed; to the desk, what the next
one would print.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from articles.models import Article

from ..exports import book, printing
from ..models import Edition, Issue, PrintedArticle
from . import fronts


@dataclass(frozen=True, slots=True)
class Part:
    """A section as printed, with its articles."""

    name: str
    name_en: str
    address: str
    articles: tuple[PrintedArticle, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """`articles` in print order; `edition` is None in the making."""

    front: fronts.Front
    articles: tuple[PrintedArticle, ...]
    edition: Edition | None

    @property
    def preambles(self) -> tuple[PrintedArticle, ...]:
        return tuple(each for each in self.articles if each.is_preamble)

    @property
    def parts(self) -> list[Part]:
        """What stands behind the contents page, section by section."""
        rest = [each for each in self.articles if not each.is_preamble]
        return [_part(tuple(group)) for _, group in groupby(rest, key=lambda a: a.section_slug)]

    def neighbours(
        self, article: PrintedArticle
    ) -> tuple[PrintedArticle | None, PrintedArticle | None]:
        """The articles before and after one, in print order."""
        return neighbours(article, self.articles)


def of(edition: Edition) -> Sheets:
    """What this edition printed. One query."""
    printed = edition.printed.order_by("place").defer("authors", "section")
    return Sheets(fronts.of(edition), tuple(printed), edition)


def ahead(issue: Issue) -> Sheets:
    """What will come out: what was signed off, or what stands at the desk."""
    if issue.standing_id:
        return of(Edition.objects.get(pk=issue.standing_id))
    made = book.printing_of(issue)
    front = fronts.ahead(made.book, book.face_of(issue))
    return Sheets(front, tuple(row.printed for row in made.rows), None)


def alone(article: Article) -> PrintedArticle:
    """A manuscript as it would be printed; it stands in no issue."""
    (row,) = printing.of_articles([article])
    return row.printed


def neighbours(
    article: PrintedArticle, around: Sequence[PrintedArticle]
) -> tuple[PrintedArticle | None, PrintedArticle | None]:
    """Of these, the ones that stand just before and behind the article."""
    by_place = {each.place: each for each in around}
    return by_place.get(article.place - 1), by_place.get(article.place + 1)


def _part(articles: tuple[PrintedArticle, ...]) -> Part:
    first = articles[0]
    return Part(first.section_name, first.section_name_en, first.section_address, articles)
