"""The ordered contents of an issue: page, admin and exports all read them from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from articles.models import Article, Section

from .models import Issue


@dataclass(frozen=True, slots=True)
class SectionContents:
    section: Section
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """In print order: what stands before the contents page, then section by section."""

    preambles: tuple[Article, ...]
    sections: tuple[SectionContents, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        rest = (article for part in self.sections for article in part.articles)
        return (*self.preambles, *rest)

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles before and after one, in print order."""
        row = self.articles
        at = row.index(article)
        return (row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)


def of(issue: Issue, *, with_bodies: bool = False) -> Contents:
    """Four queries whatever the length; bodies are left in the database unless asked for."""
    articles = issue.articles.select_related("section").with_bylines().in_print_order()
    return arrange(articles if with_bodies else articles.defer("body", "note"))


def arrange(articles: Iterable[Article]) -> Contents:
    """Articles in print order, with their sections loaded, as contents."""
    parts = [
        SectionContents(section, tuple(group))
        for section, group in groupby(articles, key=lambda article: article.section)
    ]
    preambles = tuple(a for part in parts if part.section.is_preamble for a in part.articles)
    return Contents(preambles, tuple(part for part in parts if not part.section.is_preamble))
