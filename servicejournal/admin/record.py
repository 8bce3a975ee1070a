"""The record, to search and to take away, never to change."""

import json

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from servicejournal import record, spreadsheets
from servicejournal.models import Record

from .read_only import ReadOnlyAdmin

_COLUMNS = [
    ("时间", 18),
    ("经手人", 12),
    ("来自", 16),
    ("事项", 12),
    ("对象", 40),
    ("对象类型", 20),
    ("对象编号", 10),
    ("理由", 40),
    ("细节", 60),
]


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "address", "verb", "subject", "why"]
    list_display_links = ["at"]
    list_filter = ["verb", "at"]
    search_fields = ["actor", "subject", "why", "address"]
    search_help_text = "按经手人、对象、理由或地址查找"
    date_hierarchy = "at"
    list_per_page = 50
    change_list_template = "admin/servicejournal/record/change_list.html"

    def get_urls(self) -> list:
        export = self.admin_site.admin_view(self.export)
        return [
            path("export/", export, name="servicejournal_record_export"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        here = reverse("admin:servicejournal_record_export")
        context = {"title": "工作记录", "export": f"{here}?{request.GET.urlencode()}"}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export(self, request: HttpRequest) -> HttpResponse:
        """What the list would show with the same filters, as Excel; taking it away is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_changelist_instance(request).get_queryset(request)
        rows = (_row(each) for each in found.iterator(chunk_size=2000))
        data = spreadsheets.workbook("工作记录", _COLUMNS, rows)
        record.write("导出工作记录", request.user, by=request.user, query=request.GET.urlencode())
        return spreadsheets.download(f"工作记录-{timezone.localdate():%Y%m%d}", data)


def _row(each: Record) -> list:
    what = json.dumps(each.what, ensure_ascii=False) if each.what else ""
    return [
        *(each.at, each.actor, each.address, each.verb, each.subject),
        *(each.subject_type, each.subject_pk, each.why, what),
    ]
