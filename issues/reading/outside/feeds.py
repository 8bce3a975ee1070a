"""Atom feeds (RFC 4287): the journal, a section, a branch; whole texts, the newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.bodies import tree
from articles.models import Branch, Section
from articles.pictures import dressing
from servicejournal import spelling
from servicejournal.access import readers_page
from servicejournal.web import site

from ...exports.shape import BookPicture
from ...models import PrintedArticle
from ...models.printed import PrintedQuerySet
from .. import fronts, serving, storing
from . import freshness

#: The newest issue whole, and some of the one before it.
LENGTH = 40


class _Atom(Atom1Feed):
    """With the whole text beside the summary (RFC 4287, 4.1.3). What is no character is left out:
    one breaks the whole feed.
    """

    def __init__(self, title: str, **told: Any) -> None:
        super().__init__(spelling.text(title), **_plain(told))

    def add_item(  # type: ignore[override]  # what else there is comes by name
        self, title: str, link: str, description: str, **told: Any
    ) -> None:
        plain = spelling.text(title), link, spelling.text(description)
        super().add_item(*plain, **_plain(told))

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """Of a feed without entries: Django's own says «now», another each time."""
        latest: datetime = super().latest_post_date() if self.items else self.feed["begun"]
        return latest


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {
        name: spelling.text(value) if isinstance(value, str) else value
        for name, value in told.items()
    }


@require_safe
@readers_page
@serving.behind_the_question
def journal(request: HttpRequest) -> HttpResponse:
    """`/feed/`"""
    return _answer(request, PrintedArticle.objects.out(), "", reverse("home"))


@require_safe
@readers_page
@serving.behind_the_question
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """`/sections/SLUG/feed/`"""
    shown = get_object_or_404(Section, slug=slug)
    articles = PrintedArticle.objects.out().filter(section=shown)
    return _answer(request, articles, shown.name, shown.get_absolute_url())


@require_safe
@readers_page
@serving.behind_the_question
def branch(request: HttpRequest, slug: str) -> HttpResponse:
    """`/branches/SLUG/feed/`. A branch that never published is a 404, as its page is."""
    shown = get_object_or_404(Branch, slug=slug)
    articles = PrintedArticle.objects.out().filter(pk__in=shown.printings.values("printed"))
    if not articles.exists():
        raise Http404
    return _answer(request, articles, shown.name, shown.get_absolute_url())


def _answer(request: HttpRequest, articles: PrintedQuerySet, of: str, page: str) -> HttpResponse:
    here, masthead = site.address(), fronts.newest()
    chosen = articles.select_related("edition__issue").defer("edition__cover_svg")
    newest = list(chosen.newest_first()[:LENGTH])
    feed = _Atom(
        title=f"{masthead.name} · {of}" if of else masthead.name,
        link=here + page,
        feed_url=here + request.path,
        description=None,
        subtitle=" ".join((masthead.about or masthead.slogan).split()),
        language="zh-Hans",
        author_name=masthead.name,
        begun=datetime(2000, 1, 1).astimezone(),
    )
    _fill(feed, newest)
    response = HttpResponse(feed.writeString("utf-8"), "application/atom+xml; charset=utf-8")
    return storing.for_everybody(response)


def _fill(feed: _Atom, articles: Sequence[PrintedArticle]) -> None:
    changed = freshness.of_articles(articles)
    for each in articles:
        address = site.absolute(each.get_absolute_url())
        feed.add_item(
            title=each.title,
            link=address,
            unique_id=address,
            description=each.summary,
            author_name=each.byline,
            categories=[spelling.text(each.section_name)] if each.section_name else [],
            pubdate=each.edition.issue.published_at,
            updateddate=changed[each.article_id],
            content=_whole(each),
        )


def _whole(article: PrintedArticle) -> str:
    """The text with addresses that lead here from anywhere."""
    pictures = [BookPicture(**each) for each in article.pictures]
    content = dressing.dress_body(
        article.body, pictures, address=lambda p: site.absolute(reverse("picture", args=[p.token]))
    )
    opening = [tree.Node("p", children=[article.standfirst])] if article.standfirst else []
    return tree.written([*opening, *content])
