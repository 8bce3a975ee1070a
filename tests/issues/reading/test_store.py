"""The store of readers' pages: what comes out of it, what never gets in, what it survives."""

import gzip
import threading
import time
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from issues.models import Issue
from issues.reading import serving, store
from servicejournal import generation
from servicejournal.roles import Role
from tests.factories import a_picture, a_user, an_article, an_issue, printed_anew
from tests.pages import seen
from tests.stored_pages import (
    KEPT,
    MESSAGE,
    PATHS,
    THE_STATE,
    headers_of,
    kept,
    with_a_message,
)

pytestmark = pytest.mark.django_db


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
        assert (hit.content, headers_of(hit)) == (rendered.content, headers_of(rendered))
        of_its_own = {"ETag", "Last-Modified", "Content-Length", "Vary"}
        said, again = headers_of(fresh), headers_of(hit)
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
            assert headers_of(head) == headers_of(got)
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
        serving._well_named.clear()  # a running server knows its own all along
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

    def test_a_drawn_cover_packed_as_browsers_like_it(self, client, journal):
        path = "/issues/2026/3/cover.svg"
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        assert answer["Content-Encoding"] == "br"
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert answer["Cache-Control"] == "public, max-age=30, s-maxage=30"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert kept() == {store.name_of(path)}

    def test_no_page_of_another_kind(self, client, journal):
        for path in ("/search/?q=登记簿", "/accounts/login/"):
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


def test_a_picture_is_what_a_page_shows(client):
    """Of an issue whose text was never dressed with one: no row, no file for readers."""
    article = an_article(issue=an_issue(published=True))
    picture = a_picture(article)
    assert client.get(picture.get_absolute_url()).status_code == 404
