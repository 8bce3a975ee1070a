"""The log: a line a request, with its number, and never a word, a secret or a row."""

import io
import json
import logging
import re

import pytest
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.urls import path

from servicejournal.standing import logs
from tests.articles.filling_in import a_draft
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db


def fails(request, secret):
    raise ValueError("a fault of the program")


urlpatterns = [path("fails/<str:secret>/", fails), path("fine/", lambda _: HttpResponse("ok"))]
handler404 = "servicejournal.web.error_pages.not_found"
handler500 = "servicejournal.web.error_pages.server_error"


@pytest.fixture
def written():
    """What production writes: the lines so far, each as an object."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.Json())
    handler.addFilter(logs.Discreet())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def of_requests(lines: list[dict]) -> list[dict]:
    return [line for line in lines if line["logger"] == "servicejournal.requests"]


def test_a_request_is_one_line_with_who_what_and_how_long(client, written):
    writer = a_user()
    draft = a_draft(writer)
    client.force_login(writer)
    answer = client.get(f"/submissions/{draft.pk}/?q=雨天的伞")
    (line,) = of_requests(written())
    assert line["request"] == answer["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", line["request"])
    facts = {name: line[name] for name in ("method", "pattern", "status", "user", "stored")}
    assert facts == {
        "method": "GET",
        "pattern": "/submissions/<int:pk>/",
        "status": 200,
        "user": writer.pk,
        "stored": False,
    }
    assert 0 < line["ms"] < 60_000


def test_no_word_no_password_and_no_link_is_written(client, written):
    writer = a_user()
    client.post("/accounts/login/", {"username": writer.username, "password": PASSWORD})
    client.get("/search/?q=龑䶮")
    client.get("/endorse/a-secret-of-a-link/")
    client.get("/龑䶮/")
    client.post("/submit/", {"title": "龑䶮", "body": "<p>龑䶮</p>"})
    lines = written()
    assert len(of_requests(lines)) == 5
    told = json.dumps(lines, ensure_ascii=False)
    for secret in ("龑䶮", PASSWORD, "a-secret-of-a-link", client.cookies["sessionid"].value):
        assert secret not in told
    assert "Not Found: /endorse/<str:token>/" in told
    assert [line["user"] for line in of_requests(lines)] == [writer.pk] * 5
    assert all(line.get("request") for line in lines if line["logger"].startswith("django"))


def test_a_row_that_the_database_refused_is_cut_out():
    fault = IntegrityError(
        'new row violates check constraint "x"\nDETAIL:  Failing row contains (1, 龑䶮,\n龑).'
    )
    try:
        try:
            raise fault
        except IntegrityError as reason:
            raise DataError("and again") from reason
    except DataError:
        record = logging.LogRecord("x", 40, "", 1, "no", None, __import__("sys").exc_info())
    told = json.loads(logs.Json().format(record))["traceback"]
    assert 'check constraint "x"' in told
    assert "龑" not in told
    assert "DataError: and again" in told
    record.exc_text = None
    assert "龑" not in logs.Text().format(record)


@pytest.mark.parametrize(
    ("proxies", "sent", "is_taken"),
    [
        (1, "0123456789abcdef0123456789abcdef", True),
        (0, "0123456789abcdef0123456789abcdef", False),
        (1, "short", False),
        (1, "a b c d e f g h", False),
        (1, "x" * 65, False),
    ],
)
def test_the_number_of_a_server_in_front_is_taken_and_no_other(
    client, settings, proxies, sent, is_taken
):
    settings.PROXIES = proxies
    answer = client.get("/fine/", headers={"X-Request-ID": sent})
    assert (answer["X-Request-ID"] == sent) == is_taken


@pytest.mark.urls(__name__)
def test_a_fault_shows_the_number_under_which_the_log_has_it(client, written):
    client.raise_request_exception = False
    page = client.get("/fails/a-secret/")
    assert page.status_code == 500
    assert f"请报这个编号： {page['X-Request-ID']}" in seen(page)
    (fault,) = [line for line in written() if "traceback" in line]
    assert fault["request"] == page["X-Request-ID"]
    assert "a fault of the program" in fault["traceback"]
    assert "a-secret" not in json.dumps(fault)


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda c: c.get("/nowhere/"), 404),
        (lambda c: c.get("/", headers={"Host": "elsewhere.example"}), 400),
        (lambda c: c.get("/admin/servicejournal/user/add/"), 403),
        (lambda c: c.get("/submissions/", **{"servicejournal.waited": 9.0}), 503),
    ],
)
def test_pages_that_say_no_show_their_number(client, ask, status, html_valid):
    client.force_login(a_user("editor"))
    page = ask(client)
    assert page.status_code == status
    assert f"请报这个编号： {page['X-Request-ID']}" in seen(page)
    assert int(page.get("Content-Length", len(page.content))) == len(page.content)
    html_valid(page.text)


def test_pages_that_are_well_do_not(client):
    assert "编号：" not in seen(client.get("/accounts/login/"))


def test_json_is_left_as_it_is(client):
    answer = client.post("/pictures/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/json")
    assert answer.json()["uploaded"] == 0
    assert answer["X-Request-ID"]
