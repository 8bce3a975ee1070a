"""Signing in over HTTP: the password, then code, new password, telephone, as is asked for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from .. import record
from ..access import who_acts
from ..models import User
from . import devices, entering, failures, guessing, passwords, second_factor, telling

_TOO_LATE = "这一步放得太久了，请重新登录。"
WRONG_CODE = "验证码不对，或者已经用过。请等手机上换了新的六位数再输；也可以输一个恢复码。"
UNREADABLE = "服务器换过密钥，这部手机的动态口令和恢复码核对不了。请另一位管理员重置您的动态口令。"


def home_of(user: User) -> str:
    """Editors to their dashboard, writers to their manuscripts."""
    return reverse("admin:index" if user.is_staff else "submissions")


class CodeForm(forms.Form):
    code = forms.CharField(
        label="验证码",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "请输入手机上的六位数。"},
    )


class SignIn(auth.LoginView):
    template_name = "accounts/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        single = settings.OIDC_LABEL if settings.OIDC_ISSUER else ""
        return super().get_context_data(**kwargs, single_sign_on=single)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        onward = self.get_redirect_url() or home_of(user)
        return entering.begin(self.request, user, onward=onward)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        failures.failed(form.data.get("username", ""))
        return super().form_invalid(form)


class SignOut(auth.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            record.write("退出", request.user, by=request.user)
        return super().post(request, *args, **kwargs)


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.info(request, _TOO_LATE)
    return redirect("login")


def is_right(request: HttpRequest, user: User, form: CodeForm) -> str:
    """Which proof the typed code is; "" with the sentence in the form where it is none."""
    if wait := second_factor.seconds_to_wait(user):
        form.add_error("code", f"刚才输错了，请等 {wait} 秒再输。")
    elif guessing.may_try(request, user):
        found = second_factor.proof(user, form.cleaned_data["code"])
        if found:
            return found
        failures.failed(user.username)
        telling.of_a_wrong_code(user)
        unreadable = second_factor.is_unreadable(user)
        form.add_error("code", UNREADABLE if unreadable else WRONG_CODE)
    return ""


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The password was right; the telephone says the rest."""
    user = entering.who(request, for_=entering.CODE)
    if user is None:
        return _too_late(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (found := is_right(request, user, form)):
        entering.proved(request, by=found)
        if found == second_factor.BY_PAPER:
            left = second_factor.codes_left(user)
            messages.info(request, f"这个恢复码已经用掉，还剩 {left} 个。手机丢了，请换一部手机。")
        return entering.go_on(request)
    context = {"form": form, "is_again": False}
    return render(request, "accounts/code.html", context, status=422 if form.is_bound else 200)


@sensitive_post_parameters("new_password1", "new_password2")
@never_cache
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Before coming in: the old one was issued by somebody else, or is too old."""
    user = entering.who(request, for_=entering.PASSWORD)
    if user is None:
        return _too_late(request)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    form.fields["new_password1"].help_text = passwords.rules()
    form.fields["new_password2"].help_text = ""
    if form.is_valid():
        with transaction.atomic():
            form.save()
            devices.end_all(user)
            record.write("修改密码", user, by=user)
            telling.of_a_change(user, "密码改了")
        entering.has_new_password(request, user)
        return entering.go_on(request)
    context = {"form": form, "why": passwords.due(user), "days": settings.PASSWORD_DAYS}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/new_password.html", context, status=status)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Whose role demands a second factor sets it up before they come in."""
    user = entering.who(request, for_=entering.ENROL)
    if user is None:
        return _too_late(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (codes := enrolled(request, user, form)):
        entering.proved(request, by=second_factor.BY_PHONE)
        return recovery_codes(request, codes, onward=entering.finish(request, user))
    return enrolment_page(request, user, form, reset=second_factor.last_reset(user))


def enrolled(request: HttpRequest, user: User, form: CodeForm) -> list[str]:
    """The recovery codes; [] with the sentence in the form where the telephone shows another."""
    if wait := second_factor.seconds_to_wait(user, confirmed=False):
        form.add_error("code", f"刚才输错了，请等 {wait} 秒再输。")
        return []
    codes = second_factor.enrol(user, form.cleaned_data["code"], by=user)
    if not codes:
        form.add_error("code", "和手机上的对不上。请看手机的时间是不是自动的，再输一次新的六位数。")
    return codes


def enrolment_page(request: HttpRequest, user: User, form: CodeForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "begun": second_factor.begun(user),
        "is_demanded": second_factor.demanded_of(user),
        **more,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/enrol.html", context, status=status)


def recovery_codes(request: HttpRequest, codes: list[str], *, onward: str) -> HttpResponse:
    """Shown this once."""
    return render(request, "accounts/recovery.html", {"codes": codes, "onward": onward})


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Signed in, and before something that weighs much: the code once more."""
    if not request.user.is_authenticated:
        return redirect("login")
    user, onward = who_acts(request), next_of(request) or reverse("devices")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not second_factor.is_on(user):
        return redirect(onward)
    if form.is_valid() and is_right(request, user, form):
        entering.proves_again(request)
        guessing.forget(user, guessing.address_of(request))
        return redirect(onward)
    context = {"form": form, "is_again": True, "next": onward}
    return render(request, "accounts/code.html", context, status=422 if form.is_bound else 200)


def password_of(request: HttpRequest) -> Callable[[str], bool]:
    """Asks for the password of who is signed in, as often as at the sign-in page."""
    user = who_acts(request)

    def is_right(password: str) -> bool:
        right = guessing.is_right(request, user, password)
        if not right:
            failures.failed(user.username)
        return right

    return is_right


def next_of(request: HttpRequest) -> str:
    """Where the page that sent them here asked to go afterwards; "" for a foreign site."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""


urlpatterns = [
    path("login/", SignIn.as_view(), name="login"),
    path("login/code/", code, name="login_code"),
    path("login/password/", new_password, name="login_password"),
    path("login/second-factor/", enrol, name="login_enrol"),
    path("logout/", SignOut.as_view(), name="logout"),
    path("code/", prove, name="prove"),
]
