"""What is in the index of the search (检索): the articles of issues, and the pages of scans."""

from collections.abc import Iterable

from articles import search
from articles.bodies import html
from articles.models import SearchEntry
from articles.reviewing import finding

from ..models import Edition, Page, PrintedArticle

#: The kinds of what is found.
ARTICLE, PAGE = finding.PRINTED, "page"


def index(edition: Edition) -> None:
    """What the edition prints; whether it is out is asked when it is found."""
    store(entries_of(edition.printed.all()))


def store(entries: list[SearchEntry]) -> None:
    """What is printed is found by it: the manuscript needs no entry of its own any more."""
    search.store(entries)
    finding.forget(entry.key for entry in entries)


def entries_of(printed: Iterable[PrintedArticle]) -> list[SearchEntry]:
    """What `store` takes."""
    return search.entries_of(ARTICLE, map(_text, printed))


def _text(printed: PrintedArticle) -> search.Text:
    """Found under the article, whichever edition prints it."""
    return search.Text(
        printed.article_id,
        title=f"{printed.kicker} {printed.title}",
        byline=printed.byline,
        body=f"{printed.standfirst}\n{html.text(printed.body)}",
    )


def index_pages(edition: Edition) -> None:
    """The words of a scan; those of an issue made here are its articles'."""
    if edition.issue.scan:
        search.put(PAGE, (search.Text(page.pk, body=page.text) for page in edition.pages.all()))


def forget_pages(pages: Iterable[Page]) -> None:
    search.forget(PAGE, [page.pk for page in pages])


def index_everything() -> int:
    """From the beginning; how many texts."""
    search.clear()
    for edition in Edition.objects.standing().select_related("issue"):
        index(edition)
        index_pages(edition)
    finding.index_everything()
    return search.count()
