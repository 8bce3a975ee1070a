"""读者来信 at the desk: what waits, and one letter with what may be done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from issues.echoes import deciding, sending
from issues.models import DailyCount, Echo
from servicejournal import admin_site, record
from servicejournal.access import who_acts
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.roles import EDITORIAL
from servicejournal.web.kept import FillsAgain, fills_again

_SHOWN = 5
_BEGINNING = 30


class DecisionForm(FillsAgain, forms.Form):
    step = forms.ChoiceField(
        choices=[("pass", "登出"), ("refuse", "不登"), ("take_down", "撤下"), ("make", "改成稿件")],
        error_messages={"required": "请选一步。", "invalid_choice": "这一页是旧的，请刷新页面。"},
    )
    why = forms.CharField(label="理由", required=False, max_length=300)


@admin.register(Echo)
class EchoAdmin(ReadOnlyAdmin):
    list_display = ["beginning", "signature", "article", "status", "helpful", "at"]
    list_select_related = ["article"]
    list_filter = ["status"]
    search_fields = ["words", "name", "branch", "article__title"]
    search_help_text = "按来信、称呼、单位或文章题目查找"
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Echo]:
        rows: QuerySet[Echo] = super().get_queryset(request)
        sums = DailyCount.objects.filter(kind=DailyCount.Kind.ECHO, key=OuterRef("pk")).order_by()
        told = sums.values("key").annotate(n=Sum("number")).values("n")
        return rows.annotate(helped=Coalesce(Subquery(told, output_field=IntegerField()), 0))

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", guard(page), name="issues_echo_change"),
            *super().get_urls(),
        ]

    def page_of(self, row: Echo) -> str:
        return reverse("admin:issues_echo_change", args=[row.pk])

    @admin.display(description="来信")
    def beginning(self, echo: Echo) -> str:
        text = " ".join(echo.words.split())
        return f"{text[:_BEGINNING]}…" if len(text) > _BEGINNING else text

    @admin.display(description="署名")
    def signature(self, echo: Echo) -> str:
        return echo.signature

    @admin.display(description="有帮助", ordering="helped")
    def helpful(self, echo: Echo) -> int:
        return int(vars(echo)["helped"])


@fills_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter; a step that somebody else was faster with is a 409, with how it stands now."""
    if not request.user.has_perm("issues.view_echo"):
        raise PermissionDenied
    rows = Echo.objects.select_related("article", "decided_by", "manuscript")
    echo, status = get_object_or_404(rows, pk=pk), 200
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _carry_out(request, echo, **form.cleaned_data)
            except deciding.NotAllowed as refusal:
                form.add_error(None, str(refusal))
                status = 409 if isinstance(refusal, deciding.Stale) else 422
                echo = get_object_or_404(rows, pk=pk)
    user = who_acts(request)
    context = {
        **admin.site.each_context(request),
        "title": "读者来信",
        "echo": echo,
        "form": form,
        "persons": sending.persons_in(echo.name, echo.branch, echo.words),
        "may_decide": user.has_role(*EDITORIAL)
        and Echo.objects.open_to(user).filter(pk=pk).exists(),
        "timeline": record.of(echo)[:10],
    }
    return render(request, "admin/issues/echo/page.html", context, status=status)


def _carry_out(request: HttpRequest, echo: Echo, *, step: str, why: str) -> HttpResponse:
    by = who_acts(request)
    if step == "make":
        made = deciding.make_manuscript(echo, by=by)
        told = f"已另存为草稿《{made.title}》，改好请投稿，照常三审。"
        messages.success(request, told)
        return redirect("admin:articles_article_change", made.pk)
    steps: dict[str, Callable[[], object]] = {
        "pass": lambda: deciding.pass_on(echo, by=by),
        "refuse": lambda: deciding.refuse(echo, by=by, why=why),
        "take_down": lambda: deciding.take_down(echo, by=by, why=why),
    }
    steps[step]()
    messages.success(request, _SAID[step])
    return redirect("admin:issues_echo_change", echo.pk)


_SAID = {
    "pass": "已登在文章后面，读者现在就能看到。",
    "refuse": "没有登。理由只有编辑部看得到。",
    "take_down": "已撤下，文章后面没有这封信了。",
}


def waiting(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Letters that wait for the one who looks, the oldest first."""
    user = who_acts(request)
    if not user.has_role(*EDITORIAL):
        return None
    rows = Echo.objects.waiting().open_to(user).order_by("at", "pk")
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return None
    shown = Echo.objects.filter(pk__in=keys[:_SHOWN]).select_related("article")
    context = {"rows": shown.defer("article__body").order_by("at", "pk"), "count": len(keys)}
    return "admin/panels/echoes.html", context


admin_site.current().panels.append(waiting)
