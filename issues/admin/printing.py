"""Files for the desk alone: for the printer, made from the issue as it stands; and archives."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from issues import numbering
from issues.exports import book, outputs, pdf
from issues.models import Edition, Issue
from servicejournal import record
from servicejournal.access import for_the_desk_only, who_acts
from servicejournal.storage.sending import sent
from servicejournal.web import turnstile


@require_safe
def file(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """PDF with bleed and crop marks; saved, not shown: a printer wants the file."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=pk)
    if paper not in pdf.PAPERS:
        raise Http404
    turnstile.enter(turnstile.DRAWN, request)
    try:
        made = outputs.pdf_of(*book.held(issue), paper=paper, for_printer=True)
    except outputs.REFUSALS as reason:
        messages.error(request, f"还做不出印刷文件。{reason}")
        return redirect("admin:issues_issue_release", issue.pk)
    response = HttpResponse(made.data, content_type="application/pdf")
    name = f"{numbering.stem(issue)}-{paper}-print.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return for_the_desk_only(response)


@require_safe
def archive(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The archive (zip) of an edition, as it was stored; the record knows who took it."""
    if not request.user.has_perm("issues.view_issue"):
        raise PermissionDenied
    turnstile.enter(turnstile.EXPORT, request)
    edition = get_object_or_404(Edition.objects.select_related("issue"), issue=pk, number=number)
    try:
        file = default_storage.open(edition.archive.name)
    except FileNotFoundError as gone:
        raise Http404 from gone
    issue = edition.issue
    record.write("下载存档", issue, by=who_acts(request), edition=number)
    name = f"{numbering.stem(issue)}-{number}-archive.zip"
    return for_the_desk_only(
        sent(file, name=edition.archive.name, as_attachment=True, filename=name)
    )
