"""Giving a manuscript to an editor with a due date, and handing everything over on leave."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.models import Article, Assignment
from articles.reviewing import assigning, seen, workflow
from servicejournal import offering
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL


def editors() -> QuerySet[User]:
    """Everybody who reviews, by name."""
    return (
        User.objects.filter(is_active=True, grants__role__in=EDITORIAL).distinct().order_by("name")
    )


class AssignForm(forms.Form):
    """`state` and `instead_of` are what the page showed."""

    state = forms.CharField(max_length=80, error_messages={"required": "请刷新页面再分派。"})
    instead_of = forms.IntegerField(
        error_messages=dict.fromkeys(("required", "invalid"), "请刷新页面再分派。")
    )
    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选一位审稿人。"),
    )
    due = forms.DateField(
        error_messages=dict.fromkeys(("required", "invalid"), "请写期限，如 2026-12-01。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering.only(self, "to", editors())

    def clean_due(self) -> date:
        if self.cleaned_data["due"] < timezone.localdate():
            raise forms.ValidationError("期限已经过去，请选今天或以后的日期。")
        due: date = self.cleaned_data["due"]
        return due


def carry_out(article: Article, form: AssignForm, *, by: User) -> Assignment | None:
    """None where it was refused: the form says why, under "stale" where the page was old."""
    if not form.is_valid():
        return None
    data = form.cleaned_data
    made_from = seen.read(data.pop("state"))
    try:
        return assigning.assign(article, by=by, made_from=made_from, **data)
    except workflow.NotAllowed as refused:
        stale = isinstance(refused, workflow.Stale)
        form.add_error(None, forms.ValidationError(str(refused), "stale" if stale else "refused"))
    return None


class HandOverForm(forms.Form):
    of = forms.ModelChoiceField(label="交出", queryset=User.objects.none())
    to = forms.ModelChoiceField(label="交给", queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("of", "to"):
            offering.only(self, name, editors())
            self.fields[name].error_messages = dict.fromkeys(
                ("required", "invalid_choice"), "请选一位同事。"
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("of") and data.get("of") == data.get("to"):
            raise forms.ValidationError("交出和交给是同一个人，请改选。")
        return data


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """交接: everything that is assigned to one goes to another."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    form = HandOverForm(request.POST or None, initial={"of": request.user.pk})
    if request.method == "POST" and form.is_valid():
        done, refused = assigning.hand_over(by=who_acts(request), **form.cleaned_data)
        for sentence in refused:
            messages.warning(request, sentence)
        messages.success(request, f"交接了 {done} 篇稿件，期限不变。")
        return redirect("admin:index")
    waiting = (
        Assignment.objects.current().select_related("article", "editor").order_by("editor", "due")
    )
    context = {
        **admin.site.each_context(request),
        "title": "交接稿件",
        "form": form,
        "waiting": waiting.order_by("editor", "due"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/articles/hand_over.html", context, status=status)
