"""The journal's masthead, in every page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .access import may_read
from .models import Masthead


def current() -> Masthead:
    """The masthead; its defaults where the row is not there yet."""
    return Masthead.objects.filter(pk=1).first() or Masthead(pk=1)


def in_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `masthead`, the site's address, whether search engines may index the page,
    who may read.
    """
    return {
        "masthead": SimpleLazyObject(current),
        "site": settings.SITE_URL,
        "members_only": settings.READER_ACCESS == "members",
        "unindexed": settings.READER_ACCESS == "members" or not settings.INDEXED,
        "may_read": lambda: may_read(getattr(request, "user", AnonymousUser())),
    }
