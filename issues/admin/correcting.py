"""Correcting (更正) an article that is out: a reason, a dated note to readers, the next edition."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.models import Article
from issues import contents
from issues.making import publication
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.web.csp import holds_the_editor


class CorrectionForm(forms.ModelForm):
    reason = forms.CharField(
        label="更正说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="读者会在文末看到，如：第三段“2021年”应为“2022年”。",
        error_messages={"required": "请写更正说明，读者会看到它。"},
    )

    class Meta:
        model = Article
        fields = ["kicker", "title", "standfirst", "body"]


def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which article of the issue."""
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.published(), pk=pk)
    context = {
        **admin.site.each_context(request),
        "title": f"更正 {issue.full_label}",
        "issue": issue,
        "contents": contents.of(issue),
    }
    return render(request, "admin/issues/issue/correct_choose.html", context)


@holds_the_editor
def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.published().select_related("issue"), pk=pk)
    form = CorrectionForm(request.POST or None, instance=article)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in form.Meta.fields}
        before = Article.objects.select_related("issue").get(pk=pk)
        try:
            publication.correct(
                before, by=who_acts(request), reason=form.cleaned_data["reason"], **changes
            )
        except publication.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"《{article.title}》已更正，读者现在看到的是新的文本。")
            return redirect("admin:issues_issue_release", article.issue_id)
    context = {
        **admin.site.each_context(request),
        "title": f"更正《{article.title}》",
        "article": article,
        "issue": article.issue,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/correct.html", context, status=status)
