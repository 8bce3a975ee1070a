"""The masthead: one row, opened directly."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from servicejournal.models import Masthead

from .shown import ShownToReaders


@admin.register(Masthead)
class MastheadAdmin(ShownToReaders):
    noun = "刊头"
    fieldsets = [
        ("刊头", {"fields": ["name", "name_en", "slogan", "about", "issues_per_year"]}),
        (
            "版权页",
            {
                "fields": ["compiled_by", "telephone", "website", "submissions_to"],
                "description": "新建一期时自动填入，已有的各期不受影响。",
            },
        ),
        ("稿酬", {"fields": ["fee_per_thousand", "fee_at_least"]}),
    ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:servicejournal_masthead_change", 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
