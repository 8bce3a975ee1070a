"""An issue as plain data: the only export code that touches models. Renderers take a `Book`.

What a book is made of, stands in `shape`.
"""

from collections.abc import Iterable

from django.utils import timezone

from articles.bodies import html
from articles.models import Article, Picture, Section
from issues import contents, cover_pictures, covers
from issues.models import Correction, Edition, Issue
from servicejournal import masthead
from servicejournal.certain import certain

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
    "Book",
    "BookArticle",
    "BookAuthor",
    "BookCorrection",
    "BookEdition",
    "BookPicture",
    "BookSection",
    "Face",
    "edition_of",
    "face_of",
    "of",
]


def of(issue: Issue) -> Book:
    """The issue as it stands now. Five queries whatever its length; files are not opened."""
    whole = contents.of(issue, with_bodies=True)
    pictures = {
        str(picture.token): picture
        for picture in Picture.objects.filter(article__in=[a.pk for a in whole.articles])
    }
    sections = dict.fromkeys(map(_section, whole.articles))
    return Book(
        **{name: getattr(issue, name) for name in FACTS},
        cover_lines=tuple(issue.cover_line_list),
        sections=tuple(
            BookSection(section.slug, section.name, section.name_en, section.is_preamble)
            for section in sections
        ),
        articles=tuple(_article(article, pictures) for article in whole.articles),
        scan=issue.scan_sha256,
    )


def face_of(issue: Issue) -> Face:
    """One query; files are not opened."""
    printed = masthead.current()
    facts = cover_pictures.facts_of(issue, printed)
    colours = covers.palette_of(facts)
    return Face(
        name=printed.name,
        name_en=printed.name_en,
        about=printed.about,
        cover_svg="" if issue.cover else covers.draw(facts),
        cover_file=issue.cover.name if issue.cover else "",
        ground=colours.ground,
        ink=colours.ink,
        seal=colours.seal,
        seal_ink=colours.seal_ink,
    )


def edition_of(
    issue: Issue, edition: Edition | None = None, *, new: Iterable[Correction] = ()
) -> BookEdition:
    """What readers were told since the issue came out, and `new` corrections, not stored yet.

    Without an edition it is what stands now, which no edition holds.
    """
    places = {a.pk: at for at, a in enumerate(contents.of(issue).articles, start=1)}
    known = [*Correction.objects.filter(article__in=places).order_by("at", "pk"), *new]
    return BookEdition(
        number=edition.number if edition else None,
        made_at=timezone.localtime(edition.made_at) if edition else None,
        corrections=tuple(
            BookCorrection(places[each.article_id], timezone.localtime(each.at), each.reason)
            for each in known
        ),
    )


def _section(article: Article) -> Section:
    return certain(article.section, "article_place_is_whole")


def _article(article: Article, pictures: dict[str, Picture]) -> BookArticle:
    shown = (pictures.get(token) for token in html.picture_tokens(article.body))
    return BookArticle(
        section=_section(article).slug,
        kicker=article.kicker,
        title=article.title,
        standfirst=article.standfirst,
        authors=tuple(
            BookAuthor(each.author_name, each.branch_name) for each in article.authorships.all()
        ),
        body=article.body,
        pictures=tuple(
            BookPicture(str(each.token), each.file.name, each.sha256, each.width, each.height)
            for each in shown
            if each and each.article_id == article.pk
        ),
    )
