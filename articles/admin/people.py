"""Branches and authors."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.models import Author, Branch
from articles.slugs import slug_of

from .printed_names import AuthorForm, BranchForm


@admin.register(Branch)
class BranchAdmin(admin.ModelAdmin):
    form = BranchForm
    list_display = ["name", "slug", "retired"]
    list_filter = ["retired"]
    search_fields = ["name", "slug"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        return {**initial, "slug": slug_of(str(initial["name"]))} if "name" in initial else initial


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    form = AuthorForm
    list_display = ["name", "branch", "namesake", "user"]
    list_filter = ["branch"]
    list_select_related = ["branch", "user"]
    search_fields = ["name", "branch__name"]
    autocomplete_fields = ["branch"]
    raw_id_fields = ["user"]
