"""Where the Content-Security-Policy is looser: pages that hold CKEditor 4, and one in a frame.

CKEditor 4 writes inline event handlers and styles, so those pages need 'unsafe-inline' (and a nonce
beside it would switch that off again); it needs no eval and no foreign host. FINDINGS: nothing of
what it can be made to emit survives `articles.bodies.html`.
"""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update

#: Decorator for views whose page holds the editor.
holds_the_editor = csp_update(
    {
        "script-src": [UNSAFE_INLINE],
        "style-src": [UNSAFE_INLINE],
        "frame-src": [SELF],
        "img-src": ["data:", "blob:"],
        "worker-src": ["blob:"],
    }
)

#: Decorator for the one view that a page of ours shows in a frame.
framed_by_ourselves = csp_replace({"frame-ancestors": [SELF]})
