"""Root addresses: the journal, the writers' desk, the admin."""

from django.contrib import admin
from django.urls import include, path

from . import views

handler400 = "servicejournal.error_pages.bad_request"
handler500 = "servicejournal.error_pages.server_error"

urlpatterns = [
    path("", include("issues.urls")),
    path("", include("articles.urls")),
    path("accounts/", include("servicejournal.accounts")),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/", admin.site.urls),
]
