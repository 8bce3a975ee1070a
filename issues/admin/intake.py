"""Back issues come in (过刊导入): a file is uploaded, looked at, corrected and accepted."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from issues.backissues import load
from issues.backissues.dump import NotADump
from issues.exports.pages import NotReadable
from issues.models import BackIssueImport
from servicejournal.admin.read_only import ReadOnlyAdmin
from servicejournal.roles import EDITORIAL

from . import scanning


class UploadForm(forms.Form):
    file = forms.FileField(
        label="文字或 PDF 文件",
        help_text="从翻页网站存下来的 .txt（UTF-8 或 GBK 编码，5 MB 以内），"
        "或者整期的 .pdf（100 MB、400 页以内）。",
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,text/plain,application/pdf"}),
        error_messages={"required": "请先选文件。", "empty": "这个文件是空的，请另选一个。"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.name.lower().endswith(".pdf"):
            return file  # `exports.pages` has its own limits and words
        if file.size > 5 * 1024 * 1024:
            raise forms.ValidationError("文件超过 5 MB，不像是一期刊物的文字，请检查后再选。")
        return file


@admin.register(BackIssueImport)
class BackIssueImportAdmin(ReadOnlyAdmin):
    list_display = ["issue", "file_name", "doubt_count", "imported_at", "imported_by", "accepted"]
    list_select_related = ["issue", "imported_by"]
    change_list_template = "admin/issues/backissueimport/change_list.html"

    def get_urls(self) -> list:
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
    if not request.user.has_role(*EDITORIAL):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.name.lower().endswith(".pdf"):
                return scanning.take(request, file)
            intake, is_new = load.load(file.read(), file_name=file.name, by=request.user)
        except (NotADump, NotReadable, load.AlreadyThere) as refusal:
            form.add_error("file", str(refusal))
        else:
            said = "已导入，请核对存疑之处。" if is_new else "这个文件已经导入过，什么也没有改。"
            messages.success(request, f"{intake.issue}：{said}")
            return redirect("admin:issues_issue_release", intake.issue_id)
    context = {**admin.site.each_context(request), "title": "导入过刊", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "admin/issues/backissueimport/upload.html", context, status=status)
