"""Accounts over HTTP: registering, signing in and out, one's own facts and password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic.edit import FormMixin

from .. import record
from ..access import SignedInRequest, who_acts
from ..models import User
from ..web import turnstile, whereabouts
from . import failures, links, registration, reset_mail
from .forms import RULES, TAKEN, ProfileForm, RegistrationForm, ResetForm

#: Mails to reset a password in an hour: asked for from one network address, to one mail address.
_RESETS_PER_HOUR = 20
_MAILS_PER_HOUR = 3
_TOO_MANY_ACCOUNTS = (
    "这个网络一小时里注册的账号太多了。请过一小时再来，或者请编辑部给您开账号。"
    "您填的都还在，只有密码要再输一次。"
)
_TOO_MANY_RESETS = "这个网络一小时里要的邮件太多了。请过一小时再来，或者请编辑部给您一个链接。"


def _home_of(user: User) -> str:
    """Editors to their dashboard, writers to their manuscripts."""
    return reverse("admin:index" if user.is_staff else "submissions")


class SignIn(auth.LoginView):
    template_name = "accounts/login.html"

    def get_default_redirect_url(self) -> str:
        return _home_of(who_acts(self.request))

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = who_acts(self.request)
        failures_before = failures.before_this(user)
        what: dict[str, Any] = {"failures_before": failures_before} if failures_before else {}
        record.write("登录", user, by=user, **what)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        failures.failed(form.data.get("username", ""))
        return super().form_invalid(form)


class SignOut(auth.LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            record.write("退出", request.user, by=request.user)
        return super().post(request, *args, **kwargs)


def _next(request: HttpRequest) -> str:
    """Where the page that sent them here asked to go afterwards; "" for a foreign site."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Makes an account, signs in, and leads to the form of a manuscript at once."""
    onward = _next(request) or reverse("submit")
    if request.user.is_authenticated:
        return redirect(onward)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    who, limit = whereabouts.address() or "", settings.REGISTRATIONS_PER_HOUR
    if form.is_bound and turnstile.is_shut("register", who, limit=limit):
        form.add_error(None, _TOO_MANY_ACCOUNTS)
        return _registration_page(request, form, status=429)
    if not form.is_valid():
        return _registration_page(request, form, status=422 if form.is_bound else 200)
    turnstile.lets_through("register", who, limit=limit)
    if not _enter(request, form):
        form.add_error("staff_number", TAKEN)
        return _registration_page(request, form, status=422)
    return redirect(onward)


def _enter(request: HttpRequest, form: RegistrationForm) -> bool:
    """Registers and signs in. The second of two clicks, or who forgot that they had registered,
    is signed in with the account that is there; False where it is not theirs.
    """
    password = form.cleaned_data["password1"]
    user: User | None
    try:
        user = registration.register(form.person(), password=password)
    except registration.Taken as taken:
        user = authenticate(request, username=str(taken), password=password)
    else:
        messages.success(request, _welcome(user))
    if user is not None:
        login(request, user)
    return user is not None


def _welcome(user: User) -> str:
    reading = "；核实以后就能看刊物" if settings.READER_ACCESS == "members" else ""
    return (
        f"{user.name}，账号开好了，现在就可以写、可以交稿。"
        f"您的身份待编辑核实，不用等，也不耽误写稿{reading}。"
    )


def _registration_page(
    request: HttpRequest, form: RegistrationForm, *, status: int
) -> HttpResponse:
    context = {"form": form, "next": _next(request)}
    return render(request, "accounts/register.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """One's own facts, and where the confirmation stands."""
    user = User.objects.select_related("branch", "confirmed_by").get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        registration.correct(user, by=user, **form.facts())
        messages.success(request, "已保存。")
        return redirect("profile")
    context = {"form": form, "account": user}
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


class Reset(auth.PasswordResetView):
    """The same answer whether the address is known or not."""

    template_name = "accounts/reset.html"
    form_class = ResetForm
    success_url = reverse_lazy("reset_sent")

    def form_valid(self, form: ResetForm) -> HttpResponse:
        address = whereabouts.address() or ""
        if not turnstile.lets_through("reset", address, limit=_RESETS_PER_HOUR):
            form.add_error(None, _TOO_MANY_RESETS)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        email = form.cleaned_data["email"]
        if turnstile.lets_through("reset-mail", email.lower(), limit=_MAILS_PER_HOUR):
            reset_mail.send.enqueue(email, self.request.build_absolute_uri("/"))
        return redirect(self.success_url)

    def form_invalid(self, form: ResetForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class _InOurWords(FormMixin):
    """The rule for passwords as one sentence beside the field, in place of Django's list."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["new_password1"].help_text = RULES
        form.fields["new_password2"].help_text = ""
        return form


class SetPassword(_InOurWords, auth.PasswordResetConfirmView):
    """Behind a one-time link, from a mail or a slip: sets the password and signs in."""

    template_name = "accounts/set_password.html"
    token_generator = links.tokens
    post_reset_login = True

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        record.write("用链接设了密码", self.user, by=self.user)
        messages.success(self.request, "密码设好了，您已经登录。")
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return _home_of(self.user)


class ChangePassword(_InOurWords, auth.PasswordChangeView):
    template_name = "accounts/password.html"
    success_url = reverse_lazy("profile")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        record.write("修改密码", who_acts(self.request), by=who_acts(self.request))
        messages.success(self.request, "密码改好了。在别处登录过的，都要用新密码重新登录。")
        return super().form_valid(form)


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
    path("login/", SignIn.as_view(), name="login"),
    path("logout/", SignOut.as_view(), name="logout"),
    path("password/", ChangePassword.as_view(), name="password"),
    path("reset/", Reset.as_view(), name="reset"),
    path(
        "reset/sent/",
        auth.PasswordResetDoneView.as_view(template_name="accounts/reset_sent.html"),
        name="reset_sent",
    ),
    path("set-password/<uidb64>/<token>/", SetPassword.as_view(), name="set_password"),
]
