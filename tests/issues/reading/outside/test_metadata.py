"""What machines read of an article and an issue."""

import json
import re

import pytest

from issues.models import Issue
from tests.factories import printed_anew
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db

SITE = "https://journal.example.com"
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


def told(page: str) -> dict:
    (text,) = _DATA.findall(page)
    return json.loads(text)


def meta(page: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', page)


def test_an_article_says_what_it_is_who_wrote_it_and_where_it_stands(client, journal):
    article = told(client.get(journal.rich.get_absolute_url()).text)
    assert article["@type"] == "Article"
    assert article["headline"] == "把表格变成谈话"
    assert article["datePublished"] == "2026-06-24"
    assert "dateModified" in article
    assert [author["name"] for author in article["author"]] == ["沈一鸣", "方圆", "林晓岚"]
    assert article["author"][0]["affiliation"]["name"] == "南湖支行"
    assert article["isPartOf"]["@id"] == f"{SITE}/issues/2026/3/"
    assert article["isPartOf"]["isPartOf"]["name"] == "服务文化专刊"
    assert article["publisher"]["name"] == "示范农商银行党群工作部"


def test_an_article_can_be_cited(client, journal):
    page = client.get(journal.rich.get_absolute_url()).text
    assert meta(page, "citation_title") == ["把表格变成谈话"]
    assert meta(page, "citation_author") == ["沈一鸣", "方圆", "林晓岚"]
    assert meta(page, "citation_journal_title") == ["服务文化专刊"]
    assert meta(page, "citation_publication_date") == ["2026/06/24"]


@pytest.mark.parametrize("path", ["/", "/issues/2026/3/"])
def test_the_issue_says_which_one_it_is(client, journal, path):
    issue = told(client.get(path).text)
    assert issue["@type"] == "PublicationIssue"
    assert (issue["name"], issue["issueNumber"]) == ("把服务做到家门口", "3")


def test_a_hostile_title_stays_text(client, journal):
    journal.plain.title = "</script><script>alert(1)</script>&amp;<!--"
    journal.plain.save()
    printed_anew(Issue.objects.get(pk=journal.current.pk))
    page = client.get(journal.plain.get_absolute_url()).text
    assert told(page)["headline"] == journal.plain.title
    assert "<script>alert" not in page


def test_what_is_not_out_tells_machines_nothing(client, journal):
    from servicejournal.roles import Role
    from tests.factories import a_user

    client.force_login(a_user(Role.EDITOR))
    page = client.get(journal.unpublished.get_absolute_url()).text
    assert not _DATA.findall(page)
    assert not meta(page, "og:image")


def test_a_telephone_may_keep_the_site_on_its_first_page(client, journal):
    page = client.get("/").text
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["name"] == "服务文化专刊"
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        assert answer["Content-Type"] == "image/png"
        answer.close()
    assert client.get("/favicon.ico").status_code == 302
