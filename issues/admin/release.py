"""Signing off and publishing (签发与发布): what stands in the way, and the buttons."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
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
#: Where ticks and reasons wait in the session until the factor was shown.
_TYPED = "accepted-at-release"
_CODE, _MOST = re.compile(r"[0-9a-f]{12}"), 300


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
        request.session[_TYPED] = {"issue": issue.pk, **_typed(request.POST)}
        messages.info(request, "输完验证码，请再点一次“签发”或“发布”。")
        return first
    if request.method == "POST" and form.is_valid():
        try:
            data = {**form.cleaned_data, "accepted": _accepted(request.POST)}
            if said := _carry_out(issue, data, by=who_acts(request)):
                messages.success(request, said)
            return redirect("admin:issues_issue_release", issue.pk)
        except publication.NotAllowed as refusal:
            stale = isinstance(refusal, publication.Stale)
            form.add_error(None, forms.ValidationError(str(refusal), "stale" if stale else ""))
            issue.refresh_from_db()
    kept = request.session.pop(_TYPED, {}) if request.method == "GET" else _typed(request.POST)
    typed = kept if kept.get("issue", issue.pk) == issue.pk else {}
    context = {
        **admin.site.each_context(request),
        **_context(issue, form, who_acts(request)),
    }
    _with_what_was_typed(context, typed)
    stale = form.is_bound and form.has_error(NON_FIELD_ERRORS, "stale")
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "admin/issues/issue/release.html", context, status=status)


def _typed(sent: QueryDict) -> dict[str, Any]:
    """Ticks, and reasons by code, as they were sent."""
    codes = [each for each in sent.getlist("accept") if _CODE.fullmatch(each)][:_MOST]
    reasons = {
        key.removeprefix("why-"): sent.get(key, "").strip()[:300]
        for key in sent
        if key.startswith("why-") and _CODE.fullmatch(key.removeprefix("why-"))
    }
    return {"codes": codes, "reasons": reasons, "all": sent.get("why_all", "").strip()[:300]}


def _accepted(sent: QueryDict) -> dict[str, str]:
    """Reasons of what is ticked: its own, or the one for all that have none."""
    typed = _typed(sent)
    told = {code: typed["reasons"].get(code) or typed["all"] for code in typed["codes"]}
    return {code: reason for code, reason in told.items() if reason}


def _with_what_was_typed(context: dict[str, Any], typed: dict[str, Any]) -> None:
    codes, reasons = typed.get("codes", ()), typed.get("reasons", {})
    context["advice"] = [
        (each, each.code in codes, reasons.get(each.code, "")) for each in context["advice"]
    ]
    context["why_all"] = typed.get("all", "")


def _carry_out(issue: Issue, data: dict[str, Any], *, by: User) -> str:
    """Does the step, or has it made; gives the sentence that says what happened."""
    seen = {"edition": data["edition"]}
    if data["step"] == "sign_off":
        _order_signing(issue, data, by=by)
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


def _order_signing(issue: Issue, data: dict[str, Any], *, by: User) -> None:
    """What is stale is said before what is not ticked: an old page shows other warnings."""
    digest = data["digest"] or _NONE
    publication.refuse_stale(issue, data["edition"])
    publication.refuse_changed(issue, digest)
    accepted, pages = data["accepted"], page_checks.check(issue)
    if staffing.acts_as_chief(by) and (stops := [each.message for each in pages if each.blocks]):
        raise publication.NotAllowed("还不能签发：" + "".join(stops))
    if staffing.acts_as_chief(by) and (missing := preflight.unanswered(pages, accepted)):
        raise publication.NotAllowed(publication.unanswered(missing))
    told = {
        "digest": digest,
        "accepted": accepted,
        "of_pages": {each.message: accepted[each.code] for each in pages if each.code in accepted},
    }
    orders.order(issue, orders.Verb.SIGN_OFF, by=by, **told)


def _timeline(issue: Issue) -> QuerySet[Record]:
    """What happened to the issue, and the corrections of its articles."""
    corrected = Correction.objects.filter(edition__issue=issue).values("article")
    corrections = Record.objects.filter(
        verb="更正", subject_type=Article._meta.label_lower, subject_pk__in=corrected
    )
    return record.of(issue) | corrections


def _accepted_at_signing(issue: Issue) -> list[dict[str, str]]:
    """Warnings that the standing signature let pass, and why."""
    if not issue.signed_off_at:
        return []
    signed = record.of(issue).filter(verb="签发").first()
    return signed.what.get("accepted", []) if signed else []


def _context(issue: Issue, form: ReleaseForm, user: User) -> dict[str, Any]:
    is_chief = staffing.acts_as_chief(user)
    intake = getattr(issue, "intake", None)
    to_sign = is_chief and not issue.signed_off_at
    to_accept = intake is not None and not intake.accepted_at
    digest = archive.digest(book.of(issue)) if to_sign or to_accept else ""
    findings = [*preflight.check(issue, digest), *page_checks.check(issue)]
    making = issue.makings.select_related("asked_by", "article").first()
    is_free = making is None or making.ended_at or making.is_silent
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
        "accepted": _accepted_at_signing(issue),
        "making": making,
        "is_chief": is_chief,
        "all_must_sign_in": settings.READER_ACCESS == MEMBERS,
        "chiefs": () if is_chief else staffing.chiefs(),
        "is_deputy": staffing.for_the_chief(user),
        "signs_as": staffing.signature(user),
        "digest": digest,
        "to_sign": to_sign and is_free and not any(each.blocks for each in findings),
        "intake": intake,
        "accounted": load.accounted(intake) if intake else "",
        **page_progress.context_of(issue, user),
    }
