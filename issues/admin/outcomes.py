"""Editions, corrections and proofs: made by verbs, here to look at."""

from django.contrib import admin

from issues.models import Correction, Edition, Proof
from servicejournal.admin.read_only import ReadOnlyAdmin


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["issue", "number", "made_at", "made_by", "sha256"]
    list_select_related = ["issue", "made_by"]
    list_filter = ["issue"]
    fields = ["issue", "number", "made_at", "made_by", "sha256", "without_pdf"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["article", "reason", "at", "by"]
    list_select_related = ["article", "by"]
    search_fields = ["article__title", "reason"]


@admin.register(Proof)
class ProofAdmin(ReadOnlyAdmin):
    list_display = ["issue", "round", "proofreader", "finished_at", "corrections", "open_findings"]
    list_display_links = ["issue", "round"]
    list_select_related = ["issue", "proofreader"]
    list_filter = ["issue", "round"]
