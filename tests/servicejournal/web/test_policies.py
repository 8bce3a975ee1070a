"""Every file carries a policy of its own; what a policy kept out is counted and never floods."""

import json
import logging

import pytest

from servicejournal.web import reports
from tests.factories import a_picture, a_user, an_article

pytestmark = pytest.mark.django_db

STRICT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HERE = "/policy-reports/"
OLD = "application/csp-report"


def a_report(**changes: str) -> dict:
    told = {
        "violated-directive": "script-src",
        "blocked-uri": "https://evil.example/x.js?token=1",
        "document-uri": "https://journal.example.com/search/?q=秘密",
    }
    return {"csp-report": {**told, **changes}}


def told(caplog) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == reports.logger.name]


def report(client, told: object, kind: str = OLD):
    return client.post(HERE, json.dumps(told), content_type=kind)


class TestFiles:
    @pytest.mark.parametrize(
        "address", ["/robots.txt", "/healthz", "/static/css/base.css", "/static/icons/seal.svg"]
    )
    def test_that_are_no_pages_run_nothing(self, get, address):
        answer = get(address)
        assert answer.status_code == 200
        if address != "/healthz":
            assert answer["Content-Security-Policy"].startswith(STRICT)
            assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_pictures_too(self, get, client):
        writer = a_user()
        picture = a_picture(an_article(contributor=writer), by=writer)
        client.force_login(writer)
        answer = get(picture.get_absolute_url())
        assert answer["Content-Security-Policy"] == f"{STRICT}; sandbox"

    def test_exports_too(self, get, client):
        client.force_login(a_user("editor"))
        answer = get("/admin/articles/article/export/")
        assert answer["Content-Security-Policy"] == f"{STRICT}; sandbox"

    def test_and_pages_say_where_to_report(self, client):
        answer = client.get("/accounts/login/")
        policy = answer["Content-Security-Policy"]
        assert f"report-uri {HERE}" in policy
        assert "report-to policy" in policy
        assert answer["Reporting-Endpoints"] == f'policy="{HERE}"'


class TestReports:
    def test_are_told_in_the_log_without_what_somebody_typed(self, client, caplog):
        assert report(client, a_report()).status_code == 204
        assert told(caplog) == [
            "Policy: script-src kept https://evil.example/x.js out of "
            "https://journal.example.com/search/ (1 today)"
        ]

    def test_come_in_the_newer_shape_too(self, client, caplog):
        body = {"effectiveDirective": "img-src", "blockedURL": "data", "documentURL": "/x"}
        report(client, [{"type": "csp-violation", "body": body}], "application/reports+json")
        assert told(caplog) == ["Policy: img-src kept data out of /x (1 today)"]

    def test_of_one_kind_do_not_flood_the_log(self, client, caplog):
        for _ in range(30):
            report(client, a_report())
        assert [message.rpartition("(")[2] for message in told(caplog)] == [
            "1 today)", "2 today)", "5 today)", "10 today)", "20 today)",
        ]  # fmt: skip

    def test_of_one_address_are_not_heard_for_ever(self, client, caplog, monkeypatch):
        monkeypatch.setattr(reports, "MAX_OF_ADDRESS", 2)
        for number in range(4):
            report(client, a_report(**{"blocked-uri": f"https://a.example/{number}"}))
        assert len(told(caplog)) == 2

    def test_nor_of_all_in_a_day(self, client, caplog, monkeypatch):
        monkeypatch.setattr(reports, "MAX_A_DAY", 3)
        for number in range(5):
            report(client, a_report(**{"blocked-uri": f"https://a.example/{number}"}))
        assert len(told(caplog)) == 3

    @pytest.mark.parametrize(
        ("told", "kind"),
        [
            (a_report(**{"blocked-uri": "x" * 20_000}), OLD),
            ("nonsense", OLD),
            ([], OLD),
            ({"csp-report": []}, OLD),
            (a_report(), "application/json"),
        ],
    )
    def test_that_are_none_say_nothing(self, client, caplog, told, kind):
        assert report(client, told, kind).status_code == 204
        assert not [each for each in caplog.records if each.levelno >= logging.WARNING]

    def test_cannot_write_a_line_of_their_own(self, client, caplog):
        report(client, a_report(**{"blocked-uri": "x\n2026 ERROR forged"}))
        assert "\n" not in told(caplog)[0]
