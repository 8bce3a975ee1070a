"""Signing in and out, and one's own password: Django's own views under our addresses."""

from django.contrib.auth import views as auth
from django.urls import path, reverse, reverse_lazy


class SignIn(auth.LoginView):
    template_name = "accounts/login.html"

    def get_default_redirect_url(self) -> str:
        """Editors to their dashboard, writers to their manuscripts."""
        user = self.request.user
        return reverse("admin:index" if user.is_staff else "submissions")


urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="accounts/password.html", success_url=reverse_lazy("submissions")
        ),
        name="password",
    ),
]
