"""Where the Content-Security-Policy is looser: pages that hold CKEditor 4, and one in a frame.

CKEditor 4 writes inline event handlers and styles, so those pages need 'unsafe-inline' (and a nonce
beside it would switch that off again); it needs no eval and no foreign host. FINDINGS: nothing of
what it can be made to emit survives `articles.bodies.html`.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_exempt, csp_replace, csp_update
from django.http.response import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def _for_views(decorate: Any) -> Callable[[View], View]:
    """With the types of views that take more than the request, which django-csp's leave out."""
    guarded: Callable[[View], View] = decorate
    return guarded


def without_policy(view: View) -> View:
    """A file is no page: Chromium would keep its own PDF viewer from starting under our policy."""
    return _for_views(csp_exempt())(view)


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
