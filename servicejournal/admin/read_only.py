"""For facts that only verbs write."""

from typing import Any

from django.http import HttpRequest

from .lists import ListAdmin


class ReadOnlyAdmin(ListAdmin):
    """To look at, not to touch."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
