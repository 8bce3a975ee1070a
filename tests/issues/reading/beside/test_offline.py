"""What a browser is told that it may keep. How it keeps it: tests/browser/test_offline.py."""

import json

import pytest

from issues.models import PrintedArticle
from issues.reading import store
from issues.reading.beside import offline
from servicejournal import generation
from tests.factories import a_user, an_article
from tests.readers_journal import SECRETS, Journal, a_journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal() -> Journal:
    return a_journal()


def told(client, path: str = "/issues/2026/3/kept.json") -> dict:
    return json.loads(client.get(path).content)


def test_an_issue_is_its_pages_and_one_size_of_each_picture(client, journal):
    kept = told(client)
    token = journal.rich.pictures.get().token
    articles = {journal.rich, journal.plain}
    assert {each.get_absolute_url() for each in articles} < set(kept["pages"])
    assert kept["pages"][0] == "/issues/2026/3/"
    assert [each for each in kept["pictures"] if str(token) in each]
    for path in [*kept["pages"], *kept["pictures"]]:
        answer = client.get(path)
        assert b"".join(answer), path  # to its end, which closes the file
        assert answer.status_code == 200, path


def test_no_word_of_what_is_not_out_is_in_anything_that_is_kept(client, journal):
    kept = told(client)
    pages = [client.get(path).text for path in kept["pages"]]
    for text in [*pages, json.dumps(kept, ensure_ascii=False), client.get("/offline/").text]:
        assert not any(secret in text for secret in SECRETS)
    assert journal.unpublished.get_absolute_url() not in kept["pages"]
    assert client.get("/issues/2026/4/kept.json").status_code == 404


def test_what_was_taken_back_is_not_kept_and_the_state_is_another(client, journal):
    before, state = told(client), told(client, "/standing.json")
    PrintedArticle.objects.out().get(article=journal.plain).delete()
    generation.turn()
    after = told(client)
    assert journal.plain.get_absolute_url() in before["pages"]
    assert journal.plain.get_absolute_url() not in after["pages"]
    assert told(client, "/standing.json") != state


def test_another_day_is_no_other_state_and_all_else_is(client, journal):
    state = store.state()
    turned, _, day = state.rpartition("-")
    assert told(client, "/standing.json") == {"state": offline.word_of(state)}
    assert offline.word_of(f"{turned}-29990101") == offline.word_of(state)
    assert offline.word_of(f"{turned}1-{day}") != offline.word_of(state)


def test_a_members_journal_is_kept_nowhere_and_what_was_kept_goes(client, journal, settings):
    assert "/offline/worker" in client.get("/sw.js").text
    assert "offline/keep" in client.get(journal.earlier.get_absolute_url()).text
    settings.READER_ACCESS = "members"
    assert "/offline/leaving" in client.get("/sw.js").text
    client.force_login(a_user("contributor"))
    for path in ("/standing.json", "/issues/2026/3/kept.json"):
        assert client.get(path).status_code == 404
    for path in ("/issues/2026/3/", journal.rich.get_absolute_url(), "/offline/"):
        page = client.get(path).text
        assert "js/offline/" not in page
        assert "long.jpg" not in page


def test_the_worker_gets_no_further_than_this_site(client):
    policy = client.get("/sw.js")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "script-src 'self'" in policy


def test_an_article_of_the_desk_is_told_to_no_worker(client, journal):
    an_article(issue=journal.making, title="编辑看的一篇")
    client.force_login(a_user("editor"))
    page = client.get(journal.unpublished.get_absolute_url())
    assert page.status_code == 200
    assert "data-keeps" not in page.text
    assert "offline/keep" not in page.text
