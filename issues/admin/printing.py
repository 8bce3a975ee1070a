"""For the printer, made from the issue as it stands: what is agreed on, and files; and archives."""

from collections.abc import Callable

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from issues import numbering
from issues.exports import outputs, pdf
from issues.making import publication
from issues.making.printer import orders, parcels
from issues.models import Edition, Issue, PrintOrder
from servicejournal import record
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.storage.sending import sent
from servicejournal.web import turnstile
from servicejournal.web.kept import FillsAgain, fills_again

#: Django's own words for numbers are of programs.
_WRONG = ("required", "invalid", "min_value", "max_value")


class OrderForm(FillsAgain, forms.ModelForm):
    #: What the page showed.
    seen = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)

    class Meta:
        model = PrintOrder
        fields = [
            *("paper", "binding", "stock", "pictures", "cover_paper", "text_paper", "leaf"),
            "words",
        ]
        widgets = {"words": forms.Textarea({"rows": 3})}
        error_messages = {
            "leaf": dict.fromkeys(
                _WRONG, "纸厚请写 30 到 500 的数字，单位是微米（千分之一毫米）。"
            ),
        }


@fills_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is agreed on with the printer, and the files for him."""
    issue = _asked(request, pk)
    order = orders.of(issue)
    seen = orders.written(order)
    form = OrderForm(request.POST or None, instance=order, initial={"seen": seen})
    facts = [(form.fields[name].label, _shown(order, name)) for name in form.Meta.fields]
    may_change = request.user.has_perm("issues.change_issue")
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if form.is_valid() and _agreed(request, issue, form):
            return redirect("admin:issues_issue_printer", issue.pk)
    stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
    context = {
        **admin.site.each_context(request),
        "title": f"交给印厂 {issue.full_label}",
        "issue": issue,
        "form": form,
        "facts": facts,
        "may_change": may_change,
        "is_stored": bool(seen),
        "stands": _differing(issue, form) if stale else [],
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/printer.html", context, status=status)


def _agreed(request: HttpRequest, issue: Issue, form: OrderForm) -> bool:
    """Over a newer one nothing is saved; the form then carries that one, and is sent once more."""
    data = form.cleaned_data
    try:
        orders.agree(issue, data, by=who_acts(request), made_from=data["seen"])
    except publication.Stale as refusal:
        form.add_error(None, forms.ValidationError(str(refusal), "stale"))
        form.data = {**dict(form.data.items()), "seen": orders.written(orders.of(issue))}
        return False
    messages.success(request, "印制要求保存了。")
    return True


def _differing(issue: Issue, form: OrderForm) -> list[tuple[str, str]]:
    """What stands now where something else was typed."""
    now = orders.of(issue)
    return [
        (str(form.fields[name].label), _shown(now, name))
        for name in orders.FACTS
        if getattr(now, name) != form.cleaned_data[name]
    ]


def _shown(order: PrintOrder, name: str) -> str:
    told = getattr(order, f"get_{name}_display", None)
    return str((told() if told else getattr(order, name)) or "没有写")


@require_safe
def file(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """PDF with bleed and crop marks; saved, not shown: a printer wants the file."""
    issue = _asked(request, pk)
    if paper not in pdf.PAPERS:
        raise Http404
    name = f"{numbering.stem(issue)}-{paper}-print.pdf"
    return _made(request, issue, name, lambda: parcels.alone(issue, paper))


@require_safe
def parcel(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything for the printer in one zip."""
    issue = _asked(request, pk)
    name = f"{numbering.stem(issue)}-printer.zip"
    return _made(request, issue, name, lambda: parcels.whole(issue))


@require_safe
def dummy(request: HttpRequest, pk: int) -> HttpResponse:
    """To print, fold and leaf through at the desk."""
    issue = _asked(request, pk)
    name = f"{numbering.stem(issue)}-dummy.pdf"
    return _made(request, issue, name, lambda: parcels.dummy(issue))


def _asked(request: HttpRequest, pk: int) -> Issue:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    return get_object_or_404(Issue, pk=pk)


def _made(request: HttpRequest, issue: Issue, name: str, make: Callable[[], bytes]) -> HttpResponse:
    if issue.scan:
        messages.error(request, "这一期的 PDF 是当年的原件，不再排版，请把原件交给印厂。")
        return redirect("admin:issues_issue_printer", issue.pk)
    turnstile.enter(turnstile.DRAWN, request)
    try:
        data = make()
    except outputs.REFUSALS as reason:
        messages.error(request, f"还做不出印刷文件。{reason}")
        return redirect("admin:issues_issue_printer", issue.pk)
    kind = "application/pdf" if name.endswith(".pdf") else "application/zip"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_the_desk_only(response)


@require_safe
def archive(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The archive (zip) of an edition, as it was stored; the record knows who took it."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    turnstile.enter(turnstile.EXPORT, request)
    edition = get_object_or_404(Edition.objects.select_related("issue"), issue=pk, number=number)
    try:
        file = default_storage.open(edition.archive.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    issue = edition.issue
    record.write("下载存档", issue, by=who_acts(request), edition=number)
    name = f"{numbering.stem(issue)}-{number}-archive.zip"
    return for_the_desk_only(
        sent(file, name=edition.archive.name, as_attachment=True, filename=name)
    )
