"""Issues: their facts; beside them the pages where an issue is made up and published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html

from articles.pictures import pixels
from issues import announced, facts, numbering
from issues.facts import Part
from issues.making import next_issue, publication
from issues.models import DailyCount, Issue
from servicejournal import masthead
from servicejournal.admin.lists import ListAdmin
from servicejournal.web.made_from import MadeFrom

from . import addresses

_NUMBERS = ["kind", "year", "number", "last_number"]
#: What is chosen on the page of the cover, where it is seen.
_DESIGNED = [fact.name for fact in facts.ALL if fact.part is Part.COVER and fact.is_worn]
_FACE = [*(f.name for f in facts.ALL if f.part is Part.COVER and not f.is_worn), "cover"]
_COLOPHON = list(facts.COLOPHON)


class IssueForm(MadeFrom, forms.ModelForm):
    class Meta:
        model = Issue
        fields = [
            *(fact.name for fact in facts.ALL if fact.name not in _DESIGNED),
            "cover",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["cover_lines"] = "\n".join(announced.lines(self.instance))

    def clean(self) -> dict[str, Any]:
        """Under a lock until the request's transaction ends: what is signed is not changed."""
        super().clean()
        if self.instance.pk and (reason := publication.locked(self.instance).why_frozen):
            raise ValidationError(reason, code="frozen")
        next_issue.hold_numbers()
        self._clean_kind()
        return self.cleaned_data

    def _clean_kind(self) -> None:
        """What the database holds together, said beside the field that is wrong."""
        kind, number, last, after = (
            self.cleaned_data.get(name) for name in ("kind", "number", "last_number", "after")
        )
        if kind == numbering.REGULAR:
            if last and number and last <= number:
                self.add_error("last_number", "合刊的末期号要比期号大：期号写 7，这里写 8。")
            if after is not None:
                self.add_error("after", "正刊按期号排，这里请留空。")
        elif kind and (year := self.cleaned_data.get("year")):
            if last:
                self.add_error("last_number", "增刊、号外没有合刊，这里请留空。")
            placed = Issue(kind=kind, year=year, after=after, date=self.cleaned_data.get("date"))
            placed.put_in_order()
            self.cleaned_data["after"] = placed.after

    def clean_cover(self) -> Any:
        """Re-encoded like every picture that comes from outside."""
        upload = self.cleaned_data["cover"]
        if not upload or "cover" not in self.changed_data:
            return upload
        try:
            data, suffix = pixels.encode_master(pixels.decode(upload.read()))
        except pixels.PictureRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return ContentFile(data, name=f"cover{suffix}")


def _asked(request: HttpRequest) -> str:
    """The kind of issue that a new one is to be."""
    kind = request.GET.get("kind", "")
    return kind if kind in Issue.Kind.values else numbering.REGULAR


@admin.register(Issue)
class IssueAdmin(ListAdmin):
    form = IssueForm
    list_display = [
        *("label", "running_number", "theme", "state_mark", "article_count", "read", "date"),
    ]
    list_filter = ["year", "kind"]
    search_fields = ["theme", "cover_lines"]
    change_form_template = "admin/issues/issue/change_form.html"
    fieldsets = [
        ("本期信息", {"fields": [tuple(_NUMBERS), ("running_number", "after"), "date"]}),
        ("封面", {"fields": [*_FACE]}),
        ("版权页", {"fields": [*_COLOPHON]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Issue]:
        rows: QuerySet[Issue] = super().get_queryset(request)
        sums = DailyCount.objects.filter(kind=DailyCount.Kind.ISSUE, key=OuterRef("pk")).order_by()
        read = Subquery(sums.values("key").annotate(n=Sum("number")).values("n"))
        return rows.annotate(article_count=Count("articles"), read=Coalesce(read, 0))

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        own = [path(route, guard(view), name=name) for route, view, name in addresses.PAGES]
        return [*own, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "各期", **(extra_context or {})})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new issue follows the last one, and takes its colophon from the masthead. `?kind=` in
        the address asks for the next 增刊 or 号外.
        """
        printed = masthead.current()
        return {
            **next_issue.propose(_asked(request)).facts,
            **{name: getattr(printed, name) for name in facts.OF_MASTHEAD},
            **super().get_changeform_initial_data(request),
            "kind": _asked(request),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        kind = _asked(request)
        context = {
            "title": "新建一期",
            "kinds": [(each.value, each.label, each.value == kind) for each in Issue.Kind],
            "proposal": next_issue.propose(kind) if request.method == "GET" else None,
        }
        return super().add_view(request, form_url, {**context, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context.get("original"):
            context["title"] = "本期信息"
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(
        self, request: HttpRequest, obj: Issue, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The next thing that one does with a new issue is to fill it."""
        if {"_continue", "_addanother", "_popup"} & set(request.POST):
            return super().response_add(request, obj, post_url_continue)
        messages.success(request, f"已新建{obj.full_label}，请把已采用的稿件编进来。")
        return redirect("admin:issues_issue_board", obj.pk)

    def has_change_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        """What is signed off is read only.

        What was typed before somebody signed goes through to the form, which refuses and keeps it.
        """
        if obj is not None and (obj.is_published or (obj.why_frozen and request.method != "POST")):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        if obj is not None and (obj.why_frozen or obj.editions.exists()):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Articles in the issue protect it; the page says so instead of listing permissions."""
        to_delete, count, _perms_needed, protected = super().get_deleted_objects(objs, request)
        signed = [issue.why_frozen for issue in objs if issue.why_frozen]
        return to_delete, count, set(), [*protected, *signed]

    def save_model(self, request: HttpRequest, obj: Issue, form: Any, change: bool) -> None:
        """The facts alone: who signs and publishes meanwhile is not written over."""
        if obj.running_number and not obj.is_regular:
            told = f"{obj}带着总第{obj.running_number}期；{obj.get_kind_display()}一般不占总期号。"
            messages.warning(request, f"{told}不要的话，请在“本期信息”里删掉。")
        if "cover_lines" in form.changed_data and change:
            announced.follow(obj)
        if change:
            obj.save(update_fields=[*form.Meta.fields, "followed_titles"])
        else:
            super().save_model(request, obj, form, change)

    @admin.display(description="期", ordering=F("year") * 100 + Coalesce(F("after"), F("number")))
    def label(self, issue: Issue) -> str:
        return issue.label

    @admin.display(description="状态")
    def state_mark(self, issue: Issue) -> str:
        kind = "out" if issue.is_published else "signed" if issue.signed_off_at else "making"
        return format_html('<span class="state state-{}">{}</span>', kind, issue.state)

    @admin.display(description="阅读", ordering="read")
    def read(self, issue: Issue) -> str:
        if not issue.is_published:
            return "—"
        page = reverse("admin:issues_issue_reading", args=[issue.pk])
        return format_html('<a href="{}">{}</a>', page, vars(issue)["read"])

    @admin.display(description="篇数", ordering="article_count")
    def article_count(self, issue: Issue) -> int:
        return int(vars(issue)["article_count"])
