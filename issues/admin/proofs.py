"""三校: the assembled issue to read, and three names under it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from issues import contents
from issues.exports import archive, book
from issues.making import proofs
from issues.models import Issue, Proof
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.web.kept import FillsAgain, fills_again

from .leader import galley


class ProofForm(FillsAgain, forms.Form):
    step = forms.ChoiceField(choices=[("finish", "完成"), ("take_back", "撤回")])
    corrections = forms.IntegerField(
        label="改正处数",
        min_value=0,
        max_value=9999,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "改正处数请写 0 到 9999 的数字。"
        ),
    )
    words = forms.CharField(label="校对记录", max_length=2000, required=False)
    #: What the page showed: the round that was due, the issue's digest, when; one's own last proof.
    due = forms.IntegerField(required=False)
    digest = forms.CharField(max_length=64, required=False)
    opened = forms.DateTimeField(required=False)
    proof = forms.IntegerField(required=False)


@fills_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.select_related("intake"), pk=pk)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _carry_out(issue, form.cleaned_data, by=who_acts(request)))
            return redirect("admin:issues_issue_proofs", issue.pk)
        except proofs.NotAllowed as refusal:
            stale = isinstance(refusal, proofs.Stale)
            form.add_error(None, forms.ValidationError(str(refusal), "stale" if stale else ""))
    context = {**admin.site.each_context(request), **_context(issue, form, who_acts(request))}
    stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/proofs.html", context, status=status)


def _carry_out(issue: Issue, data: dict[str, Any], *, by: User) -> str:
    """Does the step; gives the sentence that says what happened."""
    if data["step"] == "take_back":
        proof = issue.proofs.standing().filter(pk=data["proof"]).first()
        if proof is None:
            raise proofs.Stale("这次校对已经撤回了，请看现在的页面。")
        proofs.take_back(proof, by=by)
        return f"{proof.get_round_display()}已撤回。"
    corrections = data["corrections"] or 0
    seen = proofs.Seen(data["due"] or 0, data["digest"], data["opened"])
    proof = proofs.finish(
        issue, by=by, corrections=corrections, words=data["words"], made_from=seen
    )
    return f"{proof.get_round_display()}完成，改正 {corrections} 处。"


def _context(issue: Issue, form: ProofForm, user: User) -> dict[str, Any]:
    digest = archive.digest(book.of(issue))
    progress = proofs.of(issue, digest=digest)
    last = issue.proofs.standing().last()
    found = {} if issue.is_published else proofs.open_findings(issue)
    may_take_back = last and last.proofreader_id == user.pk and not issue.signed_off_at
    return {
        "title": f"三校 {issue.full_label}",
        "issue": issue,
        "form": form,
        "rounds": [(each, progress.done.get(each.value)) for each in Proof.Round],
        "progress": progress,
        "digest": digest,
        "opened": timezone.now().isoformat(),
        "why_not": proofs.why_not(issue, progress, user),
        "last": last if may_take_back else None,
        "latest": last,
        "changed": galley.changed_since(issue, last),
        "rows": [(each, found.get(each.pk, 0)) for each in contents.of(issue).articles],
        "is_back_issue": getattr(issue, "intake", None) is not None,
        "may_edit": user.has_perm("articles.change_article") and not issue.why_frozen,
    }
