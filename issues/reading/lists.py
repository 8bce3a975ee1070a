"""What readers find over all issues: the wall of covers, sections, branches, authors.

Names of today lead to them; each entry bears the names that it was printed with.
"""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q
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
    """Every section that readers have met, in the order of today, each with its newest article and
    a picture of its newest issue.
    """
    met = PrintedArticle.objects.by_section()
    newest: dict[int, dict[str, Any]] = {}
    latest = Edition.objects.out().near({near for _, near in met.values()})
    for edition, contents in latest.newest_first().values_list("pk", "contents"):
        for part in contents:
            newest.setdefault(part["section"], {**part, "edition": edition})
    pictures = _pictures_of(newest)
    shown = [
        {
            **newest[section.pk],
            "section": section,
            "count": met[section.pk][0],
            "picture": pictures.get(section.pk, ""),
        }
        for section in Section.objects.filter(pk__in=met)
    ]
    return answering.of_no_single_issue(request, "issues/sections.html", {"sections": shown})


def _pictures_of(newest: dict[int, dict[str, Any]]) -> dict[int, str]:
    """Of each section a picture from the issue that it was last seen in. One query."""
    editions = {part["edition"] for part in newest.values()}
    told = PrintedArticle.objects.filter(edition__in=editions)
    told = told.only("section", "edition", "pictures")
    told = told.order_by(F("lead").asc(nulls_last=True), "place")
    rows = [each for each in told if newest[each.section_id]["edition"] == each.edition_id]
    found: dict[int, str] = {}
    for each in _each_picture_once(rows):
        if each.pictures:
            found.setdefault(each.section_id, each.thumbnail)
    return found


def _each_picture_once(articles: Iterable[PrintedArticle]) -> list[PrintedArticle]:
    """A page shows no picture twice: what stands above already is left out below."""
    shown: set[str] = set()
    rows = list(articles)
    for row in rows:
        row.pictures = [each for each in row.pictures if each["sha256"] not in shown]
        shown |= {each["sha256"] for each in row.pictures[:1]}
    return rows


#: Articles at the head of a section's page; of a section of pictures.
IN_FACE, IN_GALLERY = 3, 12


def _face_of(page: Iterable[PrintedArticle]) -> dict[str, Any]:
    """What a section shows of itself: its newest pieces with pictures, those that led their issue
    before others; of a section of pictures, all of them.
    """
    rows = list(page)
    with_pictures = [each for each in rows if each.pictures]
    stories = [each for each in rows if each.is_picture_story]
    gallery = len(with_pictures) > IN_FACE and len(stories) * 2 >= len(rows)
    best = sorted(with_pictures, key=lambda each: each.lead is None)
    return {"shown": best[: IN_GALLERY if gallery else IN_FACE], "gallery": gallery}


@require_safe
@readers_page
@serving.behind_the_question
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles of a section over all issues."""
    shown = get_object_or_404(Section, slug=slug)
    articles = PrintedArticle.objects.out().filter(section=shown)
    listed = _listed(articles, request)
    context = {"section": shown, **listed}
    if listed["page"].number == 1:
        context |= _face_of(listed["page"])
    return answering.of_no_single_issue(request, "issues/section.html", context)


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
    page.object_list = _each_picture_once(page)
    return {"page": page, "parts": list(_by_issue(page)), "leads": (), "shown": ()}


#: What stands in a line of a list (`_rows.html`), and above it.
_SHOWN = (
    *("article", "kicker", "title", "summary", "byline", "length", "pictures", "lead"),
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
