"""Where the request that is being answered came from, for the record."""

from collections.abc import Callable
from contextvars import ContextVar
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_address: ContextVar[str | None] = ContextVar("address", default=None)
_browser: ContextVar[str] = ContextVar("browser", default="")


def address() -> str | None:
    """The address of who acts; None for the command line."""
    return _address.get()


def browser() -> str:
    """As it names itself, cut; "" for the command line."""
    return _browser.get()


class Whereabouts:
    """Middleware: knows both for as long as the request lasts, and a visit is stored at its end."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = _address.set(of(request))
        browser = _browser.set(request.headers.get("User-Agent", "")[:300])
        try:
            return self.get_response(request)
        finally:
            _address.reset(address)
            _browser.reset(browser)


def of(request: HttpRequest) -> str | None:
    """Each of our own servers in front adds whom it saw; what stands before that anybody can claim.

    None where a server on a Unix socket names nobody.
    """
    seen = request.headers.get("X-Forwarded-For", "")
    told = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES and seen:
        told = seen.split(",")[-settings.PROXIES :][0]
    try:
        return str(ip_address(told.strip()))
    except ValueError:
        return None
