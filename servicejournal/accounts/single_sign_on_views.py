"""Single sign-on over HTTP: to the bank's own sign-in page, and back with what it says."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..web import site
from . import entering, failures, single_sign_on
from .entering_views import home_of, next_of
from .registration import NotAllowed

_log = logging.getLogger(__name__)
_ONWARD = "single-sign-on-next"
_AGAIN = "统一认证没有成功，可能是那一页放得太久了。请回到登录页再试一次。"
_AWAY = "统一认证现在连不上。请过一会儿再试，或者用密码登录。"


@never_cache
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    if not single_sign_on.is_on():
        raise Http404
    from requests import RequestException  # as in `single_sign_on`: for those who have it

    request.session[_ONWARD] = next_of(request)
    back = site.absolute(reverse("single_sign_on_back"))
    try:
        leads: HttpResponse = single_sign_on.client().authorize_redirect(request, back)
    except (RequestException, RuntimeError) as error:
        return _refused(request, _AWAY, error, status=503)
    return leads


@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """What the provider sends is looked at once: the state that was kept for it goes with that."""
    if not single_sign_on.is_on():
        raise Http404
    from authlib.integrations.base_client import OAuthError
    from joserfc.errors import JoseError
    from requests import RequestException

    onward = request.session.pop(_ONWARD, "")
    try:
        claims = single_sign_on.claims_of(request)
        user = single_sign_on.enter(claims)
    except NotAllowed as refused:
        return _refused(request, str(refused), refused)
    except (OAuthError, JoseError) as error:
        return _refused(request, _AGAIN, error)
    except (RequestException, RuntimeError, ValueError) as error:
        return _refused(request, _AWAY, error, status=503)
    return entering.begin(
        request,
        user,
        onward=onward or home_of(user),
        proved=single_sign_on.second_factor_in(claims),
        needs_no_password=True,
        how=single_sign_on.ACTOR,
    )


def _refused(
    request: HttpRequest, sentence: str, error: Exception, *, status: int = 403
) -> HttpResponse:
    """The reason is the operator's: in the log, by its kind in the record."""
    _log.warning("single sign-on: %s: %s", type(error).__name__, error)
    failures.elsewhere(type(error).__name__)
    context = {"sentence": sentence}
    return render(request, "accounts/single_sign_on.html", context, status=status)


urlpatterns = [
    path("sso/", begin, name="single_sign_on"),
    path("sso/back/", back, name="single_sign_on_back"),
]
