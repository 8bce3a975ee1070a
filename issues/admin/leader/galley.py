"""清样: an article as readers will see it, with all that was said of it at its place.

Corrections of the proof that is due, notes of leaders, comments, findings of the proofreading aid
and of preflight: each is a passage (`articles.bodies.anchors`), drawn by the page's script, listed
beside the text without it, and mended from here. Below stands what changed since the last proof.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from articles.admin import findings
from articles.bodies import differences, layout
from articles.models import Article
from articles.pictures import dressing
from articles.reviewing import checking, editing
from issues.making import preflight, proofs
from issues.making.leader import notes
from issues.models import Issue, Proof
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.roles import EDITORIAL
from servicejournal.web.kept import FillsAgain, fills_again

#: Findings that the page lists; a text with more is sent back, not mended here.
_MOST = 60


class CorrectionForm(FillsAgain, forms.Form):
    words = forms.CharField(required=False, max_length=5000)
    quote = forms.CharField(required=False, max_length=2000)
    before = forms.CharField(required=False, max_length=200, strip=False)
    round = forms.IntegerField(required=False)


@fills_again
def page(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.select_related("intake"), pk=pk)
    user = who_acts(request)
    rows = Article.objects.visible_to(user).filter(issue=issue).select_related("section", "issue")
    shown = get_object_or_404(rows.with_bylines(), pk=article)
    form = CorrectionForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            _note(issue, shown, form.cleaned_data, by=user)
            messages.success(request, "记下了。")
            return redirect("admin:issues_issue_galley", issue.pk, shown.pk)
        except notes.NotAllowed as refusal:
            status = 409 if isinstance(refusal, notes.Stale) else 422
            form.add_error(None, str(refusal))
    context = {**admin.site.each_context(request), **_context(issue, shown, form, user)}
    return render(request, "admin/issues/issue/looking/galley.html", context, status=status)


@require_POST
def take(request: HttpRequest, pk: int, article: int) -> HttpResponse:
    """What the findings' form of the review page does, and back here."""
    here = get_object_or_404(Article.objects.filter(issue=pk), pk=article)
    findings.act(request, here.pk)
    return redirect("admin:issues_issue_galley", pk, here.pk)


def _note(issue: Issue, article: Article, data: dict[str, Any], *, by: User) -> None:
    said = notes.Said(data["words"], data["quote"], data["before"])
    notes.by_proofreader(issue, article, by=by, said=said, round=data["round"] or 0)


def _context(issue: Issue, article: Article, form: CorrectionForm, user: User) -> dict[str, Any]:
    progress = proofs.of(issue)
    is_editor = user.has_role(*EDITORIAL)
    inside = article.is_open_inside_to(user)
    found = list(article.page_notes.filter(issue=issue).select_related("by", "link", "settled_by"))
    order = list(issue.articles.in_print_order().values_list("pk", "title"))
    at = [pk for pk, _ in order].index(article.pk)
    last = issue.proofs.standing().last()
    return {
        "title": f"清样：{article.title}",
        "issue": issue,
        "article": article,
        "body": layout.lay_out(dressing.dress(article)).body,
        "form": form,
        "due": None if issue.why_frozen else progress.due,
        "is_editor": is_editor,
        "may_edit": is_editor and not editing.why_not(article, user),
        "note_rows": notes.placed(found, {article.pk: notes.text_of(article)}),
        "came_from": "galley",
        "comments": article.comments.open().readable_by(user).select_related("by")
        if inside
        else (),
        "findings": checking.check(article).open[:_MOST],
        "preflight": [
            each
            for each in preflight.check(issue)
            if each.article and each.article.pk == article.pk
        ],
        "digest": article.digest(),
        "last": last,
        "since": since(article, last) if last else None,
        "before": order[at - 1] if at else None,
        "after": order[at + 1] if at + 1 < len(order) else None,
    }


def since(article: Article, proof: Proof) -> differences.Difference | None:
    """What changed in the text since that proof was signed; None where nothing did."""
    versions = article.history.filter(history_date__lte=proof.finished_at)
    read = versions.select_related("section").first()
    if read is None:
        return None
    told = differences.between(differences.text_of(read), differences.text_of(article))
    return None if told.is_empty else told


def changed_since(issue: Issue, proof: Proof | None) -> set[int]:
    """The articles whose text has a later version than that proof. One query."""
    if proof is None:
        return set()
    rows = Article.history.filter(issue=issue.pk, history_date__gt=proof.finished_at)
    return set(rows.values_list("id", flat=True))
