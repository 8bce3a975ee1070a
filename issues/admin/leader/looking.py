"""送看: links to look at an issue by, what was said of it, and who lets it go to print."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.admin import reading_copy as paper
from articles.admin import review
from articles.models import Article
from articles.reviewing import staffing
from issues import contents
from issues.making import publication
from issues.making.leader import consent, links, notes
from issues.models import Issue, PageNote, PreviewLink
from servicejournal import record
from servicejournal.access import who_acts
from servicejournal.models import User
from servicejournal.papers import qr
from servicejournal.roles import EDITORIAL
from servicejournal.web import site
from servicejournal.web.kept import FillsAgain, fills_again

_REFUSALS = (publication.NotAllowed, notes.NotAllowed, consent.NotAllowed)
_STALE = (publication.Stale, notes.Stale, consent.Stale)


class LookingForm(FillsAgain, forms.Form):
    step = forms.ChoiceField(
        choices=[("make", "生成链接"), ("revoke", "收回"), ("paper", "登记同意付印")],
        error_messages={"invalid_choice": "没有这一步，请刷新页面。"},
    )
    for_whom = forms.CharField(required=False, max_length=200)
    days = forms.TypedChoiceField(
        choices=[(each, f"{each} 天") for each in links.DAYS],
        coerce=int,
        required=False,
        empty_value=links.DAYS[0],  # type: ignore[arg-type]  # whatever coerce gives
        error_messages={"invalid_choice": "请选有效几天。"},
    )
    may_agree = forms.BooleanField(required=False)
    link = forms.IntegerField(required=False)
    name = forms.CharField(required=False, max_length=200)
    words = forms.CharField(required=False, max_length=1000)
    digest = forms.CharField(required=False, max_length=64)


@fills_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue.objects.select_related("standing", "intake"), pk=pk)
    form = LookingForm(request.POST or None)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _carry_out(issue, form.cleaned_data, by=who_acts(request)))
            return redirect("admin:issues_issue_looking", issue.pk)
        except _REFUSALS as refusal:
            stale = isinstance(refusal, _STALE)
            form.add_error(None, str(refusal))
    context = {**admin.site.each_context(request), **_context(issue, form, who_acts(request))}
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/looking/page.html", context, status=status)


def _carry_out(issue: Issue, data: dict[str, Any], *, by: User) -> str:
    """Does the step; gives the sentence that says what happened."""
    if data["step"] == "make":
        said = {each: data[each] for each in ("for_whom", "days", "may_agree")}
        link = links.make(issue, by=by, **said)
        return f"给{link.for_whom}的链接做好了，在下面：复制网址发给他，或请他扫码。"
    if data["step"] == "revoke":
        link = get_object_or_404(issue.preview_links, pk=data["link"] or 0)
        links.revoke(link, by=by)
        return f"给{link.for_whom}的链接已收回，现在打不开了。"
    said = {each: data[each] for each in ("name", "words", "digest")}
    given = consent.on_paper(issue, by=by, **said)
    return f"已登记：{given.name}同意付印。"


def _context(issue: Issue, form: LookingForm, user: User) -> dict[str, Any]:
    shown = issue.preview_links.select_related("made_by", "revoked_by")
    is_editor = user.has_role(*EDITORIAL)
    return {
        "title": f"送看 {issue.full_label}",
        "issue": issue,
        "form": form,
        "days": links.DAYS,
        # The address opens the issue: it is for those who may make one.
        "open_links": [(each, _ways(each) if is_editor else {}) for each in shown.open()],
        "closed_links": [each for each in shown if not each.is_open],
        "note_rows": of_issue(issue),
        "consents": issue.consents.select_related("recorded_by", "link"),
        "asks_consent": consent.is_asked(),
        "is_chief": staffing.acts_as_chief(user),
        "digest": consent.digest_of(issue) if consent.is_asked() else "",
        "is_editor": is_editor,
        "outcomes": PageNote.Outcome.choices,
    }


def _ways(link: PreviewLink) -> dict[str, str]:
    address = site.absolute(reverse("look", args=[links.token_of(link)]))
    return {"address": address, "qr": qr.code_of(address)}


def of_issue(issue: Issue) -> list[notes.Placed]:
    """What leaders noted, open ones first. Two queries, three more where there is any."""
    found = list(issue.notes.of_leaders().select_related("article__section", "settled_by", "link"))
    texts = {each.article.pk: notes.text_of(each.article) for each in found if each.article}
    return notes.placed(found, texts)


@require_safe
def reading_copy(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """送审稿 of the whole issue, in print order."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    articles = contents.of(issue, with_bodies=True).articles
    back = redirect("admin:issues_issue_looking", issue.pk)
    if not articles:
        messages.error(request, "本期还没有文章，先编入稿件。")
        return back
    answer = paper.paper(request, articles, form, label=issue.label, back=back)
    if answer is not back:
        record.write(paper.MADE, issue, by=who_acts(request), form=form)
    return answer


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of the issue, or from that of its article: back there."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    note = get_object_or_404(PageNote.objects.select_related("issue"), pk=pk)
    sent, by = request.POST, who_acts(request)
    try:
        if "again" in sent:
            notes.reopen(note, by=by)
        else:
            outcome, answer = sent.get("outcome", ""), sent.get("answer", "")
            notes.settle(note, by=by, outcome=outcome, answer=answer)
    except notes.NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(_back(note, sent.get("from", "")))


def _back(note: PageNote, came_from: str) -> str:
    if came_from == "review" and note.article_id:
        return f"{reverse('admin:articles_article_review', args=[note.article_id])}#notes"
    if came_from == "galley" and note.article_id:
        return (
            f"{reverse('admin:issues_issue_galley', args=[note.issue_id, note.article_id])}#notes"
        )
    return f"{reverse('admin:issues_issue_looking', args=[note.issue_id])}#notes"


def beside(article: Article, user: User) -> dict[str, Any]:
    """For the review page of an article: what was noted on it in its issue."""
    found = list(article.page_notes.select_related("settled_by", "link", "by"))
    return {
        "note_rows": notes.placed(found, {article.pk: notes.text_of(article)}) if found else [],
        "is_editor": user.has_role(*EDITORIAL),
        "came_from": "review",
    }


review.also_beside("admin/issues/issue/looking/_beside.html", beside)
