"""The sitemap: every page that readers have, and when it changed."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.utils import timezone

from issues.models import Correction
from issues.reading import store
from issues.reading.outside import sitemap
from tests.factories import an_issue
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "https://journal.example.com"


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


def entries(client, path: str = "/sitemap.xml") -> dict[str, str]:
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(response.content)  # noqa: S314  # our own
    return {e.findtext(f"{S}loc").removeprefix(SITE): e.findtext(f"{S}lastmod") for e in root}


def test_names_every_readers_page_once_and_each_opens(client, journal):
    told = entries(client)
    left_out = re.compile(r".*/edition/|/calls/.*|/offline/|/accessibility/")
    asked = {path for path in journal.pages if not left_out.fullmatch(path)}
    assert asked <= set(told)
    for path in told:
        assert client.get(path).status_code == 200, path


def test_says_when_each_last_changed(client, journal):
    later = timezone.now() + timedelta(minutes=5)
    Correction.objects.update(at=later)
    told = entries(client)
    (correction,) = Correction.objects.all()
    at = correction.at.astimezone().isoformat(timespec="seconds")
    assert told[f"/articles/{journal.rich.pk}/"] == at
    assert told[f"/articles/{journal.plain.pk}/"] < at


def test_is_an_index_where_one_file_would_be_too_long(client, journal, monkeypatch):
    whole = entries(client)
    store.throw_away()
    monkeypatch.setattr(sitemap, "LENGTH", 5)
    files = entries(client)
    assert next(iter(files)) == "/sitemap-1.xml"
    assert set(files.values()) == {None}
    parts = [entries(client, file) for file in files]
    assert {path: at for part in parts for path, at in part.items()} == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


@pytest.mark.parametrize("articles", [1, 30])
def test_asks_the_same_for_few_and_many(client, articles, django_assert_num_queries):
    an_issue(published=True, articles=articles)
    store.forget()
    with django_assert_num_queries(9):
        assert len(entries(client)) > articles


def test_robots_txt_leads_to_it(client):
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").text


class TestAnOpenSiteThatIsInNoIndex:
    @pytest.fixture(autouse=True)
    def unindexed(self, settings):
        settings.INDEXED = False

    def test_has_none_and_closes_itself_to_robots(self, client, journal):
        assert client.get("/sitemap.xml").status_code == 404
        robots = client.get("/robots.txt").text
        assert "Disallow: /\n" in robots
        assert "Sitemap" not in robots

    def test_says_so_on_every_page_and_opens_to_anybody(self, client, journal):
        for path in journal.pages:
            for _ in ("fresh", "stored"):
                page = client.get(path)
                assert page.status_code == 200
                assert page["X-Robots-Tag"] == "noindex, nofollow"
                assert '<meta name="robots" content="noindex, nofollow">' in page.text
