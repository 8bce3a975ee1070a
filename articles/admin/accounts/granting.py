"""Roles of one account, given and taken back; and the page where a second person answers."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import staffing
from servicejournal import admin_site
from servicejournal.access import who_acts
from servicejournal.accounts import granting
from servicejournal.accounts.registration import NotAllowed
from servicejournal.accounts.safety_views import asks_again
from servicejournal.models import RoleGrant, RoleRequest, User
from servicejournal.models.user import SYSTEM
from servicejournal.roles import BY_TWO, Role


@never_cache
@require_http_methods(["GET", "POST"])
@asks_again
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """What the account was given, by whom; POST gives, takes back, or withdraws a request. What
    has changed since it was shown is shown again (409), with the reason that was typed.
    """
    if not request.user.has_perm("servicejournal.view_rolegrant"):
        raise PermissionDenied
    user = get_object_or_404(User.objects.exclude(username=SYSTEM), pk=pk)
    if request.method == "GET":
        return _roles_page(request, user)
    try:
        messages.success(request, _carry_out(request, user))
    except granting.Changed as changed:
        return _roles_page(request, user, refused=str(changed), status=409)
    except NotAllowed as refused:
        return _roles_page(request, user, refused=str(refused), status=422)
    return redirect("admin:servicejournal_user_roles", pk)


def _carry_out(request: HttpRequest, user: User) -> str:
    """Does what the button says; gives the sentence that says what happened."""
    by, sent = who_acts(request), request.POST
    why, seen = sent.get("why", ""), sent.get("seen", "")
    if "withdraw" in sent:
        asked = get_object_or_404(user.role_requests.pending(), pk=_number(sent["withdraw"]))
        granting.withdraw(asked, by=by)
        return f"已收回，{user}没有得到“{asked.get_role_display()}”。"
    if "revoke" in sent:
        granting.revoke(user, sent["revoke"], by=by, why=why, seen=seen)
        return f"已收回{user}的“{Role(sent['revoke']).label}”。"
    made = staffing.grant(user, sent.get("role", ""), by=by, why=why, seen=seen)
    if isinstance(made, RoleGrant):
        return f"{user}现在是“{made}”。"
    return f"已提出。主编或另一位管理员同意以后，{user}才是“{made.get_role_display()}”。"


def _roles_page(
    request: HttpRequest, user: User, *, refused: str = "", status: int = 200
) -> HttpResponse:
    by = who_acts(request)
    given = list(user.grants.select_related("granted_by", "confirmed_by"))
    asked = list(user.role_requests.pending().select_related("asked_by"))
    taken = {each.role for each in given} | {each.role for each in asked}
    context = {
        **admin.site.each_context(request),
        "title": f"{user}的角色",
        "account": user,
        "given": given,
        "asked": asked,
        "seen": granting.digest(user),
        "offered": [(role, role in BY_TWO) for role in Role if role not in taken],
        "may_grant": by.has_perm("servicejournal.add_rolegrant") and by.pk != user.pk,
        "may_revoke": by.has_perm("servicejournal.delete_rolegrant"),
        "is_own": by.pk == user.pk,
        "seconds": _seconds(asked, user, by),
        "refused": refused,
        "role": request.POST.get("role", ""),
        "why": request.POST.get("why", ""),
        "longest": granting.MAX_REASON,
    }
    return render(request, "admin/servicejournal/user/roles.html", context, status=status)


def _seconds(asked: list[RoleRequest], user: User, by: User) -> list[User]:
    """Who may confirm what is asked for this account, or would be asked by this person."""
    askers = {each.asked_by_id for each in asked} or {by.pk}
    return list(User.objects.seconds().exclude(pk__in=[*askers, user.pk]).order_by("name", "pk"))


@never_cache
@require_http_methods(["GET", "POST"])
@asks_again
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who asks for which role for whom, and why; POST agrees or does not."""
    by = who_acts(request)
    if not by.may_be_second:
        raise Http404
    asked = get_object_or_404(
        RoleRequest.objects.select_related("user__branch", "asked_by", "answered_by"), pk=pk
    )
    refused = ""
    if request.method == "POST":
        try:
            messages.success(request, _answer(request, asked, by=by))
        except NotAllowed as reason:
            asked.refresh_from_db()
            refused = str(reason)
        else:
            return redirect("admin:servicejournal_user_role_request", pk)
    context = {
        **admin.site.each_context(request),
        "title": "授予角色，请您答复",
        "asked": asked,
        "account": asked.user,
        "held": asked.user.grants.all(),
        "why_not": granting.why_not_answer(asked, by=by),
        "refused": refused,
        "why": request.POST.get("why", ""),
        "longest": granting.MAX_REASON,
    }
    page = "admin/servicejournal/user/role_request.html"
    return render(request, page, context, status=422 if refused else 200)


def _answer(request: HttpRequest, asked: RoleRequest, *, by: User) -> str:
    if "confirm" in request.POST:
        given = staffing.confirm(asked, by=by)
        return f"{given.user}现在是“{given}”。"
    granting.refuse(asked, by=by, why=request.POST.get("why", ""))
    return f"您没有同意，{asked.user}没有得到“{asked.get_role_display()}”。"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def waiting_for_a_second(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Requests that this person may answer."""
    waiting = RoleRequest.objects.answerable_by(who_acts(request))
    rows = list(waiting.select_related("user", "asked_by"))
    return ("admin/panels/role_requests.html", {"rows": rows}) if rows else None


admin_site.current().panels.append(waiting_for_a_second)
