"""What is in the index of the search (检索): the articles of issues, and the pages of scans."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from articles import search
from articles.bodies import html
from articles.models import IndexedText
from articles.reviewing import finding
from servicejournal import generation

from ..models import Edition, Issue, Page, PrintedArticle

#: The kinds of what is found.
ARTICLE, PAGE = finding.PRINTED, "page"


def index(edition: Edition) -> None:
    """What the edition prints; whether it is out is asked when it is found."""
    store(entries_of(edition.printed.all()))


def store(entries: list[IndexedText]) -> None:
    """What is printed is found by it: the manuscript needs no entry of its own any more."""
    search.store(entries)
    finding.forget(entry.key for entry in entries)


def entries_of(printed: Iterable[PrintedArticle]) -> list[IndexedText]:
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


def index_everything() -> Iterator[tuple[int, int]]:
    """From the beginning; (done, of how many) as it goes. Each issue in a transaction of its own:
    what is found is right before and after, and nobody waits for the whole.
    """
    standing = Issue.objects.filter(standing__isnull=False).newest_first()
    issues = list(standing.values_list("pk", flat=True))
    whole = len(issues) + 1
    for done, pk in enumerate(issues, start=1):
        _index_issue(pk)
        yield done, whole
    _forget_what_stands_no_more()
    finding.index_everything()
    search.clear_earlier()
    generation.turn()
    yield whole, whole


@transaction.atomic
def _index_issue(pk: int) -> None:
    """Locked: a correction made meanwhile would be written over with what it corrected."""
    issue = Issue.objects.select_for_update(of=("self",)).select_related("standing").get(pk=pk)
    if issue.standing:
        index(issue.standing)
        index_pages(issue.standing)


@transaction.atomic
def _forget_what_stands_no_more() -> None:
    standing = Edition.objects.standing()
    printed = PrintedArticle.objects.filter(edition__in=standing.values("pk"))
    search.forget_others(ARTICLE, printed.values_list("article", flat=True))
    scanned = Page.objects.filter(edition__in=standing.exclude(issue__scan="").values("pk"))
    search.forget_others(PAGE, scanned.values_list("pk", flat=True))
