"""A period's tables (来稿采用, 图表, 积分, 阅读) as page and files; the rows behind a figure."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article
from servicejournal.access import who_acts
from servicejournal.papers import fonts, typesetting
from servicejournal.web import turnstile

from .. import behind, gallery, papers
from ..reading import drawn
from ..report import Report
from .door import CONTRIBUTIONS, attached, choices, file, page_for, period_asked, shown

#: Tables of the first page, in order; the rest have pages of their own.
_PAGE = (
    "total", "branches", "authors", "sections", "silent", "quotas", "durations", "waiting",
    "rounds",
)  # fmt: skip
_POINTS = ("points", "point-authors", "point-articles")
_READING = (
    "read-articles", "read-sections", "read-branches", "read-issues", "leafing", "letters",
    "in-vain",
)  # fmt: skip
_ROWS = 50


@page_for(CONTRIBUTIONS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    report = Report(period_asked(request))
    tables = [report.table(slug) for slug in _PAGE]
    title = f"统计 {report.period.label}"
    context = choices(report.period)
    return shown(request, "page.html", "statistics", title=title, tables=tables, **context)


@page_for(CONTRIBUTIONS)
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    report = Report(period_asked(request))
    tables = [report.table(slug) for slug in _POINTS]
    context: dict[str, Any] = {"tables": tables, "rules": True, **choices(report.period)}
    title = f"积分 {report.period.label}"
    return shown(request, "page.html", "statistics_points", title=title, **context)


@page_for(CONTRIBUTIONS)
@require_safe
def reading(request: HttpRequest) -> HttpResponse:
    report = Report(period_asked(request))
    tables = [report.table(slug) for slug in _READING]
    context: dict[str, Any] = {"tables": tables, **choices(report.period)}
    title = f"阅读 {report.period.label}"
    return shown(request, "page.html", "statistics_reading", title=title, **context)


@page_for(CONTRIBUTIONS)
@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    report = Report(period_asked(request))
    title, shown_here = f"图表 {report.period.label}", _charts(report)
    context = choices(report.period)
    return shown(
        request, "charts.html", "statistics_charts", title=title, charts=shown_here, **context
    )


def _charts(report: Report) -> list[gallery.Chart]:
    return [*gallery.of(report), *drawn.of(report.reading)]


@page_for(CONTRIBUTIONS)
@require_safe
def charts_pdf(request: HttpRequest) -> HttpResponse:
    report = Report(period_asked(request))
    turnstile.enter(turnstile.DRAWN, request)
    try:
        data = papers.charts(report.period.label, _charts(report), fonts.find(settings.FONT_DIR))
    except (typesetting.NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, str(reason))
        return redirect("statistics_charts")
    return attached(request, data, "pdf", f"统计图表-{report.period.label}")


@page_for(CONTRIBUTIONS)
@require_safe
def table(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One table; `all` is every table, a sheet each."""
    if kind not in ("xlsx", "csv"):
        raise Http404
    report = Report(period_asked(request))
    if slug == "all" and kind == "xlsx":
        return file(request, report.all(), kind, f"来稿统计-{report.period.label}")
    found = report.table(slug)
    if found is None:
        raise Http404
    return file(request, [found], kind, f"{found.title}-{report.period.label}")


@page_for(CONTRIBUTIONS)
@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The manuscripts behind a figure. One's own stay closed here too: they are a number."""
    period = period_asked(request)
    asked = behind.read(request.GET)
    if asked is None:
        raise Http404
    found = behind.of(period, asked)
    inside = Article.objects.open_inside_to(who_acts(request)).filter(pk__in=found)
    rows = inside.with_bylines().select_related("section", "issue")
    listed = Paginator(rows.defer("body", "note").order_by("-submitted_at", "-pk"), _ROWS)
    page = listed.get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "title": f"{period.label} {asked.label}",
        "page": page,
        "hidden": len(found) - listed.count,
        "query": query.urlencode(),
        "period": period,
        "now": timezone.now(),
    }
    return shown(request, "rows.html", "statistics", **context)
