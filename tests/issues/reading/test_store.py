"""The store of readers' pages: what comes out of it, what never gets in, what it survives."""

import gzip
import shutil
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from issues.models import Issue
from issues.reading import rebuilding, store, storing
from servicejournal import generation
from servicejournal.roles import Role
from tests.factories import a_picture, a_user, an_article, an_issue, printed_anew
from tests.pages import seen
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db

KEPT = "public, max-age=0, s-maxage=30, must-revalidate"
#: Queries that ask what readers' pages are made from.
THE_STATE = 2
MESSAGE = "密码改好了"
#: Three of the kinds of pages.
PATHS = pytest.mark.parametrize("path", ["/", "/issues/2026/3/", "/sections/service-discussion/"])


@pytest.fixture
def journal() -> Journal:
    return a_journal()


@pytest.fixture(autouse=True)
def no_host_is_known() -> None:
    """What another test allowed is asked again."""
    storing._well_named.clear()


def kept(state: str = "*") -> set[str]:
    """Names of the pages in the store."""
    found = store.root().glob(f"{state}/**/*.html")
    return {"/".join(path.relative_to(store.root()).parts[1:]) for path in found}


def file(name: str) -> Path:
    """Of a page in the state that stands."""
    return store.root() / store.state() / name


def with_a_message(client: Client) -> None:
    """Signed in; something was done, and the next page is to say so."""
    user = a_user(Role.CONTRIBUTOR)
    user.set_password("Old-one-2026")
    user.save()
    client.force_login(user)
    new = "Another-one-2026"
    sent = {"old_password": "Old-one-2026", "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", sent).status_code == 302


class TestAHit:
    @PATHS
    def test_asks_for_the_state_and_nothing_else(
        self, client, journal, path, django_assert_num_queries
    ):
        first = client.get(path)
        with django_assert_num_queries(THE_STATE):
            assert client.get(path).content == first.content

    @PATHS
    def test_asks_nothing_while_the_state_is_fresh(
        self, client, journal, path, settings, django_assert_num_queries
    ):
        settings.PAGES_FRESH = 3600
        first = client.get(path)
        client.force_login(a_user(Role.EDITOR))
        with django_assert_num_queries(0):
            second = client.get(path)
        assert (first.status_code, first.content) == (200, second.content)

    def test_comes_from_the_disk_where_another_process_stored_it(
        self, client, journal, django_assert_num_queries
    ):
        first = client.get("/")
        store.forget()
        with django_assert_num_queries(THE_STATE):
            assert client.get("/").content == first.content

    @PATHS
    def test_carries_what_a_fresh_answer_carries(self, client, journal, path, settings):
        settings.DEBUG = True  # nothing is stored
        fresh = client.get(path)
        settings.DEBUG = False
        assert kept() == set()
        rendered = client.get(path)
        store.forget()
        hit = client.get(path)
        assert (hit.content, {**hit.headers}) == (rendered.content, {**rendered.headers})
        of_its_own = {"ETag", "Last-Modified", "Content-Length", "Vary"}
        said, again = ({**answer.headers} for answer in (fresh, hit))
        assert {k: v for k, v in said.items() if k not in of_its_own} == {
            k: v for k, v in again.items() if k not in of_its_own
        }
        assert hit["Content-Security-Policy"]
        assert hit["X-Frame-Options"] == "DENY"
        assert hit["X-Content-Type-Options"] == "nosniff"

    @PATHS
    def test_may_be_kept_for_half_a_minute_by_what_stands_in_between(self, client, journal, path):
        for _ in range(2):
            response = client.get(path)
            assert response["Cache-Control"] == KEPT
            assert response["Vary"] == "Accept-Encoding"

    def test_answers_head_like_get_without_the_page(self, client, journal):
        for _ in range(2):
            head, got = client.head("/"), client.get("/")
            assert (head.status_code, head.content) == (200, b"")
            assert {**head.headers} == {**got.headers}
            assert int(head["Content-Length"]) == len(got.content)

    @PATHS
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_answers_no_other_method(self, client, journal, path, method):
        assert getattr(client, method)(path).status_code == 405
        assert kept() == set()
        client.get(path)
        assert getattr(client, method)(path).status_code == 405

    def test_is_for_our_own_hosts(self, client, journal, settings):
        client.get("/")
        assert client.get("/", headers={"Host": "journal.attacker.example"}).status_code == 400
        settings.ALLOWED_HOSTS = ["journal.example.com"]
        storing._well_named.clear()  # a running server knows its own all along
        assert client.get("/").status_code == 400

    def test_is_for_https_where_the_journal_is(self, journal, settings):
        Client().get("/")
        settings.SECURE_SSL_REDIRECT = True
        client = Client()
        response = client.get("/")
        assert (response.status_code, response["Location"]) == (301, "https://testserver/")
        assert client.get("/", secure=True).status_code == 200


