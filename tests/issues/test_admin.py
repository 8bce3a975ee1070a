"""The pages where an issue is made up, published and corrected."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from issues import contents
from issues.making import corrections, make_up, withdrawals
from issues.models import BackIssueImport, Issue
from servicejournal.roles import Role
from tests.factories import (
    a_section,
    a_user,
    accepted,
    an_article,
    an_issue,
    made,
    proofread,
    release_page,
)

pytestmark = pytest.mark.django_db
LIST = "/admin/issues/issue/"


@pytest.fixture
def chief(client):
    user = a_user(Role.CHIEF_EDITOR)
    client.force_login(user)
    return user


def text_of(response) -> str:
    return response.content.decode()


def rows(*places) -> dict:
    """What the make-up form sends: (article, section, place) each."""
    data = {"article": [article.pk for article, _, _ in places]}
    order = make_up.order_of(places[0][0].issue)
    data["seen"] = " ".join(f"{article}:{section}" for article, section in order)
    for article, section, place in places:
        data[f"section-{article.pk}"], data[f"place-{article.pk}"] = section.pk, place
    return data


class TestTheWayBetweenTheIssuesPages:
    @pytest.mark.parametrize(
        "role", [Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR, Role.AUDITOR]
    )
    @pytest.mark.parametrize("is_out", [False, True])
    def test_every_tab_that_is_shown_opens(self, client, role, is_out):
        issue = an_issue(published=is_out, articles=1)
        client.force_login(a_user(role))
        page = text_of(client.get(f"{LIST}{issue.pk}/change/"))
        tabs = re.search(r'<nav class="issue-tabs".*?</nav>', page, re.DOTALL)[0]
        shown = re.findall(r'href="([^"]+)"', tabs)
        assert len(shown) >= 4
        assert [client.get(url).status_code for url in shown] == [200] * len(shown)

    @pytest.mark.parametrize("page", ["board/", "wechat/"])
    def test_the_auditor_changes_nothing_there(self, client, page):
        client.force_login(a_user(Role.AUDITOR))
        assert client.get(f"{LIST}{an_issue().pk}/{page}").status_code == 403


class TestMakeUp:
    def test_chosen_manuscripts_go_into_the_issue(self, client, chief):
        issue, article = an_issue(), accepted(title="三号窗口")
        url = f"{LIST}{issue.pk}/board/"
        assert "三号窗口" in text_of(client.get(url))
        answer = client.post(url, {"place": 1, "chosen": [article.pk]}, follow=True)
        assert "已编入 1 篇" in text_of(answer)
        assert contents.of(issue).articles == (article,)

    def test_all_that_wait_go_into_the_issue_by_one_press(self, client, chief):
        issue = an_issue()
        for title in ("甲", "乙"):
            accepted(title=title)
        accepted(title="没有栏目", section=None)
        page = f"{LIST}{issue.pk}/board/"
        waiting = re.search('name="waiting" value="([^"]*)"', client.get(page).text)[1]
        accepted(title="后来的")
        client.post(page, {"place": "all", "waiting": waiting})
        assert {each.title for each in issue.articles.all()} == {"甲", "乙"}

    def test_numbers_and_sections_arrange_it_without_javascript(self, client, chief):
        issue, here = an_issue(), a_section()
        one, two = an_article(issue=issue), an_article(issue=issue)
        there = a_section("service-emotion")
        client.post(f"{LIST}{issue.pk}/board/", rows((one, here, 2), (two, here, "1")))
        assert contents.of(issue).articles == (two, one)
        client.post(f"{LIST}{issue.pk}/board/", rows((two, there, 1), (one, here, 1)))
        assert contents.of(issue).articles == (one, two)

    def test_a_place_that_is_no_number_says_so(self, client, chief):
        issue = an_issue()
        article = an_article(issue=issue)
        data = rows((article, a_section(), "首"))
        answer = client.post(f"{LIST}{issue.pk}/board/", data, follow=True)
        assert "次序要填数字" in text_of(answer)

    def test_an_article_is_taken_out(self, client, chief):
        issue = an_issue()
        article = an_article(issue=issue)
        data = {**rows((article, a_section(), 1)), "take_out": article.pk}
        answer = client.post(f"{LIST}{issue.pk}/board/", data, follow=True)
        assert "已移出本期" in text_of(answer)
        assert not issue.articles.exists()

    def test_an_auditor_looks_at_the_release_page_but_does_not_make_up(self, client):
        client.force_login(a_user(Role.AUDITOR))
        issue = an_issue()
        assert client.get(f"{LIST}{issue.pk}/board/").status_code == 403
        assert client.get(f"{LIST}{issue.pk}/release/").status_code == 200


class TestRelease:
    @pytest.fixture
    def issue(self, client, chief) -> Issue:
        issue = an_issue(date=date(2026, 12, 18))
        client.post(f"{LIST}{issue.pk}/board/", {"place": 1, "chosen": [accepted().pk]})
        proofread(issue)
        return issue

    def step(self, client, issue, step, **facts):
        answer = client.post(
            f"{LIST}{issue.pk}/release/",
            {"step": step, **release_page(issue), **facts},
            follow=True,
        )
        if step != "sign_off" or answer.status_code != 200:
            return answer
        made()
        return client.get(f"{LIST}{issue.pk}/release/")

    def test_it_says_what_stands_in_the_way(self, client, chief):
        page = text_of(client.get(f"{LIST}{an_issue().pk}/release/"))
        assert "必须解决" in page
        assert "没有出刊日期" in page

    def test_sign_off_and_publish(self, client, issue):
        assert "已签发，第1版做好了，可以发布。" in text_of(self.step(client, issue, "sign_off"))
        assert "已发布第1版" in text_of(self.step(client, issue, "publish"))
        assert Issue.objects.published().get() == issue

    def test_a_schedule_in_the_past_is_refused_in_words(self, client, issue):
        self.step(client, issue, "sign_off")
        answer = self.step(client, issue, "publish", at="2020-01-01T09:00")
        assert answer.status_code == 422
        assert "定时发布的时间已经过去" in text_of(answer)
        assert not Issue.objects.published().exists()

    def test_a_schedule_is_shown(self, client, issue):
        self.step(client, issue, "sign_off")
        answer = self.step(client, issue, "publish", at="2099-01-01T09:00")
        assert "已定时：2099-01-01 09:00" in text_of(answer)

    def test_withdrawing_asks_for_a_reason(self, client, issue):
        self.step(client, issue, "sign_off")
        self.step(client, issue, "publish")
        assert "请写明撤下的理由" in text_of(self.step(client, issue, "withdraw"))
        assert "已撤下" in text_of(self.step(client, issue, "withdraw", why="署名有误"))

    def test_an_editor_sees_no_button_to_publish(self, client, issue):
        client.force_login(a_user(Role.EDITOR))
        page = text_of(client.get(f"{LIST}{issue.pk}/release/"))
        assert "签发、发布和撤下由主编（今天是" in page
        assert "您的角色不能" in text_of(self.step(client, issue, "sign_off"))

    def test_an_article_that_is_out_is_corrected_with_a_reason(self, client, issue):
        self.step(client, issue, "sign_off")
        self.step(client, issue, "publish")
        article = issue.articles.get()
        url = f"{LIST}correct/{article.pk}/"
        data = {"title": article.title, "body": "<p>更正后的正文。</p>", "reason": ""}
        data |= {"base": corrections.base_of(article), "section": article.section_id}
        data["signed"] = "东岭支行 高志远"
        refused = client.post(url, data)
        assert refused.status_code == 422
        assert "请写更正说明" in text_of(refused)
        assert "更正后的正文" in text_of(refused)
        client.post(url, {**data, "reason": "第一段数字有误。"})
        assert "正在更正" in text_of(client.get(f"{LIST}{issue.pk}/release/"))
        made()
        article.refresh_from_db()
        assert article.body == "<p>更正后的正文。</p>"
        assert article.corrections.get().reason == "第一段数字有误。"
        page = text_of(client.get(f"{LIST}{issue.pk}/release/"))
        assert f"更正《{article.title}》（第一段数字有误。）" in page
        assert "必须解决" not in page
        assert "已经发布，不再检查" in page
        assert "终审之后文字有改动" not in text_of(
            client.get(f"/admin/articles/article/{article.pk}/review/")
        )


class TestTwoCorrections:
    """Two people open one article; the second is shown what the first did, and loses nothing."""

    @pytest.fixture
    def article(self, chief) -> Article:
        return an_article(issue=an_issue(published=True), title="一盏灯", body="<p>灯灭了。</p>")

    @pytest.fixture
    def late(self, client, chief, article):
        """The answer to the second, who opened the text before the first saved theirs."""
        opened = client.get(self.page_of(article)).text
        base = re.search(r'name="base" value="(\w{64}:\d+)"', opened)[1]
        other = a_user(Role.SENIOR_EDITOR, name="程砚")
        corrections.correct(
            article, by=other, base=base, reason="灯没有灭。", body="<p>灯还亮着。</p>"
        )
        return client.post(self.page_of(article), self.mine(base))

    def page_of(self, article):
        return f"{LIST}correct/{article.pk}/"

    def mine(self, base, **more):
        text = {"title": "两盏灯", "body": "<p>灯灭了。</p>", "reason": "少写了一盏。"}
        stands = {"section": a_section().pk, "signed": "东岭支行 高志远"}
        return {**text, **stands, "base": base, **more}

    def test_the_second_sees_both_and_keeps_what_was_typed(self, article, late, html_valid):
        assert late.status_code == 409
        assert "程砚于" in late.text
        assert "灯没有灭。" in late.text
        assert "<del" in late.text
        assert "还亮着" in late.text
        assert 'value="两盏灯"' in late.text
        assert "少写了一盏。" in late.text
        html_valid(late.text)
        assert Article.objects.get(pk=article.pk).title == "一盏灯"
        assert article.corrections.count() == 1

    def test_pressing_the_same_button_again_is_refused_again(self, client, article, late):
        base = re.search(r'name="base" value="(\w{64}:\d+)"', late.text)[1]
        assert client.post(self.page_of(article), self.mine(base)).status_code == 409

    def test_their_own_text_goes_out_once_they_have_seen_the_other(self, client, article, late):
        over = re.search(r'name="over" value="(\w{64}:\d+)"', late.text)[1]
        answer = client.post(self.page_of(article), self.mine(f"{'0' * 64}:1", over=over))
        assert answer.status_code == 302
        made()
        stored = Article.objects.get(pk=article.pk)
        assert (stored.title, stored.body) == ("两盏灯", "<p>灯灭了。</p>")

    def test_a_third_correction_meanwhile_is_not_written_over_either(self, client, article, late):
        over = re.search(r'name="over" value="(\w{64}:\d+)"', late.text)[1]
        newest = Article.objects.get(pk=article.pk)
        corrections.correct(
            newest, by=a_user(Role.CHIEF_EDITOR), base=over, reason="三。", title="三盏灯"
        )
        answer = client.post(self.page_of(article), self.mine(f"{'0' * 64}:1", over=over))
        assert answer.status_code == 409
        assert "三盏灯" in answer.text

    @pytest.mark.parametrize("reason", ["少写了一盏。", ""])
    def test_or_they_go_on_from_the_newest(self, client, article, late, reason, html_valid):
        base = re.search(r'name="base" value="(\w{64}:\d+)"', late.text)[1]
        sent = self.mine(base, theirs=1, reason=reason)
        answer = client.post(self.page_of(article), sent)
        assert answer.status_code == 200
        assert 'name="title" value="一盏灯"' in answer.text
        assert f'value="{corrections.base_of(Article.objects.get(pk=article.pk))}"' in answer.text
        assert reason in answer.text
        assert "<ins" in answer.text
        html_valid(answer.text)

    def test_a_page_that_sends_no_base_corrects_nothing(self, client, chief, article):
        answer = client.post(self.page_of(article), self.mine(""))
        assert answer.status_code == 409
        assert not article.corrections.exists()


class TestTheIssueForm:
    def test_a_cover_that_is_no_picture_is_refused(self, client, chief):
        fake = SimpleUploadedFile("cover.png", b"<script>", content_type="image/png")
        answer = client.post(f"{LIST}add/", {"year": 2026, "number": 1, "cover": fake})
        assert answer.status_code == 200
        assert not Issue.objects.exists()

    def test_an_issue_in_use_is_not_deleted(self, client, chief):
        issue = an_issue(articles=1)
        client.post(f"{LIST}{issue.pk}/delete/", {"post": "yes"})
        assert Issue.objects.filter(pk=issue.pk).exists()


class TestTheDashboard:
    def test_an_imported_back_issue_does_not_push_the_issue_in_the_making_aside(
        self, client, chief
    ):
        old, making = an_issue(year=2021, number=5), an_issue(year=2026, number=6)
        BackIssueImport.objects.create(
            issue=old, file_name="a.txt", sha256="0" * 64, encoding="utf-8", imported_by=chief
        )
        page = text_of(client.get("/admin/"))
        assert f"{LIST}{making.pk}/board/" in page
        assert f"{LIST}{old.pk}/board/" not in page
        assert "导入了、还没有发布的过刊" in page

    def test_every_issue_in_the_making_stands_there(self, client, chief):
        fifth, sixth = an_issue(year=2026, number=5), an_issue(year=2026, number=6)
        page = text_of(client.get("/admin/"))
        assert page.index(f"{LIST}{fifth.pk}/board/") < page.index(f"{LIST}{sixth.pk}/board/")
        assert f'href="{LIST}add/">新建一期' in page

    def test_an_issue_that_was_taken_back_stands_there_with_its_reason(self, client, chief):
        issue = an_issue(published=True, articles=1, year=2026, number=5)
        withdrawals.withdraw(issue, by=chief, why="印错了年份。")
        page = text_of(client.get("/admin/"))
        assert "撤下的期" in page
        assert "撤下：印错了年份。" in page
        assert f"{LIST}{issue.pk}/board/" not in page

    def test_of_many_issues_the_first_two_are_whole(
        self, client, chief, html_valid, django_assert_num_queries
    ):
        """The rest is a line each: the queries do not grow any more."""
        for number in range(1, 5):
            an_issue(year=2026, number=number, articles=1)
        page = text_of(client.get("/admin/"))
        assert page.count('class="sheet"') == 2
        assert f'href="{LIST}{Issue.objects.get(number=4).pk}/release/">2026年第4期' in page
        html_valid(page)
        with CaptureQueriesContext(connection) as before:
            client.get("/admin/")
        for number in range(5, 9):
            an_issue(year=2026, number=number, articles=1)
        with django_assert_num_queries(len(before)):
            client.get("/admin/")

    def test_it_says_what_stands_in_the_way_of_the_issue(self, client, chief):
        an_issue()
        assert "发布前还要解决" in text_of(client.get("/admin/"))
