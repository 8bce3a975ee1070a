"""The page of an account whose owner has left: what goes, what stays, and why."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from servicejournal.access import who_acts
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import User
from servicejournal.models.user import SYSTEM
from servicejournal.privacy import leaving


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """POST with a reason (`why`) erases; refused, the reason is still there."""
    if not request.user.has_perm("servicejournal.change_user"):
        raise PermissionDenied
    user, by = get_object_or_404(User.objects.exclude(username=SYSTEM), pk=pk), who_acts(request)
    refused, why = leaving.refusal(user, by=by), request.POST.get("why", "")
    if request.method == "POST":
        try:
            leaving.erase(user, by=by, why=why)
        except NotAllowed as reason:
            refused = str(reason)
        else:
            messages.success(request, "账号已清理；刊出的署名和工作记录都还在。")
            return redirect("admin:servicejournal_user_change", pk)
    context = {
        **admin.site.each_context(request),
        "title": f"离任清理 {user}",
        "account": user,
        "refused": refused,
        "why": why,
        "may": not leaving.refusal(user, by=by),
        "name_stays": leaving.keeps_the_name(user),
        "longest": leaving.MAX_REASON,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/servicejournal/user/leaving.html", context, status=status)
