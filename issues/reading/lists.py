"""What readers find over all issues: the wall of covers, sections, branches, authors.

Names of today lead to them; each entry bears the names that it was printed with.
"""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from articles.models import Author, Branch, Section
from servicejournal.access import MEMBERS, MembersOnly, may_read, readers_page

from ..models import Edition, PrintedArticle
from ..models.printed import PrintedQuerySet, are_out
from . import answering, fronts, serving

PAGE_LENGTH = 20
#: A page of covers ends with the year in which it has so many: ten years of six issues.
WALL = 60


@require_safe
@readers_page
@serving.behind_the_question
def issues(request: HttpRequest) -> HttpResponse:
    """Covers by year, the newest first. A page ends with the year that makes it long enough."""
    years = list(Edition.objects.out().years())
    spans = _spans(years)
    page = Paginator(spans, 1).get_page(request.GET.get("page"))
    shown = list(fronts.out(*spans[page.number - 1])) if spans else []
    context: dict[str, Any] = {
        "page": page,
        "spans": spans,
        "issues": shown,
        "count": sum(count for _, count in years),
        "has_closed": Edition.objects.closed().exists(),
    }
    if shown and page.number == 1:
        context["masthead"] = shown[0]
    return answering.of_no_single_issue(request, "issues/issues.html", context)


@require_safe
@readers_page
def for_members(request: HttpRequest) -> HttpResponse:
    """Issues that are closed to strangers, to who signed in: no public page leads to them."""
    if not may_read(request.user, MEMBERS):
        raise MembersOnly
    editions = Edition.objects.closed().newest_first().only("facts", "face")
    context = {"issues": [fronts.of(each) for each in editions], "masthead": fronts.newest()}
    return answering.page(request, "issues/issues_for_members.html", context, closed=True)


def _spans(years: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """(newest, oldest) year of each page; `years` are (year, issues in it), the newest first."""
    spans, newest, covers = [], 0, 0
    for year, count in years:
        newest, covers = newest or year, covers + count
        if covers >= WALL:
            spans.append((newest, year))
            newest, covers = 0, 0
    return [*spans, (newest, years[-1][0])] if newest else spans


@require_safe
@readers_page
@serving.behind_the_question
def sections(request: HttpRequest) -> HttpResponse:
    """Every section that readers have met, in the order of today, each with its newest article."""
    met = PrintedArticle.objects.by_section()
    newest: dict[int, dict[str, Any]] = {}
    latest = Edition.objects.out().near({near for _, near in met.values()})
    for contents in latest.newest_first().values_list("contents", flat=True):
        for part in contents:
            newest.setdefault(part["section"], part)
    shown = [
        {**newest[section.pk], "section": section, "count": met[section.pk][0]}
        for section in Section.objects.filter(pk__in=met)
    ]
    return answering.of_no_single_issue(request, "issues/sections.html", {"sections": shown})


@require_safe
@readers_page
@serving.behind_the_question
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles of a section over all issues."""
    shown = get_object_or_404(Section, slug=slug)
    articles = PrintedArticle.objects.out().filter(section=shown)
    return answering.of_no_single_issue(
        request, "issues/section.html", {"section": shown, **_listed(articles, request)}
    )


@require_safe
@readers_page
@serving.behind_the_question
def branch(request: HttpRequest, slug: str) -> HttpResponse:
    """What was printed under a branch's name. One that never was is a 404: manuscripts name it."""
    shown = Branch.objects.filter(slug=slug).annotate(pieces=_pieces()).order_by("pk").first()
    if shown is None:
        return _leads_on(Branch.objects.filter(former__slug=slug).first())
    articles = PrintedArticle.objects.out().filter(pk__in=shown.printings.values("printed"))
    signed = Q(printings__printed__in=articles, printings__branch=shown)
    authors = (
        Author.objects.filter(signed)
        .annotate(count=Count("printings", filter=signed))
        .order_by("-count", "name", "pk")
    )
    if not (pieces := _pieces_of(shown)):
        raise Http404
    context = _listed(articles, request, count=pieces)
    return answering.of_no_single_issue(
        request, "issues/branch.html", {"branch": shown, "authors": authors, **context}
    )


@require_safe
@readers_page
@serving.behind_the_question
def author(request: HttpRequest, pk: int) -> HttpResponse:
    """What an author published, and under which branches. Who never did is a 404."""
    shown = Author.objects.filter(pk=pk).annotate(pieces=_pieces()).first()
    if shown is None:
        return _leads_on(Author.objects.merged_from(pk))
    if not (pieces := _pieces_of(shown)):
        raise Http404
    printed = PrintedArticle.objects.out().filter(signed_by__author=shown)
    context = _listed(printed, request, count=pieces)
    branches = Branch.objects.filter(
        printings__author=shown, printings__printed__in=printed
    ).distinct()
    context |= {"author": shown, "branches": branches}
    return answering.of_no_single_issue(request, "issues/author.html", context)


def _leads_on(became: Branch | Author | None) -> HttpResponse:
    """From the address of a row that was merged, which pages that are out still link to."""
    out = PrintedArticle.objects.out()
    if became is None or not became.printings.filter(printed__in=out).exists():
        raise Http404
    return redirect(became, permanent=True)


class _Counted(Paginator[PrintedArticle]):
    """Whose length was asked for with what the list is of."""

    def __init__(self, rows: PrintedQuerySet, count: int) -> None:
        super().__init__(rows, PAGE_LENGTH)
        self.count = count


def _listed(
    articles: PrintedQuerySet, request: HttpRequest, *, count: int | None = None
) -> dict[str, Any]:
    """One page of a list of articles, by issue: `parts` are (front, articles)."""
    rows = articles.select_related("edition").only(*_SHOWN).newest_first()
    pages = Paginator(rows, PAGE_LENGTH) if count is None else _Counted(rows, count)
    page: Page[PrintedArticle] = pages.get_page(request.GET.get("page"))
    return {"page": page, "parts": list(_by_issue(page))}


#: What stands in a line of a list (`_rows.html`), and above it.
_SHOWN = (
    *("article", "kicker", "title", "summary", "byline", "length", "pictures"),
    *("section_slug", "section_name", "edition__facts", "edition__face"),
)


def _pieces() -> Count:
    """How many articles of a branch or an author are out."""
    return Count("printings__printed", filter=are_out("printings__printed__"), distinct=True)


def _pieces_of(shown: Branch | Author) -> int:
    """What the query told with the row."""
    pieces: int = vars(shown)["pieces"]
    return pieces


def _by_issue(
    articles: Iterable[PrintedArticle],
) -> Iterable[tuple[fronts.Front, list[PrintedArticle]]]:
    gathered: dict[int, list[PrintedArticle]] = {}
    for each in articles:
        gathered.setdefault(each.edition_id, []).append(each)
    return [(fronts.of(rows[0].edition), rows) for rows in gathered.values()]
