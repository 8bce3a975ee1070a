"""Feeds: what a feed reader shows of the journal, a section, a branch."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from issues.models import Correction, Issue
from issues.reading import store
from tests.factories import a_user, an_article, an_issue, printed_anew
from tests.prepared import laid_out
from tests.readers_journal import SECRETS, Journal, a_journal

pytestmark = pytest.mark.django_db

A = "{http://www.w3.org/2005/Atom}"
SITE = "https://journal.example.com"


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


def read(written: bytes) -> ET.Element:
    return ET.fromstring(written)  # noqa: S314  # our own


def feed(client, path: str = "/feed/") -> ET.Element:
    response = client.get(path)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return read(response.content)


def titles(told: ET.Element) -> list[str]:
    return [entry.findtext(f"{A}title") for entry in told.iter(f"{A}entry")]


def entry_of(told: ET.Element, article: Article) -> ET.Element:
    (found,) = (e for e in told.iter(f"{A}entry") if e.findtext(f"{A}title") == article.title)
    return found


class TestTheJournal:
    def test_is_what_came_out_last_in_print_order(self, client, journal):
        assert titles(feed(client)) == [
            "春天从门口开始",
            journal.plain.title,
            "把表格变成谈话",
            "母亲的存折",
        ]

    def test_carries_the_whole_text_with_addresses_that_lead_here_from_anywhere(
        self, client, journal
    ):
        entry = entry_of(feed(client), journal.rich)
        content = entry.findtext(f"{A}content")
        assert "一张开户申请表有四十一个空格。" in content
        assert "最后一段。" in content
        (token,) = journal.rich.pictures.values_list("token", flat=True)
        assert f'src="{SITE}/pictures/{token}/"' in content
        assert 'src="/' not in content
        assert entry.findtext(f"{A}id") == f"{SITE}/articles/{journal.rich.pk}/"
        assert entry.find(f"{A}author/{A}name").text == "南湖支行 沈一鸣　方圆　林晓岚"
        assert entry.find(f"{A}category").get("term") == "服务探讨"

    def test_a_correction_makes_its_article_new_and_no_other(self, client, journal):
        before = feed(client)
        at = timezone.now() + timedelta(minutes=5)
        edition = Issue.objects.get(pk=journal.current.pk).standing
        Correction.objects.create(
            article=journal.plain, edition=edition, by=a_user(), reason="改一个字。", at=at
        )
        store.throw_away()
        after = feed(client)
        for article, is_new in ((journal.plain, True), (journal.rich, False)):
            told = [entry_of(each, article).findtext(f"{A}updated") for each in (before, after)]
            assert (told[0] != told[1]) is is_new

    def test_a_mark_that_is_no_character_does_not_break_it(self, client, journal):
        """Of an issue that was signed when forms still took it."""
        an_article(issue=journal.earlier, title="断\x0b行\ufffe的题")
        assert "断 行的题" in titles(feed(client))

    def test_nothing_is_in_it_that_is_not_out(self, client, journal):
        for path in ("/feed/", "/sections/service-discussion/feed/", "/sitemap.xml"):
            text = client.get(path).text
            assert text
            assert not [secret for secret in SECRETS if secret in text]

    def test_an_issue_to_come_is_not_in_it_before_its_hour(self, client, journal):
        hour = timezone.now() + timedelta(hours=1)
        Issue.objects.filter(pk=journal.current.pk).update(published_at=hour)
        assert titles(feed(client)) == ["母亲的存折"]

    def test_what_was_withdrawn_is_not_in_it(self, client, journal):
        Article.objects.filter(pk=journal.plain.pk).update(issue=None, position=None)
        printed_anew(Issue.objects.get(pk=journal.current.pk))
        assert journal.plain.title not in titles(feed(client))

    def test_is_no_longer_than_forty_pieces(self, client, journal):
        an_issue(published=True, year=2026, number=4 + 1, articles=45)
        assert len(titles(feed(client))) == 40

    def test_before_the_first_issue_it_is_empty_and_the_same_each_time(self, client):
        first = client.get("/feed/").content
        assert not titles(read(first))
        assert client.get("/feed/").content == first

    @pytest.mark.parametrize("articles", [1, 20])
    def test_asks_the_same_for_few_and_many(self, client, articles, django_assert_num_queries):
        an_issue(published=True, articles=articles)
        client.get("/feed/")
        store.throw_away()
        with django_assert_num_queries(4):
            assert len(titles(feed(client))) == articles

    def test_is_stored_like_a_page_and_never_as_one(self, client, journal):
        client.get("/feed/")
        stored = store.root() / store.state() / "feed"
        assert (stored / "index.xml").is_file()
        assert not (stored / "index.html").exists()


class TestOfASectionAndABranch:
    def test_holds_theirs_alone(self, client, journal):
        assert titles(feed(client, "/sections/service-emotion/feed/")) == ["母亲的存折"]
        an_article(issue=journal.earlier, title="旧题", authors=[("西岭支行", "周平")])
        printed_anew(journal.earlier)
        slug = Article.objects.get(title="旧题").authorships.get().branch.slug
        told = feed(client, f"/branches/{slug}/feed/")
        assert titles(told) == ["旧题"]
        assert told.findtext(f"{A}title") == "服务文化专刊 · 西岭支行"

    def test_a_branch_that_never_published_has_none(self, client, journal):
        slug = journal.manuscript.authorships.get().branch.slug
        assert client.get(f"/branches/{slug}/feed/").status_code == 404
        assert client.get("/sections/nowhere/feed/").status_code == 404

    def test_their_pages_lead_to_it(self, client, journal):
        for path in ("/sections/service-discussion/", journal.branch.get_absolute_url()):
            page = client.get(path).text
            assert page.count(f'href="{path}feed/"') == 2
            assert 'type="application/atom+xml"' in page


class TestAMembersJournal:
    @pytest.mark.parametrize("path", ["/feed/", "/sitemap.xml"])
    def test_asks_strangers_to_sign_in(self, client, journal, settings, path):
        settings.READER_ACCESS = "members"
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/login/")
        client.force_login(a_user())
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"


def test_the_host_that_was_asked_never_stands_in_it(client, journal, settings):
    settings.SITE_URL = ""
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    text = client.get("/feed/", headers={"host": "b.example"}).text
    assert f"http://a.example/articles/{journal.rich.pk}/" in text
    assert "b.example" not in text
