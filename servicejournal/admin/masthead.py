"""The masthead: one row, opened directly."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from servicejournal import masthead, small_office
from servicejournal.access import who_acts
from servicejournal.models import Masthead

from .shown import KeptModelForm, ShownToReaders

_SWITCHES = small_office.SWITCHES


class MastheadForm(KeptModelForm):
    """The switches go with a reason; everything else is written as it is."""

    why = forms.CharField(
        label="打开或关上的理由",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="只在改上面这两项时填写，会记在工作记录里。",
    )

    class Meta:
        model = Masthead
        fields = small_office.SWITCHES  # the admin takes its own: those that are shown

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        turned = [each for each in _SWITCHES if each in self.changed_data]
        if turned and not data.get("why", "").strip():
            labels = "”“".join(map(small_office.label_of, turned))
            self.add_error("why", f"打开或关上“{labels}”，请写明理由。")
        return data


@admin.register(Masthead)
class MastheadAdmin(ShownToReaders):
    noun = "刊头"
    recorded_elsewhere = _SWITCHES
    form = MastheadForm
    fieldsets = [
        ("刊头", {"fields": ["name", "name_en", "slogan", "about", "issues_per_year"]}),
        (
            "版权页",
            {
                "fields": [
                    *("is_internal", "compiled_by", "telephone", "website", "submissions_to"),
                    *("permit", "notice", "distributed_to", "printed_by", "copies"),
                ],
                "description": "新建一期时自动填入，已有的各期不受影响。责任编辑和校对按记录写，"
                "印刷日期在各期的“本期信息”里填。",
            },
        ),
        (
            "三审三校和付印",
            {
                "fields": [*_SWITCHES, "why"],
                "description": "由主编或管理员打开、关上。三个人的编辑部，有一位自己写了稿，"
                "照常就凑不齐三审；可以打开“编辑部人手少”，也可以指定代行。",
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        may_switch = small_office.may_switch(who_acts(request))
        return [*super().get_readonly_fields(request, obj), *([] if may_switch else _SWITCHES)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who may not turn the switches sees how they stand, and is asked for no reason."""
        fieldsets = super().get_fieldsets(request, obj)
        if small_office.may_switch(who_acts(request)):
            return fieldsets
        return [
            (name, {**shown, "fields": [each for each in shown["fields"] if each != "why"]})
            for name, shown in fieldsets
        ]

    def save_model(self, request: HttpRequest, obj: Masthead, form: Any, change: bool) -> None:
        """The switches are turned by their own verb, before the rest is written."""
        now = masthead.current()
        for name in _SWITCHES:
            wanted = getattr(obj, name)
            if wanted != getattr(now, name):
                why, by = form.cleaned_data["why"], who_acts(request)
                small_office.switch(on=wanted, by=by, why=why, name=name)
        super().save_model(request, obj, form, change)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:servicejournal_masthead_change", 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
