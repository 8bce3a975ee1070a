"""Who is too fast waits, is told how long, and loses nothing that was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from articles.models import Article
from servicejournal import clock
from servicejournal.models import Turn
from servicejournal.web import turnstile
from tests.articles.filling_in import WORDS, posted
from tests.factories import a_user
from tests.pages import seen
from tests.servicejournal.web.test_database_away import hidden_fields

pytestmark = pytest.mark.django_db

#: Half a minute before a minute ends.
NOW = datetime(2026, 6, 24, 8, 15, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_half_past():
    with clock.set_to(NOW):
        yield


def exhausted(gate: turnstile.Gate, who: str) -> None:
    until = turnstile._until(gate.seconds)
    Turn.objects.create(gate=gate.name, who=turnstile._hidden(who), until=until, number=10_000)


def test_a_search_too_many_is_told_how_long_to_wait(client, html_valid):
    assert client.get("/search/?q=服务").status_code == 200
    Turn.objects.update(number=turnstile.SEARCH.limit_of_address)
    answer = client.get("/search/?q=服务")
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert "检索太快了，请过 30 秒再试。" in seen(answer)
    assert "no-store" in answer["Cache-Control"]
    html_valid(answer.text)
    assert client.get("/search/").status_code == 200  # looks nothing up, costs nothing


def test_the_next_minute_is_another(client):
    exhausted(turnstile.SEARCH, "address 127.0.0.1")
    assert client.get("/search/?q=服务").status_code == 429
    with clock.set_to(NOW + timedelta(seconds=30)):
        assert client.get("/search/?q=服务").status_code == 200


def test_one_account_does_not_shut_others_out_behind_the_same_address(client):
    fast, slow = a_user(), a_user()
    exhausted(turnstile.SEARCH, f"account {fast.pk}")
    statuses = []
    for user in (fast, slow):
        client.force_login(user)
        statuses.append(client.get("/search/?q=服务").status_code)
    assert statuses == [429, 200]
    assert Client().get("/search/?q=服务").status_code == 200


def test_a_script_is_told_in_its_own_words(client):
    writer = a_user()
    client.force_login(writer)
    for gate, address in [
        (turnstile.UPLOAD, "/pictures/"),
        (turnstile.WORD, "/submit/word/"),
        (turnstile.SAVE, "/submit/"),
    ]:
        exhausted(gate, f"account {writer.pk}")
        answer = client.post(address, posted(), headers={"Accept": "application/json"})
        assert (answer.status_code, answer["Retry-After"]) == (429, "30"), address
        sentence = f"{gate.what}太快了，请过 30 秒再试。"
        assert answer.json()["error"] == {"reason": "too fast", "message": sentence}


def test_a_form_that_came_too_fast_is_kept_whole_and_sent_again(client, html_valid):
    writer = a_user()
    client.force_login(writer)
    exhausted(turnstile.SAVE, f"account {writer.pk}")
    sent = posted(title="龑䶮<&")
    answer = client.post("/submit/", sent)
    assert answer.status_code == 429
    assert WORDS in seen(answer)
    html_valid(answer.text)
    kept = hidden_fields(answer.text)
    del kept["csrfmiddlewaretoken"]  # of the button that signs out
    assert kept == {name: str(value) for name, value in sent.items()}
    Turn.objects.all().delete()
    assert client.post("/submit/", kept).status_code == 302
    assert Article.objects.get().title == "龑䶮<&"


@pytest.mark.parametrize(
    ("gate", "address"),
    [
        (turnstile.EXPORT, "/admin/articles/article/export/"),
        (turnstile.EXPORT, "/admin/articles/review/export/"),
    ],
)
def test_what_is_taken_away_is_taken_away_slowly(client, gate, address):
    editor = a_user("editor")
    client.force_login(editor)
    assert client.get(address).status_code == 200
    Turn.objects.update(number=gate.limit)
    assert client.get(address).status_code == 429


def test_letters_are_sent_again_slowly(client):
    editor = a_user("editor")
    client.force_login(editor)
    exhausted(turnstile.LETTER, f"account {editor.pk}")
    answer = client.post("/admin/articles/notice/again/", {"notice": "all"})
    assert "寄信太快了，请过 45 分钟再试。" in seen(answer)


def test_the_limits_are_raised_or_lifted_by_a_setting(client, settings):
    assert client.get("/search/?q=服务").status_code == 200
    Turn.objects.update(number=turnstile.SEARCH.limit_of_address)
    settings.RATE_LIMITS = 2
    assert client.get("/search/?q=服务").status_code == 200
    Turn.objects.update(number=10**6)
    settings.RATE_LIMITS = 0
    assert client.get("/search/?q=服务").status_code == 200


def test_nothing_that_is_kept_tells_who_it_was(client):
    client.get("/search/?q=服务")
    assert "127.0.0.1" not in str(list(Turn.objects.values()))


def test_what_is_over_is_swept():
    turnstile.count("x", "one")
    Turn.objects.create(gate="x", who="two", until=NOW - timedelta(seconds=1), number=1)
    assert turnstile.sweep() == 1
    assert turnstile.counted("x", "one") == 1
