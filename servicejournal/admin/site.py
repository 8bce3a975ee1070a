"""The branded admin. Its index is a dashboard; the apps above hang their panels on it."""

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse

#: A panel gives a template and its context for the editor who looks, or None to stay away.
Panel = Callable[[HttpRequest], tuple[str, dict] | None]


class JournalAdminSite(AdminSite):
    site_header = "服务文化专刊 · 编辑部"
    site_title = "服务文化专刊 · 编辑部"
    index_title = "今天的工作"
    index_template = "admin/dashboard.html"
    login_form = AuthenticationForm
    login_template = "admin/sign_in.html"

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.panels: list[Panel] = []

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_staff

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        panels = filter(None, (panel(request) for panel in self.panels))
        return super().index(request, {**(extra_context or {}), "panels": list(panels)})
