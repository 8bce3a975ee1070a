"""Who signs a manuscript: the names and branches that are printed, replaced, and recorded."""

from dataclasses import dataclass

from servicejournal import record
from servicejournal.models import User

from . import people
from .models import Article, Author, Authorship, Branch

#: In the record: the byline of a manuscript is changed; `before` and `after` as printed.
SIGNED = "修改署名"


@dataclass(frozen=True, slots=True)
class Byline:
    name: str
    branch: Branch | None = None


def bylines_of(article: Article) -> tuple[Byline, ...]:
    """The names and branches as they are printed, in order."""
    rows = article.authorships.select_related("author", "branch").order_by("position", "pk")
    return tuple(Byline(row.author.name, row.branch) for row in rows)


def sign(article: Article, bylines: tuple[Byline, ...]) -> None:
    """Replaces the authors. A name that only ever was a slip in a draft is not kept."""
    before = list(article.authorships.values_list("author_id", flat=True))
    article.authorships.all().delete()
    authors = known(bylines, article.contributor)
    Authorship.objects.bulk_create(
        Authorship(article=article, author=author, branch=byline.branch, position=position)
        for position, (byline, author) in enumerate(zip(bylines, authors, strict=True), start=1)
    )
    Author.objects.filter(pk__in=before, user=None, authorships=None, namesake="").delete()


def sign_again(article: Article, people: list[tuple[int, int | None]]) -> None:
    """The byline that an edition printed: (author, branch) by their pk, in order."""
    stands = list(article.authorships.order_by("position", "pk").values_list("author", "branch"))
    if stands == people:
        return
    article.authorships.all().delete()
    Authorship.objects.bulk_create(
        Authorship(article=article, author_id=author, branch_id=branch, position=position)
        for position, (author, branch) in enumerate(people, start=1)
    )


def known(bylines: tuple[Byline, ...], writer: User) -> list[Author]:
    """Who that is, one for each name; made where nobody is known by it.

    Writers who sign with another branch than before stay the same person.
    """
    own = _own_author(bylines, writer)
    names = [byline.name for byline in bylines]
    return [
        own
        if own and byline.name == own.name and names.count(own.name) == 1
        else Author.objects.of_byline(byline.name, byline.branch)
        for byline in bylines
    ]


def _own_author(bylines: tuple[Byline, ...], writer: User) -> Author | None:
    """An account that the office knows becomes an author with the first byline of its own."""
    signs = bylines.count(Byline(writer.name, writer.branch)) == 1
    if signs and writer.branch and not writer.is_unconfirmed:
        return people.claim_author(writer, by=writer)
    return people.author_of(writer)


def printed(article: Article) -> str:
    """As it is stored, whatever was loaded before."""
    return Article.objects.with_bylines().get(pk=article.pk).byline


def note_byline(article: Article, before: str, *, by: User) -> None:
    """Records who signs, where that has changed: the history of the text does not hold it."""
    after = printed(article)
    if after != before:
        record.write(SIGNED, article, by=by, before=before, after=after)
