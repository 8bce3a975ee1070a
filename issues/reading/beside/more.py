"""What else there is to read behind an article: of its section, and of its branch."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from servicejournal.access import open_to_all

from ...models import Issue, PrintedArticle
from ...models.printed import PrintedQuerySet
from .. import fronts

#: Pieces of each.
MOST = 3
#: Issues in which they are looked for, the newest: an article of long ago leads to today's, and
#: eighty years of a section are not sorted for three lines.
NEAR = 24
#: Rows that are looked at: some are linked already; what two of a branch signed comes twice.
_AT_MOST = 12


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


_SHOWN = ("article", "title", "byline", "length", "edition__facts", "edition__face")


def behind(article: PrintedArticle, around: Iterable[PrintedArticle | None]) -> list[Shelf]:
    """Shelves that hold something. `around` are linked already. At most two queries."""
    told = {article.article_id, *(each.article_id for each in around if each)}
    near = _near()
    shelves = []
    of_section = _pieces(near.filter(section=article.section_id), told)
    shelves.append(Shelf(f"更多{article.section_name}", article.section_address, of_section))
    named = [each for each in article.authors if each["branch_slug"]]
    for each in named[:1]:
        signed = near.filter(signed_by__branch__slug=each["branch_slug"])
        address = reverse("branch", args=[each["branch_slug"]])
        shelves.append(Shelf(f"{each['branch']}的文章", address, _pieces(signed, told)))
    return [shelf for shelf in shelves if shelf.pieces]


def _near() -> PrintedQuerySet:
    """Articles of the newest issues that are out to everybody."""
    out = Issue.objects.published().filter(open_to_all(), standing__isnull=False)
    newest = out.newest_first()
    rows = PrintedArticle.objects.filter(edition__in=newest.values("standing")[:NEAR])
    return rows.select_related("edition").only(*_SHOWN).newest_first()


def _pieces(rows: PrintedQuerySet, told: set[int]) -> tuple[Piece, ...]:
    chosen: list[PrintedArticle] = []
    for each in rows[:_AT_MOST]:
        if each.article_id not in told and len(chosen) < MOST:
            told.add(each.article_id)
            chosen.append(each)
    return tuple(Piece(each, fronts.of(each.edition).label) for each in chosen)
