"""征稿启事: written here, shown on the home page and in the writers' form while they are open."""

from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.bodies import html
from articles.models import Article, Call
from articles.models.call import CallQuerySet
from issues.models import Issue
from servicejournal import offering
from servicejournal.admin.shown import KeptModelForm, ShownToReaders

_STATES = {"open": "征稿中", "over": "已截稿", "closed": "提前结束"}


class CallForm(KeptModelForm):
    class Meta:
        model = Call
        fields = ["theme", "words", "deadline", "issue", "closed"]
        widgets = {
            "theme": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "words": forms.Textarea(attrs={"class": "vLargeTextField", "rows": 10}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "issue" in self.fields:
            coming = Issue.objects.in_the_making() | Issue.objects.filter(pk=self.instance.issue_id)
            offering.only(self, "issue", coming)
            self.fields["issue"].help_text = "正在编的一期；还没有建好，可以先空着。"

    def clean_theme(self) -> str:
        return " ".join(self._visible("theme").split())

    def clean_words(self) -> str:
        return self._visible("words")

    def _visible(self, name: str) -> str:
        """Without marks that nobody sees; what is nothing but such marks is empty."""
        text = html.visible(self.cleaned_data[name]).strip()
        if not text:
            raise ValidationError("这一项只有看不见的符号，请写上文字。")
        return text

    def clean_deadline(self) -> date:
        deadline: date = self.cleaned_data["deadline"]
        if "deadline" in self.changed_data and deadline < timezone.localdate():
            raise ValidationError("截稿日期已经过去，请选今天或以后的日子。")
        return deadline


class StateFilter(admin.SimpleListFilter):
    title = "状态"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(_STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "open":
            return cast(CallQuerySet, queryset).open()
        if self.value() == "over":
            return queryset.filter(closed=False, deadline__lt=timezone.localdate())
        return queryset.filter(closed=True) if self.value() == "closed" else queryset


@admin.register(Call)
class CallAdmin(ShownToReaders):
    noun = "征稿"
    form = CallForm
    list_display = ["theme", "state_mark", "deadline", "issue", "manuscripts"]
    list_filter = [StateFilter]
    list_select_related = ["issue"]
    search_fields = ["theme", "words"]
    ordering = ["-deadline", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Call]:
        """With the number of manuscripts: drafts are their writers' until they are handed in."""
        handed_in = ~Q(articles__status=Article.Status.DRAFT) & Q(articles__receipt__isnull=False)
        counted = Count("articles", filter=handed_in)
        calls: QuerySet[Call] = super().get_queryset(request)
        return calls.annotate(count=counted)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "征稿启事", **(extra_context or {})})

    def view_on_site(self, call: Call) -> str:
        return call.get_absolute_url()

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        """One that somebody answers, if only in a draft, is closed and not deleted."""
        if obj is not None and obj.articles.exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deleting by the dozen: it would not look at each."""
        return {}

    @admin.display(description="状态")
    def state_mark(self, call: Call) -> str:
        kind = {"open": "accepted", "over": "held", "closed": "withdrawn"}[call.state]
        words = _STATES[call.state]
        if call.is_open:
            words = f"{words}，{call.time_left}"
        return format_html('<span class="state state-{}">{}</span>', kind, words)

    @admin.display(description="来稿", ordering="count")
    def manuscripts(self, call: Call) -> str:
        if not vars(call)["count"]:
            return "0"
        address = reverse("admin:articles_article_changelist")
        return format_html(
            '<a href="{}?call__id__exact={}">{} 篇</a>', address, call.pk, vars(call)["count"]
        )
