"""本刊词表, which editors grow; and what they let stand, to look at."""

from django.contrib import admin

from articles.models import HouseTerm, Waiver
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.admin.shown import KeptModelForm


@admin.register(HouseTerm)
class HouseTermAdmin(admin.ModelAdmin):
    form = KeptModelForm
    list_display = ["word", "preferred", "level", "why", "disguised", "retired"]
    list_filter = ["level", "retired", "disguised"]
    search_fields = ["word", "preferred", "variants", "why"]
    search_help_text = "按词、写法或说明查找"
    list_per_page = 100


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = ["at", "quote", "rule", "level", "reason", "by", "article", "taken_back_at"]
    list_display_links = ["at"]
    list_select_related = ["by", "article"]
    list_filter = ["level", "rule"]
    search_fields = ["quote", "reason", "article__title"]
