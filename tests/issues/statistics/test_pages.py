"""The pages of the statistics: who sees what, what is sent from an old page, what files hold."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from articles import people
from articles.models import Article, Branch, BranchHead
from issues.models import Bulletin, Fee, PointRule, Praise, Quota
from issues.statistics import fees
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.factories import a_section, a_user, an_article, an_author

pytestmark = pytest.mark.django_db
PERIOD = "?period=2026"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def rows_of(told: str) -> str:
    return "".join(told.split())


class TestContributions:
    def test_the_page_shows_branches_with_shares_and_leads_to_what_is_behind(
        self, client, editor, issue
    ):
        page = rows_of(client.get(f"/admin/statistics/{PERIOD}").text)
        assert "<td>南湖支行</td>" in page
        assert "what=printed&amp;branch=" in page
        assert ">1.5</a></td>" in page
        nanhu = Branch.objects.get(name="南湖支行")
        behind = f"/admin/statistics/rows/{PERIOD}&what=printed&branch={nanhu.pk}"
        listed = client.get(behind).text
        assert "共 2 篇" in listed
        assert "一盏灯" in listed
        assert "两把椅子" in listed

    def test_ones_own_manuscript_is_a_number_without_a_title(self, client, editor):
        an_article(title="我写的", contributor=editor, status="submitted")
        year = timezone.localdate().year
        page = client.get(f"/admin/statistics/rows/?period={year}&what=handed").text
        assert "我写的" not in page
        assert "另有 1 篇是您自己写的" in page

    def test_as_many_questions_for_three_rows_as_for_thirty(self, client, editor, issue):
        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                assert client.get(f"/admin/statistics/{PERIOD}").status_code == 200
            return len(found)

        def hand_in(number: int) -> None:
            day = timezone.make_aware(timezone.datetime(2026, 3, number + 1))
            article = an_article(
                status="accepted", submitted_at=day, authors=[(f"{number}支行", f"甲{number}")]
            )
            article.reviews.create(
                stage="final", decision="pass", reviewer=a_user(), digest="a" * 64,
                decided_at=day + timedelta(days=2),
            )  # fmt: skip

        hand_in(0)
        client.get(f"/admin/statistics/{PERIOD}")
        few = asked()
        for number in range(1, 9):
            hand_in(number)
        assert asked() == few

    def test_a_file_is_recorded_and_a_name_is_no_formula(self, client, editor, issue):
        Branch.objects.filter(name="南湖支行").update(name="=1+1")
        Article.objects.get(title="一盏灯").authorships.update(branch_name="=1+1")
        data = client.get(f"/admin/statistics/tables/silent.xlsx{PERIOD}").content
        cells = [cell for row in load_workbook(BytesIO(data)).active.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        told = client.get(f"/admin/statistics/tables/silent.csv{PERIOD}").content.decode(
            "utf-8-sig"
        )
        assert "\r\n=1+1" not in told
        assert Record.objects.filter(verb__startswith="导出").count() == 2

    @pytest.mark.parametrize("query", ["?period=1", "?period=issue-99", "?from=2026-13-01&to=x"])
    def test_what_is_no_period_is_not_there(self, client, editor, query):
        assert client.get(f"/admin/statistics/{query}").status_code == 404
        assert client.get("/admin/statistics/rows/?what=nothing").status_code == 404
        assert client.get("/admin/statistics/rows/?what=printed&branch=²").status_code == 404

    def test_charts_have_their_tables_and_draw_whatever_a_name_says(self, client, editor, issue):
        Article.objects.get(title="一盏灯").authorships.update(branch_name="<b>支行</b>")
        page = client.get(f"/admin/statistics/charts/{PERIOD}").text
        assert page.count("data:image/svg+xml;base64,") == 5 + 3  # and what was read
        assert page.count("<details>") >= 5
        assert "<b>支行</b>" not in page


class TestFees:
    @pytest.fixture
    def at_the_sheet(self, client, sheet, chief):
        client.force_login(chief)
        return f"/admin/statistics/fees/{sheet.pk}/"

    def test_an_amount_is_changed_from_the_page_and_an_old_page_is_refused(
        self, client, sheet, at_the_sheet
    ):
        fee = sheet.fees.get(author_name="卢青")
        sent = {"step": "change", "seen": 1, "fee": fee.pk, "yuan": "120.5", "why": "配图另算"}
        assert client.post(at_the_sheet, sent).status_code == 302
        assert Fee.objects.get(pk=fee.pk).fen == 12050
        refused = client.post(at_the_sheet, {**sent, "yuan": "130"})
        assert refused.status_code == 409
        assert "您填的，没有存：130 配图另算" in refused.text
        assert client.post(at_the_sheet, {**sent, "seen": 2, "yuan": "一百"}).status_code == 422

    def test_who_checked_is_offered_no_closing(self, client, sheet, at_the_sheet, administrator):
        client.post(at_the_sheet, {"step": "check", "seen": 1})
        assert 'value="close"' not in client.get(at_the_sheet).text
        client.force_login(administrator)
        assert 'value="close"' in client.get(at_the_sheet).text
        assert client.post(at_the_sheet, {"step": "close", "seen": 2}).status_code == 302
        page = client.get(at_the_sheet).text
        assert "已关账" in page
        assert 'value="counter"' in page

    def test_the_payment_sheet_holds_sums_in_capitals(self, client, sheet, at_the_sheet):
        data = client.get(f"{at_the_sheet}payment.xlsx").content
        sheet_ = load_workbook(BytesIO(data)).worksheets[0]
        told = [cell.value for row in sheet_.iter_rows() for cell in row if cell.value is not None]
        assert "应发合计（大写）：人民币贰佰元零贰分" in told
        assert "=SUM(E4:E6)" in told
        assert any("核对：" in str(each) for each in told)
        assert Record.objects.filter(verb__startswith="导出").exists()

    def test_the_auditor_looks_and_sends_nothing(self, client, sheet, at_the_sheet):
        client.force_login(a_user(Role.AUDITOR))
        page = client.get(at_the_sheet).text
        assert 'name="step"' not in page
        assert client.post(at_the_sheet, {"step": "check", "seen": 1}).status_code == 403
        client.force_login(a_user(Role.EDITOR))
        assert client.get(at_the_sheet).status_code == 403


class TestPraiseAndQuotas:
    def test_an_article_is_praised_by_name_with_a_reason_and_never_by_its_writer(
        self, client, editor, issue
    ):
        article = Article.objects.get(title="一盏灯")
        page = f"/admin/statistics/praise/{PERIOD}"
        sent = {"step": "praise", "article": article.pk, "grade": "excellent", "reason": ""}
        assert client.post(page, sent).status_code == 422
        assert client.post(page, {**sent, "reason": "细节准"}).status_code == 302
        assert Praise.objects.get().by == editor
        author = an_author("方圆", "南湖支行")
        author.user = editor
        author.save()
        own = Article.objects.get(title="两把椅子").pk
        refused = client.post(page, {**sent, "article": own, "reason": "我写的"})
        assert "自己写的" in refused.text
        praise = Praise.objects.get()
        client.post(page, {"step": "take_back", "praise": praise.pk, "reason": "选错了"})
        assert not Praise.objects.exists()

    def test_quotas_are_set_and_an_old_page_writes_over_nobodys(self, client, editor, issue):
        branch = Branch.objects.get(name="南湖支行")
        page = "/admin/statistics/quotas/?year=2026"
        sent = {f"pieces-{branch.pk}": "4", f"seen-{branch.pk}": "0"}
        assert client.post(page, sent).status_code == 302
        assert Quota.objects.get().pieces == 4
        refused = client.post(page, {**sent, f"pieces-{branch.pk}": "9"})
        assert refused.status_code == 409
        assert 'value="9"' in refused.text
        told = rows_of(client.get(f"/admin/statistics/{PERIOD}").text)
        assert '<td>南湖支行</td><tdclass="number">4</td><tdclass="number">1.5</td>' in told


class TestBulletin:
    def test_words_stand_around_figures_that_are_reckoned_anew(self, client, editor, issue):
        article = Article.objects.get(title="一盏灯")
        Praise.objects.create(article=article, grade="excellent", reason="细节准", by=editor)
        page = f"/admin/statistics/bulletin/{PERIOD}"
        sent = {"seen": 0, "heading": "通报", "opening": "现将情况通报如下。", "call": "请抓紧。"}
        assert client.post(page, sent).status_code == 302
        data = client.get(f"/admin/statistics/bulletin.docx{PERIOD}").content
        document = Document(BytesIO(data))
        words = "\n".join(each.text for each in document.paragraphs)
        for told in (
            "现将情况通报如下。",
            "刊出 2 篇",
            "优秀稿件：《一盏灯》",
            "细节准",
            "请抓紧。",
        ):
            assert told in words
        table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
        assert table[1][:2] == ["1", "南湖支行"]
        refused = client.post(page, {**sent, "opening": "我写的另一种。"})
        assert refused.status_code == 409
        assert "我写的另一种。" in refused.text
        assert "现将情况通报如下。" in refused.text
        assert Bulletin.objects.get().opening == "现将情况通报如下。"

    def test_of_a_period_in_which_nobody_wrote_no_empty_table_is_printed(self, client, editor):
        data = client.get("/admin/statistics/bulletin.docx?period=1999Q1").content
        document = Document(BytesIO(data))
        assert not document.tables
        assert "各单位名次" not in "".join(each.text for each in document.paragraphs)


class TestWhatPeopleGetBack:
    def test_what_a_writer_handed_in_is_there_by_its_title(self, client):
        PointRule.objects.create(since=date(2020, 1, 1), what="handed", hundredths=50)
        writer = a_user(name="卢青")
        author = an_author("卢青", "南湖支行")
        author.user = writer
        author.save()
        at = timezone.make_aware(timezone.datetime(2026, 3, 2))
        article = an_article(
            title="三号窗口", status="submitted", contributor=writer, submitted_at=at,
            receipt="R-1", authors=[("南湖支行", "卢青")],
        )  # fmt: skip
        client.force_login(writer)
        page = client.get("/submissions/year/?year=2026").text
        assert f'<a href="/submissions/{article.pk}/">三号窗口</a>' in page
        assert "<p>三号窗口 <span" in page  # and what it got
        assert "这一年还没有投稿。" in client.get("/submissions/year/?year=2025").text

    def test_a_writer_sees_the_year_and_takes_a_certificate(
        self, client, issue, sheet, chief, administrator
    ):
        PointRule.objects.create(since=date(2020, 1, 1), what="printed", hundredths=200)
        writer, stranger = a_user(), a_user()
        author = an_author("卢青", "南湖支行")
        author.user = writer
        author.save()
        article = Article.objects.get(title="一盏灯")
        client.force_login(writer)
        page = client.get("/submissions/year/?year=2026").text
        assert "一盏灯" in page
        assert "2 分" in page
        assert "100.01" not in page  # not closed yet
        fees.check(sheet, by=chief)
        fees.close(sheet, by=administrator)
        assert "100.01 元" in client.get("/submissions/year/?year=2026").text
        proof = client.get(f"/submissions/{article.pk}/certificate.pdf")
        assert proof["Content-Type"] == "application/pdf"
        client.force_login(stranger)
        assert client.get(f"/submissions/{article.pk}/certificate.pdf").status_code == 404
        assert "一盏灯" not in client.get("/submissions/year/?year=2026").text

    def test_a_head_sees_the_branches_that_were_set_and_no_other(self, client, issue):
        administrator, head = a_user(Role.ADMINISTRATOR), a_user(name="许静川")
        branch = Branch.objects.get(name="南湖支行")
        appointed = people.appoint_head(head, branch, by=administrator, why="任职")
        other = Branch.objects.get(name="东岭支行")
        client.force_login(head)
        page = client.get(f"/submissions/branch/{branch.slug}/?year=2026").text
        assert "一盏灯" in page
        assert "1.5" in page
        assert "高志远" not in page
        assert client.get(f"/submissions/branch/{other.slug}/").status_code == 404
        assert client.get("/admin/").status_code == 302
        people.dismiss_head(appointed, by=administrator, why="离任")
        assert client.get(f"/submissions/branch/{branch.slug}/").status_code == 404

    def test_nobody_appoints_themselves_and_only_administrators_do(self):
        administrator, branch = a_user(Role.ADMINISTRATOR), Branch.objects.named("南湖支行")
        for user, by in ((administrator, administrator), (a_user(), a_user(Role.CHIEF_EDITOR))):
            with pytest.raises(NotAllowed):
                people.appoint_head(user, branch, by=by)
        assert not BranchHead.objects.exists()


def test_points_go_by_the_rule_that_held_and_are_traced(client, editor, issue):
    PointRule.objects.create(since=date(2020, 1, 1), what="printed", hundredths=200)
    PointRule.objects.create(
        since=date(2020, 1, 1), what="printed", hundredths=501, section=a_section()
    )
    PointRule.objects.create(
        since=date(2026, 6, 25), what="printed", hundredths=900, section=a_section()
    )
    page = rows_of(client.get(f"/admin/statistics/points/{PERIOD}").text)
    assert "<td>一盏灯</td><td>刊出（服务管理）</td><td>南湖支行</td><td>卢青</td>" in page
    assert '<td>方圆</td><tdclass="number">2.5</td>' in page
    assert '<td>高志远</td><tdclass="number">2.51</td>' in page


def test_the_bound_volume_has_contents_and_indexes(client, editor, issue):
    page = client.get(f"/admin/statistics/volume/{PERIOD}").text
    for told in ("作者索引", "单位索引", "栏目索引", "一盏灯", "卢青（1）"):
        assert told in page
    told = client.get(f"/admin/statistics/volume/bound.pdf{PERIOD}")
    assert told.content.startswith(b"%PDF")
