"""A form of more fields, or more words, than one request may hold: it is not taken, and its words
come back to whoever wrote them.
"""

from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.datastructures import MultiValueDict

from . import kept

#: Bytes and fields that are read once more, to be shown and for nothing else.
_BYTES, _FIELDS = 20 * 1024 * 1024, 20_000


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """None where it is another exception, or came from no page of ours and somebody signed in."""
    if not isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return None
    is_known = hasattr(request, "user") and request.user.is_authenticated
    if request.method != "POST" or not is_known or not kept.is_from_our_page(request):
        return None
    request_vars = vars(request)
    request_vars["_post"], request_vars["_files"] = _read(request), MultiValueDict()
    return kept.too_large(request)


def _read(request: HttpRequest) -> QueryDict:
    """Empty where the form was sent in parts, of which some are gone by now."""
    typed = QueryDict(mutable=True)
    if request.content_type != "application/x-www-form-urlencoded":
        return typed
    body = vars(request).get("_body")
    data = request.read(_BYTES) if body is None else body
    try:
        pairs = parse_qsl(data.decode("utf-8", "replace"), True, max_num_fields=_FIELDS)
    except ValueError:
        return typed
    for name, value in pairs:
        typed.appendlist(name, value)
    return typed
