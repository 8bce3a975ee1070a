"""To a printed page by its number: the article that stands there, or the page itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from servicejournal.access import readers_page

from ...models import Edition, Issue
from ...numbering import Which
from .. import gone, leafing


@require_safe
@readers_page
def go(request: HttpRequest, year: int, which: Which) -> HttpResponse:
    """`?n=12`. A number beyond the last page is the last; what is no number leads to the issue."""
    editions = Edition.objects.all_out().filter(issue__in=Issue.objects.at(year, which))
    edition = editions.select_related("issue").first()
    if edition is None:
        gone.look_for_issue(year, which)
        raise Http404
    gone.refuse_strangers(edition.issue.access, request.user)
    asked = request.GET.get("n", "").strip()
    is_plain = asked.isascii() and asked.isdecimal() and len(asked) < 6
    if not is_plain or not edition.page_count:
        return redirect(f"{edition.issue.get_absolute_url()}#contents")
    page = min(max(int(asked), 1), edition.page_count)
    begun = [start for start in leafing.contents(edition) if start.page <= page]
    if begun and begun[-1].article:
        return redirect(reverse("article", args=[begun[-1].article]))
    if flipbook := leafing.address_in(edition):
        return redirect(f"{flipbook}#p{page}")
    return redirect(f"{edition.issue.get_absolute_url()}#contents")
