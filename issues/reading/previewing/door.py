"""The door behind a link: who may come in, and how often.

The address is the permission: with what headers everything goes out that is asked for beneath it,
refusals too, `servicejournal.web.secret_addresses` says.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from servicejournal.access import is_closed
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
                return view(request, links.opened(token), *args, **kwargs)
            except PreviewLink.DoesNotExist as forged:
                raise Http404 from forged
            except links.Closed as closed:
                return _closed_page(request, closed)

        return csrf_exempt(guarded)

    return guard


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