class TestPacking:
    UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}

    ACCEPTED = [
        ("", ""),
        ("identity", ""),
        ("deflate, zstd", ""),
        ("br", "br"),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0 , gzip ;q=0.1", "gzip"),
        ("br;q=0.000, gzip;q=0.001", "gzip"),
        ("br;q=0,gzip;q=0", ""),
        ("br;q=0.00,gzip;Q=0.000", ""),
        ("*;q=0", ""),
        ("brotli, gzipped", ""),
    ]

    def test_is_the_best_that_the_browser_takes(self, client, journal, subtests):
        plain = client.get("/").content
        for accepted, sent in self.ACCEPTED:
            with subtests.test(accepted):
                response = client.get("/", headers={"Accept-Encoding": accepted})
                assert response.headers.get("Content-Encoding", "") == sent
                assert int(response["Content-Length"]) == len(response.content)
                assert self.UNPACK[sent](response.content) == plain

    def test_saves_more_than_half(self, client, journal):
        plain = len(client.get("/").content)
        for encoding in ("br", "gzip"):
            packed = client.get("/", headers={"Accept-Encoding": encoding})
            assert len(packed.content) < plain / 2

    def test_has_one_tag_for_all(self, client, journal):
        tags = {
            client.get("/", headers={"Accept-Encoding": encoding})["ETag"]
            for encoding in ("br", "gzip", "")
        }
        assert len(tags) == 1
        assert tags.pop().startswith('W/"')


class TestWhoHasItAlready:
    def not_modified(self, client: Client, **headers: str) -> bool:
        response = client.get("/", headers=headers)
        if response.status_code == 304:
            assert response.content == b""
            assert "Content-Encoding" not in response.headers
            assert response["ETag"]
            assert response["Last-Modified"]
            assert (response["Cache-Control"], response["Vary"]) == (KEPT, "Accept-Encoding")
        else:
            assert response.status_code == 200
            assert response.content
        return response.status_code == 304

    def test_is_told_so_by_its_tag(self, client, journal):
        tag = client.get("/")["ETag"]
        for told in (tag, f'"other", {tag}', "*", " * "):
            assert self.not_modified(client, If_None_Match=told), told
        for told in ('"other"', 'W/"other"', "nonsense", tag[:-2]):
            assert not self.not_modified(client, If_None_Match=told), told

    def test_is_told_so_by_the_time(self, client, journal):
        at = client.get("/")["Last-Modified"]
        assert self.not_modified(client, If_Modified_Since=at)
        assert self.not_modified(client, If_Modified_Since=http_date(time.time() + 60))
        assert not self.not_modified(client, If_Modified_Since=http_date(time.time() - 3600))
        assert not self.not_modified(client, If_Modified_Since="yesterday")

    def test_by_the_time_only_where_no_tag_is_told(self, client, journal):
        at = client.get("/")["Last-Modified"]
        assert not self.not_modified(client, If_None_Match='"other"', If_Modified_Since=at)

    def test_gets_the_page_once_it_is_another(self, client, journal):
        tag = client.get("/")["ETag"]
        issue = Issue.objects.get(pk=journal.current.pk)
        issue.theme = "换过的主题"
        printed_anew(issue)
        assert not self.not_modified(client, If_None_Match=tag)
        assert "换过的主题" in client.get("/").text

    def test_has_it_still_when_something_else_changed(self, client, journal):
        tag = client.get("/")["ETag"]
        generation.turn()
        assert self.not_modified(client, If_None_Match=tag)


