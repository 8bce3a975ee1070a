"""The door behind a link: who may come in, how often, and with what headers everything goes out.

Whatever is behind it is kept by nobody, found by no search engine, and tells no other site where
somebody came from: the address is the permission.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from servicejournal.access import for_the_desk_only, is_closed
from servicejournal.web import turnstile

from ...making.leader import links
from ...models import PreviewLink

View = Callable[..., HttpResponseBase]


def behind_a_link(gate: turnstile.Gate = turnstile.LOOK) -> Callable[[View], View]:
    """Decorator: gives the view the open link in the place of its token.

    A forged one is a 404; one that opens nothing any more a 410 that says why, and shows again what
    was typed. No token of a form is asked for: whoever could send a form here in somebody's name
    holds the address, and needs nobody for it; and without a referrer browsers send no origin
    either, which Django would ask for.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> Any:
            turnstile.enter(gate, request)
            try:
                response = view(request, links.opened(token), *args, **kwargs)
            except PreviewLink.DoesNotExist as forged:
                raise Http404 from forged
            except links.Closed as closed:
                response = _closed_page(request, closed)
            return _private(response)

        return csrf_exempt(guarded)

    return guard


def _private(response: HttpResponseBase) -> HttpResponseBase:
    for name in ("ETag", "Last-Modified", "Expires"):
        response.headers.pop(name, None)
    response["Referrer-Policy"] = "no-referrer"
    return for_the_desk_only(response)


def _closed_page(request: HttpRequest, closed: links.Closed) -> HttpResponse:
    """Why, and nothing of the issue; one that is out to everybody is led to."""
    issue = closed.link.issue
    out = issue.is_published and not is_closed(issue.access)
    context = {
        "reason": closed.reason,
        "words": request.POST.get("words", "")[:2000] if request.method == "POST" else "",
        "out": issue if out and not closed.link.revoked_at else None,
    }
    return render(request, "issues/looking/closed.html", context, status=410)
