"""Two who press at once, on an engine with more than one writer: one press counts."""

import threading
from functools import partial

import pytest
from django.db import connections

from articles.models import Article
from articles.reviewing import approvals, assigning, editing, seen, undoing, workflow
from articles.reviewing.workflow import NotAllowed
from servicejournal.roles import Role
from tests.factories import (
    a_section,
    a_small_office,
    a_user,
    accepted,
    an_article,
)

pytestmark = pytest.mark.django_db(transaction=True)
Status = Article.Status


def beside(*acts) -> list[str]:
    """All at once, each on a connection of its own; what each raised."""
    start, raised = threading.Barrier(len(acts)), [""] * len(acts)

    def run(at, act):
        try:
            start.wait()
            act()
        except NotAllowed as error:
            raised[at] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return sorted(raised)


def opened(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_of_three_presses_in_a_small_office_one_counts():
    a_small_office()
    chief = a_user(Role.CHIEF_EDITOR)
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        made_from = seen.of(article)
        press = [
            partial(workflow.decide, opened(article), "pass", by=chief, made_from=made_from)
            for _ in range(3)
        ]
        assert beside(*press) == ["", "Stale", "Stale"]
        assert opened(article).status == Status.SECOND_REVIEW
        assert article.reviews.count() == 1


def test_of_two_editors_who_pass_at_once_one_passed():
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW)
        people = (a_user(Role.CHIEF_EDITOR), a_user(Role.SENIOR_EDITOR))
        press = [partial(workflow.decide, opened(article), "pass", by=each) for each in people]
        assert beside(*press) == ["", "Stale"]
        assert [review.stage for review in article.reviews.all()] == ["first"]


def test_a_decision_and_a_change_of_the_text_at_once_never_pass_what_nobody_read():
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW)
        one, two = a_user(Role.EDITOR), a_user(Role.EDITOR)
        base = article.digest()
        try_both = [
            partial(workflow.decide, opened(article), "pass", by=one),
            partial(editing.revise, opened(article), by=two, base=base, title="改过的题目"),
        ]
        beside(*try_both)
        now = opened(article)
        passed = article.reviews.filter(digest=now.digest()).exists()
        assert (now.status == Status.SECOND_REVIEW) == passed


def test_a_decision_is_taken_back_or_acted_upon_never_both():
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW)
        one, two = a_user(Role.EDITOR), a_user(Role.SENIOR_EDITOR)
        review = workflow.decide(article, "pass", by=one)
        there = opened(article)
        raised = beside(
            partial(undoing.take_back, review, by=one),
            partial(workflow.decide, there, "pass", by=two),
        )
        assert "" in raised
        assert len([each for each in raised if each]) == 1
        standing = article.reviews.standing().count()
        assert (opened(article).status, standing) in (
            (Status.FIRST_REVIEW, 0),
            (Status.FINAL_REVIEW, 2),
        )


def test_of_two_who_assign_at_once_one_did():
    chief = a_user(Role.CHIEF_EDITOR)
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW)
        press = [
            partial(
                assigning.assign, opened(article), to=a_user(Role.EDITOR), by=chief, instead_of=0
            )
            for _ in range(2)
        ]
        assert beside(*press) == ["", "Stale"]


def test_of_two_who_move_it_at_once_one_did():
    editor = a_user(Role.EDITOR)
    for _ in range(6):
        article = an_article(status=Status.FIRST_REVIEW, section=a_section())
        press = [
            partial(workflow.transfer, opened(article), to=a_section(slug), by=editor)
            for slug in ("service-emotion", "service-sketch")
        ]
        assert beside(*press) == ["", "Stale"]


def test_a_correction_is_confirmed_once():
    chief = a_user(Role.CHIEF_EDITOR)
    for _ in range(6):
        article = accepted()
        editing.revise(article, by=chief, base=article.digest(), title="改一字", small=True)
        digest = opened(article).digest()
        press = [
            partial(approvals.confirm, opened(article), by=chief, digest=digest) for _ in range(2)
        ]
        assert beside(*press) == ["", "Stale"]
        assert article.reviews.filter(reviewer=chief).count() == 1
