"""通知: what the signed-in person was told. Another's notice is a 404."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST, require_safe

from articles.models import Notice
from servicejournal.access import Anybody, SignedInRequest
from servicejournal.models import User

from .admission import writers_page

PAGE_LENGTH = 20
#: Unread notices above the list of my manuscripts.
NEWEST = 3


def in_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `unread_notices`, asked of the database once, where a page shows it."""
    user = getattr(request, "user", None)
    return {"unread_notices": SimpleLazyObject(partial(_unread, user))}


def _unread(user: Anybody | None) -> int:
    if user is None or not user.is_authenticated:
        return 0
    return Notice.objects.of(user).unread().count()


def newest(user: User) -> list[Notice]:
    """The newest that the user has not opened yet."""
    return list(Notice.objects.of(user).unread()[:NEWEST])


@writers_page
@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """All of mine: what I have not opened first, then the newest first."""
    mine = Notice.objects.of(request.user)
    page = Paginator(mine.unread_first(), PAGE_LENGTH).get_page(request.GET.get("page"))
    newest_pk = mine.order_by("-pk").values_list("pk", flat=True).first()
    return render(request, "articles/notices.html", {"page": page, "newest_pk": newest_pk})


@writers_page
@require_POST
def notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opens one: it counts as read, and its page follows."""
    opened = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    Notice.objects.unread().filter(pk=opened.pk).update(read_at=timezone.now())
    return redirect(opened.path or "notices")


@writers_page
@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    """Marks as read what was there when the page was made: nothing that came since is missed."""
    newest_pk = request.POST.get("newest", "")
    if newest_pk.isdecimal() and len(newest_pk) < 19:
        seen = Notice.objects.of(request.user).unread().filter(pk__lte=int(newest_pk))
        seen.update(read_at=timezone.now())
    return redirect("notices")
