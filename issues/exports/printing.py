"""What an edition prints, row by row, before it is stored: the desk's articles as they stand, or an
earlier edition's once more. The only maker of `PrintedArticle`; `making.editions` stores them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.bodies import html, layout
from articles.models import Article, Picture, Section
from issues.models import Edition, PrintedArticle, PrintedAuthor, PrintedPicture

#: Facts of a printed article that are a text of the desk's article under the same name.
TEXT = ("kicker", "title", "standfirst", "body")


@dataclass(slots=True)
class Row:
    """A row to be, with whom and what it is found by: (author, branch) and pictures by their pk."""

    printed: PrintedArticle
    people: list[tuple[int, int | None]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """All that the row says: two rows that say the same are the same."""
        names = [each.attname for each in PrintedArticle._meta.concrete_fields]
        said = {name: getattr(self.printed, name) for name in names}
        del said["id"], said["edition_id"]
        return {**said, "people": self.people, "shows": self.pictures}


def of_articles(articles: Sequence[Article]) -> list[Row]:
    """The desk's articles in this order, with sections and bylines at hand. One query."""
    return [
        _row(article, place, pictures)
        for pictures in [_pictures_of(articles)]
        for place, article in enumerate(articles, start=1)
    ]


def once_more(edition: Edition) -> list[Row]:
    """What an edition printed, to be printed by the next one. Three queries."""
    rows = edition.printed.select_related("section")
    rows = rows.prefetch_related("signed_by", "shows").order_by("place")
    return [_copy(printed) for printed in rows]


def retext(row: Row, article: Article) -> None:
    """The words of the desk's article in the place of those that were printed. One query."""
    anew = _row(article, row.printed.place, _pictures_of([article]))
    _take(row, anew, *TEXT, "length", "summary", "pictures")
    row.pictures = anew.pictures


def resign(row: Row, article: Article) -> None:
    """The byline of the desk's article in the place of the one that was printed. One query."""
    anew = _row(article, row.printed.place, {})
    _take(row, anew, "byline", "authors")
    row.people = anew.people


def move(rows: Sequence[Row], row: Row, section: Section) -> list[Row]:
    """The rows in their new order: this one stands last in that section, as it is called today."""
    printed = row.printed
    printed.section, printed.section_slug = section, section.slug
    printed.section_name, printed.section_name_en = section.name, section.name_en
    printed.is_preamble = section.is_preamble
    others = [each for each in rows if each is not row]
    before = [at for at, each in enumerate(others) if _stands_before(each.printed, section)]
    return numbered([*others[: len(before)], row, *others[len(before) :]])


def _stands_before(printed: PrintedArticle, section: Section) -> bool:
    if printed.section_id == section.pk:
        return True
    stands = printed.section
    return (not stands.is_preamble, stands.order) <= (not section.is_preamble, section.order)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """With places from 1 in this order."""
    ordered = list(rows)
    for place, row in enumerate(ordered, start=1):
        row.printed.place = place
    return ordered


def _take(row: Row, anew: Row, *names: str) -> None:
    for name in names:
        setattr(row.printed, name, getattr(anew.printed, name))


def contents(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """For `Edition.contents`."""
    parts: dict[int, dict[str, Any]] = {}
    for row in rows:
        first = {
            "section": row.printed.section_id,
            "count": 0,
            "article": row.printed.article_id,
            "title": row.printed.title,
        }
        parts.setdefault(row.printed.section_id, first)["count"] += 1
    return list(parts.values())


def store(edition: Edition, rows: Iterable[Row]) -> None:
    """Three queries, whatever the length; the edition is stored already."""
    rows = list(rows)
    for row in rows:
        row.printed.edition = edition
    PrintedArticle.objects.bulk_create([row.printed for row in rows])
    PrintedAuthor.objects.bulk_create(
        PrintedAuthor(printed=row.printed, author_id=author, branch_id=branch)
        for row in rows
        for author, branch in row.people
    )
    PrintedPicture.objects.bulk_create(
        PrintedPicture(printed=row.printed, picture_id=picture)
        for row in rows
        for picture in row.pictures
    )


def _pictures_of(articles: Sequence[Article]) -> dict[tuple[int, str], Picture]:
    found = Picture.objects.filter(article__in=[article.pk for article in articles])
    return {(each.article_id or 0, str(each.token)): each for each in found}


def _row(article: Article, place: int, pictures: dict[tuple[int, str], Picture]) -> Row:
    section = article.section
    signed = list(article.authorships.all())
    tokens = dict.fromkeys(html.picture_tokens(article.body))
    shown = [each for token in tokens if (each := pictures.get((article.pk, token)))]
    printed = PrintedArticle(
        place=place,
        article=article,
        section=section,
        section_slug=section.slug if section else "",
        section_name=section.name if section else "",
        section_name_en=section.name_en if section else "",
        is_preamble=bool(section and section.is_preamble),
        lead=article.lead,
        **{name: getattr(article, name) for name in TEXT},
        length=article.length,
        summary=layout.opening_of(article.standfirst, article.body),
        byline=article.byline,
        authors=[
            {
                "name": each.author_name,
                "branch": each.branch_name,
                "author": each.author_id,
                "branch_slug": each.branch.slug if each.branch else "",
            }
            for each in signed
        ],
        pictures=[
            {
                "token": str(each.token),
                "file": each.file.name,
                "sha256": each.sha256,
                "width": each.width,
                "height": each.height,
            }
            for each in shown
        ],
    )
    people = [(each.author_id, each.branch_id) for each in signed]
    return Row(printed, people, [each.pk for each in shown])


def _copy(printed: PrintedArticle) -> Row:
    row = Row(
        printed,
        [(each.author_id, each.branch_id) for each in printed.signed_by.all()],
        [each.picture_id for each in printed.shows.all()],
    )
    printed.pk, printed._state.adding = None, True
    vars(printed).pop("_prefetched_objects_cache")
    return row
