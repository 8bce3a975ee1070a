"""The branded admin site: the desk. Its index is a dashboard; the apps above hang panels on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite, site
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from . import version
from .web import kept

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

#: Gives the template and the context of a panel for the editor who looks; None to stay away.
Panel = Callable[[HttpRequest], tuple[str, dict[str, Any]] | None]


class JournalAdminSite(AdminSite):
    site_header = site_title = "服务文化专刊 · 编辑部"
    index_title = "今天的工作"
    index_template = "admin/dashboard.html"
    empty_value_display = "—"
    enable_nav_sidebar = False  # the dashboard lists everything, and lists need the width

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panels: list[Panel] = []

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.is_staff

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "version": version.NUMBER}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """With what one row is called, beside the name of the list: 词条 of 本刊词表."""
        apps = super().get_app_list(request, app_label)
        for model in (each for app in apps for each in app["models"]):
            model["one"] = model["model"]._meta.verbose_name
        return apps

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Who was signed out while writing, at whatever form of the desk, loses no word."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_sent = request.method == "POST" and not kept.is_from_the_writer(request)
            if is_sent and kept.holds_words(request):
                return kept.at_the_desk(request)
            return kept.told(request, guarded(request, *args, **kwargs))

        return cast(View, keeping)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One sign-in page for everybody; whoever is signed in and has no role here is told so."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied("您的账号没有编辑部的角色，请与编辑部联系。")
        return redirect_to_login(request.GET.get("next", "/admin/"))

    def password_change(  # type: ignore[override]  # it leads on, and draws no page
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page for everybody: there the old password is a guess that counts, and the record
        hears of the new one.
        """
        return redirect("password")

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        shown = filter(None, (panel(request) for panel in self.panels))
        panels = [{"template": template, **context} for template, context in shown]
        return super().index(request, {**(extra_context or {}), "panels": panels})


def current() -> JournalAdminSite:
    """The site of this journal, as `django_apps` names it."""
    if not isinstance(site, JournalAdminSite):
        raise TypeError("another admin site is set")
    return site
