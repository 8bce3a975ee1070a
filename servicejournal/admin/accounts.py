"""Accounts and their roles."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from servicejournal.models import RoleGrant, User


class NewUserForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "name"]


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class RoleGrantInline(admin.TabularInline):
    model = RoleGrant
    fk_name = "user"
    fields = ["role", "granted_by", "granted_at"]
    readonly_fields = ["granted_by", "granted_at"]
    extra = 1


@admin.register(User)
class AccountAdmin(UserAdmin):
    form = UserForm
    add_form = NewUserForm
    list_display = ["username", "name", "role_names", "is_active", "last_login"]
    list_filter = ["grants__role", "is_active"]
    search_fields = ["username", "name"]
    ordering = ["username"]
    filter_horizontal = []
    inlines = [RoleGrantInline]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "name", "email", "mobile"]}),
        ("状态", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "name", "usable_password", "password1", "password2"]})
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("grants")

    @admin.display(description="角色")
    def role_names(self, user: User) -> str:
        return "、".join(str(grant) for grant in user.grants.all())

    def has_delete_permission(self, request, obj=None) -> bool:
        return False  # accounts are closed, never deleted: the record names them

    def save_formset(self, request, form, formset, change) -> None:
        """A role says who gave it."""
        for grant in formset.save(commit=False):
            grant.granted_by = grant.granted_by or request.user
            grant.save()
        for grant in formset.deleted_objects:
            grant.delete()
