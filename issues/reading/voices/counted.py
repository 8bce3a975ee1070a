"""What a page tells of itself once somebody really sees it (`static/js/counting.mjs`)."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ...counts import honest, tally
from ...models import DailyCount

_KINDS = {"article", "issue", "page"}
_KEY, _PART = re.compile(r"[1-9]\d{0,17}", re.ASCII), re.compile(r"[1-9]\d{0,3}", re.ASCII)
#: Pages of the flipbook in one message.
_MOST = 400


@csrf_exempt  # it does nothing in anybody's name, and a beacon carries no token
@require_POST
def counted(request: HttpRequest) -> HttpResponse:
    """`kind` and `key`; of the flipbook `parts`, the pages that were seen. Always 204."""
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    if kind in _KINDS and _KEY.fullmatch(key) and honest.is_a_reader(request):
        for part in _parts(request) if kind == DailyCount.Kind.PAGE else [0]:
            tally.saw(kind, int(key), part)
    response = HttpResponse(status=204)
    add_never_cache_headers(response)
    return response


def searched_in_vain(request: HttpRequest, words: str) -> None:
    """What nobody of the desk looked up and did not find."""
    if not (request.user.is_authenticated and request.user.is_staff):
        tally.found_nothing(words)


def _parts(request: HttpRequest) -> list[int]:
    told = request.POST.get("parts", "").split()[:_MOST]
    return sorted({int(each) for each in told if _PART.fullmatch(each)})
