"""The search of readers: what is out, by any of its words."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from articles import search
from issues.making import corrections, make_up, page_making, publication, withdrawals
from issues.models import Edition, Issue
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import (
    a_next_edition,
    a_user,
    accepted,
    an_article,
    an_issue,
    printed_anew,
    proofread,
)
from tests.issues.exports.pdfs import a_pdf
from tests.pages import link, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return a_user(Role.CHIEF_EDITOR)


@pytest.fixture
def out(chief) -> Issue:
    issue = an_issue(year=2026, number=4, date=date(2026, 8, 21), running_number=64)
    article = accepted(title="一盏灯", body="<p>柜台的灯还<strong>亮</strong>着。</p>")
    make_up.place([article], issue, by=chief)
    proofread(issue)
    publication.sign_off(issue, by=chief)
    publication.publish(issue, by=chief)
    return issue


def found(client, words: str) -> str:
    return seen(client.get("/search/", {"q": words}))


def test_an_article_is_found_by_title_author_branch_and_text(client, out, html_valid):
    for words in ("一盏", "高志远", "东岭支行", "灯还亮着", "高志远 灯"):
        response = client.get("/search/", {"q": words})
        assert f'href="{out.articles.get().get_absolute_url()}"' in response.text, words
    html_valid(response.text)


def test_nothing_is_found_before_it_is_out_or_after_it_was_withdrawn(client, out, chief):
    withdrawals.withdraw(out, by=chief, why="署名有误")
    assert "没有找到“一盏灯”" in found(client, "一盏灯")


def test_a_correction_is_found_and_what_it_took_away_is_not(client, out, chief):
    article = out.articles.get()
    assert "共 1 条" in found(client, "灯还亮着")
    assert "没有找到" in found(client, "灯灭了")
    corrections.correct(
        article,
        by=chief,
        base=corrections.base_of(article),
        reason="一字之误",
        body="<p>柜台的灯灭了。</p>",
    )
    assert "共 1 条" in found(client, "灯灭了")
    assert "没有找到" in found(client, "灯还亮着")


def an_edition(issue: Issue, number: int, *pages: str) -> Edition:
    """It stands; its pages are ordered, and not made yet."""
    edition = issue.standing if number == 1 else a_next_edition(issue)
    edition.sha256, edition.page_count = f"{number:064}", len(pages)
    edition.pdf.save("issue.pdf", ContentFile(a_pdf(list(pages))), save=False)
    edition.save()
    page_making.order(edition)
    return edition


@pytest.fixture
def scanned(db) -> Issue:
    """An issue that exists only as PDF, out, with its pages."""
    old = an_issue(year=2019, number=3, published=True)
    old.scan.name = f"scans/{'ab' * 32}.pdf"
    old.save()
    printed_anew(old)
    an_edition(old, 1, "cover", "the Lamp is lit")
    worker_runs()
    return old


def test_pages_of_a_scan_that_is_not_out_are_not_found(client, scanned, chief):
    assert "共 1 条" in found(client, "lamp is")
    Issue.objects.filter(pk=scanned.pk).update(published_at=timezone.now() + timedelta(hours=1))
    assert "没有找到“lamp is”" in found(client, "lamp is")
    Issue.objects.filter(pk=scanned.pk).update(published_at=timezone.now())
    assert "共 1 条" in found(client, "lamp is")
    withdrawals.withdraw(scanned, by=chief, why="扫描件缺页")
    assert "没有找到“lamp is”" in found(client, "lamp is")


def test_pages_of_a_scan_that_a_newer_edition_took_the_place_of_are_not_found(client, scanned):
    an_edition(scanned, 2, "cover", "the Candle is lit")
    assert "没有找到“lamp is”" in found(client, "lamp is")
    worker_runs()
    assert "没有找到“lamp is”" in found(client, "lamp is")
    assert "共 1 条" in found(client, "candle is")


def test_pages_of_a_scan_are_found_beside_articles_and_lead_to_their_page(client, out, scanned):
    response = client.get("/search/", {"q": "lamp is"})
    assert link(response, "2019年第3期 第 2 页") == "/issues/2019/3/read/#p2"
    assert "the Lamp is lit" in seen(response)


def test_without_words_it_says_what_can_be_looked_up(client):
    assert "检索标题、作者、单位和正文里的字词" in seen(client.get("/search/"))
    assert "没有找到“，，”" in found(client, "，，")


def test_too_long_a_query_is_refused_in_a_sentence(client):
    response = client.get("/search/", {"q": "灯" * 51})
    assert response.status_code == 400
    assert "一次最多查 50 个字" in seen(response)
    assert client.get("/search/", {"q": "灯" * 50}).status_code == 200


def test_a_members_journal_is_for_members(client, out, settings):
    settings.READER_ACCESS = "members"
    assert client.get("/search/", {"q": "灯"})["Location"].startswith("/accounts/login/")


def test_the_number_of_queries_does_not_grow(client, out, django_assert_num_queries):
    client.get("/search/", {"q": "柜台"})
    with django_assert_num_queries(5):
        client.get("/search/", {"q": "灯"})
    with django_assert_num_queries(4):  # the index is not asked again for the same words
        client.get("/search/", {"q": "灯", "year": "2026"})


def test_the_index_can_be_made_anew(client, out, capsys):
    search.clear()
    call_command("reindex")
    assert "已重建检索：1 条" in capsys.readouterr().out
    assert "共 1 条" in found(client, "一盏灯")


def test_words_of_what_is_not_out_lead_nowhere(client, out, chief):
    """In no answer and no suggestion, not even among what is like it: manuscripts, an issue that
    is signed and waits for its hour, what was withdrawn, what was corrected away.
    """
    secrets = ["山谷里的回声", "黄昏时的账本", "渡口边的旧船"]
    an_article(status="submitted", title="山谷里的回声", authors=[("未名谷支行", "贺兰静")])
    later = an_issue(year=2026, number=5, date=date(2026, 10, 21), theme="秋收以后的路")
    make_up.place([accepted(title="黄昏时的账本")], later, by=chief)
    proofread(later)
    publication.sign_off(later, by=chief)
    publication.publish(later, by=chief, at=timezone.now() + timedelta(days=1))
    earlier = an_issue(year=2026, number=3, date=date(2026, 6, 21))
    boat = accepted(title="渡口边的旧船", authors=[("芦花渡支行", "闻人越")])
    make_up.place([boat], earlier, by=chief)
    proofread(earlier)
    publication.sign_off(earlier, by=chief)
    publication.publish(earlier, by=chief)
    assert "渡口边的旧船" in found(client, "旧船") + suggested(client, "旧船")
    withdrawals.withdraw(earlier, by=chief, why="署名有误")
    lamp = out.articles.get()
    told = {"by": chief, "base": corrections.base_of(lamp), "reason": "标题有误"}
    corrections.correct(lamp, title="两盏长明的灯", **told)
    call_command("reindex")

    names = ["贺兰静", "未名谷支行", "闻人越", "芦花渡支行", "秋收以后的路", "一盏灯"]
    asked = ["山谷里的", "回声啊", "sgldhs", "黄昏时的", "黄昏时的账目", "渡口边的", "渡口边的新船"]
    asked += ["贺兰", "hlj", "闻人", "未名谷", "芦花渡", "秋收以后", "一盏", "一盏煤油灯"]
    for words in asked:
        shown = found(client, words) + suggested(client, words)
        assert not [each for each in [*secrets, *names] if each in shown], words
    assert "两盏长明的灯" in suggested(client, "长明")


def suggested(client, words: str) -> str:
    return client.get("/search/suggest/", {"q": words}).content.decode()
