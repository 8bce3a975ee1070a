"""What else there is to read behind an article: of its section, and of its branch."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from ...models import Edition, PrintedArticle
from .. import fronts, once

#: Pieces of each.
MOST = 3
#: Issues in which they are looked for, the newest: an article of long ago leads to today's, and
#: eighty years of a section are not sorted for three lines.
NEAR = 24


@dataclass(frozen=True, slots=True)
class Piece:
    article: PrintedArticle
    label: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """`heading` (Chinese) says of what; `address` leads to all of it."""

    heading: str
    address: str
    pieces: tuple[Piece, ...]


_SHOWN = ("article", "section", "title", "byline", "length", "authors", "edition", "place")


def behind(article: PrintedArticle, around: Iterable[PrintedArticle | None]) -> list[Shelf]:
    """Shelves that hold something. `around` are linked already.

    No query, but for two of the first who asks in a process after readers' pages became others.
    """
    told = {article.article_id, *(each.article_id for each in around if each)}
    near = known()
    of_section = (each for each in near if each.section_id == article.section_id)
    shelves = [
        Shelf(f"更多{article.section_name}", article.section_address, _pieces(of_section, told))
    ]
    named = [each for each in article.authors if each["branch_slug"]]
    for each in named[:1]:
        signed = _signed_in(each["branch_slug"], near)
        address = reverse("branch", args=[each["branch_slug"]])
        shelves.append(Shelf(f"{each['branch']}的文章", address, _pieces(signed, told)))
    return [shelf for shelf in shelves if shelf.pieces]


def known() -> list[PrintedArticle]:
    """Articles of the newest issues that are out to everybody, the newest first."""
    return once.in_a_state("near", _read)


def _read() -> list[PrintedArticle]:
    editions = {each.pk: each for each in Edition.objects.newest(NEAR).only("facts", "face")}
    rows = PrintedArticle.objects.filter(edition__in=editions).only(*_SHOWN)
    order = {pk: place for place, pk in enumerate(editions)}
    near = sorted(rows, key=lambda each: (order[each.edition_id], each.place))
    for each in near:
        each.edition = editions[each.edition_id]
    return near


def _signed_in(branch: str, near: Iterable[PrintedArticle]) -> Iterator[PrintedArticle]:
    for each in near:
        if any(author.get("branch_slug") == branch for author in each.authors):
            yield each


def _pieces(rows: Iterable[PrintedArticle], told: set[int]) -> tuple[Piece, ...]:
    chosen: list[PrintedArticle] = []
    for each in rows:
        if each.article_id not in told:
            told.add(each.article_id)
            chosen.append(each)
        if len(chosen) == MOST:
            break
    return tuple(Piece(each, fronts.of(each.edition).label) for each in chosen)
