"""For machines: health, robots, wrong settings."""

import pytest

from servicejournal.checks import reader_access_is_known


@pytest.mark.django_db
def test_healthz_answers_when_the_database_does(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.post("/healthz").status_code == 405


def test_robots_stay_out_of_the_desk_and_of_a_members_journal(client, settings):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in client.get("/robots.txt").content.decode()
    settings.READER_ACCESS = "members"
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_an_unknown_reader_access_is_a_system_check(settings):
    assert reader_access_is_known(None) == []
    settings.READER_ACCESS = "secret"
    assert [error.id for error in reader_access_is_known(None)] == ["servicejournal.E001"]
