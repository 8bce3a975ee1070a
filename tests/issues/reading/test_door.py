"""The door before Django: what it answers by itself, and what it lets in."""

import logging

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from issues.reading import store
from issues.reading.door import Door

pytestmark = pytest.mark.django_db


class Asked:
    """The site behind its door, and how often somebody went in."""

    def __init__(self):
        self.entered, site = 0, WSGIHandler()

        def inside(environ, start_response):
            self.entered += 1
            return site(environ, start_response)

        self.door = Door(inside)

    def get(self, path, **environ):
        said = {}
        asked = RequestFactory().get(path).environ
        asked |= {"HTTP_HOST": "testserver", "HTTP_ACCEPT_ENCODING": "gzip", **environ}

        def start(status, headers):
            told = dict(headers)
            said.update(
                status=status, number=told.pop("X-Request-ID"), headers=sorted(told.items())
            )

        said["body"] = b"".join(self.door(asked, start))
        return said


@pytest.fixture
def asked(journal, settings):
    """The database of a test stays open from one request to the next, as Django's client has it."""
    settings.PAGES_FRESH = 60
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    site = Asked()
    assert site.get("/issues/")["status"] == "200 OK"
    assert site.entered == 1
    yield site
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_page_at_hand_goes_out_as_django_would_send_it(asked, settings):
    plain = asked.get("/issues/")
    assert asked.entered == 1
    inside = asked.get("/issues/", QUERY_STRING="page=1")
    assert asked.entered == 2
    assert plain.pop("number") != inside.pop("number")
    assert plain == inside
    assert plain["status"] == "200 OK"
    assert ("Content-Encoding", "gzip") in plain["headers"]


def test_it_is_told_of_like_any_other_request(asked, caplog):
    caplog.set_level(logging.INFO, "servicejournal.requests")
    number = asked.get("/issues/")["number"]
    asked.get("/issues/", QUERY_STRING="page=1")
    at_the_door, inside = (record.__dict__ for record in caplog.records)
    for each in (at_the_door, inside):
        facts = [each[name] for name in ("method", "pattern", "status", "user", "stored")]
        assert facts == ["GET", "/issues/", 200, None, True]
    assert len(number) == 16


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_HOST": "elsewhere.example"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_IF_NONE_MATCH": "*"},
        {"QUERY_STRING": "q=灯"},
    ],
)
def test_what_is_not_plain_goes_in(asked, environ):
    asked.get("/issues/", **environ)
    assert asked.entered == 2


def test_plain_http_goes_in_where_it_is_sent_on_to_https(asked, settings):
    settings.SECURE_SSL_REDIRECT = True
    asked.get("/issues/")
    assert asked.entered == 2
    asked.get("/issues/", **{"wsgi.url_scheme": "https"})
    assert asked.entered == 2


def test_members_are_asked_inside(asked, settings):
    settings.READER_ACCESS = "members"
    assert asked.get("/issues/")["status"].startswith("302")


def test_what_is_older_than_its_time_is_looked_for_anew(asked, settings):
    settings.PAGES_FRESH = 0
    store.forget()
    asked.get("/issues/")
    asked.get("/issues/")
    assert asked.entered == 3
