"""Steps with several manuscripts: what is needed is asked, and each one's outcome is said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Notice
from articles.reviewing import assigning, together, workflow
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_section, a_user, an_article, an_issue
from tests.pages import link, seen

pytestmark = pytest.mark.django_db
Status = Article.Status
LIST = "/admin/articles/article/"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


@pytest.fixture
def other():
    return a_user(Role.EDITOR, name="何静")


def chosen(*articles) -> dict:
    """As the page of a step hands it back."""
    seen_ = {f"seen-{each.pk}": together.as_seen(each) for each in articles}
    return {"chosen": [each.pk for each in articles], **seen_}


def take(client, step, articles, **facts):
    return client.post(f"{LIST}batch/{step}/", {**chosen(*articles), **facts}, follow=True)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_from_the_list_a_page_asks_what_is_needed_and_leads_back(client, editor, html_valid):
    articles = [an_article(status=Status.SUBMITTED, title=f"第{n}篇") for n in "一二"]
    data = {"action": "assign_chosen", "_selected_action": [each.pk for each in articles]}
    page = client.post(f"{LIST}?status__exact=submitted", data, follow=True)
    assert "分派 2 篇" in seen(page)
    assert link(page, "不做，回列表") == f"{LIST}?status__exact=submitted"
    html_valid(page.text)


def test_they_are_assigned_and_what_is_refused_is_named_with_its_reason(client, editor, other):
    fine = an_article(status=Status.SUBMITTED)
    own = an_article(status=Status.SUBMITTED, contributor=other, title="何静自己的稿")
    over = an_article(status=Status.HELD, title="备用的稿")
    facts = {"to": other.pk, "due": in_days(3), "back": "status__exact=submitted"}
    page = take(client, "assign", [fine, own, over], **facts)
    assert page.redirect_chain[-1][0] == f"{LIST}?status__exact=submitted"
    words = seen(page)
    assert "1 篇稿件分派好了" in words
    assert "《何静自己的稿》：不能分派给何静：不能审自己的稿件" in words
    assert "《备用的稿》：“备用的稿”现在是“备用”，不用分派" in words
    given = fine.assignments.current().get()
    assert (given.editor, given.due) == (other, in_days(3))
    assert Notice.objects.of(other).count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(client, editor, other):
    article = an_article(status=Status.SUBMITTED)
    page = take(client, "assign", [article], to="", due=in_days(3))
    assert (page.status_code, "请选一位审稿人" in seen(page)) == (422, True)
    assert f'value="{in_days(3)}"' in page.text
    page = take(client, "transfer", [article], to=a_section().pk, why=" ")
    assert (page.status_code, "请写一句理由" in seen(page)) == (422, True)


def test_what_moved_on_since_the_page_was_opened_is_left_alone(client, editor, other):
    article, fine = (
        an_article(status=Status.SUBMITTED, title=title) for title in ("动了的", "没动")
    )
    sent = {**chosen(article, fine), "to": other.pk, "due": in_days(3)}
    workflow.receive(article, by=other)
    page = client.post(f"{LIST}batch/assign/", sent, follow=True)
    assert "《动了的》：您打开页面之后有了变动，现在是“初审中”，这次没有动它。" in seen(page)
    assert not article.assignments.current().exists()
    assert fine.assignments.current().exists()


class TestReceiving:
    def test_the_first_of_them_is_one_click_away(self, client, editor):
        first, second = (an_article(status=Status.SUBMITTED) for _ in range(2))
        taken = an_article(title="已在初审", status=Status.FIRST_REVIEW)
        page = take(client, "receive", [first, second, taken], to="", due=in_days(7))
        assert "2 篇稿件进入初审" in seen(page)
        assert "《已在初审》：“已在初审”现在是“初审中”，不能开始初审。" in seen(page)
        assert link(page, f"从《{first.title}》开始审") == f"{LIST}{first.pk}/review/"

    def test_they_are_assigned_with_it(self, client, editor, other):
        article = an_article(status=Status.SUBMITTED)
        take(client, "receive", [article], to=other.pk, due=in_days(4))
        article.refresh_from_db()
        given = article.assignments.current().get()
        assert (article.status, given.editor, given.due) == ("first_review", other, in_days(4))

    def test_both_or_neither(self, client, editor, other):
        own = an_article(status=Status.SUBMITTED, contributor=other)
        assert "不能审自己的稿件" in seen(
            take(client, "receive", [own], to=other.pk, due=in_days(4))
        )
        assert Article.objects.get(pk=own.pk).status == Status.SUBMITTED


def test_they_change_section_with_a_reason_and_what_is_in_an_issue_does_not(client, editor):
    to = a_section("service-emotion")
    fine = an_article(status=Status.FIRST_REVIEW, section=a_section())
    there = an_article(status=Status.FIRST_REVIEW, section=to, title="本来就在")
    placed = an_article(issue=an_issue(), title="编入了的")
    page = take(client, "transfer", [fine, there, placed], to=to.pk, why="写的是心情")
    assert "1 篇稿件转了栏目" in seen(page)
    assert "《本来就在》：已经在“服务情思”里" in seen(page)
    assert "《编入了的》：稿件已编入一期" in seen(page)
    fine.refresh_from_db()
    assert (fine.section, record.of(fine).first().why) == (to, "写的是心情")


def test_assignments_are_taken_back(client, editor, other):
    given, free = (
        an_article(status=Status.SUBMITTED, title=title) for title in ("有人的", "没人的")
    )
    assigning.assign(given, to=other, by=editor)
    page = take(client, "take-back", [given, free])
    assert "1 篇稿件收回了分派" in seen(page)
    assert "《没人的》：现在没有分派给谁" in seen(page)
    assert not given.assignments.current().exists()


@pytest.mark.parametrize("role", sorted(set(Role) - EDITORIAL))
def test_others_do_none_of_it(client, other, role):
    article = an_article(status=Status.SUBMITTED)
    client.force_login(a_user(role))
    for step in ("receive", "assign", "take-back", "transfer"):
        assert client.get(f"{LIST}batch/{step}/?chosen={article.pk}").status_code in (302, 403)
        answer = client.post(f"{LIST}batch/{step}/", {**chosen(article), "to": other.pk})
        assert answer.status_code in (302, 403)
    article.refresh_from_db()
    assert article.status == Status.SUBMITTED
    assert not article.assignments.exists()


def test_a_draft_of_somebody_else_and_no_step_are_not_there(client, editor):
    draft = an_article()
    assert client.get(f"{LIST}batch/assign/?chosen={draft.pk}").status_code == 404
    assert client.get(f"{LIST}batch/assign/?chosen=x").status_code == 404
    article = an_article(status=Status.SUBMITTED)
    assert client.get(f"{LIST}batch/delete/?chosen={article.pk}").status_code == 404


def test_too_many_at_once_are_told_to_come_in_parts(client, editor, monkeypatch):
    from articles.admin.queue import batch

    monkeypatch.setattr(batch, "MOST", 1)
    articles = [an_article(status=Status.SUBMITTED) for _ in range(2)]
    data = {"action": "receive_chosen", "_selected_action": [each.pk for each in articles]}
    assert "一次最多 1 篇，您选了 2 篇" in seen(client.post(LIST, data, follow=True))


def test_where_nothing_could_be_done_the_words_are_there_again(client):
    """Every row was moved by somebody else meanwhile: the second press goes through."""
    client.force_login(a_user(Role.EDITOR))
    article = an_article(status="first_review")
    section = a_section()
    page = "/admin/articles/article/batch/transfer/"
    typed = {"chosen": article.pk, "to": section.pk, "why": "栏目不合", f"seen-{article.pk}": "old"}
    answer = client.post(page, typed)
    assert answer.status_code == 409
    assert 'value="栏目不合"' in answer.text
    assert "有了变动" in answer.text
    (_, now), *_ = answer.context["rows"]
    assert client.post(page, {**typed, f"seen-{article.pk}": now}).status_code == 302
    article.refresh_from_db()
    assert article.section == section
