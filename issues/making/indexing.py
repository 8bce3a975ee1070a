"""What is in the index of the search (检索): the articles of issues, and the pages of scans."""

from collections.abc import Iterable

from articles import search
from articles.bodies import html
from articles.models import Article, SearchEntry

from ..models import Edition, Issue, Page

#: The kinds of what is found.
ARTICLE, PAGE = "article", "page"


def index(issue: Issue) -> None:
    """The articles of an issue as they stand; whether they are out is asked when they are found."""
    search.put(ARTICLE, map(_text, issue.articles.with_bylines()))


def entries_of(articles: Iterable[Article]) -> list[SearchEntry]:
    """What `search.store` takes of articles that have their bodies and bylines at hand."""
    return search.entries_of(ARTICLE, map(_text, articles))


def _text(article: Article) -> search.Text:
    return search.Text(
        article.pk,
        title=f"{article.kicker} {article.title}",
        byline=article.byline,
        body=f"{article.standfirst}\n{html.text(article.body)}",
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
    for issue in Issue.objects.filter(editions__isnull=False).distinct():
        index(issue)
    for edition in Edition.objects.standing().select_related("issue"):
        index_pages(edition)
    return search.count()
