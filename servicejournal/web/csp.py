"""Where the Content-Security-Policy differs: on files, on pages that hold CKEditor 4, in a frame.

CKEditor 4 writes inline event handlers and styles, so those pages need 'unsafe-inline' (and a nonce
beside it would switch that off again); it needs no eval and no foreign host. FINDINGS: nothing of
what it can be made to emit survives `articles.bodies.html`.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: Where browsers tell what a policy kept from happening: `web.reports`.
REPORTS, REPORTS_ADDRESS = "policy", "/policy-reports/"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _for_views(decorate: Any) -> Callable[[View], View]:
    """With the types of views that take more than the request, which django-csp's leave out."""
    guarded: Callable[[View], View] = decorate
    return guarded


def with_own_styles(view: View) -> View:
    """Decorator for the one page whose styles stand in its text: a message for 公众号."""
    return _for_views(csp_update({"style-src": [UNSAFE_INLINE]}))(view)


_holding_the_editor = csp_update(
    {
        "script-src": [UNSAFE_INLINE],
        "style-src": [UNSAFE_INLINE],
        "frame-src": [SELF],
        "img-src": ["data:", "blob:"],
        "worker-src": ["blob:"],
    }
)


def holds_the_editor(view: View) -> View:
    """Decorator for views whose page holds the editor."""
    return _for_views(_holding_the_editor)(view)


def framed_by_ourselves(view: View) -> View:
    """Decorator for the one view that a page of ours shows in a frame."""
    return _for_views(csp_replace({"frame-ancestors": [SELF]}))(view)


_HEADER = "Content-Security-Policy"
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
#: Of a file that somebody opens by its own address. A drawing has its styles in itself. Chromium
#: shows a PDF in a page of its own making, which neither a sandbox nor `default-src` lets start.
_OF_FILES: Mapping[str, str] = {
    "image/svg+xml": f"{_NOTHING}; style-src 'unsafe-inline'; img-src data:; sandbox",
    # A service worker (/sw.js) gets as far as the policy of its script lets it, and no further.
    "text/javascript": f"{_NOTHING}; script-src 'self'; connect-src 'self'",
    "application/pdf": (
        "script-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
}


class Files:
    """Middleware around everything: whatever is no page runs nothing, and is what it says it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
        if kind and kind != "text/html":
            response.headers[_HEADER] = _OF_FILES.get(kind, f"{_NOTHING}; sandbox")
        elif _HEADER in response.headers:
            response.headers["Reporting-Endpoints"] = f'{REPORTS}="{REPORTS_ADDRESS}"'
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
