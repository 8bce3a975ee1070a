"""Steps with several manuscripts at once: a page asks what is needed, and says how each went."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from articles.models import Article, Section
from articles.reviewing import together
from articles.reviewing.assigning import usual_due
from articles.reviewing.together import Outcome
from servicejournal import offering
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.keys import keys_in

from . import views
from .assigning import CURRENT, AssignForm

#: Manuscripts of one step: each is locked, moved and recorded by itself.
MOST = 200
#: Reasons that are spelt out above the list.
_TOLD = 12


class ReceiveForm(AssignForm):
    """Without anybody chosen they wait for everybody, as before."""

    to = forms.ModelChoiceField(
        label="接着分派给",
        queryset=User.objects.none(),
        required=False,
        empty_label="（先不分派，谁都可以审）",
        error_messages={"invalid_choice": "请选一位审稿人。"},
    )


class TransferForm(forms.Form):
    to = forms.ModelChoiceField(
        label="转到栏目",
        queryset=Section.objects.none(),
        empty_label="（请选一个）",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "请选一个还在用的栏目。"),
    )
    why = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.TextInput(attrs={"size": 50}),
        help_text="记在每篇稿件的记录里。",
        error_messages={"required": "请写一句理由，作者和同事日后查得到。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offering.only(self, "to", Section.objects.active())


class NothingToAsk(forms.Form):
    """Only whether."""


class Step:
    """`said` follows the number of manuscripts that it was done to."""

    def __init__(
        self,
        title: str,
        button: str,
        form: type[forms.Form],
        verb: Callable[..., Outcome],
        said: str,
    ) -> None:
        self.title, self.button, self.form = title, button, form
        self.verb, self.said = verb, said


STEPS = {
    "receive": Step("开始初审", "开始初审", ReceiveForm, together.receive, "篇稿件进入初审"),
    "assign": Step("分派稿件", "分派", AssignForm, together.assign, "篇稿件分派好了"),
    "take-back": Step("收回分派", "收回", NothingToAsk, together.take_back, "篇稿件收回了分派"),
    "transfer": Step("转栏目", "转栏目", TransferForm, together.transfer, "篇稿件转了栏目"),
}


def begin(request: HttpRequest, name: str, rows: QuerySet[Article]) -> HttpResponse:
    """From the list: to the page of the step, with the chosen manuscripts."""
    keys = list(rows.values_list("pk", flat=True))
    if len(keys) > MOST:
        messages.error(request, f"一次最多 {MOST} 篇，您选了 {len(keys)} 篇，请分几次。")
        return redirect(request.get_full_path())
    told = QueryDict(mutable=True)
    told.setlist("chosen", [str(key) for key in keys])
    told["back"] = views.plain(request.GET)
    return redirect(f"{reverse('admin:articles_article_batch', args=[name])}?{told.urlencode()}")


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, name: str) -> HttpResponse:
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    if name not in STEPS:
        raise Http404
    step, told = STEPS[name], request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, told)
    form = step.form(
        request.POST if request.method == "POST" else None, initial={"due": usual_due()}
    )
    if form.is_valid():
        seen = {each.pk: told.get(f"seen-{each.pk}", "") for each in chosen}
        keys = [each.pk for each in chosen]
        outcome = step.verb(keys, by=who_acts(request), seen=seen, **form.cleaned_data)
        _report(request, step, outcome)
        if not outcome.done:  # what was typed is tried again, on what is there now
            return _page(request, step, form, told, fresh=True)
        return redirect(f"{reverse('admin:articles_article_changelist')}?{_back(told)}")
    return _page(request, step, form, told)


def _page(
    request: HttpRequest, step: Step, form: forms.Form, told: QueryDict, *, fresh: bool = False
) -> HttpResponse:
    """`fresh`: the manuscripts as they stand now, whatever the form was made from."""
    seen: Any = {} if fresh else told
    chosen = _chosen(request, told)
    context = {
        **admin.site.each_context(request),
        "title": step.title,
        "step": step,
        "form": form,
        "rows": [(each, seen.get(f"seen-{each.pk}") or together.as_seen(each)) for each in chosen],
        "back": _back(told),
    }
    status = 409 if fresh else 422 if form.is_bound else 200
    return render(request, "admin/articles/queue/batch.html", context, status=status)


def _chosen(request: HttpRequest, told: QueryDict) -> list[Article]:
    """Those that whoever asks may see, as they were chosen. 404 without any."""
    keys = keys_in(told.getlist("chosen"))
    readable = Article.objects.visible_to(who_acts(request)).handed_in()
    given = Prefetch("assignments", CURRENT.select_related("editor"), to_attr="given")
    readable = readable.select_related("section").prefetch_related("authorships", given)
    rows = readable.defer("body").in_bulk(keys[:MOST])
    if not rows:
        raise Http404
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def _back(told: QueryDict) -> str:
    """The query of the list that one came from."""
    return views.plain(QueryDict(told.get("back", ""))) or "queue=all"


def _report(request: HttpRequest, step: Step, outcome: Outcome) -> None:
    for sentence in outcome.refused[:_TOLD]:
        messages.warning(request, sentence)
    if len(outcome.refused) > _TOLD:
        more = len(outcome.refused) - _TOLD
        messages.warning(request, f"还有 {more} 篇没有做，原因相仿，请打开稿件看看。")
    if outcome.done:
        said = f"{len(outcome.done)} {step.said}。"
        messages.success(request, format_html("{}{}", said, _onward(step, outcome)))


def _onward(step: Step, outcome: Outcome) -> str:
    """What was received is to be read now: the first of them is one click away."""
    if step.verb is not together.receive:
        return ""
    first = outcome.done[0]
    where = reverse("admin:articles_article_review", args=[first.pk])
    return format_html('<a href="{}">从《{}》开始审</a>', where, first.title)
