"""What readers see. The fetch is the permission: what you may not see is a 404.

Lists show what is out, to everybody; an issue or article that is not out yet opens for the desk
only, under a ribbon, and is neither kept nor indexed by anybody.
"""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import conditional_page, require_safe

from articles.bodies import layout, tree
from articles.models import Article, Author, Authorship, Branch, Call, Section
from articles.models.article import ArticleQuerySet
from articles.pictures import dressing, pixels
from servicejournal import masthead
from servicejournal.access import for_the_desk_only, readers_page

from .. import contents, cover_pictures, covers
from ..exports import colophon
from ..models import Correction, Edition, Issue
from . import downloads, finding, leafing, lookup

PAGE_LENGTH = 20
#: Covers of earlier issues on the first page.
EARLIER = 4
#: A longer preamble is only begun on the issue's page.
PREAMBLE_IN_FULL = 1200


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, out: bool = True
) -> HttpResponse:
    """A readers' page; one that is not out yet stays between the desk and the server."""
    response = render(request, template, {**context, "preview": not out})
    return response if out else for_the_desk_only(response)


@require_safe
@readers_page
def home(request: HttpRequest) -> HttpResponse:
    """The current issue: the newest that is out."""
    out = Issue.objects.published().newest_first()[: EARLIER + 1]
    shown = list(out)
    current, earlier = (shown[0] if shown else None), shown[1:]
    context = _issue_context(current) if current else {}
    context |= {"issue": current, "earlier": earlier, "calls": Call.objects.open()}
    return _page(request, "issues/home.html", context)


@require_safe
@readers_page
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call asks for; it stays when it is over, for those who answered it."""
    shown = get_object_or_404(Call.objects.select_related("issue"), pk=pk)
    return _page(request, "issues/call.html", {"call": shown})


@require_safe
@readers_page
def issues(request: HttpRequest) -> HttpResponse:
    """Every cover, by year."""
    out = Issue.objects.published().newest_first()
    return _page(request, "issues/issues.html", {"issues": out})


@require_safe
@readers_page
def issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    shown = downloads.visible_issue(request, year, number)
    context = {**_issue_context(shown), "issue": shown}
    return _page(request, "issues/issue.html", context, out=shown.is_published)


def _issue_context(issue: Issue) -> dict[str, Any]:
    ordered = contents.of(issue, with_bodies=True)
    prefetch_related_objects(ordered.articles, "pictures")
    editions = list(leafing.with_pages(issue.editions.all()))
    standing = editions[0] if editions and issue.published_at else None
    return {
        "contents": ordered,
        "first": next(iter(ordered.articles), None),
        "cover_lines": _cover_lines(issue, ordered),
        "preambles": _preambles(ordered),
        "editions": editions,
        "files": downloads.files_of(issue, standing),
        "makers": _makers(issue),
        "marks": _marks(issue, standing),
        "flipbook": leafing.address_in(issue, standing),
        "corrections": Correction.objects.filter(article__issue=issue).select_related("article"),
    }


def _cover_lines(issue: Issue, ordered: contents.Contents) -> list[tuple[str, Article | None]]:
    """The cover's lines, each with the article that it announces where the titles agree."""
    by_title = {"".join(article.title.split()): article for article in ordered.articles}
    return [(line, by_title.get("".join(line.split()))) for line in issue.cover_line_list]


def _makers(issue: Issue) -> list[tuple[str, str, str]]:
    """(what stands before it, the fact, where it leads) of each line of the colophon."""
    told = {line: getattr(issue, name) for line, name in colophon.MAKERS.items()}
    return [
        (line, fact, f"mailto:{fact}" if line == "投稿" else "")
        for line, fact in told.items()
        if fact
    ]


def _marks(issue: Issue, standing: Edition | None) -> list[dict[str, Any]]:
    """The bookmarks of a back issue that exists only as PDF, once it is out."""
    if not issue.scan or standing is None:
        return []
    return [mark for mark in standing.outline if not mark["article"]]


def _preambles(ordered: contents.Contents) -> list[tuple[Article, str]]:
    """Preambles with their bodies; an empty body stands for one too long to print in full."""
    return [
        (
            article,
            tree.written(dressing.dress(article)) if article.length <= PREAMBLE_IN_FULL else "",
        )
        for article in ordered.preambles
    ]


