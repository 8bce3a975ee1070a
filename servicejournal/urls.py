"""Root addresses: the journal, the writers' desk, the admin."""

from django.contrib import admin
from django.urls import include, path

from .web import machines

handler400 = "servicejournal.web.error_pages.bad_request"
handler404 = "servicejournal.web.error_pages.not_found"
handler500 = "servicejournal.web.error_pages.server_error"

urlpatterns = [
    path("", include("issues.urls")),
    path("", include("articles.urls")),
    path("accounts/", include("servicejournal.accounts.views")),
    path("robots.txt", machines.robots, name="robots"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("admin/", admin.site.urls),
]
