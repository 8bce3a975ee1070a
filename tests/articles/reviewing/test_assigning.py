"""Whose turn it is, until when, and what happens on leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.admin.review import queue_of
from articles.models import Article, Assignment, Presence
from articles.reviewing import assigning, workflow
from articles.reviewing.workflow import NotAllowed
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, an_article, shown
from tests.pages import link, seen

pytestmark = pytest.mark.django_db
Status = Article.Status


@pytest.fixture
def people():
    return [a_user(Role.EDITOR, name=name) for name in ("程砚", "何静")]


def test_it_comes_first_in_the_queue_of_who_has_it_and_leaves_the_others(people):
    one, two = people
    old = an_article(status=Status.SUBMITTED, stage_since=timezone.now() - timedelta(days=3))
    new = an_article(status=Status.SUBMITTED)
    assigning.assign(new, to=one, by=two)
    assert list(queue_of(one)) == [new, old]
    assert list(queue_of(two)) == [old]
    assert record.of(new).get().what["to"] == "程砚"


def test_a_second_assignment_takes_the_place_of_the_first(people):
    one, two = people
    article = an_article(status=Status.SUBMITTED)
    assigning.assign(article, to=one, by=two)
    assigning.assign(article, to=two, by=two)
    assert article.assignments.current().get().editor == two
    assert article.assignments.count() == 2


def test_it_ends_with_the_stage(people):
    article = an_article(status=Status.FIRST_REVIEW)
    assigning.assign(article, to=people[0], by=people[1])
    workflow.decide(article, "pass", by=people[0])
    assert not article.assignments.current().exists()


def test_only_to_somebody_who_may_decide_it_and_only_by_editors(people):
    one, two = people
    with pytest.raises(NotAllowed, match="不能分派给程砚：您的角色不能"):
        assigning.assign(an_article(status=Status.SECOND_REVIEW), to=one, by=two)
    with pytest.raises(NotAllowed, match="不能审自己的稿件"):
        assigning.assign(an_article(status=Status.SUBMITTED, contributor=one), to=one, by=two)
    with pytest.raises(NotAllowed, match="不用分派"):
        assigning.assign(an_article(status=Status.HELD), to=one, by=two)
    for role in set(Role) - EDITORIAL:
        with pytest.raises(NotAllowed, match="您的角色不能分派"):
            assigning.assign(an_article(status=Status.SUBMITTED), to=one, by=a_user(role))
    assert not Assignment.objects.exists()


def test_who_is_no_editor_hands_nothing_over(people):
    one, two = people
    article = an_article(status=Status.SUBMITTED)
    assigning.assign(article, to=one, by=two)
    for role in set(Role) - EDITORIAL:
        done, refused = assigning.hand_over(of=one, to=two, by=a_user(role))
        assert (done, len(refused)) == (0, 1)
        assert "您的角色不能分派" in refused[0]
    assert article.assignments.get().editor == one


def test_on_leave_everything_goes_over_with_its_dates_and_the_rest_is_named(people):
    one, two = people
    due = timezone.localdate() + timedelta(days=2)
    fine = an_article(status=Status.SUBMITTED)
    own = an_article(status=Status.SUBMITTED, contributor=two, title="何静自己的稿")
    for article in (fine, own):
        assigning.assign(article, to=one, by=one, due=due)
    done, refused = assigning.hand_over(of=one, to=two, by=two)
    assert done == 1
    assert len(refused) == 1
    assert "何静自己的稿" in refused[0]
    given = fine.assignments.current().get()
    assert (given.editor, given.due) == (two, due)


def test_what_is_due_or_overdue_is_found_on_any_later_day(people):
    today = timezone.localdate()
    article = an_article(status=Status.SUBMITTED)
    assigning.assign(article, to=people[0], by=people[1], due=today - timedelta(days=9))
    later = an_article(status=Status.SUBMITTED)
    assigning.assign(later, to=people[0], by=people[1], due=today + timedelta(days=1))
    assert [each.article for each in Assignment.objects.due_by(today)] == [article]


class TestThePages:
    def post(self, client, article, to, due=None):
        due = due or timezone.localdate() + timedelta(days=3)
        address = f"/admin/articles/article/{article.pk}/assign/"
        given = article.assignments.current().first()
        carried = {**shown(article), "instead_of": given.pk if given else 0}
        return client.post(address, {"to": to.pk if to else "", "due": due, **carried}, follow=True)

    def test_a_manuscript_is_assigned_on_its_page(self, client, people, html_valid):
        client.force_login(people[0])
        page = self.post(client, an_article(status=Status.SUBMITTED), people[1])
        assert "已分派给何静" in seen(page)
        html_valid(page.text)

    @pytest.mark.parametrize(
        ("to", "due", "words"),
        [
            (False, None, "请选一位审稿人"),
            (True, "2020-01-01", "已经过去"),
            (True, "x", "请写期限"),
        ],
    )
    def test_what_is_missing_or_wrong_is_said(self, client, people, to, due, words):
        client.force_login(people[0])
        article = an_article(status=Status.SUBMITTED)
        assert words in seen(self.post(client, article, people[1] if to else None, due))
        assert not Assignment.objects.exists()

    def test_all_is_handed_over_on_one_page(self, client, people, html_valid):
        one, two = people
        assigning.assign(an_article(status=Status.SUBMITTED, title="三号窗口"), to=one, by=one)
        client.force_login(one)
        page = client.get("/admin/articles/article/hand-over/")
        assert "三号窗口" in seen(page)
        html_valid(page.text)
        same = client.post("/admin/articles/article/hand-over/", {"of": one.pk, "to": one.pk})
        assert (same.status_code, "同一个人" in seen(same)) == (422, True)
        done = client.post(
            "/admin/articles/article/hand-over/", {"of": one.pk, "to": two.pk}, follow=True
        )
        assert "交接了 1 篇稿件" in seen(done)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.CONTRIBUTOR])
    def test_others_do_neither(self, client, people, role):
        client.force_login(a_user(role))
        article = an_article(status=Status.SUBMITTED)
        assert client.get("/admin/articles/article/hand-over/").status_code in (302, 403)
        address = f"/admin/articles/article/{article.pk}/assign/"
        assert client.post(address, {"to": people[0].pk}).status_code in (302, 403)
        assert not Assignment.objects.exists()


class TestPresence:
    def test_who_else_has_it_open_is_told_with_the_time(self, client, people):
        one, two = people
        article = an_article(status=Status.FIRST_REVIEW)
        address = f"/admin/articles/article/{article.pk}/"
        client.force_login(one)
        assert "也开着" not in seen(client.get(f"{address}review/"))
        client.force_login(two)
        assert "程砚（" in seen(client.get(f"{address}review/"))
        told = client.post(f"{address}presence/").json()
        assert told["others"].endswith("也开着这篇稿件。")
        assert told["digest"] == article.digest()
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
        assert client.post(f"{address}presence/").json()["others"] == ""

    def test_a_writer_hears_nothing_of_it(self, client):
        article = an_article(status=Status.FIRST_REVIEW)
        client.force_login(article.contributor)
        answer = client.post(f"/admin/articles/article/{article.pk}/presence/")
        assert answer.status_code in (302, 403)


def test_the_way_to_handing_over_stands_on_the_dashboard(client, people):
    client.force_login(people[0])
    assert link(client.get("/admin/"), "交接稿件") == "/admin/articles/article/hand-over/"
