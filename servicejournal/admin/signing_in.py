"""What an administrator sees to of signing in: locks lifted, lost telephones, claims and roles."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from servicejournal.access import who_acts
from servicejournal.accounts import devices, guessing, second_factor, telling
from servicejournal.accounts.registration import NotAllowed
from servicejournal.accounts.safety_views import asks_again
from servicejournal.models import ClaimRule, User
from servicejournal.models.user import SYSTEM

from .recorded import RecordedAdmin


@never_cache
@require_http_methods(["GET", "POST"])
@asks_again
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """How one account is entered; POST lifts a lock, or has the second factor begun anew."""
    if not request.user.has_perm("servicejournal.change_user"):
        raise PermissionDenied
    user = get_object_or_404(User.objects.exclude(username=SYSTEM), pk=pk)
    refused = ""
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request, user))
            return redirect("admin:servicejournal_user_signing_in", pk)
        except NotAllowed as reason:
            refused = str(reason)
    context = {
        **admin.site.each_context(request),
        "title": f"{user}的登录",
        "account": user,
        "guesses": guessing.against(user),
        "has_second_factor": second_factor.is_on(user),
        "is_demanded": second_factor.demanded_of(user),
        "codes_left": second_factor.codes_left(user),
        "devices": devices.of(user),
        "identities": user.identities.all(),
        "refused": refused,
        "why": request.POST.get("why", ""),
    }
    template = "admin/servicejournal/user/signing_in.html"
    return render(request, template, context, status=422 if refused else 200)


def _carry_out(request: HttpRequest, user: User) -> str:
    """Does what the button says; gives the sentence that says what happened."""
    by = who_acts(request)
    if "lift" in request.POST:
        lifted = guessing.lift(user, by=by)
        return f"已解除，{user}现在可以登录。" if lifted else f"{user}没有被限制登录。"
    second_factor.reset(user, by=by, why=request.POST.get("why", ""))
    telling.of_a_reset(user, by=by)
    return f"已重置。{user}下次登录时重新启用，别处的登录都结束了。"


@admin.register(ClaimRule)
class ClaimRuleAdmin(RecordedAdmin):
    noun = "单点登录对照"
    fields = ["claim", "value", "role", "branch"]
    list_display = ["claim", "value", "role", "branch"]
    list_select_related = ["branch"]
    search_fields = ["claim", "value"]
    search_help_text = "按字段或值查找"
    autocomplete_fields = ["branch"]
