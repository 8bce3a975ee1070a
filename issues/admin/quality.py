"""质检: what chance drew from the issue, the faults that a person found, and the rate."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from articles.models import Article
from articles.proofreading import weights
from issues.making import quality
from issues.models import Issue, QualityCheck, QualityFault
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.web.kept import FillsAgain, fills_again

_STEPS = ("draw", "enter", "strike", "finish", "drop")


#: What only a page that was changed by hand sends.
_NOT_OURS = dict.fromkeys(
    ("required", "invalid", "invalid_choice"), "页面传来的内容不完整，请刷新页面再试。"
)


def _at_most(length: int, what: str) -> dict[str, str]:
    """For a line of text: Django's own words speak of variables and characters."""
    return {
        "max_length": f"{what}最多 {length} 个字，请写短些。",
        "null_characters_not_allowed": f"{what}里有看不见的字符，请重新输入。",
    }


class QualityForm(FillsAgain, forms.Form):
    step = forms.ChoiceField(choices=[(step, step) for step in _STEPS], error_messages=_NOT_OURS)
    #: What the page showed: the check, and the faults of it.
    check_shown = forms.IntegerField(required=False, error_messages=_NOT_OURS)
    seen = forms.CharField(
        max_length=60,
        required=False,
        error_messages=dict.fromkeys(
            ("max_length", "null_characters_not_allowed"), _NOT_OURS["invalid"]
        ),
    )
    wanted = forms.IntegerField(
        label="想查多少字",
        min_value=100,
        max_value=1_000_000,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "想查多少字，请写 100 到 1000000 的数字。"
        ),
    )
    article = forms.IntegerField(
        label="文章", required=False, error_messages={"invalid": "请从列表里选是哪一篇。"}
    )
    kind = forms.ChoiceField(
        label="种类",
        choices=[(each.value, f"{each.label}（{each.weight}）") for each in weights.Kind],
        required=False,
        initial=weights.Kind.CHARACTERS.value,
        error_messages={"invalid_choice": "请从列表里选种类。"},
    )
    quote = forms.CharField(
        label="错处", max_length=100, required=False, error_messages=_at_most(100, "错处")
    )
    right = forms.CharField(
        label="应为", max_length=100, required=False, error_messages=_at_most(100, "应为")
    )
    place = forms.CharField(
        label="位置", max_length=60, required=False, error_messages=_at_most(60, "位置")
    )
    is_double = forms.BooleanField(label="封一上的，或重要名称、时间、图片，加倍", required=False)
    weight = forms.DecimalField(
        label="计错",
        min_value=0.1,
        max_value=8,
        max_digits=4,
        decimal_places=1,
        required=False,
        error_messages=dict.fromkeys(
            (
                *("invalid", "min_value", "max_value"),
                *("max_digits", "max_whole_digits", "max_decimal_places"),
            ),
            "计错请写 0.1 到 8 的数字，最多一位小数。",
        ),
    )
    fault = forms.IntegerField(required=False, error_messages=_NOT_OURS)
    words = forms.CharField(
        label="质检意见",
        max_length=2000,
        required=False,
        error_messages=_at_most(2000, "质检意见"),
    )

    def clean(self) -> Any:
        data = super().clean()
        if self.cleaned_data.get("step") == "enter":
            for name, told in (("quote", "请照抄错的那几个字。"), ("article", "请选是哪一篇。")):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, told)
            if not self.cleaned_data.get("kind"):
                self.add_error("kind", "请选种类。")
        return data


@fills_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.select_related("standing"), pk=pk)
    form = QualityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _carry_out(issue, form.cleaned_data, by=who_acts(request)))
            here = reverse("admin:issues_issue_quality", args=[issue.pk])
            at = form.cleaned_data["article"]  # the next fault is most often in the same article
            return redirect(f"{here}?at={at}" if at else here)
        except quality.NotAllowed as refusal:
            stale = isinstance(refusal, quality.Stale)
            form.add_error(None, forms.ValidationError(str(refusal), "stale" if stale else ""))
    context = {**admin.site.each_context(request), **_context(issue, form, who_acts(request))}
    at = form["article"].value() if form.is_bound else request.GET.get("at")
    context["at"] = int(at) if at and re.fullmatch("[0-9]{1,18}", str(at)) else None
    stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/quality.html", context, status=status)


def _carry_out(issue: Issue, data: dict[str, Any], *, by: User) -> str:
    """Does the step; gives the sentence that says what happened."""
    if data["step"] == "draw":
        drawn = quality.draw(issue, by=by, wanted=data["wanted"] or quality.USUAL)
        return f"抽到 {len(drawn.drawn)} 篇，{drawn.characters} 字。"
    check = issue.quality_checks.filter(pk=data["check_shown"]).first()
    if check is None:
        raise quality.Stale("这次质检已经作废了，请看现在的页面。您写的都还在。")
    seen = data["seen"]
    if data["step"] == "enter":
        fault = quality.enter(check, _entry(data), by=by, seen=seen)
        return f"记下了“{fault.quote}”，计错 {fault.weight}。"
    if data["step"] == "strike":
        struck = check.faults.filter(pk=data["fault"]).first()
        if struck is None:
            raise quality.Stale("这一处已经不在了，请看现在的页面。")
        quality.strike(struck, by=by, seen=seen)
        return f"划去了“{struck.quote}”。"
    if data["step"] == "drop":
        quality.drop(check, by=by, seen=seen)
        return "已作废，可以重新抽。"
    found = quality.finish(check, by=by, words=data["words"], seen=seen)
    return f"质检完成，差错率 {found.rate:.1f}/10,000。"


def _entry(data: dict[str, Any]) -> quality.Entry:
    return quality.Entry(
        article=data["article"],
        kind=weights.Kind(data["kind"]),
        quote=data["quote"],
        right=data["right"],
        place=data["place"],
        is_double=data["is_double"],
        weight=data["weight"],
    )


def results(issue: Issue) -> list[tuple[QualityCheck, list[QualityFault], quality.Result]]:
    """Every check of the issue, the newest first, with its faults. Two queries."""
    checks = issue.quality_checks.select_related("edition", "drawn_by", "finished_by")
    checks = checks.prefetch_related("faults__article", "faults__entered_by")
    out = []
    for check in checks:
        faults = list(check.faults.all())
        standing = [fault for fault in faults if fault.taken_back_at is None]
        out.append((check, faults, quality.result(check, standing)))
    return out


def _context(issue: Issue, form: QualityForm, user: User) -> dict[str, Any]:
    rows = results(issue)
    now = next((row for row in rows if row[0].finished_at is None), None)
    drawn = now[0].drawn if now else []
    standing = {each.pk: each for each in Article.objects.filter(pk__in=_ids(drawn))}
    changed = now is not None and now[0].edition_id is None
    return {
        "title": f"质检 {issue.full_label}",
        "issue": issue,
        "form": form,
        "now": now,
        "drawn": [
            (text, standing.get(text["article"]), changed and _is_changed(text, standing))
            for text in drawn
        ],
        "seen": quality.state(now[0]) if now else "",
        "finished": [row for row in rows if row[0].finished_at],
        "why_not": quality.why_not(user),
        "usual": quality.USUAL,
        "most": weights.MOST_OF_ONE,
    }


def _ids(drawn: list[dict[str, Any]]) -> list[int]:
    return [text["article"] for text in drawn]


def _is_changed(text: dict[str, Any], standing: dict[int, Article]) -> bool:
    article = standing.get(text["article"])
    return article is not None and article.digest() != text["digest"]
