"""我的登录设备 over HTTP: where one is signed in, and the second factor as its owner sees to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from .. import record
from ..access import SignedInRequest, who_acts
from . import devices, entering, second_factor
from .entering_views import (
    CodeForm,
    enrolled,
    enrolment_page,
    password_of,
    recovery_codes,
)
from .registration import NotAllowed

_HERE = "devices"


def asks_again(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Decorator for what weighs much: whoever has a second factor, and showed it long ago, shows it
    again first.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return way_to_prove(request) or view(request, *args, **kwargs)

    return asking


def way_to_prove(request: HttpRequest) -> HttpResponse | None:
    """To the page that asks for the code again, and back; None where the last proof is fresh."""
    if not request.user.is_authenticated or not entering.is_proof_old(request, who_acts(request)):
        return None
    return redirect(f"{reverse('prove')}?{urlencode({'next': request.path})}")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def mine(request: SignedInRequest) -> HttpResponse:
    """Where one is signed in, since when, with which browser; POST ends one, or all others."""
    user, key = request.user, request.session.session_key
    if request.method == "POST" and "others" in request.POST:
        if ended := devices.end_all(user, but=key):
            record.write("结束其他登录", user, by=user, times=ended)
        messages.success(request, "别处的登录都结束了。")
        return redirect(_HERE)
    if request.method == "POST":
        done = devices.end(user, request.POST.get("device", ""), by=user)
        said = "已结束，那边要用就得重新登录。" if done else "那边已经退出了。"
        messages.success(request, said)
        return redirect(_HERE)
    context = {
        "devices": devices.of(user, key=key),
        "has_second_factor": second_factor.is_on(user),
        "is_demanded": second_factor.demanded_of(user),
        "codes_left": second_factor.codes_left(user),
    }
    return render(request, "accounts/devices.html", context)


class WithPassword(CodeForm):
    """The password is a guess, counted as at the sign-in page (`is_right`)."""

    password = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请输入现在的密码。"},
    )

    def __init__(self, data: Any = None, *, is_right: Callable[[str], bool]) -> None:
        super().__init__(data)
        self.is_right = is_right

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        if not self.is_right(typed):
            raise forms.ValidationError("密码不对，请再输一次。", code="password_incorrect")
        return typed


@sensitive_post_parameters("code", "password")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@asks_again
def enrol(request: SignedInRequest) -> HttpResponse:
    """A first telephone, or another in place of the one before.

    The first asks for the password: whoever finds a browser open could otherwise tie the account
    to their own telephone, and shut its owner out.
    """
    user, data = request.user, request.POST if request.method == "POST" else None
    is_known = second_factor.is_on(user) or not user.has_usable_password()
    form = CodeForm(data) if is_known else WithPassword(data, is_right=password_of(request))
    if form.is_valid() and (codes := enrolled(request, user, form)):
        entering.proves_again(request)
        return recovery_codes(request, codes, onward=reverse(_HERE))
    return enrolment_page(request, user, form)


@never_cache
@login_required
@require_POST
def renew_codes(request: SignedInRequest) -> HttpResponse:
    if entering.is_proof_old(request, request.user):
        return _prove_first()
    if not second_factor.is_on(request.user):
        return redirect(_HERE)
    codes = second_factor.renew_codes(request.user, by=request.user)
    return recovery_codes(request, codes, onward=reverse(_HERE))


@never_cache
@login_required
@require_POST
def turn_off(request: SignedInRequest) -> HttpResponse:
    if entering.is_proof_old(request, request.user):
        return _prove_first()
    try:
        second_factor.turn_off(request.user, by=request.user)
    except NotAllowed as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "动态口令已关闭，以后登录只用密码。")
    return redirect(_HERE)


def _prove_first() -> HttpResponse:
    """Then back to the page with the button."""
    return redirect(f"{reverse('prove')}?{urlencode({'next': reverse(_HERE)})}")


urlpatterns = [
    path("devices/", mine, name=_HERE),
    path("second-factor/", enrol, name="second_factor"),
    path("second-factor/codes/", renew_codes, name="second_factor_codes"),
    path("second-factor/off/", turn_off, name="second_factor_off"),
]
