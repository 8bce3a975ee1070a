"""What an issue shows of itself on a page: its facts and what it wears. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from issues import numbering
from servicejournal.papers import qr

from . import colophon
from .shape import Book

#: What it takes of the `Face`.
WORN = ("name", "name_en", "about", "cover_file", "editors", "proofreaders", "address")
#: A longer preamble is only begun on the issue's page; characters.
PREAMBLE_IN_FULL = 1200


@dataclass(frozen=True, slots=True)
class Front:
    """Stands in the place of the masthead too: a page bears the name that its issue bore.

    Where it leads to is told by those who know where it lies (`reading`, `offline`).
    """

    facts: Book
    name: str
    name_en: str
    about: str
    cover_file: str
    editors: str = ""
    proofreaders: str = ""
    address: str = ""

    @property
    def year(self) -> int:
        return self.facts.year

    @property
    def slug(self) -> str:
        return numbering.slug(self.facts)

    @property
    def parts(self) -> tuple[str, str, str]:
        """第, 7–8, 期"""
        return numbering.parts(self.facts)

    @property
    def label(self) -> str:
        return numbering.label(self.facts)

    @property
    def full_label(self) -> str:
        return numbering.full_label(self.facts)

    @property
    def theme(self) -> str:
        return self.facts.theme

    @property
    def slogan(self) -> str:
        return self.facts.slogan

    @property
    def compiled_by(self) -> str:
        return self.facts.compiled_by

    @property
    def telephone(self) -> str:
        return self.facts.telephone

    @property
    def website(self) -> str:
        return self.facts.website

    @property
    def submissions_to(self) -> str:
        return self.facts.submissions_to

    @property
    def scan(self) -> str:
        return self.facts.scan

    @property
    def makers(self) -> list[colophon.Line]:
        return colophon.makers(self.facts, self)

    @property
    def code(self) -> str:
        """The QR code that leads to the issue, as the address of a picture."""
        return _code_of(self.address) if self.address else ""


@lru_cache(maxsize=1000)
def _code_of(address: str) -> str:
    """Drawn anew for each page it was half of what an issue's page takes. An address is no secret,
    as those are that people set up their telephones with: only these are kept.
    """
    return qr.code_of(address)


class Titled(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def lead(self) -> int | None: ...
    @property
    def is_preamble(self) -> bool: ...


Article = TypeVar("Article", bound=Titled)


def cover_lines(book: Book, articles: Iterable[Article]) -> list[tuple[str, Article | None]]:
    """The cover's lines, each with the article that it announces where the titles agree."""
    by_title = {"".join(article.title.split()): article for article in articles}
    return [(line, by_title.get("".join(line.split()))) for line in book.cover_lines]


def leads(book: Book, articles: Iterable[Article]) -> list[Article]:
    """What the page of the issue shows large: what an editor marked (头条, 次条); where nobody did,
    the first article that the cover announces.
    """
    articles = list(articles)
    if marked := [each for each in articles if each.lead]:
        return sorted(marked, key=lambda each: each.lead or 0)
    announced = [article for _, article in cover_lines(book, articles) if article]
    return [each for each in announced if not each.is_preamble][:1]
