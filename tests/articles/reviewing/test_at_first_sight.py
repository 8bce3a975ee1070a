"""A manuscript that was just handed in is read and decided by one press: both steps on record."""

import pytest

from articles.models import Article
from articles.reviewing import seen, undoing, workflow
from articles.reviewing.workflow import Action, NotAllowed, Stale
from servicejournal import record
from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.factories import a_user, shown
from tests.pages import seen as text_of

pytestmark = pytest.mark.django_db
Status = Article.Status


@pytest.fixture
def editor():
    return a_user(Role.EDITOR, name="程砚")


@pytest.fixture
def article():
    return handed_in(a_user(name="沈一鸣"))


def test_passed_it_stands_at_the_second_review_and_both_steps_are_on_record(article, editor):
    review = workflow.receive_and_decide(article, "pass", by=editor)
    assert (article.status, review.stage) == (Status.SECOND_REVIEW, "first")
    assert [row.verb for row in record.of(article)[:2]] == ["通过", "开始初审"]


def test_without_a_reason_nothing_happens_not_even_the_first_step(article, editor):
    with pytest.raises(NotAllowed, match="给作者的意见"):
        workflow.receive_and_decide(article, "return", by=editor)
    assert Article.objects.get(pk=article.pk).status == Status.SUBMITTED


def test_taken_back_it_waits_as_before_and_its_writer_may_call_it_back(article, editor):
    undoing.take_back(workflow.receive_and_decide(article, "pass", by=editor), by=editor)
    again = Article.objects.get(pk=article.pk)
    assert again.status == Status.SUBMITTED
    workflow.recall(again, by=again.contributor)


def test_from_an_old_page_it_is_refused(article, editor):
    old = seen.of(article)
    workflow.receive(article, by=a_user(Role.EDITOR))
    with pytest.raises(Stale):
        workflow.receive_and_decide(article, "pass", by=editor, made_from=old)


@pytest.mark.parametrize("role", Role)
def test_is_offered_to_editors_alone(article, role):
    offered = workflow.at_first_sight(article, a_user(role))
    is_editor = role in (Role.EDITOR, Role.SENIOR_EDITOR, Role.CHIEF_EDITOR)
    assert (Action.PASS in offered) == is_editor


def test_is_not_offered_to_the_writer_nor_at_another_state(editor):
    theirs = handed_in(editor)
    assert workflow.at_first_sight(theirs, editor) == []
    workflow.receive(theirs, by=a_user(Role.EDITOR))
    assert workflow.at_first_sight(theirs, a_user(Role.EDITOR)) == []


def test_the_page_has_both_buttons_and_goes_on_to_the_next(client, article, editor, html_valid):
    following = handed_in(a_user())
    client.force_login(editor)
    page = f"/admin/articles/article/{article.pk}/review/"
    answer = client.get(page)
    assert "读完可以直接作决定" in text_of(answer)
    for action in ("receive", "pass", "return", "reject", "hold"):
        assert f'value="{action}"' in answer.text
    html_valid(answer.text)
    answer = client.post(page, {"action": "pass", **shown(article)})
    assert answer["Location"] == f"/admin/articles/article/{following.pk}/review/"
    assert Article.objects.get(pk=article.pk).status == Status.SECOND_REVIEW
