"""Sections: added, renamed, reordered, retired."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from articles.models import Section

from .printed_names import SectionForm


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    form = SectionForm
    list_display = ["name", "name_en", "order", "article_count", "is_preamble", "retired"]
    list_editable = ["order"]
    list_filter = ["retired"]
    prepopulated_fields = {"slug": ["name_en"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        rows: QuerySet[Section] = super().get_queryset(request)
        return rows.annotate(article_count=Count("articles"))

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        return super().get_changelist_form(request, **{"form": SectionForm, **kwargs})

    @admin.display(description="文章与稿件", ordering="article_count")
    def article_count(self, section: Section) -> int:
        return int(vars(section)["article_count"])
