"""Correcting (更正) an article that is out: a reason, a dated note to readers, the next edition."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from articles.bodies import differences
from articles.models import Article
from articles.reviewing import editing, workflow
from issues import contents
from issues.making import publication
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.web.csp import holds_the_editor

TEXT = ("kicker", "title", "standfirst", "body")


class CorrectionForm(forms.ModelForm):
    """`base` names the text that was opened: over a newer one nothing is corrected unseen."""

    reason = forms.CharField(
        label="更正说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="读者会在文末看到，如：第三段“2021年”应为“2022年”。",
        error_messages={"required": "请写更正说明，读者会看到它。"},
    )

    base = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    over = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    class Meta:
        model = Article
        fields = TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].initial = self.instance.digest()

    def text(self) -> dict[str, str]:
        """What was typed, where it is a text at all."""
        return {name: self.cleaned_data[name] for name in TEXT if name in self.cleaned_data}

    def what(self) -> dict[str, str]:
        """For the verb. `over` names a newer text that this person has seen beside their own."""
        data = self.cleaned_data
        base = data["over"] or data["base"]
        return {"base": base, "reason": data["reason"], **self.text()}


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
    """The text to correct; over somebody else's correction both are shown beside each other."""
    if not request.user.has_perm("issues.add_correction"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.published().select_related("issue"), pk=pk)
    if request.method != "POST":
        return _page(request, article, CorrectionForm(instance=article))
    form = CorrectionForm(request.POST, instance=Article.objects.get(pk=pk))
    is_valid = form.is_valid()
    if "theirs" in request.POST:
        anew = CorrectionForm(instance=article, initial={"reason": form["reason"].value()})
        return _page(request, article, anew, difference=_beside(article, form))
    if not is_valid:
        return _page(request, article, form, status=422)
    try:
        publication.correct(article, by=who_acts(request), **form.what())
    except editing.Stale as stale:
        told = {"stale": stale, "difference": _beside(stale.article, form)}
        return _page(request, stale.article, form, status=409, **told)
    except (publication.NotAllowed, workflow.NotAllowed) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, article, form, status=422)
    messages.success(request, f"《{article.title}》已更正，读者现在看到的是新的文本。")
    return redirect("admin:issues_issue_release", article.issue_id)


def _page(
    request: HttpRequest,
    article: Article,
    form: CorrectionForm,
    *,
    status: int = 200,
    **told: Any,
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": f"更正《{article.title}》",
        "article": article,
        "newest": article.digest(),
        "last": article.corrections.select_related("by").first(),
        "issue": article.issue,
        "form": form,
        **told,
    }
    return render(request, "admin/issues/issue/correct.html", context, status=status)


def _beside(article: Article, form: CorrectionForm) -> differences.Difference:
    """From the text as it stands to what this person wrote."""
    theirs = differences.text_of(article)
    return differences.between(theirs, replace(theirs, **form.text()))
