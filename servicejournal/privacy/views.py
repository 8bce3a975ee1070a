"""What is kept about people, for everybody to read; and one's own, to take away."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from ..access import SignedInRequest
from ..web import turnstile
from . import holdings, own_data


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For whoever is to sign up, too: so it opens for everybody, also beside a members' journal."""
    context = {
        "holdings": holdings.all_of_them(),
        "record_days": holdings.RECORD_DAYS,
        "rejected_days": settings.REJECTED_DAYS,
    }
    return render(request, "privacy/page.html", context)


@require_POST
@login_required
def own(request: SignedInRequest) -> HttpResponse:
    turnstile.enter(turnstile.EXPORT, request)
    response = HttpResponse(own_data.of(request.user), content_type="application/json")
    name = f"my-data-{timezone.localdate():%Y%m%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    add_never_cache_headers(response)
    return response
