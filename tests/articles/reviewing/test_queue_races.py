"""Two colleagues at the queue at the same moment, on an engine with more than one writer."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction

from articles.models import Article
from articles.reviewing import assigning, saved_views, together, workflow
from servicejournal.roles import Role
from tests.factories import a_user, an_article

pytestmark = pytest.mark.django_db(transaction=True)
Status = Article.Status


@pytest.fixture
def people():
    return [a_user(Role.EDITOR, name=name) for name in ("程砚", "何静", "沈一鸣")]


def behind(first: Callable[[], object], second: Callable[[], object]) -> object:
    """What `second` gives, begun while `first` is done and not committed yet."""
    given: list[object] = []

    def run() -> None:
        try:
            given.append(second())
        except Exception as error:
            given.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        first()
        thread.start()
        time.sleep(0.5)
    thread.join(20)
    return given[0]


def test_what_is_given_away_meanwhile_is_not_handed_over(people):
    one, two, three = people
    article = an_article(status=Status.SUBMITTED)
    shown = assigning.assign(article, to=one, by=one)
    outcome = behind(
        lambda: assigning.assign(article, to=three, by=one),
        lambda: assigning.hand_over(of=one, to={shown.pk: two}, by=two),
    )
    assert outcome == (0, [f"《{article.title}》已经不在这个人手里，没有交接。"])
    assert article.assignments.current().get().editor == three


def test_of_two_who_assign_at_once_the_later_stands(people):
    one, two, three = people
    article = an_article(status=Status.SUBMITTED)
    behind(
        lambda: assigning.assign(article, to=one, by=three),
        lambda: assigning.assign(article, to=two, by=three),
    )
    assert article.assignments.current().get().editor == two


def test_a_step_with_several_leaves_alone_what_moves_on_at_that_moment(people):
    one, two, _ = people
    article = an_article(status=Status.SUBMITTED)
    seen = {article.pk: together.as_seen(article)}
    due = assigning.usual_due()
    outcome = behind(
        lambda: workflow.receive(article, by=one),
        lambda: together.assign([article.pk], to=two, by=one, seen=seen, due=due),
    )
    assert isinstance(outcome, together.Outcome)
    assert "您打开页面之后有了变动" in outcome.refused[0]
    assert not article.assignments.exists()


def test_of_two_views_that_are_to_open_first_one_does(people):
    one = people[0]
    behind(
        lambda: saved_views.save(by=one, name="甲", query="", is_default=True),
        lambda: saved_views.save(by=one, name="乙", query="", is_default=True),
    )
    assert [each.name for each in one.saved_views.filter(is_default=True)] == ["乙"]
