"""A branch closes, keeps its past, and may open again."""

import pytest
from django.db import IntegrityError, models, transaction

from articles.models import Article, Branch
from articles.naming import closing
from articles.naming.rules import NotAllowed
from servicejournal import record
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user, an_article, an_issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return a_user(Role.EDITOR)


def branch(name: str) -> Branch:
    return Branch.objects.named(name)


def test_it_is_not_offered_any_more_and_keeps_its_past(editor, client):
    old, new = branch("旧支行"), branch("新支行")
    article = an_article(issue=an_issue(published=True), authors=[("旧支行", "谷淳")])
    closing.retire_branch(old, by=editor, why="并入", into=new)
    assert list(Branch.objects.active()) == [new]
    assert Branch.objects.get(name="旧支行").moved_into == new
    assert Article.objects.get(pk=article.pk).byline == "旧支行 谷淳"
    assert client.get(f"/branches/{old.slug}/").status_code == 200
    with pytest.raises(models.ProtectedError):
        new.delete()
    row = record.of(old).get()
    assert (row.verb, row.why) == ("撤并单位", "并入")
    assert row.what == {"into": {"id": new.pk, "name": "新支行"}}


def test_it_may_open_again(editor):
    old = branch("旧支行")
    closing.retire_branch(old, by=editor, why="并入", into=branch("新支行"))
    closing.reopen_branch(old, by=editor, why="登记错了")
    old.refresh_from_db()
    assert (old.retired, old.moved_into) == (False, None)
    assert [row.verb for row in record.of(old)] == ["恢复单位", "撤并单位"]


def test_it_moves_into_one_that_stands_and_is_another(editor):
    old, new = branch("旧支行"), branch("新支行")
    closing.retire_branch(new, by=editor, why="撤")
    for into in (new, old):
        with pytest.raises(NotAllowed, match="不能接手"):
            closing.retire_branch(old, by=editor, why="撤", into=into)
    assert Branch.objects.get(pk=old.pk).retired is False


def test_it_closes_and_opens_once(editor):
    old = branch("旧支行")
    with pytest.raises(NotAllowed, match="没有撤并"):
        closing.reopen_branch(old, by=editor, why="开")
    closing.retire_branch(old, by=editor, why="撤")
    with pytest.raises(NotAllowed, match="已经撤并"):
        closing.retire_branch(old, by=editor, why="撤")


@pytest.mark.parametrize("verb", [closing.retire_branch, closing.reopen_branch])
def test_it_is_the_editors_and_needs_a_reason(editor, verb):
    for role in [role for role in Role if role not in EDITORIAL]:
        with pytest.raises(NotAllowed, match="只有编辑"):
            verb(branch("旧支行"), by=a_user(role), why="撤")
    with pytest.raises(NotAllowed, match="理由"):
        verb(branch("旧支行"), by=editor, why=" ")


@pytest.mark.parametrize("retired", [True, False])
def test_the_database_knows_what_a_moved_branch_is(retired):
    old, new = branch("旧支行"), branch("新支行")
    into = old if retired else new
    with pytest.raises(IntegrityError), transaction.atomic():
        Branch.objects.filter(pk=old.pk).update(retired=retired, moved_into=into)
