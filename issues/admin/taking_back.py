"""Taking back what is out (撤稿), the cover corrected, earlier editions read and restored."""

from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.reviewing import staffing
from issues import facts
from issues.exports import book, outputs
from issues.making import corrections, orders, publication
from issues.making.orders import Verb
from issues.models import Edition, Issue
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.certain import certain
from servicejournal.web.kept import FillsAgain, fills_again

_RELEASE = "admin:issues_issue_release"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
}
#: Saved, not shown: a PDF does not open under our policy.
_SAVED = {".pdf", ".epub"}


class WithdrawalForm(FillsAgain, forms.Form):
    why = forms.CharField(
        label="撤稿的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明撤稿的理由。"},
    )
    is_told = forms.BooleanField(
        label="理由给读者看",
        required=False,
        help_text="不勾，读者打开原来的网址只看到“已经撤下”和日期。",
    )


@fills_again
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """撤稿 of one article: what will happen, a reason, the button."""
    if not staffing.acts_as_chief(who_acts(request)):
        raise PermissionDenied
    shown = get_object_or_404(Article.objects.published().select_related("issue"), pk=pk)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issue = shown.issue_id
        try:
            by, of = who_acts(request), certain(shown.issue, "it is out")
            orders.order(of, Verb.WITHDRAW, by=by, article=shown, **form.cleaned_data)
        except publication.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_RELEASE, issue)
    context = {
        **admin.site.each_context(request),
        "title": f"撤稿《{shown.title}》",
        "article": shown,
        "issue": shown.issue,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/withdraw_article.html", context, status=status)


class FactsForm(FillsAgain, forms.ModelForm):
    """Cover and colophon of an issue that is out; `base` is what both said when opened."""

    reason = forms.CharField(
        label="更正说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="读者会在本期的“更正”里看到。",
        error_messages={"required": "请写更正说明，读者会看到它。"},
    )
    base = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    #: Names what both say by now, which this person has seen beside what they typed.
    over = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    class Meta:
        model = Issue
        fields = facts.CORRECTED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = corrections.base_of_facts(self.instance)
        self.initial.update({name: stands(self.instance, name) for name in facts.CORRECTED})

    def typed(self) -> dict[str, Any]:
        """With the line ends that are stored; browsers send others."""
        return {name: _with_our_ends(self.cleaned_data[name]) for name in facts.CORRECTED}

    def what(self) -> dict[str, Any]:
        """For the order, as JSON."""
        changes = self.typed()
        lines = [line.strip() for line in changes["cover_lines"].splitlines()]
        changes = book.to_json({**changes, "cover_lines": tuple(filter(None, lines))})
        base = self.cleaned_data["over"] or self.cleaned_data["base"]
        return {"base": base, "reason": self.cleaned_data["reason"], "changes": changes}


def stands(issue: Issue, name: str) -> Any:
    """What readers hold: names that nobody typed, the record gave to the edition."""
    worn = issue.standing.face if issue.standing and name in facts.WORN else {}
    return worn.get(name, getattr(issue, name))


def _with_our_ends(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in value.splitlines())


@fills_again
def correct_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """更正 of the cover and the colophon."""
    if not staffing.acts_as_chief(who_acts(request)):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.published(), pk=pk)
    form = FactsForm(request.POST or None, instance=Issue.objects.get(pk=pk))
    status, changed = 422 if form.is_bound else 200, []
    if request.method == "POST" and form.is_valid():
        try:
            orders.order(issue, Verb.FACTS, by=who_acts(request), **form.what())
        except corrections.FactsChanged as refusal:
            form.add_error(None, str(refusal))
            status, changed = 409, _beside(issue, form)
        except publication.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_RELEASE, issue.pk)
    context = {
        **admin.site.each_context(request),
        "title": f"更正封面与版权页 {issue.full_label}",
        "issue": issue,
        "form": form,
        "changed": changed,
        "newest": corrections.base_of_facts(issue),
    }
    return render(request, "admin/issues/issue/correct_facts.html", context, status=status)


def _beside(issue: Issue, form: FactsForm) -> list[tuple[str, str, str]]:
    """(what it is called, as it stands, as it was typed) of each fact that differs."""
    return [
        (str(form.fields[name].label), _shown(stands(issue, name)), _shown(value))
        for name, value in form.typed().items()
        if stands(issue, name) != value
    ]


def _shown(value: Any) -> str:
    return str(value or "")


@require_safe
def edition(request: HttpRequest, pk: int, number: int, name: str) -> HttpResponse:
    """A file of an edition's static copy, out of its archive: old editions stay readable."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    suffix = PurePosixPath(name).suffix
    kind = _TYPES.get(suffix)
    shown = get_object_or_404(Edition, issue=pk, number=number)
    try:
        with ZipFile(BytesIO(outputs.read(shown.archive.name))) as archive:
            data = archive.read(name) if kind else None
    except (OSError, KeyError, ValueError, BadZipFile) as gone:
        raise Http404 from gone
    if data is None:
        raise Http404
    response = for_the_desk_only(HttpResponse(data, content_type=kind))
    response["X-Content-Type-Options"] = "nosniff"
    if suffix in _SAVED:
        response["Content-Disposition"] = f'attachment; filename="{pk}-{number}{suffix}"'
    return response
