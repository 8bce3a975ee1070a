"""What stands behind an article: to pass it on, to cite it, to read on."""

import re
from io import BytesIO

import pytest
from PIL import Image

from issues.making import posters
from issues.models import Edition, Issue, PrintedArticle
from tests.articles.post_office import worker_runs
from tests.factories import a_section, an_article, an_issue, printed_anew
from tests.pages import link, seen
from tests.readers_journal import SECRETS, Journal, a_journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal() -> Journal:
    return a_journal()


def test_tells_its_address_its_code_its_long_picture_and_how_it_is_cited(client, journal):
    response = client.get(journal.rich.get_absolute_url())
    here = f"https://journal.example.com/articles/{journal.rich.pk}/"
    assert f'value="{here}"' in response.text
    told = f"沈一鸣, 方圆, 林晓岚. 把表格变成谈话[J/OL]. 服务文化专刊, 2026(3) [ 引用日期 ]. {here}"
    assert "".join(told.split()) in "".join(seen(response).split())
    code = client.get(f"/articles/{journal.rich.pk}/code.svg")
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.lstrip().startswith(b"<?xml")
    assert link(response, "长图（发朋友圈）") == f"/articles/{journal.rich.pk}/long.jpg"


def test_each_picture_leads_to_itself_without_a_script(client, journal):
    page = client.get(journal.rich.get_absolute_url()).text
    token = journal.rich.pictures.get().token
    assert (
        f'<a class="enlarge" href="/pictures/{token}/" aria-label="看大图：等候区的椅子">' in page
    )


def test_more_of_the_section_and_of_the_branch_and_nothing_twice(client, journal):
    here = {"section": a_section("service-discussion"), "authors": [("南湖支行", "沈一鸣")]}
    other = {
        "section": a_section("service-emotion"),
        "authors": [*here["authors"], ("南湖支行", "方圆")],
    }
    both = an_article(issue=journal.earlier, title="两处都是的一篇", **here)
    branch = an_article(issue=journal.earlier, title="同一个单位的一篇", **other)
    hidden = an_article(issue=journal.making, title="还没有刊出的同栏目", **here)
    printed_anew(Issue.objects.get(pk=journal.earlier.pk))
    page = client.get(journal.rich.get_absolute_url()).text
    shelves = page[page.index('class="shelves"') :]
    assert [shelves.count(each.title) for each in (both, branch, hidden)] == [1, 1, 0]
    assert re.findall(r'<h2 id="shelf-\d"><a href="([^"]+)">([^<]+)', shelves) == [
        ("/sections/service-discussion/", "更多服务探讨"),
        (journal.branch.get_absolute_url(), "南湖支行的文章"),
    ]


class TestTheLongPicture:
    def test_is_made_by_the_worker_for_every_article_and_then_only_sent(self, client):
        issue = an_issue(published=True, year=2026, number=3, articles=2)
        edition = Issue.objects.get(pk=issue.pk).standing
        posters.order(edition)
        worker_runs()
        for article in issue.articles.all():
            stored = posters.read(edition, article.pk)
            assert client.get(f"/articles/{article.pk}/long.jpg").content == stored
            image = Image.open(BytesIO(stored))
            assert image.format == "JPEG"
            assert image.width == 1080 < image.height

    def test_that_nobody_made_yet_is_drawn_and_kept(self, client, journal):
        edition = Issue.objects.get(pk=journal.current.pk).standing
        answer = client.get(f"/articles/{journal.rich.pk}/long.jpg")
        assert answer["Content-Type"] == "image/jpeg"
        assert posters.read(edition, journal.rich.pk) == answer.content

    def test_of_what_is_not_out_is_not_there(self, client, journal, settings):
        for article in (journal.unpublished, journal.manuscript):
            for name in ("long.jpg", "code.svg"):
                assert client.get(f"/articles/{article.pk}/{name}").status_code == 404
        settings.READER_ACCESS = "members"
        assert client.get(f"/articles/{journal.rich.pk}/long.jpg").status_code in (302, 404)

    def test_says_nothing_but_what_was_printed(self, journal):
        for printed in Edition.objects.get(standing_for=journal.current).printed.all():
            told = str(posters._told(printed))
            assert printed.title in told
            assert not any(secret in told for secret in SECRETS)

    def test_begins_with_sentences_and_not_with_a_heading(self):
        body = "<h2>19:20，坐下</h2><p>江边三十一度。</p><h3>又</h3><p>有风。</p>"
        printed = PrintedArticle(article_id=1, title="纳凉", body=body)
        assert posters._told(printed).opening == "江边三十一度。有风。"

    def test_of_a_standing_edition_is_no_stray_file(self, journal):
        edition = Issue.objects.get(pk=journal.current.pk).standing
        mine = posters.name_of(edition, 1)
        assert posters.is_of_a_standing_edition(mine, frozenset({"a"}))
        earlier = mine.replace(f"/{edition.number}-", "/9-")
        assert not posters.is_of_a_standing_edition(earlier, frozenset({"a"}))
