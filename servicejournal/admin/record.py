"""The record, to search and never to change."""

from django.contrib import admin

from servicejournal.models import Record

from .read_only import ReadOnlyAdmin


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "verb", "subject", "why"]
    list_display_links = ["at"]
    list_filter = ["verb", "at"]
    search_fields = ["actor", "subject", "why"]
    date_hierarchy = "at"
