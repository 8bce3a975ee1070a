"""The store of readers' pages is thrown away, torn, closed, and made again: readers see nothing."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from issues.reading import rebuilding, store
from servicejournal.roles import Role
from tests.factories import a_user
from tests.pages import seen
from tests.stored_pages import KEPT, THE_STATE, file, kept

pytestmark = pytest.mark.django_db


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil(suffix: str, harm: Callable[[Path], object]) -> Callable[[Path], object]:
    return lambda page: harm(page.with_name(page.name + suffix))


TORN = {
    "the page cut short": spoil("", cut),
    "the page empty": spoil("", lambda path: path.write_bytes(b"")),
    "the page gone": spoil("", Path.unlink),
    "br cut short": spoil(".br", cut),
    "br gone": spoil(".br", Path.unlink),
    "gz cut short": spoil(".gz", cut),
    "gz empty": spoil(".gz", lambda path: path.write_bytes(b"")),
    "what goes with it gone": spoil(".json", Path.unlink),
    "cut short": spoil(".json", cut),
    "of another kind": spoil(".json", lambda path: path.write_text("[]")),
    "of fewer facts": spoil(".json", lambda path: path.write_text("{}")),
    "of more facts": spoil(".json", lambda path: path.write_text('{"etag": "x", "more": 1}')),
    "the folder gone": lambda page: shutil.rmtree(page.parent),
    "all gone": lambda page: shutil.rmtree(store.root().parent),
    "a folder in its place": lambda page: (page.unlink(), page.mkdir()),
}


def test_pages_of_before_the_machine_went_down_are_sent_by_nobody(client, journal):
    """A server in front sees no sums."""
    client.get("/")
    page = file("index.html")
    cut(page)
    (page.parent / "boot").write_text("another")

    store.forget()
    store.state()
    assert not page.exists()


def test_pages_of_another_process_are_kept_while_the_machine_runs(client, journal):
    client.get("/")
    store.forget()
    store.state()
    assert file("index.html").exists()


class TestATornStore:
    def test_answers_as_if_nothing_had_happened(self, client, journal, subtests):
        path = "/issues/2026/3/"
        whole = client.get(path).content
        for name, harm in TORN.items():
            with subtests.test(name):
                store.throw_away()
                client.get(path)
                harm(file("issues/2026/3/index.html"))
                for _ in range(2):
                    store.forget()
                    assert client.get(path).content == whole
                    packed = client.get(path, headers={"Accept-Encoding": "br"})
                    assert brotli.decompress(packed.content) == whole
                    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
                    assert gzip.decompress(packed.content) == whole

    @pytest.mark.parametrize("where", ["PAGES_ROOT", "the state", "a folder"])
    def test_that_cannot_be_written_costs_no_page(self, client, journal, where, settings):
        """A file where a folder should be stops whoever writes, root too."""
        in_the_way = {
            "PAGES_ROOT": lambda: Path(settings.PAGES_ROOT),
            "the state": lambda: store.root() / store._asked(),
            "a folder": lambda: store.root() / store._asked() / "issues",
        }[where]()
        if where == "a folder":
            store.state()
        in_the_way.parent.mkdir(parents=True, exist_ok=True)
        in_the_way.write_bytes(b"")
        for _ in range(2):
            store.forget()
            for path in ("/issues/2026/3/", "/issues/"):
                answer = client.get(path)
                assert answer.status_code == 200
                assert "2026" in seen(answer)
                assert answer["Cache-Control"] == KEPT
        assert in_the_way.read_bytes() == b""

    def test_that_was_thrown_away_is_made_again(self, client, journal):
        whole = client.get("/").content
        store.throw_away()
        assert kept() == set()
        assert client.get("/").content == whole
        assert kept() == {"index.html"}


class TestRebuilding:
    @pytest.fixture(autouse=True)
    def site(self, settings) -> None:
        settings.ALLOWED_HOSTS = ["journal.example.com", "testserver"]

    @pytest.mark.parametrize("access", ["public", "members"])
    def test_stores_every_page_as_readers_get_it(
        self, client, journal, access, settings, capsys, django_assert_num_queries
    ):
        settings.READER_ACCESS = access
        call_command("rebuild_pages")
        paths = list(rebuilding.addresses())
        assert set(journal.pages) <= set(paths)
        assert reverse("issue", args=[2026, "4"]) not in paths
        assert kept() == {store.name_of(path) for path in paths}
        assert f"做好了 {len(paths)} 页" in capsys.readouterr().out
        client.force_login(a_user(Role.CONTRIBUTOR))
        with django_assert_num_queries(len(paths) * (THE_STATE + 2 * (access == "members"))):
            stored = {path: client.get(path).content for path in paths}
        store.throw_away()
        assert {path: client.get(path).content for path in paths} == stored

    def test_tells_how_far_it_is(self, journal):
        total = len(list(rebuilding.addresses()))
        told = [(done, of) for done, of, _ in rebuilding.rebuild()]
        assert told == [(number, total) for number in range(1, total + 1)]

    def test_begins_anew_or_keeps_what_is_there(self, client, journal):
        client.get("/")
        file("index.html").with_name("left.html").write_bytes(b"")
        call_command("rebuild_pages", "--keep")
        assert "left.html" in kept()
        call_command("rebuild_pages")
        assert "left.html" not in kept()

    def test_of_an_empty_journal_stores_its_three_lists_and_sections(self, capsys):
        call_command("rebuild_pages")
        assert {"index.html", "issues/index.html", "sections/index.html"} <= kept()

    def test_that_can_store_nothing_says_so(self, journal, settings):
        settings.ALLOWED_HOSTS = ["elsewhere.example"]
        with pytest.raises(CommandError, match="没有做成"):
            call_command("rebuild_pages")
        assert kept() == set()
