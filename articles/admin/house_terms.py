"""本刊词表, which editors grow; and what they let stand, to look at."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.models import HouseTerm, Waiver
from articles.models.checking import WaiverQuerySet
from articles.proofreading import Level
from articles.proofreading.report import name_of
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

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "本刊词表", **(extra_context or {})})


class LevelFilter(admin.SimpleListFilter):
    title = "级别"
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(level.value, level.label) for level in Level]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Waiver]) -> QuerySet[Waiver]:
        return queryset.filter(level=self.value()) if self.value() else queryset


class RuleFilter(admin.SimpleListFilter):
    """The rules that something was let stand of, by their names."""

    title = "规则"
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rules = model_admin.get_queryset(request).order_by("rule").values_list("rule", flat=True)
        return [(rule, name_of(rule)) for rule in rules.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Waiver]) -> QuerySet[Waiver]:
        return queryset.filter(rule=self.value()) if self.value() else queryset


@admin.register(Waiver)
class WaiverAdmin(ReadOnlyAdmin):
    list_display = [
        "at", "quote", "rule_name", "level_name", "reason", "by", "article", "taken_back_at",
    ]  # fmt: skip
    fields = [
        "article", "rule_name", "level_name", "quote", "reason", "by", "at", "taken_back_at",
    ]  # fmt: skip
    list_display_links = ["at"]
    list_select_related = ["by", "article"]
    list_filter = [LevelFilter, RuleFilter]
    search_fields = ["quote", "reason", "article__title"]
    texts = ("article__body", "article__standfirst", "article__note")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Waiver]:
        return cast(WaiverQuerySet, super().get_queryset(request)).readable_by(who_acts(request))

    @admin.display(description="规则", ordering="rule")
    def rule_name(self, waiver: Waiver) -> str:
        return name_of(waiver.rule)

    @admin.display(description="级别", ordering="level")
    def level_name(self, waiver: Waiver) -> str:
        return Level(waiver.level).label
