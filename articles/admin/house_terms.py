"""本刊词表, which editors grow; and what they let stand, to look at."""

from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import HouseTerm, Waiver
from articles.models.checking import WaiverQuerySet
from servicejournal.access import who_acts
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.admin.recorded import RecordedAdmin
from servicejournal.admin.shown import KeptModelForm


@admin.register(HouseTerm)
class HouseTermAdmin(RecordedAdmin):
    noun = "本刊用词"
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Waiver]:
        return cast(WaiverQuerySet, super().get_queryset(request)).readable_by(who_acts(request))
