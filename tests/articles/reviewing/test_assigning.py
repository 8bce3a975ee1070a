"""Whose turn it is, until when, and what happens on leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.admin.review import queue_of
from articles.models import Article, Assignment, Notice, Presence
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


def all_to(user, of) -> dict:
    """As a page names them: every assignment that `of` has, to the user."""
    return {each.pk: user for each in of.assignments.current()}


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
        done, refused = assigning.hand_over(of=one, to=all_to(two, one), by=a_user(role))
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
    done, refused = assigning.hand_over(of=one, to=all_to(two, one), by=two)
    assert done == 1
    assert len(refused) == 1
    assert "何静自己的稿" in refused[0]
    given = fine.assignments.current().get()
    assert (given.editor, given.due) == (two, due)


def test_chosen_manuscripts_go_to_chosen_people_and_the_others_stay(people):
    one, two = people
    three = a_user(Role.EDITOR, name="沈一鸣")
    articles = [an_article(status=Status.SUBMITTED) for _ in range(3)]
    first, second, _ = [assigning.assign(each, to=one, by=one) for each in articles]
    done, refused = assigning.hand_over(of=one, to={first.pk: two, second.pk: three}, by=one)
    assert (done, refused) == (2, [])
    has = [each.assignments.current().get().editor for each in articles]
    assert has == [two, three, one]


def test_what_was_decided_or_given_away_meanwhile_is_not_handed_over(people):
    one, two = people
    decided, given = (an_article(status=Status.FIRST_REVIEW) for _ in range(2))
    for article in (decided, given):
        assigning.assign(article, to=one, by=one)
    shown = all_to(two, one)
    workflow.decide(decided, "pass", by=one)
    assigning.assign(given, to=a_user(Role.EDITOR), by=one)
    done, refused = assigning.hand_over(of=one, to=shown, by=one)
    assert (done, len(refused)) == (0, 2)
    assert "已经不在这个人手里" in refused[0]


class TestWhoIsTold:
    """At once, on the site; whoever does it themselves knows."""

    def told(self, user) -> list[str]:
        return [each.subject for each in Notice.objects.of(user).order_by("pk")]

    def test_of_what_is_assigned_and_of_what_goes_to_somebody_else(self, people):
        one, two = people
        chief = a_user(Role.CHIEF_EDITOR, name="高志远")
        article = an_article(status=Status.SUBMITTED, title="三号窗口")
        made = assigning.assign(article, to=one, by=chief)
        assert self.told(one) == ["分派给您审：《三号窗口》"]
        [notice] = Notice.objects.of(one)
        assert f"请在{made.due:%-m月%-d日}之前作决定。" in notice.words
        assert notice.path == f"/admin/articles/article/{article.pk}/review/"
        assigning.assign(article, to=two, by=chief)
        assert self.told(one)[1:] == ["不用您审了：《三号窗口》"]
        assert "改由何静审" in Notice.objects.of(one).first().words
        assert self.told(two) == ["分派给您审：《三号窗口》"]
        assert self.told(chief) == []

    def test_nobody_is_told_what_they_did_or_twice(self, people):
        one, two = people
        article = an_article(status=Status.SUBMITTED)
        assigning.assign(article, to=one, by=one)
        assigning.assign(article, to=one, by=two)
        assert self.told(one) == []
        assigning.hand_over(of=one, to=all_to(two, one), by=one)
        assert (len(self.told(one)), len(self.told(two))) == (0, 1)

    def test_another_date_is_news_to_who_has_it(self, people):
        one, two = people
        article = an_article(status=Status.SUBMITTED)
        assigning.assign(article, to=one, by=two)
        assigning.assign(article, to=one, by=two, due=timezone.localdate())
        assert len(self.told(one)) == 2

    @pytest.mark.parametrize(
        ("verb", "words"), [(workflow.recall, "撤回修改了"), (workflow.withdraw, "撤稿了")]
    )
    def test_of_what_the_writer_takes_back(self, people, verb, words):
        one, two = people
        article = an_article(status=Status.SUBMITTED)
        assigning.assign(article, to=one, by=two)
        verb(article, by=article.contributor)
        assert words in Notice.objects.of(one).first().words

    def test_of_what_is_taken_back_by_a_colleague(self, people):
        one, two = people
        article = an_article(status=Status.SUBMITTED)
        assigning.assign(article, to=one, by=two)
        assigning.take_back(article, by=two)
        assert "何静把" in Notice.objects.of(one).first().words
        assert list(queue_of(two)) == [article]
        with pytest.raises(NotAllowed, match="没有分派给谁"):
            assigning.take_back(article, by=two)
        with pytest.raises(NotAllowed, match="您的角色不能"):
            assigning.take_back(article, by=a_user(Role.AUDITOR))


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

    def test_each_is_handed_over_to_whom_the_page_says(self, client, people, html_valid):
        one, two = people
        three = a_user(Role.EDITOR, name="沈一鸣")
        page = "/admin/articles/article/hand-over/"
        made = [
            assigning.assign(an_article(status=Status.SUBMITTED, title=title), to=one, by=one)
            for title in ("三号窗口", "一把旧伞", "两把椅子")
        ]
        client.force_login(two)
        assert link(client.get(page), "程砚（3）") == f"?of={one.pk}"
        shown = client.get(f"{page}?of={one.pk}")
        assert "三号窗口" in seen(shown)
        html_valid(shown.text)
        names = [f"to-{each.pk}" for each in made]
        nobody = client.post(page, {"of": one.pk, **dict.fromkeys(names, "")})
        assert (nobody.status_code, "还没有选交给谁" in seen(nobody)) == (422, True)
        chosen = {names[0]: three.pk, names[1]: "", "rest": two.pk}
        done = client.post(page, {"of": one.pk, **chosen}, follow=True)
        assert "交接了 2 篇稿件" in seen(done)
        has = [each.article.assignments.current().get().editor for each in made]
        assert has == [three, two, one]

    def test_nobody_of_that_number_and_nobody_who_has_anything(self, client, people):
        client.force_login(people[0])
        page = "/admin/articles/article/hand-over/"
        assert "没有找到这个人" in seen(client.get(f"{page}?of=x"))
        assert "现在没有分派着的稿件" in seen(client.get(page))

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
