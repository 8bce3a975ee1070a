"""What else there is to read behind an article: of its section, and of its branch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Near:
    """Articles of the newest issues that are out to everybody, the newest first."""

    of_section: Mapping[int | None, Sequence[Piece]]
    of_branch: Mapping[str, Sequence[Piece]]


def behind(article: PrintedArticle, around: Iterable[PrintedArticle | None]) -> list[Shelf]:
    """Shelves that hold something. `around` are linked already.

    No query, but for two of the first who asks in a process after readers' pages became others.
    """
    told = {article.article_id, *(each.article_id for each in around if each)}
    near = known()
    of_section = near.of_section.get(article.section_id, ())
    shelves = [
        Shelf(f"更多{article.section_name}", article.section_address, _pieces(of_section, told))
    ]
    named = [each for each in article.authors if each["branch_slug"]]
    for each in named[:1]:
        signed = near.of_branch.get(each["branch_slug"], ())
        address = reverse("branch", args=[each["branch_slug"]])
        shelves.append(Shelf(f"{each['branch']}的文章", address, _pieces(signed, told)))
    return [shelf for shelf in shelves if shelf.pieces]


def known() -> Near:
    return once.in_a_state("near", _read)


def _read() -> Near:
    labels = {
        each.pk: fronts.of(each).label
        for each in Edition.objects.newest(NEAR).only("facts", "face")
    }
    rows = PrintedArticle.objects.filter(edition__in=labels).only(*_SHOWN)
    order = {pk: place for place, pk in enumerate(labels)}
    of_section: dict[int | None, list[Piece]] = defaultdict(list)
    of_branch: dict[str, list[Piece]] = defaultdict(list)
    for each in sorted(rows, key=lambda each: (order[each.edition_id], each.place)):
        piece = Piece(each, labels[each.edition_id])
        of_section[each.section_id].append(piece)
        for branch in {author.get("branch_slug") for author in each.authors} - {None, ""}:
            of_branch[branch].append(piece)
    return Near(of_section, of_branch)


def _pieces(near: Iterable[Piece], told: set[int]) -> tuple[Piece, ...]:
    chosen: list[Piece] = []
    for each in near:
        if each.article.article_id not in told:
            told.add(each.article.article_id)
            chosen.append(each)
        if len(chosen) == MOST:
            break
    return tuple(chosen)
