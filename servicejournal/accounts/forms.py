"""Forms of the account pages: what can be wrong with what was typed, and how to say it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordMixin
from django.db.models import QuerySet

from .. import offering, spelling
from ..models import User
from . import passwords
from .registration import Person


class TypedField(forms.CharField):
    """Text that one of the functions of `spelling` makes plain. Nothing typed is ever cut."""

    def __init__(self, check: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.check = check

    def to_python(self, value: Any) -> str:
        text = spelling.line(super().to_python(value) or "")
        return self.check(text) if text else ""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return spelling.line(data) if isinstance(data, str) else data


def _facts() -> dict[str, forms.Field]:
    """The fields that registering and correcting share."""
    return {
        "name": TypedField(
            spelling.name,
            label="姓名",
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": "请写上您的姓名。"},
        ),
        "branch": forms.ModelChoiceField(
            label="单位",
            queryset=None,
            required=False,
            empty_label="请选择",
            error_messages={"invalid_choice": "请从列表里选一个单位。"},
        ),
        "mobile": TypedField(
            spelling.mobile,
            label="手机",
            required=False,
            widget=forms.TextInput(
                attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
            ),
        ),
        "email": TypedField(
            spelling.email,
            label="邮箱",
            required=False,
            widget=forms.TextInput(
                attrs={"type": "email", "inputmode": "email", "autocomplete": "email"}
            ),
        ),
    }


def _branches(kept: int | None = None) -> QuerySet[Any]:
    """Those that are there, and the one that the account has. Their model is one storey up."""
    branches: Any = User._meta.get_field("branch").related_model
    found: QuerySet[Any] = branches.objects.active() | branches.objects.filter(pk=kept)
    return found


class ReachableForm(forms.Form):
    """The office must be able to reach a writer in one way at least."""

    def must_be_reachable(self, data: dict[str, Any]) -> None:
        tried = self.has_error("mobile") or self.has_error("email")
        if not (data.get("mobile") or data.get("email") or tried):
            self.add_error("mobile", "手机和邮箱请至少填一样，编辑好联系您。")


class RegistrationForm(SetPasswordMixin, ReachableForm):
    """For whoever writes: who they are, where they work, how to reach them, a password."""

    error_messages = {"password_mismatch": "两次输入的密码不一样，请再输一次。"}

    stated_branch = TypedField(
        spelling.branch,
        label="列表里没有您的单位？写在这里",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    staff_number = TypedField(
        spelling.staff_number,
        label="工号",
        help_text="就是以后登录用的名字，照工牌填写。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": "请写上您的工号。"},
    )
    password1, password2 = SetPasswordMixin.create_password_fields("密码", "再输一次密码")
    field_order = [
        "name",
        "branch",
        "stated_branch",
        "staff_number",
        "mobile",
        "email",
        "password1",
        "password2",
    ]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields |= _facts()
        self.order_fields(self.field_order)
        offering.only(self, "branch", _branches())
        self.fields["password1"].help_text = passwords.rules()
        self.fields["password2"].help_text = ""
        self.fields["password1"].error_messages["required"] = "请设一个密码。"
        self.fields["password2"].error_messages["required"] = "请把密码再输一次。"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        chosen = data.get("branch") or data.get("stated_branch")
        if not (chosen or self.has_error("branch") or self.has_error("stated_branch")):
            self.add_error("branch", "请选择您的单位；列表里没有，就在下面写出来。")
        self.must_be_reachable(data)
        self.validate_passwords("password1", "password2")
        self.validate_password_for_user(self.person().account(None), "password1")
        return data

    def person(self) -> Person:
        data = self.cleaned_data
        branch = data.get("branch")
        return Person(
            staff_number=data.get("staff_number", ""),
            name=data.get("name", ""),
            branch=branch,
            stated_branch="" if branch else data.get("stated_branch", ""),
            mobile=data.get("mobile", ""),
            email=data.get("email", ""),
        )


class ProfileForm(ReachableForm):
    """One's own facts. Another mail address asks for the password: links to reset it go there."""

    password = forms.CharField(
        label="现在的密码",
        required=False,
        strip=False,
        help_text="只在改邮箱时要填：重设密码的邮件会寄到那里。",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["name", "branch", "mobile", "email", "password"]

    def __init__(self, data: Any = None, *, user: User, is_right: Callable[[str], bool]) -> None:
        facts = {name: getattr(user, name) for name in ("name", "branch", "mobile", "email")}
        super().__init__(data, initial=facts)
        self.user, self.is_right = user, is_right
        self.fields |= _facts()
        self.order_fields(self.field_order)
        offering.only(self, "branch", _branches(user.branch_id))
        if not user.is_unconfirmed:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = "姓名已经核实，要改请联系编辑部。"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self.must_be_reachable(data)
        is_other = data.get("email", self.user.email) != self.user.email
        if is_other and not self.is_right(data.get("password", "")):
            self.add_error("password", "改邮箱要输入现在的密码，请再输一次。")
        return data

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "branch", "mobile", "email")}


class ChangeForm(PasswordChangeForm):
    """The old password is a guess, counted as at the sign-in page (`is_right`)."""

    def __init__(self, *args: Any, is_right: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_right = is_right

    def clean_old_password(self) -> str:
        old: str = self.cleaned_data["old_password"]
        if not self.is_right(old):
            raise forms.ValidationError(
                self.error_messages["password_incorrect"], code="password_incorrect"
            )
        return old


class ResetForm(PasswordResetForm):
    """Also for accounts that never had a password: an editor put their address on the list."""

    email = TypedField(
        spelling.email,
        label="邮箱",
        widget=forms.TextInput(
            attrs={"type": "email", "inputmode": "email", "autocomplete": "email"}
        ),
        error_messages={"required": "请写上您登记过的邮箱。"},
    )

    def get_users(self, email: str) -> QuerySet[User]:
        return User.objects.filter(email__iexact=email, is_active=True)
