"""Where this journal stands: the one place that makes absolute addresses.

A request claims its host, and whoever sends it can claim another: a letter or a slip of paper that
named it would lead to a stranger's copy of the page that asks for a password.
"""

from django.conf import settings


def absolute(path: str) -> str:
    """The address of a path that begins with /; of SITE_URL, however somebody came here."""
    return f"{address()}{path}"


def address() -> str:
    """Without a slash at its end. Where SITE_URL is not set, which a check complains of, the first
    name of ALLOWED_HOSTS.
    """
    if settings.SITE_URL:
        return str(settings.SITE_URL)
    named = (host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*")
    return f"{'https' if settings.HTTPS else 'http'}://{next(named, 'localhost')}"
