"""The editors' desk: the list of manuscripts, the form, the review page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from articles.reviewing import editing, workflow
from servicejournal.roles import Role
from tests.factories import PASSWORD, a_section, a_user, an_article, an_issue, shown

pytestmark = pytest.mark.django_db
Status = Article.Status
LIST = "/admin/articles/article/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def text_of(response) -> str:
    return response.content.decode()


class TestSigningIn:
    def test_an_editor_lands_on_the_dashboard(self, client):
        user = a_user(Role.EDITOR)
        answer = client.post(
            "/accounts/login/", {"username": user.username, "password": PASSWORD}, follow=True
        )
        assert "今天的工作" in text_of(answer)

    def test_strangers_are_sent_to_the_one_sign_in_page(self, client):
        answer = client.get(LIST)
        assert answer.url.startswith("/admin/login/")
        assert client.get(answer.url).url.startswith("/accounts/login/?next=/admin/articles")

    def test_a_writer_is_told_that_the_desk_is_not_for_them(self, client):
        client.force_login(a_user(Role.CONTRIBUTOR))
        assert client.get("/admin/", follow=True).status_code == 403


class TestTheList:
    def test_it_shows_where_each_manuscript_stands(self, client, editor):
        an_article(
            title="三号窗口",
            status=Status.FIRST_REVIEW,
            authors=[("南湖支行", "沈一鸣"), ("", "何静")],
            stage_since=timezone.now() - timedelta(days=9),
        )
        page = text_of(client.get(LIST))
        for words in ("三号窗口", "南湖支行 沈一鸣　何静", "初审中", "9 天，逾期"):
            assert words in page

    def test_other_peoples_drafts_are_not_in_it(self, client, editor):
        theirs = an_article(title="还在写的稿子")
        assert "还在写的稿子" not in text_of(client.get(LIST))
        assert client.get(f"{LIST}{theirs.pk}/change/").status_code == 302
        assert client.get(f"{LIST}{theirs.pk}/review/").status_code == 404

    def test_the_overdue_filter_shows_what_waits_too_long(self, client, editor):
        old = timezone.now() - timedelta(days=30)
        an_article(title="久等的稿子", status=Status.SUBMITTED, stage_since=old)
        an_article(title="刚到的稿子", status=Status.SUBMITTED)
        page = text_of(client.get(f"{LIST}?overdue=yes"))
        assert "久等的稿子" in page
        assert "刚到的稿子" not in page

    @pytest.mark.parametrize(("minutes", "overdue"), [(-1, False), (1, True)])
    def test_seven_days_at_a_stage_are_too_long(self, client, editor, minutes, overdue):
        since = timezone.now() - timedelta(days=7, minutes=minutes)
        article = an_article(title="三号窗口", status=Status.SUBMITTED, stage_since=since)
        assert ("三号窗口" in text_of(client.get(f"{LIST}?overdue=yes"))) == overdue
        assert ("逾期" in text_of(client.get(f"{LIST}{article.pk}/review/"))) == overdue

    def test_the_number_of_queries_does_not_grow(self, client, editor, django_assert_num_queries):
        for rows in (1, 2):
            for _ in range(rows):
                an_article(status=Status.SUBMITTED, section=a_section())
            with django_assert_num_queries(18):
                client.get(LIST)


class TestTheForm:
    def test_an_editor_commissions_a_manuscript(self, client, editor):
        answer = client.post(
            f"{LIST}add/",
            {
                "title": "卷首一页",
                "kicker": "",
                "standfirst": "",
                "section": a_section("preamble").pk,
                "body": "<p onclick=alert(1)>春天从门口开始。</p><script>alert(1)</script>",
                "authorships-TOTAL_FORMS": 0,
                "authorships-INITIAL_FORMS": 0,
            },
        )
        assert answer.status_code == 302
        article = Article.objects.get(title="卷首一页")
        assert article.body == "<p>春天从门口开始。</p>"
        assert (article.contributor, article.origin) == (editor, Article.Origin.COMMISSIONED)

    def test_a_manuscript_in_the_writers_hands_is_read_only(self, client, editor):
        article = an_article(status=Status.REVISING)
        page = text_of(client.get(f"{LIST}{article.pk}/change/"))
        assert "稿件在作者手里" in page
        assert 'name="_save"' not in page

    def test_a_section_can_be_taken_off_and_is_still_to_be_found(self, client, editor):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        sent = {"title": article.title, "body": article.body, "base": article.digest()}
        edit = f"{LIST}{article.pk}/review/edit/"
        answer = client.post(edit, {**sent, "section": ""}, follow=True)
        assert "转栏目到待定" in text_of(answer)

    @pytest.mark.parametrize("where", ["change", "review/edit"])
    def test_what_stands_in_an_issue_keeps_a_section(self, client, editor, where):
        article = an_article(issue=an_issue(), section=a_section())
        sent = {"title": article.title, "body": article.body, "base": article.digest()}
        sent |= {"authorships-TOTAL_FORMS": 0, "authorships-INITIAL_FORMS": 0}
        answer = client.post(f"{LIST}{article.pk}/{where}/", {**sent, "section": ""})
        assert "稿件已编入一期，不能没有栏目。" in text_of(answer)
        assert Article.objects.get(pk=article.pk).section == a_section()

    def test_a_published_article_is_locked(self, client, editor):
        article = an_article(issue=an_issue(published=True))
        page = text_of(client.get(f"{LIST}{article.pk}/change/"))
        assert "文本已锁定" in page
        assert client.post(f"{LIST}{article.pk}/change/", {"title": "改"}).status_code == 403

    def test_status_and_issue_cannot_be_set_by_hand(self, client, editor):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        client.post(
            f"{LIST}{article.pk}/change/",
            {
                "title": "新题",
                "base": article.digest(),
                "body": article.body,
                "section": article.section_id,
                "status": "accepted",
                "issue": an_issue().pk,
                "authorships-TOTAL_FORMS": 0,
                "authorships-INITIAL_FORMS": 0,
            },
        )
        article.refresh_from_db()
        assert (article.title, article.status, article.issue) == ("新题", "first_review", None)

    def test_nobody_deletes_a_manuscript(self, client, editor):
        article = an_article(status=Status.REJECTED)
        assert client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}).status_code == 403


class TestTheReviewPage:
    def decide(self, client, article, action, **facts):
        url = reverse("admin:articles_article_review", args=[article.pk])
        data = {"action": action, **shown(article), **facts}
        return client.post(url, data, follow=True)

    def test_it_says_where_a_manuscript_was_moved_to_however_it_was_moved(self, client, editor):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        workflow.transfer(article, to=a_section("service-emotion"), by=editor)
        editing.revise(
            article, by=editor, base=article.digest(), section=a_section("service-sketch")
        )
        page = text_of(client.get(f"{LIST}{article.pk}/review/"))
        assert "转栏目到服务情思" in page
        assert "转栏目到服务掠影" in page

    def test_it_shows_the_text_and_the_buttons(self, client, editor):
        article = an_article(
            title="三号窗口", status=Status.FIRST_REVIEW, body="<p>窗口在三号。</p>"
        )
        page = text_of(client.get(f"{LIST}{article.pk}/review/"))
        for words in ("三号窗口", "窗口在三号。", "通过", "退修", "退稿", "备用"):
            assert words in page

    def test_a_decision_goes_on_to_the_next_in_the_queue(self, client, editor):
        first = an_article(title="第一篇稿", status=Status.FIRST_REVIEW)
        second = an_article(title="第二篇稿", status=Status.FIRST_REVIEW)
        answer = self.decide(client, first, "pass", note="可用")
        assert Article.objects.get(pk=first.pk).status == Status.SECOND_REVIEW
        assert answer.redirect_chain[-1][0] == f"{LIST}{second.pk}/review/"
        assert "现在是“复审中”" in text_of(answer)

    def test_returning_without_an_opinion_says_so_and_keeps_the_note(self, client, editor):
        article = an_article(status=Status.FIRST_REVIEW)
        answer = self.decide(client, article, "return", note="我的内部意见")
        assert answer.status_code == 422
        assert "请写下给作者的意见" in text_of(answer)
        assert "我的内部意见" in text_of(answer)

    def test_a_text_changed_meanwhile_is_not_passed_unread(self, client, editor):
        article = an_article(status=Status.FIRST_REVIEW)
        answer = self.decide(client, article, "pass", digest="0" * 64)
        assert "稿件被改动过" in text_of(answer)
        assert Article.objects.get(pk=article.pk).status == Status.FIRST_REVIEW

    def test_who_may_not_decide_is_told_why(self, client):
        senior = a_user(Role.SENIOR_EDITOR)
        client.force_login(senior)
        article = an_article(status=Status.FINAL_REVIEW)
        page = text_of(client.get(f"{LIST}{article.pk}/review/"))
        assert "您的角色不能做这一步" in page
        assert self.decide(client, article, "pass").status_code == 422

    def test_an_auditor_reads_and_an_administrator_does_not(self, client):
        article = an_article(title="待审之稿", status=Status.FIRST_REVIEW)
        client.force_login(a_user(Role.AUDITOR))
        assert "待审之稿" in text_of(client.get(f"{LIST}{article.pk}/review/"))
        client.force_login(a_user(Role.ADMINISTRATOR))
        assert client.get(f"{LIST}{article.pk}/review/").status_code == 404


class TestVersions:
    def test_every_version_can_be_read(self, client, editor):
        article = an_article(title="旧题", body="<p>旧文。</p>", status=Status.FIRST_REVIEW)
        article.title, article.body = "新题", "<p>新文。</p>"
        article.save()
        old = article.history.earliest()
        assert "新文。" in text_of(client.get(f"{LIST}{article.pk}/history/"))
        page = text_of(client.get(f"{LIST}{article.pk}/history/?version={old.pk}"))
        assert "旧文。" in page
        assert "新文。" not in page

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
    def test_nobody_writes_an_old_version_back(self, client, role):
        """Its old state would come back with it, around the workflow."""
        client.force_login(a_user(role))
        article = an_article(title="旧题", status=Status.FIRST_REVIEW)
        old = article.history.earliest()
        Article.objects.filter(pk=article.pk).update(status=Status.REJECTED)
        data = {"title": "改", "body": article.body, "_save": "1"}
        client.post(f"{LIST}{article.pk}/history/?version={old.pk}", data)
        client.post(f"{LIST}{article.pk}/history/{old.pk}/", data)
        article.refresh_from_db()
        assert (article.title, article.status) == ("旧题", Status.REJECTED)

    def test_versions_of_another_persons_draft_are_a_404(self, client, editor):
        assert client.get(f"{LIST}{an_article().pk}/history/").status_code == 404


class TestTheDashboard:
    def test_each_editor_sees_what_waits_for_them(self, client):
        an_article(title="等初审", status=Status.FIRST_REVIEW)
        an_article(title="等终审", status=Status.FINAL_REVIEW)
        client.force_login(a_user(Role.EDITOR))
        page = text_of(client.get("/admin/"))
        assert "等初审" in page
        assert "等终审" not in page

    def test_it_says_so_when_nothing_waits(self, client, editor):
        assert "现在没有等您处理的稿件" in text_of(client.get("/admin/"))

    def test_an_administrator_sees_no_manuscripts(self, client):
        an_article(title="等初审", status=Status.FIRST_REVIEW)
        client.force_login(a_user(Role.ADMINISTRATOR))
        assert "等初审" not in text_of(client.get("/admin/"))
