"""A back issue that exists only as PDF: uploaded first, then an editor says which issue it is.

What was uploaded waits in the session of whoever did it, so that a mistake costs no second upload.
"""

import datetime
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from issues import numbering
from issues.backissues import scanned
from issues.backissues.load import AlreadyThere
from issues.exports import pages
from issues.models import Issue
from servicejournal.access import who_acts
from servicejournal.roles import EDITORIAL

#: Uploads that one session keeps in mind.
_WAITING = 5


class WhichForm(forms.Form):
    """Which issue a PDF is; guessed, for an editor to set right."""

    year = forms.IntegerField(label="年份", min_value=1980, max_value=2100)
    kind = forms.ChoiceField(label="种类", choices=Issue.Kind.choices, required=False)
    number = forms.IntegerField(
        label="期号", min_value=1, max_value=numbering.MOST, help_text="头一本增刊、号外是 1。"
    )
    last_number = forms.IntegerField(
        label="合刊到第几期",
        min_value=2,
        max_value=numbering.MOST,
        required=False,
        help_text="第7–8期合刊：期号写 7，这里写 8。不是合刊就留空。",
    )
    running_number = forms.IntegerField(
        label="总期号", min_value=1, max_value=9999, required=False, help_text="不知道就留空。"
    )
    date = forms.DateField(
        label="出刊日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="发布时要有；现在不知道，以后在“本期信息”里填。",
        error_messages={"invalid": "请按“2019-09-20”的样子填写日期。"},
    )
    theme = forms.CharField(
        label="本期主题",
        max_length=40,
        required=False,
        help_text="印在这一期页面上的大标题，没有就留空。",
    )

    def clean_date(self) -> datetime.date | None:
        date: datetime.date | None = self.cleaned_data["date"]
        if date and date > timezone.localdate():
            raise forms.ValidationError("出刊日期在今天以后，不像是过刊，请核对。")
        return date

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        last = told.get("last_number")
        if last and told.get("kind") not in ("", numbering.REGULAR):
            self.add_error("last_number", "增刊、号外没有合刊，这里请留空。")
        elif last and last <= told.get("number", 0):
            self.add_error("last_number", "合刊的末期号要比期号大。")
        return told

    def facts(self) -> scanned.Facts:
        told = dict(self.cleaned_data)
        which = numbering.Which(
            number=told.pop("number"),
            last_number=told.pop("last_number"),
            kind=told.pop("kind") or numbering.REGULAR,
        )
        return scanned.Facts(which=which, **told)


def _guessed(kept: scanned.Kept) -> dict[str, Any]:
    """What the form begins with."""
    guess = asdict(scanned.guess(kept))
    return {**guess, **(guess.pop("which") or {})}


def take(request: HttpRequest, file: "File[bytes]") -> HttpResponse:
    """Keeps the uploaded PDF and asks which issue it is. Raises `pages.NotReadable`."""
    if file.size > pages.MAX_BYTES:
        raise pages.NotReadable(pages.TOO_LARGE)
    data = file.read()
    if issue := scanned.known(data):
        messages.success(request, f"{issue}：这个文件已经导入过，什么也没有改。")
        return redirect("admin:issues_issue_release", issue.pk)
    kept = scanned.keep(data, file_name=file.name or "")
    waiting = {**request.session.get("scans", {}), kept.sha256: asdict(kept)}
    request.session["scans"] = dict(list(waiting.items())[-_WAITING:])
    return redirect("admin:issues_backissueimport_pdf", kept.sha256)


def page(request: HttpRequest, sha256: str) -> HttpResponse:
    """Which issue is it? Makes the issue, unpublished."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    told = request.session.get("scans", {}).get(sha256)
    if told is None:
        messages.error(request, "这次上传已经过去了，请重新选 PDF 文件。")
        return redirect("admin:issues_backissueimport_upload")
    kept = scanned.Kept(**told)
    form = WhichForm(request.POST or None, initial=_guessed(kept))
    if request.method == "POST" and form.is_valid():
        try:
            return _admit(request, kept, form.facts())
        except (scanned.NotAdmitted, AlreadyThere) as refusal:
            form.add_error(None, str(refusal))
    context = {
        **admin.site.each_context(request),
        "title": "这是哪一期",
        "form": form,
        "kept": kept,
    }
    status = 422 if form.is_bound else 200
    return render(request, "admin/issues/backissueimport/pdf.html", context, status=status)


def _admit(request: HttpRequest, kept: scanned.Kept, facts: scanned.Facts) -> HttpResponse:
    issue, is_new = scanned.admit(kept, facts, by=who_acts(request))
    said = "已导入，请核对后点“核对通过”。" if is_new else "这个文件已经导入过，什么也没有改。"
    messages.success(request, f"{issue}：{said}")
    return redirect("admin:issues_issue_release", issue.pk)
