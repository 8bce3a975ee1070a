"""The page of deputies, and what stands beside a manuscript that nobody can decide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Deputy
from articles.reviewing import workflow
from servicejournal.models import Masthead
from servicejournal.roles import DESK, STAFF, Role
from tests.articles.reviewing.test_staffing import a_deputy
from tests.factories import (
    a_user,
    an_article,
    shown,
)
from tests.pages import seen

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/deputy/"


def days(first: int, last: int) -> dict[str, str]:
    today = timezone.localdate()
    ends = {"starts": today + timedelta(days=first), "ends": today + timedelta(days=last)}
    return {name: f"{day:%Y-%m-%d}" for name, day in ends.items()}


@pytest.fixture
def chief(client):
    user = a_user(Role.CHIEF_EDITOR, name="秦望")
    client.force_login(user)
    return user


@pytest.fixture
def senior():
    return a_user(Role.SENIOR_EDITOR, name="周以宁")


class TestThePage:
    def test_appoints_and_shows_who_until_when_by_whom_and_why(
        self, client, chief, senior, html_valid
    ):
        sent = {"user": senior.pk, "stage": "final", "why": "去总行开会", **days(0, 4)}
        words = seen(client.post(PAGE, sent, follow=True))
        assert "周以宁代行终审" in words
        assert "代行中" in words
        assert "秦望" in words
        assert "指定：去总行开会" in words
        assert Deputy.objects.get().granted_by == chief
        html_valid(client.get(PAGE).text)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"user": ""}, "请选一位同事"),
            ({"stage": "first"}, "请选复审、终审或主编"),
            ({"ends": "明天"}, "请写到哪天为止"),
            ({"why": ""}, "请写明理由"),
            (days(2, 1), "“到”在“从”之前"),
        ],
    )
    def test_refuses_and_keeps_what_was_typed(self, client, chief, senior, wrong, told, html_valid):
        sent = {"user": senior.pk, "stage": "final", "why": "去总行开会", **days(0, 4), **wrong}
        answer = client.post(PAGE, sent)
        assert answer.status_code == 422
        assert told in seen(answer)
        assert wrong.get("why", "去总行开会") in answer.text
        assert not Deputy.objects.exists()
        if told != "请写到哪天为止":  # which no browser sends by a field of that type
            html_valid(answer.text)

    def test_does_not_offer_oneself(self, client, senior):
        both = a_user(Role.ADMINISTRATOR, Role.EDITOR, name="柳青")
        client.force_login(both)
        assert f'<option value="{senior.pk}"' in client.get(PAGE).text
        assert f'<option value="{both.pk}"' not in client.get(PAGE).text
        sent = {"user": both.pk, "stage": "final", "why": "忙", **days(0, 4)}
        assert client.post(PAGE, sent).status_code == 422

    @pytest.mark.parametrize("role", Role)
    def test_who_sees_it_and_who_appoints(self, client, role, senior):
        a_deputy(senior)
        client.force_login(a_user(role))
        answer = client.get(PAGE)
        assert (answer.status_code == 200) == (role in STAFF)
        if role in STAFF:
            may = role in (Role.CHIEF_EDITOR, Role.ADMINISTRATOR)
            assert ('name="starts"' in answer.text) == may
            assert ("请找其中一位" in seen(answer)) == (not may)

    def test_who_may_not_appoint_is_refused_whatever_they_send(self, client, senior):
        client.force_login(senior)
        other = a_user(Role.EDITOR)
        sent = {"user": other.pk, "stage": "final", "why": "忙", **days(0, 4)}
        answer = client.post(PAGE, sent)
        assert answer.status_code == 422
        assert "由主编或管理员指定" in seen(answer)

    def test_revokes_with_a_reason(self, client, chief, senior, html_valid):
        deputy = a_deputy(senior, last=9)
        address = f"{PAGE}{deputy.pk}/revoke/"
        answer = client.post(address, {"why": ""})
        assert (answer.status_code, "请写明收回的理由" in seen(answer)) == (422, True)
        html_valid(answer.text)
        words = seen(client.post(address, {"why": "提前回来"}, follow=True))
        assert "由秦望收回：提前回来" in words
        answer = client.post(address, {"why": "又收一次"})
        assert answer.status_code == 422
        assert "已经结束" in seen(answer)
        assert "又收一次" in seen(answer)

    def test_the_deputy_gives_up_by_themselves_and_others_do_not(self, client, senior):
        deputy = a_deputy(senior, last=9)
        address = f"{PAGE}{deputy.pk}/revoke/"
        client.force_login(a_user(Role.EDITOR))
        assert address not in client.get(PAGE).text
        assert client.post(address, {"why": "看不惯"}).status_code == 422
        client.force_login(senior)
        assert address in client.get(PAGE).text
        client.post(address, {"why": "也要出差"})
        assert not Deputy.objects.standing().exists()

    def test_the_number_of_queries_does_not_grow(self, client, chief, django_assert_num_queries):
        for _ in range(2):
            a_deputy(a_user(Role.EDITOR))
            a_deputy(a_user(Role.EDITOR), first=-9, last=-5)
            with django_assert_num_queries(11):
                client.get(PAGE)

    def test_nobody_edits_or_deletes_one(self, client, chief, senior):
        deputy = a_deputy(senior)
        assert client.post(f"{PAGE}{deputy.pk}/change/", {"why": "x"})["Location"] == PAGE
        assert client.post(f"{PAGE}{deputy.pk}/delete/", {"post": "yes"}).status_code == 403
        assert client.get(f"{PAGE}add/").status_code == 403
        assert Deputy.objects.get().why == "主编自己写的稿"


class TestBesideAManuscript:
    def page(self, client, article: Article) -> str:
        return client.get(f"/admin/articles/article/{article.pk}/review/").text

    def words(self, client, article: Article) -> str:
        """Without spaces: links stand in the middle of sentences."""
        page = client.get(f"/admin/articles/article/{article.pk}/review/")
        return "".join(seen(page).split())

    def test_it_says_who_can_act(self, client, chief, senior, html_valid):
        a_user(Role.EDITOR, name="程砚")
        article = an_article(status="first_review")
        page = self.page(client, article)
        assert "初审周以宁、秦望、程砚" in self.words(client, article)
        assert "终审秦望" in self.words(client, article)
        assert "可以这样办" not in page
        html_valid(page)

    def test_it_says_that_nobody_can_and_what_to_do(self, client, senior, html_valid):
        chief = a_user(Role.CHIEF_EDITOR, name="秦望")
        client.force_login(senior)
        editor = a_user(Role.EDITOR, name="程砚")
        a_user(Role.EDITOR, name="何晓棠")
        article = an_article(status="final_review", contributor=chief)
        for stage, person in (("first", editor), ("second", senior)):
            facts = {"stage": stage, "decision": "pass", "round": 1, "digest": "0" * 64}
            article.reviews.create(**facts, reviewer=person)
        page = self.page(client, article)
        assert "终审现在没有人" in self.words(client, article)
        assert "请秦望指定代行。" in self.words(client, article)
        assert 'href="/admin/articles/deputy/"' in page
        html_valid(page)
        a_deputy(article.reviews.get(stage="first").reviewer)
        assert "终审现在没有人" in self.words(client, article)
        a_deputy(a_user(Role.EDITOR, name="钟远"))
        page = self.page(client, article)
        assert "终审钟远" in self.words(client, article)
        assert "可以这样办" not in page

    def test_three_people_are_told_of_both_ways_together(self, client, chief, senior):
        a_user(Role.EDITOR, name="程砚")
        words = self.words(client, an_article(status="first_review", contributor=chief))
        assert "下面两样都做了才够：指定代行；在刊头与版权页打开“编辑部人手少”" in words
        assert "请管理员给一位没有参与这篇稿件的同事编辑的角色" in words

    def test_the_decision_of_a_deputy_bears_their_mark(self, client, chief, senior):
        article = an_article(status="final_review", contributor=chief)
        a_deputy(senior)
        client.force_login(senior)
        sent = {"action": "pass", **shown(article)}
        assert client.post(f"/admin/articles/article/{article.pk}/review/", sent).status_code == 302
        words = self.words(client, article)
        assert "终审通过周以宁（代行终审）" in words
        assert "周以宁：通过（代行终审）" in words

    def test_what_waits_for_a_deputy_stands_in_their_queue(self, client, senior):
        article = an_article(status="final_review")
        client.force_login(senior)
        assert article.title not in client.get("/admin/").text
        a_deputy(senior)
        assert article.title in client.get("/admin/").text

    def test_what_they_passed_already_does_not_wait_for_them_but_in_a_small_office(
        self, client, senior
    ):
        article = an_article(status="second_review")
        a_deputy(senior)
        workflow.decide(article, "pass", by=senior)
        client.force_login(senior)
        assert article.title not in client.get("/admin/").text
        Masthead.objects.update(small_office=True)
        assert article.title in client.get("/admin/").text

    def test_the_auditor_sees_it_too(self, client):
        article = an_article(status="first_review")
        for role in DESK:
            client.force_login(a_user(role))
            assert "现在谁能办" in self.page(client, article)
