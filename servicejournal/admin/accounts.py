"""Accounts and their roles. `articles.admin` registers them with what needs branches, authors."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from servicejournal import record, spelling
from servicejournal.access import who_acts
from servicejournal.accounts import granting, passwords, telling
from servicejournal.models import User
from servicejournal.models.user import UserQuerySet

from . import leaving, signing_in, slips
from .lists import ListAdmin
from .recorded import changes

#: Fields of an account that have verbs of their own, or are nobody's to tell.
_TOLD_APART = ("is_active", "password", "last_login")


class _Named:
    """Whoever types it, a name has one spelling."""

    cleaned_data: dict[str, Any]

    def clean_name(self) -> str:
        return spelling.name(self.cleaned_data["name"])


class NewUserForm(_Named, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = passwords.rules()  # Django's own say some twice


class _WhetherSet(ReadOnlyPasswordHashWidget):
    """Whether there is a password is an administrator's to know; how it is stored, nobody's."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        is_set = bool(value) and is_password_usable(value)
        context["summary"] = [{"label": "已设密码" if is_set else "没有设密码"}]
        return context


class UserForm(_Named, UserChangeForm):
    password = ReadOnlyPasswordHashField(
        label="密码", widget=_WhetherSet, help_text="系统不保存密码原文，谁也看不到。"
    )

    class Meta:
        model = User
        fields = "__all__"

    def clean_is_active(self) -> bool:
        """In the transaction of the page, so that what is asked here still holds when it saves."""
        is_active: bool = self.cleaned_data["is_active"]
        if not is_active and (reason := granting.why_last(self.instance)):
            raise ValidationError(reason)
        return is_active


class ConfirmationFilter(admin.SimpleListFilter):
    title = "核实"
    parameter_name = "unconfirmed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "待核实")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return cast(UserQuerySet, queryset).unconfirmed() if self.value() else queryset


class AccountAdmin(ListAdmin, UserAdmin):
    """Administrators see and change all accounts; editors see those of contributors."""

    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "person", "branch", "role_names", "is_active", "last_login"]
    list_filter = [ConfirmationFilter, "grants__role", "is_active", "branch"]
    list_select_related = ["branch"]
    list_per_page = 100
    search_fields = ["username", "name", "mobile", "email", "branch__name"]
    search_help_text = "按工号、姓名、手机、邮箱或单位查找"
    ordering = ["username"]
    filter_horizontal = []
    autocomplete_fields = ["branch"]
    actions = ["print_slips"]
    readonly_fields = [
        "role_names",
        "self_registered",
        "stated_branch",
        "confirmed_at",
        "confirmed_by",
        "last_login",
        "date_joined",
    ]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "branch", "mobile", "email"]}),
        ("核实", {"fields": ["self_registered", "stated_branch", "confirmed_at", "confirmed_by"]}),
        ("状态", {"fields": ["role_names", "is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "usable_password", "password1", "password2"]})
    ]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.slips_view)
        one = self.admin_site.admin_view(signing_in.page)
        leaves = self.admin_site.admin_view(leaving.page)
        return [
            path("slips/", view, name="servicejournal_user_slips"),
            path("<int:pk>/signing-in/", one, name="servicejournal_user_signing_in"),
            path("<int:pk>/leaving/", leaves, name="servicejournal_user_leaving"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Opened, closed, changed: each is in the record, with what it was."""
        before = User.objects.select_related("branch").get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        by = who_acts(request)
        if before is None:
            record.write("建立账号", obj, by=by)
            passwords.issue(obj)
            return
        if told := changes(before, obj, without=_TOLD_APART):
            record.write("修改账号", obj, by=by, before=told["before"], after=told["after"])
        if before.is_active != obj.is_active:
            record.write("启用账号" if obj.is_active else "停用账号", obj, by=by)

    @method_decorator(sensitive_post_parameters())
    @transaction.atomic
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Somebody sets another's password: Django's page, and a row in the record."""
        before = User.objects.filter(pk=id).first() if id.isdecimal() else None
        response = super().user_change_password(request, id, form_url)
        after = User.objects.filter(pk=before.pk).first() if before else None
        if before and after and before.password != after.password:
            usable = after.has_usable_password()
            record.write("设密码" if usable else "停用密码", after, by=who_acts(request))
            if usable and after.pk != request.user.pk:
                passwords.issue(after)
                telling.of_a_change(after, "密码由管理员设了")
        return response

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Accounts of the desk are shown to those who may see who has which role."""
        accounts = cast(UserQuerySet, super().get_queryset(request)).prefetch_related("grants")
        if request.user.has_perm("servicejournal.view_rolegrant"):
            return accounts
        return accounts.contributors()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The hash of a password is for those alone who can change it."""
        fieldsets = [*super().get_fieldsets(request, obj)]
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        return [
            (
                name,
                {**options, "fields": [each for each in options["fields"] if each != "password"]},
            )
            for name, options in fieldsets
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "账号", **(extra_context or {})})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        titled = {"title": "账号", **(extra_context or {})} if object_id else extra_context
        return super().changeform_view(request, object_id, form_url, titled)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Editors see contributors alone: no use in a filter by roles."""
        sees_roles = request.user.has_perm("servicejournal.view_rolegrant")
        return [each for each in self.list_filter if sees_roles or each != "grants__role"]

    @admin.display(description="姓名", ordering="name")
    def person(self, user: User) -> str:
        if not user.is_unconfirmed:
            return user.name
        return format_html(
            '{} <span class="state state-unconfirmed">{}</span>', user.name, "待核实"
        )

    @admin.display(description="角色")
    def role_names(self, user: User) -> str:
        return "、".join(str(grant) for grant in user.grants.all()) or "没有"

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account is a superuser's to change: else its mail address, and with it a
        link to a new password, would be an administrator's.
        """
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # accounts are closed, never deleted: the record names them

    def has_invite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("servicejournal.invite_user")

    @admin.action(description="打印设密码链接", permissions=["invite"])
    def print_slips(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse:
        return slips.page(request, chosen.select_related("branch"))

    @method_decorator(require_POST)
    def slips_view(self, request: HttpRequest) -> HttpResponse:
        """For the accounts that the form names; see `slips.chosen`."""
        if not self.has_invite_permission(request):
            raise PermissionDenied
        users = slips.chosen(request, self.get_queryset(request))
        if not users:
            messages.error(request, "没有生成链接：没有找到这些账号，请在列表里重新选。")
            return redirect("admin:servicejournal_user_changelist")
        return slips.page(request, users)
