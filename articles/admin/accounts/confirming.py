"""Accounts as editors deal with them: confirmed, taken back, closed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from articles import people
from articles.models import Article, Author, Branch
from servicejournal import admin_site, offering
from servicejournal.access import who_acts
from servicejournal.accounts import registration
from servicejournal.accounts.registration import NotAllowed
from servicejournal.admin.accounts import AccountAdmin
from servicejournal.models import User

from . import enrolment, granting

_SHOWN = 8


class ConfirmationForm(forms.Form):
    branch = forms.ModelChoiceField(
        label="单位",
        queryset=Branch.objects.none(),
        required=False,
        empty_label="（不填）",
        error_messages={"invalid_choice": "请从列表里选一个单位。"},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"branch": user.branch_id})
        offered = Branch.objects.active()
        if user.branch_id:
            offered |= Branch.objects.filter(pk=user.branch_id)
        offering.only(self, "branch", offered)


@admin.register(User)
class WriterAccountAdmin(AccountAdmin):
    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        one = "servicejournal_user"
        return [
            path("<int:pk>/confirm/", guard(self.confirm_view), name=f"{one}_confirm"),
            path("<int:pk>/take-back/", guard(self.take_back_view), name=f"{one}_take_back"),
            path("<int:pk>/close/", guard(self.close_view), name=f"{one}_close"),
            path("<int:pk>/reopen/", guard(self.reopen_view), name=f"{one}_reopen"),
            path("<int:pk>/roles/", guard(granting.roles), name=f"{one}_roles"),
            path("roles/<int:pk>/", guard(granting.request_page), name=f"{one}_role_request"),
            path("list/", guard(enrolment.upload), name=f"{one}_list"),
            path("list/template/", guard(enrolment.template), name=f"{one}_list_template"),
            path("list/carry-out/", guard(enrolment.carry_out), name=f"{one}_list_carry_out"),
            path("list/<uuid:list_id>/", guard(enrolment.outcome), name=f"{one}_list_outcome"),
            *super().get_urls(),
        ]

    def _account(self, request: HttpRequest, pk: int) -> User:
        """One that the editor may see, for those who may confirm."""
        if not request.user.has_perm("servicejournal.confirm_user"):
            raise PermissionDenied
        user = self.get_queryset(request).select_related("branch").filter(pk=pk).first()
        if user is None or not user.self_registered:
            raise Http404
        return user

    @method_decorator(require_http_methods(["GET", "POST"]))
    def confirm_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows what is known of somebody who registered; POST says that it is true."""
        user = self._account(request, pk)
        form = ConfirmationForm(request.POST if request.method == "POST" else None, user=user)
        if form.is_valid():
            _confirm(request, user, form.cleaned_data["branch"])
            return redirect(_onward(request, user))
        context = {
            **admin.site.each_context(request),
            "title": f"核实{user}",
            "account": user,
            "form": form,
            "authors": Author.objects.filter(name=user.name).select_related("branch", "user")[:9],
            "same_number": User.objects.of_number(user.login_name).exclude(pk=user.pk),
            "manuscripts": Article.objects.of(user).exclude(status=Article.Status.DRAFT).count(),
        }
        status = 422 if form.is_bound else 200
        page = "admin/servicejournal/user/confirm.html"
        return render(request, page, context, status=status)

    @method_decorator(require_POST)
    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._carry_out(request, pk, people.take_back, "核实已撤回，现在是“待核实”。")

    @method_decorator(require_POST)
    def close_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = "账号已停用，不能再登录；稿件还在。弄错了，可以重新启用。"
        return self._carry_out(request, pk, registration.close, said)

    @method_decorator(require_POST)
    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._carry_out(request, pk, registration.reopen, "账号已重新启用，仍是“待核实”。")

    def _carry_out(
        self, request: HttpRequest, pk: int, verb: Callable[..., Any], said: str
    ) -> HttpResponse:
        user = self._account(request, pk)
        try:
            verb(user, by=who_acts(request))
        except NotAllowed as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{user}：{said}")
        return redirect("admin:servicejournal_user_change", pk)


def _confirm(request: HttpRequest, user: User, branch: Branch | None) -> None:
    try:
        people.confirm(user, by=who_acts(request), branch=branch)
    except NotAllowed as refused:
        messages.error(request, str(refused))
        return
    here = reverse("admin:servicejournal_user_change", args=[user.pk])
    said = '已核实{}。<a href="{}">看账号，或者撤回</a>'
    if people.author_of(user) is None:
        said = '已核实{}。同名作者不止一位，请在“作者”里选定是哪一位。<a href="{}">看账号</a>'
    messages.success(request, format_html(said, user, here))


def _onward(request: HttpRequest, user: User) -> str:
    """Back to the dashboard for those who came from there, one after the other."""
    if request.POST.get("from") == "dashboard":
        return reverse("admin:index")
    return reverse("admin:servicejournal_user_change", args=[user.pk])


def newcomers(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Who registered and waits to be confirmed, the longest first."""
    if not request.user.has_perm("servicejournal.confirm_user"):
        return None
    waiting = User.objects.contributors().unconfirmed()
    rows = list(waiting.select_related("branch").order_by("date_joined", "pk")[: _SHOWN + 1])
    if not rows:
        return None
    return "admin/panels/newcomers.html", {"rows": rows[:_SHOWN], "more": len(rows) > _SHOWN}


admin_site.current().panels.append(newcomers)
