"""Rules of 稿酬 and 积分: rows that hold from a day on. Amounts are typed in yuan and in points."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from issues.models import FeeRule, PointRule, TaxRule
from issues.statistics import amounts
from servicejournal import admin_site
from servicejournal.access import who_acts
from servicejournal.admin.recorded import RecordedAdmin
from servicejournal.admin.shown import KeptModelForm

_STEPS = ((1, "分"), (10, "角"), (100, "元"), (500, "五元"), (1000, "十元"))


class HundredthsField(forms.CharField):
    """Typed as 12.50, kept as 1250."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value / 100:.2f}".removesuffix(".00") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            read = amounts.read(typed)
        except ValueError:
            raise forms.ValidationError("请写数字，最多两位小数，如 80 或 12.50。") from None
        if read < 0:
            raise forms.ValidationError("不能是负数。")
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or None))


class RuleAdmin(RecordedAdmin):
    form = KeptModelForm
    noun = "办法"
    #: Whole numbers of hundredths, and what people call them.
    hundredths: dict[str, str] = {}

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "step_fen":
            return forms.TypedChoiceField(label="取整到", choices=_STEPS, coerce=int, initial=100)
        if label := self.hundredths.get(db_field.name):
            return HundredthsField(
                label=label,
                required=not db_field.blank,
                max_length=20,
                initial=db_field.get_default(),
                help_text=db_field.help_text if db_field.name != "hundredths" else "",
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(FeeRule)
class FeeRuleAdmin(RuleAdmin):
    noun = "稿酬标准"
    hundredths = {
        "fen": "金额（元）",
        "at_least_fen": "每篇至少（元）",
        "at_most_fen": "每篇至多（元）",
    }
    list_display = ["since", "basis", "section", "grade", "yuan", "least", "most", "counting"]
    list_display_links = ["since"]
    list_filter = ["basis", "grade"]
    list_select_related = ["section"]
    fields = [
        "since", "basis", "section", "grade", "fen", "at_least_fen", "at_most_fen", "counting",
        "step_fen", "rounding",
    ]  # fmt: skip

    @admin.display(description="金额（元）", ordering="fen")
    def yuan(self, rule: FeeRule) -> str:
        return amounts.figures(rule.fen)

    @admin.display(description="至少", ordering="at_least_fen")
    def least(self, rule: FeeRule) -> str:
        return "" if rule.at_least_fen is None else amounts.figures(rule.at_least_fen)

    @admin.display(description="至多", ordering="at_most_fen")
    def most(self, rule: FeeRule) -> str:
        return "" if rule.at_most_fen is None else amounts.figures(rule.at_most_fen)


@admin.register(TaxRule)
class TaxRuleAdmin(RuleAdmin):
    noun = "代扣税款办法"
    hundredths = {
        "free_fen": "不满多少不扣，也是减除的费用（元）",
        "flat_to_fen": "到多少为止减除定额（元）",
    }
    list_display = ["since", "name", "rate_permille"]
    list_display_links = ["since"]


@admin.register(PointRule)
class PointRuleAdmin(RuleAdmin):
    noun = "积分办法"
    hundredths = {"hundredths": "积分"}
    list_display = ["since", "what", "section", "grade", "at_least", "points"]
    list_display_links = ["since"]
    list_filter = ["what"]
    list_select_related = ["section"]
    fields = ["since", "what", "section", "grade", "at_least", "hundredths"]

    @admin.display(description="积分", ordering="hundredths")
    def points(self, rule: PointRule) -> str:
        return amounts.figures(rule.hundredths)


def way_in(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """A door on the dashboard for whoever sees any of it."""
    user = who_acts(request)
    doors = [
        (name, label)
        for name, label, permission in (
            ("statistics", "来稿采用统计", "issues.view_quota"),
            ("statistics_fees", "稿酬", "issues.view_feesheet"),
        )
        if user.has_perm(permission)
    ]
    return ("admin/panels/statistics.html", {"doors": doors}) if doors else None


admin_site.current().panels.append(way_in)
