"""Accounts of a list (按名单开通账号): an Excel file is uploaded, looked at, and carried out."""

import uuid
from dataclasses import astuple
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import people
from servicejournal import record
from servicejournal.access import who_acts
from servicejournal.accounts import registration, staff_lists
from servicejournal.accounts.links import MAX_SLIPS
from servicejournal.accounts.staff_lists import Fault, Row, StaffList

#: Seconds that a list may lie on the screen before it is carried out.
_KEPT = 12 * 3600
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="名单",
        help_text="Excel 的 .xlsx 文件，不超过 2 MB，最多 2000 人。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "请先选文件。", "empty": "这个文件是空的，请另选一个。"},
    )

    def clean_file(self) -> StaffList:
        file = self.cleaned_data["file"]
        try:
            return staff_lists.read(file.read(staff_lists.MAX_BYTES + 1))
        except staff_lists.Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def _must_be_allowed(request: HttpRequest) -> None:
    if not request.user.has_perm("servicejournal.enrol_user"):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Takes the file and shows what it would do; nothing is changed yet."""
    _must_be_allowed(request)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        staff, list_id = form.cleaned_data["file"], str(uuid.uuid4())
        by = who_acts(request)
        record.write("上传名单", by, by=by, list=list_id, people=len(staff.rows))
        return _preview(request, staff, list_id)
    status = 422 if form.is_bound else 200
    return _page(request, "list.html", {"title": "按名单开通账号", "form": form}, status=status)


def _preview(
    request: HttpRequest, staff: StaffList, list_id: str, *, status: int = 200
) -> HttpResponse:
    planned = people.plan(staff)
    context = {
        "title": "核对名单",
        "plan": planned,
        "waiting": sum(map(len, planned.lacking.values())),
        "kept": _seal(request, staff, list_id),
        "digest": _digest(planned),
    }
    return _page(request, "list_preview.html", context, status=status)


def _digest(planned: people.Plan) -> str:
    """What the editor saw: who is new, and which branches are not there, or called otherwise."""
    branches = "|".join([*sorted(planned.lacking), *map("→".join, planned.renamed.items())])
    return f"{len(planned.new)}-{len(planned.there)}-{branches}"


def _salt(request: HttpRequest) -> str:
    return f"articles.enrolment:{request.user.pk}"


def _seal(request: HttpRequest, staff: StaffList, list_id: str) -> str:
    """The list as the page carries it; the server keeps nothing of it before it is carried out."""
    rows, faults = map(astuple, staff.rows), map(astuple, staff.faults)
    kept = {"id": list_id, "rows": list(rows), "faults": list(faults)}
    return signing.dumps(kept, salt=_salt(request), compress=True)


def _unseal(request: HttpRequest) -> tuple[StaffList, str]:
    """Raises `signing.BadSignature` where it is another's, too old, or no list of ours."""
    sealed = request.POST.get("kept", "")
    kept = signing.loads(sealed, salt=_salt(request), max_age=_KEPT)
    rows, faults = (Row(*each) for each in kept["rows"]), (Fault(*each) for each in kept["faults"])
    return StaffList(tuple(rows), tuple(faults)), kept["id"]


@never_cache
@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """Makes the accounts in one go. What changed since the page was shown is shown first."""
    _must_be_allowed(request)
    try:
        staff, list_id = _unseal(request)
    except signing.BadSignature:
        messages.error(request, "这份名单放得太久了，什么也没有改。请重新传一次。")
        return redirect("admin:servicejournal_user_list")
    if registration.enrolled(list_id).exists():  # the second of two clicks
        return redirect("admin:servicejournal_user_list_outcome", list_id)
    if request.POST.get("digest") != _digest(people.plan(staff)):
        messages.warning(request, "您打开页面之后，账号或单位有了变动。请再看一遍，再开通。")
        return _preview(request, staff, list_id, status=409)
    return _enrol(request, staff, list_id)


def _enrol(request: HttpRequest, staff: StaffList, list_id: str) -> HttpResponse:
    ticked = request.POST.getlist("branches")
    try:
        users = people.enrol(staff, by=who_acts(request), list_id=list_id, branches=ticked)
    except registration.Taken:
        messages.warning(request, "刚刚有人用名单上的工号注册了。请再看一遍，再开通。")
        return _preview(request, staff, list_id, status=409)
    if not users:
        messages.info(request, "名单上没有可以开通的账号，什么也没有改。")
        return redirect("admin:servicejournal_user_list")
    messages.success(request, f"开通了 {len(users)} 个账号。")
    return redirect("admin:servicejournal_user_list_outcome", list_id)


@never_cache
@require_safe
def outcome(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """The accounts that a list made, in portions that slips are printed in."""
    _must_be_allowed(request)
    users = list(registration.enrolled(str(list_id)).select_related("branch").order_by("pk"))
    if not users:
        raise Http404
    record.write("打开名单", who_acts(request), by=who_acts(request), list=str(list_id))
    portions = [users[at : at + MAX_SLIPS] for at in range(0, len(users), MAX_SLIPS)]
    context = {"title": "名单上的账号", "portions": portions, "count": len(users)}
    return _page(request, "list_outcome.html", context)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty list to fill in."""
    _must_be_allowed(request)
    response = HttpResponse(staff_lists.template(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="staff-list.xlsx"'
    return response


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    whole = {**admin.site.each_context(request), **context}
    return render(request, f"admin/servicejournal/user/{name}", whole, status=status)
