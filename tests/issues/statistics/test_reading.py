"""阅读: what was read in a period, on the page, in files and charts, and to whom it was theirs."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from articles import people
from articles.models import Article, Branch
from issues.counts import tally
from issues.models import Echo, Edition, Issue, SearchedInVain
from issues.statistics.report import Report, period_of
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_author, an_issue, printed_anew

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
DAY = date(2026, 7, 2)


def seen(kind: str, key: int, number: int, *, part: int = 0, day: date = DAY) -> None:
    tally.add({(kind, key, part, day): number})


def cells(slug: str, period: str = "2026") -> list[tuple]:
    found = period_of(period)
    table = Report(found).table(slug)
    return [row.cells for row in table.rows]


@pytest.fixture
def read(issue):
    """一盏灯 read 7 times, 两把椅子 (two branches) 3 times; a year earlier 100 times."""
    lamp, chairs = (Article.objects.get(title=title) for title in ("一盏灯", "两把椅子"))
    seen("article", lamp.pk, 7)
    seen("article", chairs.pk, 3)
    seen("article", lamp.pk, 100, day=date(2025, 7, 2))
    seen("helpful", lamp.pk, 2)
    seen("issue", issue.pk, 11)
    Edition.objects.filter(standing_for=issue).update(page_count=4)
    for page, number in ((1, 10), (2, 8), (3, 8), (4, 5)):
        seen("page", issue.pk, number, part=page)
    at = timezone.make_aware(timezone.datetime(2026, 7, 3))
    Echo.objects.create(article=lamp, words="读完想起外婆家的灯。", at=at)
    SearchedInVain.objects.create(day=DAY, words="存折", number=4)
    return issue


class TestFigures:
    def test_what_was_read_in_the_days_of_the_period_and_no_others(self, read):
        section = a_section().name
        assert cells("read-articles") == [
            (1, "一盏灯", "南湖支行 卢青", section, "2026年第3期", 7, 2),
            (2, "两把椅子", "东岭支行 高志远　南湖支行 方圆", section, "2026年第3期", 3, 0),
        ]
        assert cells("read-sections") == [(section, 10, 1000)]
        assert cells("read-branches") == [("南湖支行", 10), ("东岭支行", 3)]
        assert cells("read-issues") == [("2026年第3期", 11, 10)]
        assert cells("leafing") == [("2026年第3期", 4, 10, 8, 5, 500, 1)]
        assert cells("letters") == [("一盏灯", 1, 1, 0, 0)]
        assert cells("in-vain") == [("存折", 4)]
        assert cells("read-months") == [("2026年7月", 10)]
        assert cells("read-articles", "2026-08") == []
        assert cells("in-vain", "2026-08") == cells("letters", "2026-08") == []

    def test_of_an_issue_it_is_what_that_issue_printed_from_its_day_on(self, read):
        other = an_issue(published=True, year=2026, number=2, date=date(2026, 4, 1))
        article = an_article(issue=other, title="旧的一篇", authors=[("西关支行", "许静川")])
        printed_anew(other)
        seen("article", article.pk, 50)
        seen("page", other.pk, 9, part=1)
        slug = f"issue-{read.pk}"
        assert [row[1] for row in cells("read-articles", slug)] == ["一盏灯", "两把椅子"]
        assert cells("read-issues", slug) == [("2026年第3期", 11, 10)]
        assert cells("leafing", slug)[0][0] == "2026年第3期"
        assert ("西关支行", 50) not in cells("read-branches", slug)
        assert cells("read-months", slug) == [("2026年7月", 10)]
        assert ("西关支行", 50) in cells("read-branches")

    def test_what_is_not_out_any_more_is_not_told(self, read):
        Issue.objects.filter(pk=read.pk).update(published_at=timezone.now() + timedelta(days=1))
        for slug in ("read-articles", "read-branches", "read-issues", "letters", "read-months"):
            assert cells(slug) == [], slug


class TestPages:
    def test_the_page_its_files_and_its_charts_show_one_table(self, client, read):
        client.force_login(a_user(Role.EDITOR))
        page = "".join(client.get("/admin/statistics/reading/?period=2026").text.split())
        for told in ("读得最多的文章", "南湖支行卢青", "翻页看到第几页", "存折", "50.0%"):
            assert told in page
        assert f'<ahref="/admin/issues/issue/{read.pk}/reading/">看这一期的阅读</a>' in page
        book = client.get("/admin/statistics/tables/read-articles.xlsx?period=2026").content
        values = [[cell.value for cell in row] for row in load_workbook(BytesIO(book)).active]
        assert values[2][:3] == [1, "一盏灯", "南湖支行 卢青"]
        told = client.get("/admin/statistics/tables/in-vain.csv?period=2026").content
        assert "存折,4" in told.decode("utf-8-sig")
        charts = client.get("/admin/statistics/charts/?period=2026").text
        for title in ("逐月的阅读", "读得最多的文章", "各栏目的阅读", "2026年第3期翻页看到第几页"):
            assert f"{title}（次）" in charts
        assert client.get("/admin/statistics/charts/?period=2024").status_code == 200

    def test_as_many_questions_for_two_articles_as_for_ten(self, client, read):
        client.force_login(a_user(Role.EDITOR))

        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                client.get("/admin/statistics/reading/?period=2026")
            return len(found)

        asked()
        few = asked()
        for number in range(4):
            later = an_issue(published=True, year=2026, number=4 + number, date=DAY)
            for name in ("甲", "乙"):
                one = an_article(issue=later, authors=[(f"{number}支行", f"{name}{number}")])
                seen("article", one.pk, 5)
                Echo.objects.create(article=one, words="写得好，很有用。")
            printed_anew(later)
            seen("page", later.pk, 5, part=1)
        assert asked() == few


def test_a_writer_and_a_head_see_how_often_their_own_were_read(client, read):
    writer = a_user()
    author = an_author("卢青", "南湖支行")
    author.user = writer
    author.save()
    client.force_login(writer)
    page = client.get("/submissions/year/?year=2026").text
    assert "这一年被读 7 次" in page
    assert "<dd>7 次</dd>" in page
    assert "被读 3 次" not in page
    assert "<dd>100 次</dd>" in client.get("/submissions/year/?year=2025").text
    head = a_user(name="许静川")
    branch = Branch.objects.get(name="东岭支行")
    people.appoint_head(head, branch, by=a_user(Role.ADMINISTRATOR), why="任职")
    client.force_login(head)
    page = client.get(f"/submissions/branch/{branch.slug}/?year=2026").text
    assert "这一年被读 3 次" in page
    assert "7 次" not in page
