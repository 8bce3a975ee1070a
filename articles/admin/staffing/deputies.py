"""代行: who stands in for which review, from when to when; appointing and revoking."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from articles.models import Deputy
from articles.models.deputy import LONGEST
from articles.reviewing import deputies, staffing
from servicejournal import offering
from servicejournal.access import who_acts
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.models import User
from servicejournal.web.kept import FillsAgain, fills_again

#: Appointments that are over, on the page; the record has all.
_OVER = 30


#: What each comes with, where one is chosen.
_DUTIES = [
    (Deputy.Duty.SECOND.value, "复审"),
    (Deputy.Duty.FINAL.value, "终审（和终审后的确认）"),
    (Deputy.Duty.CHIEF.value, "主编（复审、终审、签发、发布、更正、撤下）"),
]


def _why_not(what: str) -> dict[str, str]:
    return {
        "required": f"请写明{what}。",
        "max_length": f"{what}最多 200 个字，请写短些。",
        "null_characters_not_allowed": f"{what}里有看不见的字符，请重新输入。",
    }


class GrantForm(FillsAgain, forms.Form):
    user = forms.ModelChoiceField(
        label="代行人",
        queryset=User.objects.none(),
        empty_label="选一位同事",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选一位同事。"),
    )
    stage = forms.ChoiceField(
        label="代行",
        choices=_DUTIES,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选复审、终审或主编。"),
    )
    starts = forms.DateField(
        label="从",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), "请写从哪天起，如 2026-12-01。"),
    )
    ends = forms.DateField(
        label="到（含这一天）",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), "请写到哪天为止，如 2026-12-14。"),
    )
    why = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.TextInput(attrs={"placeholder": "如：主编出差；主编自己写的稿要人终审"}),
        error_messages=_why_not("理由"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = [user.pk for user in staffing.colleagues() if user.pk != by.pk]
        offering.only(self, "user", User.objects.filter(pk__in=colleagues).order_by("name", "pk"))


class RevokeForm(FillsAgain, forms.Form):
    why = forms.CharField(label="收回的理由", max_length=200, error_messages=_why_not("收回的理由"))


@admin.register(Deputy)
class DeputyAdmin(ReadOnlyAdmin):
    """The list is the page: what holds, what is coming, what is over."""

    def get_urls(self) -> list[Any]:
        revoke = self.admin_site.admin_view(self.revoke_view)
        name = "articles_deputy_revoke"
        return [path("<int:pk>/revoke/", revoke, name=name), *super().get_urls()]

    @fills_again
    @method_decorator(require_http_methods(["GET", "POST"]))
    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """POST appoints."""
        by = who_acts(request)
        self._require_sight(request)
        form = GrantForm(request.POST or None, by=by, initial={"starts": timezone.localdate()})
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            done = _attempt(form, lambda: deputies.grant(data.pop("user"), by=by, **data))
            if done:
                messages.success(request, f"已指定：{done}。已经通知本人，也记在工作记录里。")
                return redirect("admin:articles_deputy_changelist")
        return _page(request, form, status=422 if form.is_bound else 200)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("admin:articles_deputy_changelist")

    @fills_again
    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._require_sight(request)
        by, deputy = who_acts(request), get_object_or_404(Deputy, pk=pk)
        form = RevokeForm(request.POST)
        if form.is_valid():
            why = form.cleaned_data["why"]
            done = _attempt(form, lambda: deputies.revoke(deputy, by=by, why=why))
            if done:
                messages.success(request, f"已收回：{done}。审过的仍然算数。")
                return redirect("admin:articles_deputy_changelist")
        blank = GrantForm(by=by, initial={"starts": timezone.localdate()})
        return _page(request, blank, revoking=(pk, form), status=422)

    def _require_sight(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _attempt(form: forms.Form, verb: Callable[[], Deputy]) -> Deputy | None:
    """What the verb made; None where it refused, which the form says."""
    try:
        return verb()
    except deputies.NotAllowed as refused:
        form.add_error(None, str(refused))
        return None


def _page(
    request: HttpRequest,
    form: GrantForm,
    *,
    status: int,
    revoking: tuple[int, RevokeForm] | None = None,
) -> HttpResponse:
    """`revoking`: the row whose revocation was refused, and what was typed."""
    user = who_acts(request)
    rows = Deputy.objects.select_related("user", "granted_by", "revoked_by")
    not_over = list(rows.not_over().order_by("starts", "pk"))
    may = deputies.may_grant(user)
    pk, refused = revoking or (0, None)
    context = {
        **admin.site.each_context(request),
        "title": "代行",
        "form": form,
        "may_grant": may,
        "who_may_grant": () if may else deputies.who_may_grant(),
        "standing": [(each, refused if each.pk == pk else None) for each in not_over],
        "revocable": {each.pk for each in not_over if may or each.user_id == user.pk},
        "lost": refused if pk not in {each.pk for each in not_over} else None,
        "over": rows.exclude(pk__in=[each.pk for each in not_over])[:_OVER],
        "longest": LONGEST,
    }
    return render(request, "admin/articles/deputies.html", context, status=status)
