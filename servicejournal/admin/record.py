"""The record: everything that was done, by whom, when, from where and why.

`articles.admin` registers it, with what tells manuscripts apart.
"""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import Truncator

from servicejournal.access import who_acts
from servicejournal.models import Record

from .exporting import ExportingAdmin

#: Characters of the details in the list; all of them stand on the row's own page.
_ROOM = 40

#: Rows that say who may enter, as whom, and how the office is set up; no manuscript among them.
ABOUT_ACCOUNTS = Q(subject_type__startswith="servicejournal.") | Q(what__account__isnull=False)


class VerbFilter(admin.AllValuesFieldListFilter):
    """To the desk all verbs there are, out of their index: which rows hold one that they may see is
    asked of every row.
    """

    def __init__(self, field: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, request, *args, **kwargs)
        if who_acts(request).on_the_desk:
            verbs = Record.objects.order_by("verb").values_list("verb", flat=True)
            self.lookup_choices = verbs.distinct()


class RecordAdmin(ExportingAdmin):
    list_display = ["at", "actor", "address", "verb", "subject", "details", "why"]
    list_display_links = ["at"]
    list_filter = [("verb", VerbFilter), "at"]
    search_fields = ["actor", "subject", "why", "address"]
    search_help_text = "按经手人、对象、理由或地址查找"
    fields = ["at", "actor", "address", "verb", "subject", "all_details", "why"]
    date_hierarchy = "at"
    list_per_page = 50
    export_title = "工作记录"
    columns = [
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

    @admin.display(description="细节")
    def details(self, each: Record) -> str:
        """As far as the list has room."""
        return Truncator("；".join(_told(each.what))).chars(_ROOM)

    @admin.display(description="细节")
    def all_details(self, each: Record) -> str:
        return "；".join(_told(each.what))

    def row(self, each: Record) -> list[Any]:
        what = json.dumps(each.what, ensure_ascii=False) if each.what else ""
        return [
            *(each.at, each.actor, each.address, each.verb, each.subject),
            *(each.subject_type, each.subject_pk, each.why, what),
        ]


def _told(what: dict[str, Any]) -> list[str]:
    """Which role, how many times, what each field was and is; the rest is the program's own."""
    told = [what[key] for key in ("role", "acting", "how", "factor", "browser") if key in what]
    if "times" in what:
        told.append(f"这一小时第 {what['times']} 次")
    before, after = what.get("before"), what.get("after")
    if isinstance(before, dict) and isinstance(after, dict):
        told += [f"{name}：{before.get(name) or '空'} → {after[name] or '空'}" for name in after]
    return told
