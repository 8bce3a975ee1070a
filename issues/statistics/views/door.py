"""Who comes in, which period is meant, and how tables go out as files."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from servicejournal import record
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.certain import certain
from servicejournal.papers.spreadsheets import TYPE
from servicejournal.web import turnstile

from ...models import Issue
from .. import periods, report
from ..periods import Period
from ..tables import Table, as_csv

#: Whoever sees what branches wrote, and whoever sees what is paid (`servicejournal.roles`).
CONTRIBUTIONS, FEES = "issues.view_quota", "issues.view_feesheet"
TYPES = {
    "xlsx": TYPE,
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
View = Callable[..., HttpResponseBase]
#: (name of the page, label, permission)
TABS = (
    ("statistics", "来稿采用", CONTRIBUTIONS),
    ("statistics_charts", "图表", CONTRIBUTIONS),
    ("statistics_points", "积分", CONTRIBUTIONS),
    ("statistics_reading", "阅读", CONTRIBUTIONS),
    ("statistics_praise", "优秀稿件", CONTRIBUTIONS),
    ("statistics_quotas", "考核任务", CONTRIBUTIONS),
    ("statistics_bulletin", "通报", CONTRIBUTIONS),
    ("statistics_volume", "合订本", CONTRIBUTIONS),
    ("statistics_fees", "稿酬", FEES),
)


def page_for(permission: str, *, change: str = "") -> Callable[[View], View]:
    """Decorator: staff alone, and of them whoever has the permission; kept by nobody. What is sent
    takes `change` too.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wanted = [permission, *([change] if request.method == "POST" and change else [])]
            if not request.user.has_perms(wanted):
                raise PermissionDenied
            return for_the_desk_only(view(request, *args, **kwargs))

        return admin.site.admin_view(guarded)

    return decorate


def period_asked(request: HttpRequest) -> Period:
    """`?period=`, or the days `?from=` and `?to=`; the quarter that is now where neither is there.
    404 for what is none."""
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    text = request.GET.get("period", "")
    if not (first or last or text):
        return report.this_quarter()
    found = periods.of_days(first, last) if first or last else report.period_of(text)
    if found is None:
        raise Http404
    return found


def shown(
    request: HttpRequest, template: str, tab: str, /, *, status: int = 200, **context: Any
) -> HttpResponse:
    tabs = [(name, label) for name, label, permission in TABS if request.user.has_perm(permission)]
    whole = {**admin.site.each_context(request), "tabs": tabs, "tab": tab, **context}
    return render(request, f"admin/statistics/{template}", whole, status=status)


def choices(period: Period) -> dict[str, Any]:
    """For the form that chooses a period."""
    today = timezone.localdate()
    years = range(today.year, max(today.year - 6, 1980), -1)
    quarters = [periods.quarter(today.year, (today.month + 2) // 3 - back) for back in range(8)]
    months = [periods.month(today.year, today.month - back) for back in range(12)]
    issues = Issue.objects.published().newest_first()[:12]
    groups = [
        ("年", [(f"{each}", f"{each}年") for each in years]),
        ("季度", [(each.slug, each.label) for each in quarters]),
        ("月", [(each.slug, each.label) for each in months]),
        ("期", [(f"issue-{each.pk}", each.label) for each in issues]),
    ]
    known = {slug for _, rows in groups for slug, _ in rows}
    if period.slug not in known:
        groups.append(("现在选的", [(period.slug, period.label)]))
    return {"period": period, "groups": groups}


def file(
    request: HttpRequest, tables: list[Table], kind: str, name: str, **told: Any
) -> HttpResponse:
    """One table as CSV, or all as a workbook. Taking it away is recorded."""
    from ..workbooks import workbook  # brings openpyxl: a quarter of a second

    turnstile.enter(turnstile.EXPORT, request)
    data = as_csv(tables[0]) if kind == "csv" else workbook(tables, heading=name, **told)
    return attached(request, data, kind, name)


def attached(request: HttpRequest, data: bytes, kind: str, name: str) -> HttpResponse:
    by = who_acts(request)
    record.write(f"导出{name}"[:50], by, by=by, kind=kind, query=request.GET.urlencode())
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = certain(
        content_disposition_header(True, f"{name}.{kind}"), "what is attached has a name"
    )
    return response
