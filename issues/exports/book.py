"""An issue as plain data: the only export code that touches models. Renderers take a `Book`.

What a book is made of, stands in `shape`; what an edition prints row by row, in `printing`.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import timezone

from articles.models import Article
from issues import announced, contents, cover_pictures, covers, credited, facts
from issues.models import Correction, Edition, Issue, PrintedArticle
from servicejournal import masthead
from servicejournal.web import site

from . import printing
from .shape import (
    FACTS,
    Book,
    BookArticle,
    BookAuthor,
    BookCorrection,
    BookEdition,
    BookPicture,
    BookSection,
    Face,
)

__all__ = [
    "FACTS",
    "Book",
    "BookArticle",
    "BookAuthor",
    "BookCorrection",
    "BookEdition",
    "BookPicture",
    "BookSection",
    "Face",
    "Printing",
    "edition_of",
    "face_in",
    "face_of",
    "facts_for",
    "facts_in",
    "held",
    "of",
    "of_edition",
    "once_more",
    "printing_of",
    "redrawn",
    "wear",
]


@dataclass(frozen=True, slots=True)
class Printing:
    """A book, and the rows that it is made of and that its edition will store."""

    book: Book
    rows: tuple[printing.Row, ...]

    def anew(self, rows: Iterable[printing.Row], **facts: Any) -> "Printing":
        """With other rows, or other facts of the issue."""
        rows = tuple(rows)
        return Printing(replace(_bound(self.book, rows), **facts), rows)


def of(issue: Issue) -> Book:
    """The issue as it stands at the desk. Five queries whatever its length; no file is opened."""
    return printing_of(issue).book


def printing_of(issue: Issue, articles: Sequence[Article] | None = None) -> Printing:
    """As `of`, with the rows; `articles` are those of `contents`, where they are at hand."""
    if articles is None:
        articles = contents.of(issue, with_bodies=True).articles
    rows = tuple(printing.of_articles(articles))
    bare = Book(
        **{name: getattr(issue, name) for name in FACTS},
        cover_lines=announced.lines(issue, articles),
        sections=(),
        articles=(),
        scan=issue.scan_sha256,
    )
    return Printing(_bound(bare, rows), rows)


def of_edition(edition: Edition) -> Book:
    """The issue as this edition printed it, whatever the desk has done since."""
    return once_more(edition).book


def once_more(edition: Edition) -> Printing:
    """As `of_edition`, with rows for the next edition. Three queries."""
    rows = tuple(printing.once_more(edition))
    return Printing(_bound(facts_in(edition), rows), rows)


def held(issue: Issue) -> tuple[Book, Face]:
    """What readers hold, or will at the hour; what the desk has, of an issue in the making."""
    if issue.standing:
        return of_edition(issue.standing), face_in(issue.standing)
    return of(issue), face_of(issue)


def facts_in(edition: Edition) -> Book:
    """What the edition says of the issue: its book without sections and articles. No query."""
    told = from_json(edition.facts)
    return Book(**told, sections=(), articles=())


def facts_for(whole: Book) -> dict[str, Any]:
    """For `Edition.facts`."""
    return to_json({name: getattr(whole, name) for name in (*facts.PRINTED, "scan")})


def to_json(told: Mapping[str, Any]) -> dict[str, Any]:
    """Facts by name, as JSON keeps them."""
    dates = {name: told[name].isoformat() for name in facts.DATES if told.get(name)}
    lines = {name: list(told[name]) for name in ("cover_lines",) if name in told}
    return {**told, **dates, **lines}


def from_json(told: Mapping[str, Any]) -> dict[str, Any]:
    """What `to_json` told; an edition that an earlier version made tells less."""
    read = datetime.date.fromisoformat
    dates = {name: read(told[name]) for name in facts.DATES if told.get(name)}
    lines = {name: tuple(told[name]) for name in ("cover_lines",) if name in told}
    return {**told, **dates, **lines}


def face_in(edition: Edition) -> Face:
    """What the edition wears. No query."""
    return Face(**edition.face, cover_svg=edition.cover_svg)


def wear(edition: Edition, face: Face) -> None:
    """Puts the face into the fields of an edition."""
    told = asdict(face)
    edition.cover_svg = told.pop("cover_svg")
    edition.face = told


def face_of(issue: Issue) -> Face:
    """What the issue would wear now. Three queries at most; files are not opened."""
    printed = masthead.current()
    told = cover_pictures.facts_of(issue, printed)
    colours = covers.palette_of(told)
    return Face(
        name=printed.name,
        name_en=printed.name_en,
        about=printed.about,
        cover_svg="" if issue.cover else covers.draw(told),
        cover_file=issue.cover.name if issue.cover else "",
        ground=colours.ground,
        ink=colours.ink,
        seal=colours.seal,
        seal_ink=colours.seal_ink,
        cover_layout=issue.cover_layout,
        cover_motif=issue.cover_motif,
        cover_colours=issue.cover_colours,
        cover_picture="" if issue.cover else cover_pictures.cropped_name(issue),
        editors=credited.editors(issue),
        proofreaders=credited.proofreaders(issue),
        address=site.absolute(issue.get_absolute_url()),
    )


def dress(issue: Issue, face: Face) -> None:
    """Puts what is worn back into an issue, which is not saved; names that its record gives are not
    typed.
    """
    for name in facts.WORN:
        setattr(issue, name, getattr(face, name))
    for name, recorded in (
        ("editors", credited.editors),
        ("proofreaders", credited.proofreaders),
    ):
        setattr(issue, name, "")
        if recorded(issue) != getattr(face, name):
            setattr(issue, name, getattr(face, name))


def redrawn(whole: Book, face: Face) -> Face:
    """The cover drawn anew where it is drawn, under the name and in the colours that it has."""
    if face.cover_file:
        return face
    drawn = covers.draw(
        covers.CoverFacts(
            name=face.name,
            name_en=face.name_en,
            year=whole.year,
            number=whole.number,
            running_number=whole.running_number or 0,
            cover_lines=whole.cover_lines,
            slogan=whole.slogan,
            month=whole.date.month if whole.date else None,
            kind=whole.kind,
            last_number=whole.last_number,
            permit=whole.permit,
            notice=whole.notice,
            layout=face.cover_layout,
            motif=face.cover_motif,
            colours=face.cover_colours,
            has_picture=bool(face.cover_picture),
        )
    )
    return replace(face, cover_svg=drawn)


def edition_of(
    issue: Issue,
    rows: Iterable[printing.Row],
    edition: Edition | None = None,
    *,
    new: Iterable[Correction] = (),
) -> BookEdition:
    """What readers were told since the issue came out, and `new` corrections, not stored yet.

    Without an edition it is what stands now, which no edition holds.
    """
    places: dict[int | None, int] = {row.printed.article_id: row.printed.place for row in rows}
    places[None] = 0
    known = [*Correction.objects.filter(edition__issue=issue).order_by("at", "pk"), *new]
    return BookEdition(
        number=edition.number if edition else None,
        made_at=timezone.localtime(edition.made_at) if edition else None,
        corrections=tuple(
            BookCorrection(places[each.article_id], timezone.localtime(each.at), each.reason)
            for each in known
            if each.article_id in places
        ),
    )


def _bound(bare: Book, rows: Iterable[printing.Row]) -> Book:
    """Facts and rows together. Sections stand in the order in which they first come."""
    printed = [row.printed for row in rows]
    return replace(
        bare,
        sections=tuple(dict.fromkeys(map(_section, printed))),
        articles=tuple(map(_article, printed)),
    )


def _section(printed: PrintedArticle) -> BookSection:
    return BookSection(
        printed.section_slug, printed.section_name, printed.section_name_en, printed.is_preamble
    )


def _article(printed: PrintedArticle) -> BookArticle:
    return BookArticle(
        section=printed.section_slug,
        kicker=printed.kicker,
        title=printed.title,
        standfirst=printed.standfirst,
        authors=tuple(BookAuthor(each["name"], each["branch"]) for each in printed.authors),
        body=printed.body,
        pictures=tuple(BookPicture(**each) for each in printed.pictures),
        lead=printed.lead,
    )
