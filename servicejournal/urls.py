"""Root addresses: the journal, the writers' desk, the admin."""

from django.contrib import admin
from django.urls import include, path

from .privacy import views as privacy
from .web import csp, machines, reports

handler400 = "servicejournal.web.error_pages.bad_request"
handler404 = "servicejournal.web.error_pages.not_found"
handler500 = "servicejournal.web.error_pages.server_error"

urlpatterns = [
    path("", include("issues.urls")),
    path("", include("articles.urls")),
    path("privacy/", privacy.page, name="privacy"),
    path("accounts/data/", privacy.own, name="own_data"),
    path("accounts/", include("servicejournal.accounts.views")),
    path(csp.REPORTS_ADDRESS.lstrip("/"), reports.policy, name="policy_reports"),
    path("robots.txt", machines.robots, name="robots"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
