"""优秀稿件, 考核任务 and 通报: what the desk itself writes beside the figures."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from servicejournal.access import who_acts
from servicejournal.web import turnstile
from servicejournal.web.kept import FillsAgain, fills_again

from ...models import Bulletin, Grade, Praise, Quota
from .. import facts, fees, merits, telling
from ..report import Report
from .door import CONTRIBUTIONS, attached, choices, page_for, period_asked, shown


class PraiseForm(FillsAgain, forms.Form):
    step = forms.ChoiceField(choices=[("praise", ""), ("take_back", "")])
    article = forms.IntegerField(required=False)
    praise = forms.IntegerField(required=False)
    grade = forms.ChoiceField(label="等次", choices=Grade, required=False)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        required=False,
        error_messages={"max_length": "理由最多 300 个字，请写短些。"},
    )


@page_for(CONTRIBUTIONS, change="issues.add_praise")
@fills_again
@require_http_methods(["GET", "POST"])
def praise(request: HttpRequest) -> HttpResponse:
    """The articles of a period that are out; those that were chosen, and why."""
    period = period_asked(request)
    form = PraiseForm(request.POST or None)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _praise(request, form.cleaned_data))
            return redirect(f"{reverse('statistics_praise')}?period={period.slug}")
        except fees.NotAllowed as refusal:
            stale = isinstance(refusal, fees.Stale)
            form.add_error(None, str(refusal))
    rows = list(facts.printed(period).order_by("edition__issue__date", "edition_id", "place"))
    chosen = Praise.objects.filter(article__in=[each.article_id for each in rows])
    told: dict[int, list[Praise]] = {}
    for each in chosen.select_related("by"):
        told.setdefault(each.article_id, []).append(each)
    context: dict[str, Any] = {
        "title": f"优秀稿件 {period.label}",
        "form": form,
        "rows": [(each, told.get(each.article_id, [])) for each in rows],
        "grades": Grade.choices,
        "may_change": request.user.has_perm("issues.add_praise"),
        **choices(period),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return shown(request, "praise.html", "statistics_praise", status=status, **context)


def _praise(request: HttpRequest, data: dict[str, Any]) -> str:
    by = who_acts(request)
    if data["step"] == "take_back":
        told = Praise.objects.filter(pk=data["praise"]).first()
        if told is None:
            raise fees.Stale("已经取消过了，请看现在的页面。")
        merits.take_back_praise(told, by=by, why=data["reason"])
        return "取消了。"
    article = get_object_or_404(Article, pk=data["article"] or 0)
    told = merits.praise(article, grade=data["grade"], reason=data["reason"], by=by)
    return f"《{article.title}》评为{told.get_grade_display()}。"


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=1980, max_value=2100)


@page_for(CONTRIBUTIONS, change="issues.change_quota")
@fills_again
@require_http_methods(["GET", "POST"])
def quotas(request: HttpRequest) -> HttpResponse:
    """Pieces of each branch in a year. The form sends what it was made from."""
    asked = YearForm(request.GET)
    year = asked.cleaned_data["year"] if asked.is_valid() else timezone.localdate().year
    branches = facts.branches()
    now = dict(Quota.objects.filter(year=year).values_list("branch", "pieces"))
    typed: dict[int, str] = {}
    error, status = "", 200
    if request.method == "POST":
        typed = {key: request.POST.get(f"pieces-{key}", "").strip()[:6] for key in branches}
        seen = {key: _number(request.POST.get(f"seen-{key}", "")) for key in branches}
        try:
            wanted = {key: _pieces(text) for key, text in typed.items()}
            count = merits.set_quotas(year, wanted, seen, by=who_acts(request))
            messages.success(request, f"改了 {count} 个单位的任务。" if count else "没有改动。")
            return redirect(f"{reverse('statistics_quotas')}?year={year}")
        except fees.NotAllowed as refusal:
            error, status = str(refusal), 409 if isinstance(refusal, fees.Stale) else 422
    rows = [
        (key, name, now.get(key, 0), typed.get(key, now.get(key, "")))
        for key, name in branches.items()
    ]
    context: dict[str, Any] = {
        "title": f"{year}年考核任务",
        "year": year,
        "rows": rows,
        "error": error,
        "may_change": request.user.has_perm("issues.change_quota"),
    }
    return shown(request, "quotas.html", "statistics_quotas", status=status, **context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _pieces(text: str) -> int:
    if text and not (text.isascii() and text.isdecimal()):
        raise fees.NotAllowed("篇数请写数字，没有任务就留空。")
    return _number(text)


class BulletinForm(FillsAgain, forms.ModelForm):  # type: ignore[type-arg]
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = Bulletin
        fields = ("heading", "addressed", "opening", "comment", "call", "signed", "dated")
        widgets = {
            "opening": forms.Textarea({"rows": 3}),
            "comment": forms.Textarea({"rows": 5}),
            "call": forms.Textarea({"rows": 4}),
            "dated": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }


@page_for(CONTRIBUTIONS, change="issues.change_bulletin")
@fills_again
@require_http_methods(["GET", "POST"])
def bulletin(request: HttpRequest) -> HttpResponse:
    """What people write, beside the figures as they are now."""
    period = period_asked(request)
    stands = telling.of(period)
    form = BulletinForm(request.POST or None, instance=stands, initial={"seen": stands.version})
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            texts = {name: form.cleaned_data[name] for name in merits.TEXTS}
            told = {"seen": form.cleaned_data["seen"], "dated": form.cleaned_data["dated"]}
            merits.save_bulletin(period, by=who_acts(request), **told, **texts)
            messages.success(request, "存好了，可以下载 Word。")
            return redirect(f"{reverse('statistics_bulletin')}?period={period.slug}")
        except fees.NotAllowed as refusal:
            stale = isinstance(refusal, fees.Stale)
            form.add_error(None, str(refusal))
    report, now = Report(period), telling.of(period)
    context: dict[str, Any] = {
        "title": f"通报 {period.label}",
        "form": form,
        "stands": now if stale else None,
        "version": now.version,
        "figures": telling.figures(report),
        "ranking": telling.ranking(report),
        "praised": telling.praised(period),
        "silent": report.table("silent"),
        "may_change": request.user.has_perm("issues.change_bulletin"),
        **choices(period),
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return shown(request, "bulletin.html", "statistics_bulletin", status=status, **context)


@page_for(CONTRIBUTIONS)
@require_safe
def bulletin_docx(request: HttpRequest) -> HttpResponse:
    from .. import bulletins  # brings python-docx

    period = period_asked(request)
    turnstile.enter(turnstile.EXPORT, request)
    paper = telling.paper(telling.of(period), Report(period))
    return attached(request, bulletins.docx(paper), "docx", f"通报-{period.label}")
