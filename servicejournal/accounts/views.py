"""Accounts over HTTP: registering, one's own facts and password; signing in is `entering_views`."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse, reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormMixin

from .. import record
from ..access import SignedInRequest, who_acts
from ..models import User
from ..web import turnstile, whereabouts
from . import (
    devices,
    entering,
    entering_views,
    failures,
    guessing,
    links,
    passwords,
    registration,
    reset_mail,
    safety_views,
    single_sign_on_views,
    telling,
)
from .entering_views import home_of, next_of, password_of
from .forms import ChangeForm, ProfileForm, RegistrationForm, ResetForm

#: Mails to reset a password in an hour: asked for from one network address, to one mail address.
_RESETS_PER_HOUR = 20
_MAILS_PER_HOUR = 3
_TOO_MANY_ACCOUNTS = (
    "这个网络一小时里注册的账号太多了。请过{wait}再来，或者请编辑部给您开账号。"
    "您填的都还在，只有密码要再输一次。"
)
#: Accounts in an hour with one staff number, whether it had one or not.
_AS_ONE = 3
_TOO_MANY_OF_ONE = "用这个工号注册的次数太多了。请过{wait}再来；是您本人的工号，请联系编辑部。"
_TOO_MANY_RESETS = "这个网络一小时里要的邮件太多了。请过{wait}再来，或者请编辑部给您一个链接。"


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Makes an account, signs in, and leads to the form of a manuscript at once."""
    onward = next_of(request) or reverse("submit")
    if request.user.is_authenticated:
        return redirect(onward)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    who, limit = whereabouts.address() or "", settings.REGISTRATIONS_PER_HOUR
    if form.is_bound and turnstile.is_shut("register", who, limit=limit):
        form.add_error(None, _sentence(_TOO_MANY_ACCOUNTS))
        return _registration_page(request, form, status=429)
    if not form.is_valid():
        return _registration_page(request, form, status=422 if form.is_bound else 200)
    if not turnstile.lets_through("register-as", form.cleaned_data["staff_number"], limit=_AS_ONE):
        form.add_error(None, _sentence(_TOO_MANY_OF_ONE))
        return _registration_page(request, form, status=429)
    turnstile.lets_through("register", who, limit=limit)
    return _enter(request, form, onward)


def _enter(request: HttpRequest, form: RegistrationForm, onward: str) -> HttpResponse:
    """Registers and leads in. The second of two clicks, or who forgot that they had registered,
    comes in with the account that is there: their password is looked at as at the sign-in page, a
    guess that is counted. Wrong, or no such account: what is seen is the same.
    """
    password, number = form.cleaned_data["password1"], form.cleaned_data["staff_number"]
    user = guessing.registering(request, name=number, password=password)
    if user is None:
        if User.objects.filter(username=number).exists():
            failures.failed(number)
        user = registration.register(form.person(), password=password)
        messages.success(request, _welcome(user))
    return entering.begin(request, user, onward=onward)


def _welcome(user: User) -> str:
    reading = "；核实以后就能看刊物" if settings.READER_ACCESS == "members" else ""
    return (
        f"{user.name}，账号开好了，现在就可以写、可以交稿。"
        f"您的身份待编辑核实，不用等，也不耽误写稿{reading}。"
    )


def _registration_page(
    request: HttpRequest, form: RegistrationForm, *, status: int
) -> HttpResponse:
    context = {"form": form, "next": next_of(request)}
    response = render(request, "accounts/register.html", context, status=status)
    return _told_when(response)


def _sentence(too_many: str) -> str:
    return too_many.format(wait=turnstile.in_words(turnstile.wait()))


def _told_when(response: HttpResponse) -> HttpResponse:
    """These are counted by the hour."""
    if response.status_code == 429:
        response["Retry-After"] = str(turnstile.wait())
    return response


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """One's own facts, and where the confirmation stands."""
    user = User.objects.select_related("branch", "confirmed_by").get(pk=request.user.pk)
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, user=user, is_right=password_of(request))
    if form.is_valid():
        registration.correct(user, by=user, **form.facts())
        messages.success(request, "已保存。")
        return redirect("profile")
    context = {"form": form, "account": user}
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


class Reset(auth.PasswordResetView):
    """The same answer whether the address is known or not; counted as a guess."""

    template_name = "accounts/reset.html"
    form_class = ResetForm
    success_url = reverse_lazy("reset_sent")

    def form_valid(self, form: ResetForm) -> HttpResponse:
        address = whereabouts.address() or ""
        if not turnstile.lets_through("reset", address, limit=_RESETS_PER_HOUR):
            form.add_error(None, _sentence(_TOO_MANY_RESETS))
            context = self.get_context_data(form=form)
            return _told_when(self.render_to_response(context, status=429))
        email = form.cleaned_data["email"]
        if guessing.may_ask(self.request, email.lower()) and turnstile.lets_through(
            "reset-mail", email.lower(), limit=_MAILS_PER_HOUR
        ):
            reset_mail.send.enqueue(email)
        return redirect(self.success_url)

    def form_invalid(self, form: ResetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class _InOurWords(FormMixin):
    """The rule for passwords as one sentence beside the field, in place of Django's list."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["new_password1"].help_text = passwords.rules()
        form.fields["new_password2"].help_text = ""
        return form


class SetPassword(_InOurWords, auth.PasswordResetConfirmView):
    """Behind a one-time link, from a mail or a slip: sets the password and leads in."""

    template_name = "accounts/set_password.html"
    token_generator: Any = links.either

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = form.save()
        del self.request.session[auth.INTERNAL_RESET_SESSION_TOKEN]
        devices.end_all(user)
        record.write("用链接设了密码", user, by=user)
        telling.of_a_change(user, "密码用链接重设了")
        response = entering.begin(self.request, user, onward=home_of(user))
        is_in = self.request.user.is_authenticated
        messages.success(self.request, f"密码设好了{'，您已经登录' if is_in else ''}。")
        return response


class ChangePassword(_InOurWords, auth.PasswordChangeView):
    template_name = "accounts/password.html"
    form_class = ChangeForm
    success_url = reverse_lazy("profile")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_right": password_of(self.request)}

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        user = who_acts(self.request)
        record.write("修改密码", user, by=user)
        telling.of_a_change(user, "密码改了")
        messages.success(self.request, "密码改好了。在别处登录过的，都要用新密码重新登录。")
        response = super().form_valid(form)
        devices.end_all(user, but=self.request.session.session_key)
        return response


@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """What a page that is the same for everybody lacks for who is signed in; 204 for nobody."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    return render(request, "accounts/mine.html")


urlpatterns = [
    path("", profile, name="profile"),
    path("mine/", mine, name="mine"),
    path("register/", register, name="register"),
    *entering_views.urlpatterns,
    *safety_views.urlpatterns,
    *single_sign_on_views.urlpatterns,
    path("password/", ChangePassword.as_view(), name="password"),
    path("reset/", Reset.as_view(), name="reset"),
    path(
        "reset/sent/",
        auth.PasswordResetDoneView.as_view(template_name="accounts/reset_sent.html"),
        name="reset_sent",
    ),
    path("set-password/<uidb64>/<token>/", SetPassword.as_view(), name="set_password"),
]
