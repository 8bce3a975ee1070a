"""Signing in and out, and one's own password: Django's own views under our addresses."""

from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse, reverse_lazy

from . import record
from .models import User


class SignIn(auth.LoginView):
    template_name = "accounts/login.html"

    def get_default_redirect_url(self) -> str:
        """Editors to their dashboard, writers to their manuscripts."""
        user = self.request.user
        return reverse("admin:index" if user.is_staff else "submissions")

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        record.write("登录", self.request.user, by=self.request.user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Tried and not let in: under which name, and from where."""
        system = User.objects.system()
        name = form.data.get("username", "").replace("\x00", "")[:150]
        known = User.objects.filter(username=name).first()
        record.write("登录失败", known or system, by=system, name=name)
        return super().form_invalid(form)


class SignOut(auth.LogoutView):
    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            record.write("退出", request.user, by=request.user)
        return super().post(request, *args, **kwargs)


urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            template_name="accounts/password.html", success_url=reverse_lazy("submissions")
        ),
        name="password",
    ),
]
