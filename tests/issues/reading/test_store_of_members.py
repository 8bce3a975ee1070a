"""The store of a members' journal stands behind the question who asks."""

from pathlib import Path

import pytest
from django.test import Client

from issues.reading import store
from servicejournal.roles import Role
from tests.factories import a_user
from tests.pages import seen
from tests.stored_pages import MESSAGE, PATHS, THE_STATE, file, kept, with_a_message

pytestmark = pytest.mark.django_db


def test_that_was_public_before_leaves_nothing_to_the_server_in_front(client, settings):
    client.get("/")
    live = Path(settings.PAGES_ROOT) / "live"
    assert (live / "index.html").exists()
    settings.READER_ACCESS = "members"
    store.forget()
    store.state()
    assert not live.is_symlink()


class TestAMembersJournal:
    @pytest.fixture(autouse=True)
    def members(self, settings) -> None:
        settings.READER_ACCESS = "members"

    @PATHS
    def test_is_stored_behind_the_question_who_asks(self, client, journal, path):
        for _ in range(2):  # before and after it is stored
            assert client.get(path)["Location"] == f"/accounts/login/?next={path}"
            member = Client()
            member.force_login(a_user(Role.CONTRIBUTOR, name="何不凡"))
            answer = member.get(path)
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
            assert "何不凡" not in answer.text
            assert kept() == {store.name_of(path)}
            assert file(store.name_of(path)).read_bytes() == answer.content

    def test_renders_a_page_once(self, client, journal, django_assert_num_queries):
        client.force_login(a_user(Role.CONTRIBUTOR))
        client.get("/")
        with django_assert_num_queries(2 + THE_STATE):  # session, account
            client.get("/")

    def test_has_no_message_in_its_store(self, client, journal):
        with_a_message(client)
        assert MESSAGE not in client.get("/").text
        assert MESSAGE not in file("index.html").read_text()
        assert MESSAGE in client.get("/accounts/mine/").text

    def test_is_not_laid_out_for_the_server_in_front(self, client, journal, settings):
        client.force_login(a_user(Role.CONTRIBUTOR))
        client.get("/")
        assert not (Path(settings.PAGES_ROOT) / "live").is_symlink()

    def test_shows_the_desk_alone_what_is_ahead(self, client, journal):
        path = journal.making.get_absolute_url()
        client.force_login(a_user(Role.EDITOR))
        assert "仅编辑可见" in seen(client.get(path))
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert client.get(path).status_code == 404
        assert kept() == set()
