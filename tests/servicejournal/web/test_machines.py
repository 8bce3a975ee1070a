"""For machines: probes, robots, wrong settings."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from issues.making import page_making
from servicejournal import version
from servicejournal.checks import reader_access_is_known
from servicejournal.web import machines
from tests.environment import ROOT
from tests.factories import an_issue
from tests.issues.exports.pdfs import a_pdf
from tests.issues.making.test_page_making import an_edition

#: Told to the machine itself alone.
RELEASE = {"release": version.NUMBER}
WELL = dict.fromkeys(("database", "migrations", "storage", "cache", "queue"), "ok")


@pytest.fixture(autouse=True)
def asked_for_the_first_time(monkeypatch):
    """No answer of a moment ago."""
    monkeypatch.setitem(machines._last, "until", 0.0)


class TestHealthz:
    def test_answers_without_the_database(self, client):
        """No `django_db` here: a question to it would fail."""
        assert client.get("/healthz").content == b"ok\n"
        assert client.head("/healthz").status_code == 200
        assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
class TestReadyz:
    def test_names_what_is_there(self, client):
        response = client.get("/readyz")
        assert (response.status_code, response.json()) == (200, WELL | RELEASE)
        assert client.post("/readyz").status_code == 405

    def test_says_what_failed_and_never_why(self, client, settings, tmp_path):
        (tmp_path / "no folder").touch()
        settings.MEDIA_ROOT = str(tmp_path / "no folder")
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json() == {**WELL, **RELEASE, "storage": "failed"}
        assert b"no folder" not in response.content

    def test_a_task_that_nobody_takes_up(self, client):
        page_making.order(an_edition(an_issue(), a_pdf(["one"]), page_count=1))
        assert client.get("/readyz").status_code == 200
        machines._last["until"] = 0.0
        DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))
        assert client.get("/readyz").json()["queue"] == "failed"

    def test_asks_once_in_two_seconds_however_often_it_is_asked(
        self, client, django_assert_num_queries
    ):
        client.get("/readyz")
        with django_assert_num_queries(0):
            assert client.get("/readyz").json() == WELL | RELEASE

    def test_is_cheap(self, client, django_assert_max_num_queries):
        client.get("/readyz")
        machines._last["until"] = 0.0
        with django_assert_max_num_queries(6):
            client.get("/readyz")


class TestADatabaseThatTakesCallsAndNeverAnswers:
    """Its machine hangs, or a firewall swallows what is sent."""

    @pytest.fixture
    def away(self) -> Iterator[dict[str, str]]:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            yield {**os.environ, "DATABASE_URL": f"postgres://j:x@127.0.0.1:{port}/j"}

    def test_the_probe_says_so_while_somebody_still_listens(self, away):
        code = (
            "import django; django.setup();"
            "from django.test import Client; r = Client().get('/readyz');"
            "print(r.status_code, r.json()['database'], r.json()['queue'], r.json()['storage'])"
        )
        away["DJANGO_SETTINGS_MODULE"] = "servicejournal.settings"
        asked = [sys.executable, "-c", code]
        answer = subprocess.run(
            asked, cwd=ROOT, env=away, capture_output=True, text=True, timeout=60, check=True
        )
        assert answer.stdout == "503 failed failed ok\n"

    def test_the_doctor_says_so_once(self, away):
        asked = [sys.executable, "manage.py", "doctor"]
        answer = subprocess.run(
            asked, cwd=ROOT, env=away, capture_output=True, text=True, timeout=60, check=False
        )
        assert answer.returncode == 1
        assert answer.stdout.count("timeout expired") == 1
        assert "DATABASE_URL" in answer.stdout
        assert "✗ 备份　数据库答不上来，没能检查" in answer.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
class TestProbesByAddress:
    def test_get_no_redirect_though_the_site_speaks_https_only(self, client, settings, path):
        settings.SECURE_SSL_REDIRECT = True
        settings.ALLOWED_HOSTS = ["journal.example.com"]
        response = client.get(path, headers={"host": "10.1.2.3:8000"})
        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        assert response["Cache-Control"] == "no-store"

    def test_nothing_else_is_answered_so(self, client, settings, path):
        settings.SECURE_SSL_REDIRECT = True
        settings.ALLOWED_HOSTS = ["journal.example.com"]
        for other in (f"{path}/", f"{path}x", "/"):
            assert client.get(other, headers={"host": "10.1.2.3"}).status_code in (301, 400)


def test_robots_stay_out_of_the_desk_and_of_a_members_journal(client, settings):
    assert "Disallow: /admin/" in client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in client.get("/robots.txt").content.decode()
    settings.READER_ACCESS = "members"
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_an_unknown_reader_access_is_a_system_check(settings):
    assert reader_access_is_known(None) == []
    settings.READER_ACCESS = "secret"
    assert [error.id for error in reader_access_is_known(None)] == ["servicejournal.E001"]
