"""Asked for the head alone: what the page would say of itself, and no byte of it."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.parametrize("address", ["/", "/sections/", "/accounts/login/", "/robots.txt", "/no/"])
def test_the_head_of_a_page_comes_without_its_body(address):
    heads, sent = {}, {}
    for method in ("GET", "HEAD"):
        wsgi = RequestFactory().generic(method, address).environ
        answer = WSGIHandler()(wsgi, lambda status, headers: heads.update({status: dict(headers)}))
        sent[method] = b"".join(answer)
        answer.close()
    [head] = heads.values()  # one status for both; the head is the one that came last
    assert sent["HEAD"] == b""
    assert int(head["Content-Length"]) == len(sent["GET"]) > 0
