"""What lies in the store of readers' pages."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from issues.reading import store
from servicejournal.roles import Role
from tests.factories import a_user

#: How a page may be kept.
KEPT = "public, max-age=0, s-maxage=30, must-revalidate"
#: Queries that ask what readers' pages are made from.
THE_STATE = 1
MESSAGE = "密码改好了"
#: Three of the kinds of pages.
PATHS = pytest.mark.parametrize("path", ["/", "/issues/2026/3/", "/sections/service-discussion/"])


def headers_of(answer: HttpResponse) -> dict[str, str]:
    """Its headers, but for the number that each request has."""
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def kept(state: str = "*") -> set[str]:
    """Names of the pages in the store."""
    found = [*store.root().glob(f"{state}/**/*.html"), *store.root().glob(f"{state}/**/*.xml")]
    for suffix in ("jpg", "svg"):
        found += store.root().glob(f"{state}/**/*.{suffix}")
    return {"/".join(path.relative_to(store.root()).parts[1:]) for path in found}


def file(name: str) -> Path:
    """Of a page in the state that stands."""
    return store.root() / store.state() / name


def with_a_message(client: Client) -> None:
    """Signed in; something was done, and the next page is to say so."""
    user = a_user(Role.CONTRIBUTOR)
    user.set_password("Old-one-2026")
    user.save()
    client.force_login(user)
    new = "Another-one-2026"
    sent = {"old_password": "Old-one-2026", "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", sent).status_code == 302
