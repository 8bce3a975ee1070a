"""Back issues come in (过刊导入): a file is uploaded, looked at, corrected and accepted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from issues.backissues import arrival
from issues.exports.pages import NotReadable
from issues.models import BackIssueImport
from servicejournal.access import who_acts
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.roles import EDITORIAL
from servicejournal.web import turnstile

from . import scanning


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文字、PDF 或存档",
        help_text=(
            "从翻页网站存下来的 .txt（UTF-8 或 GBK 编码，5 MB 以内），整期的 .pdf（100 MB、400 页"
            "以内），或本系统导出的存档 .zip（200 MB 以内）。"
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,.zip"}),
        error_messages={"required": "请先选文件。", "empty": "这个文件是空的，请另选一个。"},
    )


@admin.register(BackIssueImport)
class BackIssueImportAdmin(ReadOnlyAdmin):
    list_display = ["issue", "file_name", "doubt_count", "imported_at", "imported_by", "accepted"]
    list_select_related = ["issue", "imported_by"]
    change_list_template = "admin/issues/backissueimport/change_list.html"

    def get_urls(self) -> list[Any]:
        guard = self.admin_site.admin_view
        return [
            path("upload/", guard(upload), name="issues_backissueimport_upload"),
            path("pdf/<str:sha256>/", guard(scanning.page), name="issues_backissueimport_pdf"),
            path("<int:pk>/change/", guard(self.to_the_issue)),
            *super().get_urls(),
        ]

    def to_the_issue(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was doubted stands on the page where the issue is signed off."""
        intake = BackIssueImport.objects.filter(pk=pk).first()
        if intake is None:
            return redirect("admin:issues_backissueimport_changelist")
        return redirect("admin:issues_issue_release", intake.issue_id)

    @admin.display(description="存疑")
    def doubt_count(self, intake: BackIssueImport) -> int:
        return len(intake.doubts)

    @admin.display(description="已核对", boolean=True)
    def accepted(self, intake: BackIssueImport) -> bool:
        return intake.accepted_at is not None


def upload(request: HttpRequest) -> HttpResponse:
    """Takes the file; what it doubts is shown beside the issue, which is not published yet."""
    if not who_acts(request).has_role(*EDITORIAL):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        turnstile.enter(turnstile.WORD, request)
        file = form.cleaned_data["file"]
        try:
            if arrival.is_pdf(file):
                return scanning.take(request, file)
            arrived = arrival.take_in(file, file_name=file.name, by=who_acts(request))
        except (NotReadable, *arrival.REFUSALS) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"{arrived.intake.issue}：{_said(arrived)}")
            return redirect("admin:issues_issue_release", arrived.intake.issue_id)
    context = {**admin.site.each_context(request), "title": "导入过刊", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "admin/issues/backissueimport/upload.html", context, status=status)


def _said(arrived: arrival.Arrival) -> str:
    """What was taken in, and what to do now."""
    if not arrived.is_new:
        return "这个文件已经导入过，什么也没有改。"
    count = arrived.intake.issue.articles.count()
    if arrived.intake.doubts:
        return f"已导入 {count} 篇文章，请核对存疑之处。"
    return f"已导入 {count} 篇文章，没有存疑之处，请看过后点“核对通过”。"
