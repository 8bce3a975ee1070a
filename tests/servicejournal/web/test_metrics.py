"""Figures for Prometheus: for machines of ours alone, and of all that should be watched."""

import re

import pytest

from articles.pictures import renditions
from servicejournal.standing import hearts
from tests.factories import a_picture, an_issue

pytestmark = pytest.mark.django_db


def value(text: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} ([\d.e+-]+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


@pytest.fixture
def on(settings):
    settings.METRICS = True


def figures(client) -> str:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    return answer.text


def test_are_nowhere_unless_switched_on(client):
    assert client.get("/metrics").status_code == 404


def test_are_for_our_own_machines_or_by_token(client, settings, on):
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    settings.METRICS_FROM = ["192.0.2.7"]
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "a long token"
    for given, status in [("Bearer a long token", 200), ("Bearer x", 404), ("Bearer ", 404)]:
        assert client.get("/metrics", headers={"Authorization": given}).status_code == status


def test_behind_a_server_in_front_its_own_address_opens_nothing(client, settings, on):
    settings.PROXIES = 1
    from_outside = {"X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", headers=from_outside).status_code == 404


def test_count_requests_by_pattern_and_the_stores_hits(client, on):
    an_issue(published=True)
    asked = 'servicejournal_requests_total{method="GET",pattern="/articles/<int:pk>/",status="404"}'
    before = figures(client)
    client.get("/articles/99999/")
    for _ in range(3):
        client.get("/issues/")
    after = figures(client)
    assert value(after, asked) - value(before, asked) == 1
    hits = "servicejournal_store_hits_total"
    assert value(after, hits) - value(before, hits) == 2
    took = 'servicejournal_request_seconds_count{pattern="/issues/"}'
    assert value(after, took) - value(before, took) == 3


def test_tell_of_the_queue_and_of_hearts(client, on):
    picture = a_picture()
    renditions.make.enqueue(picture.pk)
    hearts.beat("one")
    text = figures(client)
    assert value(text, 'servicejournal_queue_tasks{queue="default"}') >= 1
    assert value(text, "servicejournal_queue_age_seconds") > 0
    assert value(text, "servicejournal_workers") == 1


def test_a_method_of_nobodys_making_is_one(client, on):
    before = figures(client)
    for method in ("ABRACADABRA", "HOCUSPOCUS"):
        client.generic(method, "/issues/")
    other = 'servicejournal_requests_total{method="other",pattern="/issues/",status="405"}'
    assert value(figures(client), other) - value(before, other) == 2


def test_what_cannot_be_counted_is_answered_nevertheless(client, on, monkeypatch, tmp_path):
    """The folder of the figures was swept away: a process that begins cannot make its file."""
    from prometheus_client import values

    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "gone"))
    kind = values.MultiProcessValue(process_identifier=lambda: -1)
    monkeypatch.setattr(values, "ValueClass", kind)
    assert client.get("/accounts/login/").status_code == 200
    assert client.post("/accounts/login/", {"username": "x"}).status_code == 200
