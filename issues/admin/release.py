"""Signing off and publishing (签发与发布): what stands in the way, and the buttons."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from articles.models import Article
from articles.reviewing import staffing
from issues.backissues import load
from issues.exports import archive, book
from issues.making import (
    closing,
    error_rate,
    orders,
    page_checks,
    preflight,
    publication,
    withdrawals,
)
from issues.models import Correction, Issue, ProposedCorrection
from servicejournal import record
from servicejournal.access import MEMBERS, who_acts
from servicejournal.accounts import safety_views
from servicejournal.models import Record, User

from . import page_progress, quality

#: The digest of no issue: of a page that showed none.
_NONE = "-"
#: Who does it shows the second factor again after a while.
_WEIGHTY = ("sign_off", "publish")


class ReleaseForm(forms.Form):
    STEPS = (
        ("sign_off", "签发"),
        ("publish", "发布"),
        ("take_back", "撤回签发"),
        ("withdraw", "撤下"),
        ("accept", "核对通过"),
        ("restore", "恢复"),
        ("close", "改为登录后可读"),
        ("open", "改为公开"),
    )
    step = forms.ChoiceField(choices=STEPS)
    #: What the page showed: the digest of what is to be signed, the edition that stands.
    digest = forms.CharField(max_length=64, required=False)
    edition = forms.IntegerField(error_messages={"required": "这一页是旧的，请刷新页面。"})
    at = forms.DateTimeField(
        label="定时发布",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        error_messages={"invalid": "请按“2026-12-18 09:00”的样子填写日期和时间。"},
    )
    why = forms.CharField(label="理由", required=False, max_length=300)
    #: Of the edition that is to be restored.
    number = forms.IntegerField(required=False, min_value=1, max_value=32767)
    is_told = forms.BooleanField(label="理由给读者看", required=False)

    def clean_at(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["at"]
        if at and at < timezone.now():
            raise forms.ValidationError("定时发布的时间已经过去，请选以后的时间，或直接发布。")
        return at


def page(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(
        Issue.objects.select_related("signed_off_by", "published_by", "closed_by", "intake"), pk=pk
    )
    form = ReleaseForm(request.POST or None)
    if request.POST.get("step") in _WEIGHTY and (first := safety_views.way_to_prove(request)):
        messages.info(request, "输完验证码，请再点一次“签发”或“发布”。")
        return first
    if request.method == "POST" and form.is_valid():
        try:
            if said := _carry_out(issue, form.cleaned_data, by=who_acts(request)):
                messages.success(request, said)
            return redirect("admin:issues_issue_release", issue.pk)
        except publication.NotAllowed as refusal:
            stale = isinstance(refusal, publication.Stale)
            form.add_error(None, forms.ValidationError(str(refusal), "stale" if stale else ""))
            issue.refresh_from_db()
    context = {**admin.site.each_context(request), **_context(issue, form, who_acts(request))}
    stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/release.html", context, status=status)


def _carry_out(issue: Issue, data: dict[str, Any], *, by: User) -> str:
    """Does the step, or has it made; gives the sentence that says what happened."""
    seen = {"edition": data["edition"]}
    if data["step"] == "sign_off":
        orders.order(issue, orders.Verb.SIGN_OFF, by=by, digest=data["digest"] or _NONE)
        return ""
    if data["step"] == "take_back":
        publication.take_back_sign_off(issue, by=by, why=data["why"], **seen)
        return "已撤回签发，文章、目录和本期信息又可以改了。改好后重新签发。"
    if data["step"] == "restore":
        what = {"number": data["number"] or 0, "why": data["why"], "seen": data["edition"]}
        orders.order(issue, orders.Verb.RESTORE, by=by, **what)
        return ""
    if data["step"] == "withdraw":
        told = {"why": data["why"], "is_told": data["is_told"]}
        withdrawals.withdraw(issue, by=by, **told, **seen)
        return "已撤下，读者看不到这一期了，作者会收到通知。改好后可以重新签发、发布。"
    if data["step"] == "close":
        closing.close(issue, by=by, why=data["why"], **seen)
        return "这一期现在只给登录的读者看，公开的页面、检索和订阅里都没有它了。"
    if data["step"] == "open":
        closing.open_again(issue, by=by, why=data["why"], **seen)
        return "这一期现在公开了。"
    if data["step"] == "accept":
        publication.accept_intake(issue, by=by, digest=data["digest"] or _NONE, **seen)
        return "核对通过，可以签发了。"
    edition = publication.publish(issue, by=by, at=data["at"], **seen)
    if issue.is_scheduled:
        when = timezone.localtime(issue.published_at)
        return f"已定时：{when:%Y-%m-%d %H:%M} 读者就能看到，到时不用再操作。"
    return f"已发布第{edition.number}版，读者现在就能看到。"


def _timeline(issue: Issue) -> QuerySet[Record]:
    """What happened to the issue, and the corrections of its articles."""
    corrected = Correction.objects.filter(edition__issue=issue).values("article")
    corrections = Record.objects.filter(
        verb="更正", subject_type=Article._meta.label_lower, subject_pk__in=corrected
    )
    return record.of(issue) | corrections


def _context(issue: Issue, form: ReleaseForm, user: User) -> dict[str, Any]:
    is_chief = staffing.acts_as_chief(user)
    intake = getattr(issue, "intake", None)
    to_sign = is_chief and not issue.signed_off_at
    to_accept = intake is not None and not intake.accepted_at
    digest = archive.digest(book.of(issue)) if to_sign or to_accept else ""
    findings = [*preflight.check(issue, digest), *page_checks.check(issue)]
    return {
        "title": f"签发与发布 {issue.full_label}",
        "issue": issue,
        "form": form,
        "blocking": [finding for finding in findings if finding.blocks],
        "advice": [finding for finding in findings if not finding.blocks],
        "editions": issue.editions.select_related("made_by").defer("cover_svg", "facts", "face"),
        "error_rate": error_rate.of(issue),
        "inspected": [row for row in quality.results(issue) if row[0].finished_at],
        "waiting": ProposedCorrection.objects.waiting()
        .filter(article__issue=issue)
        .select_related("article", "proposed_by"),
        "timeline": _timeline(issue)[:20],
        "making": issue.makings.select_related("asked_by", "article").first(),
        "is_chief": is_chief,
        "all_must_sign_in": settings.READER_ACCESS == MEMBERS,
        "chiefs": () if is_chief else staffing.chiefs(),
        "is_deputy": staffing.for_the_chief(user),
        "signs_as": staffing.signature(user),
        "digest": digest,
        "intake": intake,
        "accounted": load.accounted(intake) if intake else "",
        **page_progress.context_of(issue, user),
    }