class TestWhatIsStored:
    SECTION = "/sections/service-discussion/"

    def test_a_page_of_every_kind(self, client, journal):
        for path in journal.pages:
            assert client.get(path).status_code == 200
        assert kept() == {store.name_of(path) for path in journal.pages}

    def test_each_page_of_a_list_by_itself(self, client, journal):
        for _ in range(20):
            an_article(issue=journal.current, section=journal.rich.section)
        for number in (1, 2):
            for _ in range(2):
                answer = client.get(f"{self.SECTION}?page={number}")
                assert f"第 {number} 页，共 2 页" in seen(answer)
        assert kept() == {f"{self.SECTION[1:]}index{n}.html" for n in ("", ".2")}

    QUERIES = [
        *("page=2", "page=99999", "page=999999", "page=007", "page=0", "page=-1", "page=2.0"),
        *("page=two", "page=", "page=%D9%A2", "page=%EF%BC%92", "page=2&page=3"),
        *("page=1", "utm_source=wechat", "x=1&y=2", "page=1&x=1", "%00", "q", "?"),
    ]

    @pytest.mark.parametrize("path", [SECTION, "/"])
    def test_a_strange_query_is_answered_and_makes_no_page_of_its_own(
        self, client, journal, path, subtests
    ):
        plain = client.get(path)
        for query in self.QUERIES:
            with subtests.test(query):
                answer = client.get(f"{path}?{query}")
                assert answer.status_code == 200
                assert seen(answer) == seen(plain)
                assert kept() == {store.name_of(path)}
                assert client.get(path).content == plain.content

    def test_nothing_that_is_not_there(self, client, journal):
        for path in ("/no-such-page/", "/issues/2026/9/", "/articles/99999/"):
            assert client.get(path).status_code == 404
        assert kept() == set()

    def test_no_page_of_another_kind(self, client, journal):
        for path in ("/search/?q=登记簿", "/accounts/login/", "/issues/2026/3/cover.svg"):
            assert client.get(path).status_code == 200
        assert kept() == set()

    @pytest.mark.parametrize(
        "path",
        [
            "/../x/",
            "/articles/12/../../x/",
            "//",
            "/issues/2026/3",
            "/articles/１２/",
            "/x\x00/",
            "/\n",
        ],
    )
    def test_an_address_that_names_no_page_names_no_file(self, path):
        assert store.name_of(path) == ""

    def test_a_picture_taken_out_of_the_text_is_gone_for_readers(self, client, get, journal):
        picture = journal.rich.pictures.get()
        path = picture.get_absolute_url()
        answer = get(path)
        assert answer["Cache-Control"] == "public, max-age=30, s-maxage=30"
        tag = answer["ETag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        journal.rich.body = "<p>没有图了。</p>"
        journal.rich.save()
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304  # it is printed
        printed_anew(Issue.objects.get(pk=journal.current.pk))
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 404
        assert str(picture.token) not in client.get(journal.rich.get_absolute_url()).text


class TestWhoAsks:
    @PATHS
    def test_gets_the_same_bytes_whoever_it_is_and_leaves_nothing(self, client, journal, path):
        client.force_login(a_user(Role.EDITOR, name="宋编辑"))
        mine = client.get(path)
        again, strangers = client.get(path), Client().get(path)
        assert mine.content == again.content == strangers.content
        assert "宋编辑" not in mine.text
        assert not mine.cookies
        assert not strangers.cookies
        for answer in (mine, again, strangers):
            assert answer["Cache-Control"] == KEPT

    def test_reads_a_message_once_and_on_a_page_of_their_own(self, client, journal):
        with_a_message(client)
        assert MESSAGE not in client.get("/").text
        assert MESSAGE in client.get("/accounts/mine/").text
        assert MESSAGE not in client.get("/accounts/mine/").text

    def test_of_the_desk_looks_ahead_and_nothing_of_it_is_stored(self, client, journal):
        ahead = [journal.making.get_absolute_url(), journal.unpublished.get_absolute_url()]
        client.force_login(a_user(Role.EDITOR))
        for path in ahead:
            for _ in range(2):
                answer = client.get(path)
                assert answer.status_code == 200
                assert "未发布 · 仅编辑可见" in seen(answer)
                assert answer["Cache-Control"] == "private, no-store"
            assert Client().get(path).status_code == 404
        assert kept() == set()

    def test_of_the_desk_sees_like_others_what_is_out_then(self, client, journal):
        path, editor = journal.current.get_absolute_url(), a_user(Role.EDITOR)
        later = timezone.now() + timedelta(hours=1)
        Issue.objects.filter(pk=journal.current.pk).update(published_at=later)
        client.force_login(editor)
        assert "仅编辑可见" in seen(client.get(path))
        Issue.objects.filter(pk=journal.current.pk).update(published_at=timezone.now())
        assert "仅编辑可见" not in seen(client.get(path))
        assert Client().get(path).content == client.get(path).content


class TestTheState:
    def test_at_the_hour_it_is_out_though_nobody_writes_anything(self, client, journal):
        path = journal.current.get_absolute_url()
        at = timezone.now() + timedelta(seconds=1.5)
        Issue.objects.filter(pk=journal.current.pk).update(published_at=at)
        before = client.get("/")
        assert "总第62期" in seen(before)
        assert client.get("/").content == before.content
        assert client.get(path).status_code == 404
        time.sleep(max(0, (at - timezone.now()).total_seconds()) + 0.01)
        assert "总第63期" in seen(client.get("/"))
        assert client.get(path).status_code == 200

    def test_is_another_every_day(self, journal):
        with timezone.override("Pacific/Pago_Pago"):
            here = store.state()
        with timezone.override("Pacific/Kiritimati"):  # 25 hours ahead
            assert store.state() != here

    def test_is_asked_for_no_more_often_than_it_may_be_old(self, client, journal, settings):
        settings.PAGES_FRESH = 3600
        before = client.get("/").content
        issue = Issue.objects.get(pk=journal.current.pk)
        issue.theme = "换过的主题"
        printed_anew(issue)
        assert client.get("/").content == before
        store.forget()
        assert "换过的主题" in client.get("/").text

    def test_two_stand_beside_each_other_and_no_more(self, client, journal):
        states = []
        for _ in range(4):
            client.get("/")
            states.append(store.state())
            generation.turn()
        there = {path.name for path in store.root().iterdir()}
        assert there == set(states[-2:])
        for each in states[-2:]:
            assert kept(each) == {"index.html"}

    def test_a_slow_process_writes_into_its_own(self, client, journal):
        client.get("/")
        old = store.state()
        generation.turn()
        now = store.state()
        store.put(old, "issues/index.html", b"<p>old</p>", {})
        assert client.get("/issues/").content != b"<p>old</p>"
        assert kept(now) == {"issues/index.html"}
        generation.turn()
        store.state()
        store.put(old, "sections/index.html", b"<p>old</p>", {})  # swept meanwhile
        assert not (store.root() / old).exists()

    def test_the_server_in_front_is_led_to_the_one_that_stands(self, client, journal, settings):
        live = Path(settings.PAGES_ROOT) / "live"
        for _ in range(2):
            page = client.get("/")
            assert live.is_symlink()
            assert live.resolve() == (store.root() / store.state()).resolve()
            assert (live / "index.html").read_bytes() == page.content
            assert gzip.decompress((live / "index.html.gz").read_bytes()) == page.content
            assert brotli.decompress((live / "index.html.br").read_bytes()) == page.content
            generation.turn()


@pytest.mark.django_db(transaction=True)
def test_another_process_that_turns_the_generation_is_heard(client):
    """Whoever did not commit yet is not."""
    issue = an_issue(published=True, articles=1, theme="旧的主题")
    assert "旧的主题" in client.get("/").text
    before = store.state()

    def correct() -> None:
        try:
            mine = Issue.objects.get(pk=issue.pk)
            mine.theme = "新的主题"
            printed_anew(mine)
        finally:
            connection.close()

    other = threading.Thread(target=correct)
    other.start()
    other.join()
    assert store.state() != before
    assert "新的主题" in client.get("/").text


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
        assert reverse("issue", args=[2026, 4]) not in paths
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


def test_a_picture_is_what_a_page_shows(client):
    """Of an issue whose text was never dressed with one: no row, no file for readers."""
    article = an_article(issue=an_issue(published=True))
    picture = a_picture(article)
    assert client.get(picture.get_absolute_url()).status_code == 404
