"""稿酬: the sheets of the issues; one sheet with its steps, and the payment sheet as files."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from servicejournal import masthead
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.papers import fonts, typesetting
from servicejournal.web import turnstile
from servicejournal.web.kept import FillsAgain, fills_again

from ...models import Fee, FeeSheet
from .. import amounts, fees, papers, payments
from ..amounts import capitals
from ..payments import Paid
from .door import FEES, attached, file, page_for, shown

_STEPS = ("check", "uncheck", "close", "change", "counter")


class StepForm(FillsAgain, forms.Form):
    """One of the steps of a sheet. `seen` is the version that the page showed."""

    step = forms.ChoiceField(choices=[(each, each) for each in _STEPS])
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    fee = forms.IntegerField(required=False)
    yuan = forms.CharField(label="金额（元）", max_length=20, required=False)
    why = forms.CharField(
        label="理由",
        max_length=300,
        required=False,
        error_messages={"max_length": "理由最多 300 个字，请写短些。"},
    )

    def clean_yuan(self) -> int | None:
        typed = self.cleaned_data["yuan"].strip()
        if not typed:
            return None
        try:
            return amounts.read(typed)
        except ValueError:
            raise forms.ValidationError("金额请写成元，最多两位小数，如 120 或 -35.50。") from None


@page_for(FEES)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    sheets = FeeSheet.objects.select_related("issue", "checked_by", "closed_by")
    rows = [payments.of(each) for each in sheets.order_by("-issue__date", "-pk")[:24]]
    return shown(request, "fees.html", "statistics_fees", title="稿酬", sheets=rows)


@page_for(FEES, change="issues.change_feesheet")
@fills_again
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: every line, what may be done next, and who did what."""
    found = _sheet(pk)
    form = StepForm(request.POST or None)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _carry_out(found, form.cleaned_data, by=who_acts(request)))
            return redirect("statistics_fee_sheet", pk)
        except fees.NotAllowed as refusal:
            stale = isinstance(refusal, fees.Stale)
            form.add_error(None, str(refusal))
            found = _sheet(pk)
    paid = payments.of(found)
    context: dict[str, Any] = {
        "title": f"{found.issue.full_label}稿酬",
        "sheet": found,
        "paid": paid,
        "capitals": capitals(paid.fen),
        "form": form,
        "table": payments.table(paid),
        "may_change": request.user.has_perm("issues.change_feesheet"),
        "is_checker": found.checked_by_id == who_acts(request).pk,
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return shown(request, "fee_sheet.html", "statistics_fees", status=status, **context)


def _sheet(pk: int) -> FeeSheet:
    sheets = FeeSheet.objects.select_related("issue", "edition", "checked_by", "closed_by")
    return get_object_or_404(sheets, pk=pk)


def _carry_out(sheet: FeeSheet, data: dict[str, Any], *, by: User) -> str:
    """Does the step; gives the sentence that says what happened."""
    step, seen = data["step"], data["seen"]
    if step == "check":
        fees.check(sheet, by=by, seen=seen)
        return "核对好了，请另一位来关账。"
    if step == "uncheck":
        fees.uncheck(sheet, by=by, why=data["why"], seen=seen)
        return "退回了，改好以后请再核对。"
    if step == "close":
        fees.close(sheet, by=by, seen=seen)
        return "已关账。以后有错，用“冲账”。"
    fee = Fee.objects.filter(sheet=sheet, pk=data["fee"]).first()
    if fee is None:
        raise fees.Stale("这一笔已经不在了，请看现在的页面。您填的都还在。")
    if data["yuan"] is None:
        raise fees.NotAllowed("请写金额。")
    if step == "change":
        fees.change(fee, fen=data["yuan"], why=data["why"], by=by, seen=seen)
        return f"{fee}改好了。改动以后要重新核对。"
    fees.counter(fee, fen=data["yuan"], why=data["why"], by=by, seen=seen)
    return f"{fee}记了一笔冲账。"


@page_for(FEES)
@require_safe
def payment(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """稿酬发放表. It holds what people are paid: who took it is in the record."""
    if kind not in ("xlsx", "pdf"):
        raise Http404
    paid = payments.of(_sheet(pk))
    name = f"稿酬发放表-{paid.sheet.issue.label}"
    if kind == "pdf":
        return _pdf(request, paid, name)
    tables = [payments.table(paid), payments.branch_table(paid), payments.line_table(paid)]
    if paid.entries:
        tables.append(payments.entry_table(paid))
    head = (f"{paid.sheet.state}　单位：元",)
    heading = paid.sheet.issue.full_label
    return file(request, tables, kind, heading, head=head, foot=payments.foot(paid))


def _pdf(request: HttpRequest, paid: Paid, name: str) -> HttpResponse:
    turnstile.enter(turnstile.DRAWN, request)
    try:
        paper = payments.paper(paid, masthead.current().name)
        data = papers.payment(paper, fonts.find(settings.FONT_DIR))
    except (typesetting.NotPrinted, fonts.FontsMissing) as reason:
        messages.error(request, str(reason))
        return redirect("statistics_fee_sheet", paid.sheet.pk)
    return attached(request, data, "pdf", name)
