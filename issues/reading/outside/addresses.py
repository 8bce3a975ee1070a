"""Absolute addresses of this site, for what is read elsewhere."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> str:
    """`https://journal.example`: SITE_URL, or the host that was asked where none is set."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def is_known() -> bool:
    """Whether an answer with such addresses is the same for everybody, whatever host they asked."""
    return bool(settings.SITE_URL)