@require_safe
@readers_page
@conditional_page
def issue_cover(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The cover drawn from the issue's own data."""
    shown = downloads.visible_issue(request, year, number)
    drawn = covers.draw(cover_pictures.facts_of(shown, masthead.current()))
    return _file(drawn, "image/svg+xml; charset=utf-8", out=shown.is_published)


@require_safe
@readers_page
@conditional_page
def issue_cover_picture(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The cover that an editor uploaded."""
    shown = downloads.visible_issue(request, year, number)
    if not shown.cover:
        raise Http404
    try:
        data = cover_pictures.for_pages(shown)
    except (FileNotFoundError, pixels.PictureRefused) as gone:
        raise Http404 from gone
    return _file(data, "image/webp", out=shown.is_published)


def _file(content: str | bytes, content_type: str, *, out: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "no-cache"  # kept, but asked about: a cover may change
    return response if out else for_the_desk_only(response)


@require_safe
@readers_page
def article(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(_readable(request), pk=pk)
    before, after = contents.of(shown.issue).neighbours(shown) if shown.issue else (None, None)
    context = {
        "article": shown,
        "layout": layout.lay_out(dressing.dress(shown)),
        "in_print": leafing.place_of(shown),
        "before": before,
        "after": after,
        "corrections": shown.corrections.select_related("edition"),
    }
    return _page(request, "issues/article.html", context, out=shown.is_published)


def _readable(request: HttpRequest) -> QuerySet[Article]:
    """What is out; to the desk, everything. Writers read their own manuscripts at /submissions/:
    this page would show them their neighbours in an issue that is not out.
    """
    articles = Article.objects.visible_to(request.user)
    if not (request.user.is_authenticated and request.user.on_the_desk):
        articles = articles.published()
    related = articles.select_related("issue", "section")
    return related.with_bylines().prefetch_related("pictures")


@require_safe
@readers_page
def sections(request: HttpRequest) -> HttpResponse:
    """Every section that readers have met, in print order, each with its newest article."""
    out = Article.objects.published()
    newest = out.filter(section=OuterRef("pk")).order_by(
        "-issue__year", "-issue__number", "position"
    )
    shown = (
        Section.objects.filter(articles__in=out)
        .annotate(
            count=Count("articles"),
            newest_pk=Subquery(newest.values("pk")[:1]),
            newest_title=Subquery(newest.values("title")[:1]),
        )
        .order_by("order", "pk")
    )
    return _page(request, "issues/sections.html", {"sections": shown})


@require_safe
@readers_page
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles of a section over all issues."""
    shown = get_object_or_404(Section, slug=slug)
    articles = Article.objects.published().filter(section=shown)
    context = {"section": shown, "page": _page_of(articles, request)}
    return _page(request, "issues/section.html", context)


@require_safe
@readers_page
def branch(request: HttpRequest, slug: str) -> HttpResponse:
    """What was printed under a branch's name. One that never was is a 404: manuscripts name it."""
    shown = Branch.objects.filter(slug=slug).first()
    if shown is None:
        return _leads_on(Branch.objects.filter(former__slug=slug).first())
    printed = Authorship.objects.filter(branch=shown, article__in=Article.objects.published())
    articles = Article.objects.filter(pk__in=printed.values("article"))
    authors = (
        Author.objects.filter(authorships__in=printed)
        .annotate(count=Count("authorships"))
        .order_by("-count", "name", "pk")
    )
    page = _page_of(articles, request)
    if not page.paginator.count:
        raise Http404
    return _page(request, "issues/branch.html", {"branch": shown, "page": page, "authors": authors})


@require_safe
@readers_page
def search(request: HttpRequest) -> HttpResponse:
    """Articles, and pages of issues that exist only as PDF, by their words."""
    words, hits, refusal = " ".join(request.GET.get("q", "").split()), [], ""
    try:
        hits = finding.look_up(words) if words else []
    except lookup.NotLookedUp as reason:
        refusal = str(reason)
    page = Paginator(hits, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "q": words,
        "longest": lookup.LONGEST,
        "refusal": refusal,
        "page": page,
        "found": finding.show(page, words),
    }
    response = _page(request, "issues/search.html", context)
    response.status_code = 400 if refusal else 200
    return response


@require_safe
@readers_page
def author(request: HttpRequest, pk: int) -> HttpResponse:
    """What an author published, and under which branches. Who never did is a 404."""
    shown = Author.objects.filter(pk=pk).first()
    if shown is None:
        return _leads_on(Author.objects.merged_from(pk))
    printed = Authorship.objects.filter(author=shown, article__in=Article.objects.published())
    page = _page_of(Article.objects.filter(pk__in=printed.values("article")), request)
    if not page.paginator.count:
        raise Http404
    branches = Branch.objects.filter(authorships__in=printed).distinct()
    context = {"author": shown, "branches": branches, "page": page}
    return _page(request, "issues/author.html", context)


def _leads_on(became: Branch | Author | None) -> HttpResponse:
    """From the address of a row that was merged, which pages that are out still link to."""
    out = Article.objects.published()
    if became is None or not became.authorships.filter(article__in=out).exists():
        raise Http404
    return redirect(became, permanent=True)


def _page_of(articles: ArticleQuerySet, request: HttpRequest) -> "Page[Article]":
    """One page of a list of articles: the newest issue first, in print order within it."""
    rows = (
        articles.select_related("issue", "section")
        .with_bylines()
        .prefetch_related("pictures")
        .defer("note")
        .order_by("-issue__year", "-issue__number", "section__order", "section_id", "position")
    )
    return Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
