"""For facts that only verbs write."""

from django.contrib import admin


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at, not to touch."""

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
