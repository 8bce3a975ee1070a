"""Giving a manuscript to an editor with a due date, and handing everything over on leave."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from articles.models import Article, Assignment
from articles.reviewing import assigning, seen, workflow
from servicejournal import offering
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.keys import key_in

#: For lists: who has what now.
CURRENT = Assignment.objects.current()


def editors() -> QuerySet[User]:
    """Everybody who reviews, by name."""
    return (
        User.objects.filter(is_active=True, grants__role__in=EDITORIAL).distinct().order_by("name")
    )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label="分派给",
        queryset=User.objects.none(),
        empty_label="（请选一位）",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选一位审稿人。"),
    )
    due = forms.DateField(
        label="期限",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), "请写期限，如 2026-12-01。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering.only(self, "to", editors())

    def clean_due(self) -> date:
        if self.cleaned_data["due"] < timezone.localdate():
            raise forms.ValidationError("期限已经过去，请选今天或以后的日期。")
        due: date = self.cleaned_data["due"]
        return due


class AssignOneForm(AssignForm):
    """`state` and `instead_of` are what the page showed."""

    state = forms.CharField(max_length=80, error_messages={"required": "请刷新页面再分派。"})
    instead_of = forms.IntegerField(
        error_messages=dict.fromkeys(("required", "invalid"), "请刷新页面再分派。")
    )


def carry_out(article: Article, form: AssignOneForm, *, by: User) -> Assignment | None:
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


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """交接: what one has (`of`), each to whom the form says, the rest to nobody or to `rest`."""
    user = who_acts(request)
    if not user.has_role(*EDITORIAL):
        raise PermissionDenied
    people = list(editors())
    of = _of(request, user)
    if request.method == "POST" and of and (to := _handed(request.POST, of, people)):
        done, refused = assigning.hand_over(of=of, to=to, by=user)
        for sentence in refused:
            messages.warning(request, sentence)
        if done:
            messages.success(request, f"交接了 {done} 篇稿件，期限不变，双方都收到了通知。")
        return redirect(f"{request.path}?of={of.pk}")
    waiting: Any = (
        of.assignments.current().select_related("article").defer("article__body") if of else ()
    )
    chosen: Any = request.POST if request.method == "POST" else {}
    context = {
        **admin.site.each_context(request),
        "title": "交接稿件",
        "of": of,
        "holders": _holders(),
        "people": [each for each in people if each != of],
        "rows": [(each, chosen.get(f"to-{each.pk}", "")) for each in waiting],
        "rest": chosen.get("rest", ""),
        "refused": request.method == "POST",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/articles/queue/hand_over.html", context, status=status)


def _of(request: HttpRequest, user: User) -> User | None:
    """Whose manuscripts are handed over: one's own, unless the address names somebody."""
    named = (request.POST if request.method == "POST" else request.GET).get("of", "")
    if not named:
        return user
    return User.objects.filter(pk=key_in(named)).first()


def _holders() -> QuerySet[User]:
    """Who has anything, with how much; closed accounts and former editors too."""
    waiting = Count("assignments", filter=Q(assignments__ended_at=None))
    return User.objects.annotate(waiting=waiting).filter(waiting__gt=0).order_by("name", "pk")


def _handed(told: QueryDict, of: User, people: list[User]) -> dict[int, User]:
    """Assignment → who gets it."""
    by_key = {str(each.pk): each for each in people if each != of}
    chosen = {}
    for pk in of.assignments.current().values_list("pk", flat=True):
        if f"to-{pk}" in told and (to := by_key.get(told.get(f"to-{pk}") or told.get("rest", ""))):
            chosen[pk] = to
    return chosen
