"""A character that PostgreSQL stores in no text: left out, or what holds it is none of ours."""

import pytest

from articles.reviewing import commenting, saved_views
from servicejournal.accounts import granting
from servicejournal.accounts.registration import NotAllowed
from servicejournal.roles import Role
from tests.factories import a_user, an_article

pytestmark = pytest.mark.django_db


def test_of_a_comment_new_or_mended():
    editor, article = a_user(Role.EDITOR), an_article(status="first_review")
    made = commenting.comment(article, by=editor, words="看\0一看", audience="desk")
    assert made.words == "看一看"
    with pytest.raises(commenting.NotAllowed):
        commenting.comment(article, by=editor, words="\0", audience="desk")


def test_of_a_passage():
    editor, article = a_user(Role.EDITOR), an_article(status="first_review")
    made = commenting.comment(article, by=editor, words="看", audience="desk", quote="第\0")
    assert "\0" not in made.quote


def test_of_the_name_of_a_view():
    editor = a_user(Role.EDITOR)
    assert saved_views.save(by=editor, name="我\0的", query="q=1").name == "我的"
    with pytest.raises(saved_views.NotAllowed):
        saved_views.save(by=editor, name="\0", query="q=1")


def test_of_a_role_and_its_reason():
    administrator, user = a_user(Role.ADMINISTRATOR), a_user()
    granting.grant(user, Role.EDITOR, by=administrator, why="调\0来")
    assert granting.record.of(user).get().why == "调来"
    with pytest.raises(NotAllowed):
        granting.revoke(user, "\0", by=administrator)
