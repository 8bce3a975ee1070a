"""Which accounts ever wrote a manuscript: noted when they are tied to it, and never forgotten."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from articles import authorship, people
from articles.models import Article, Writer
from articles.naming import merging
from servicejournal.models import Unchangeable
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_author

pytestmark = pytest.mark.django_db
until_now = import_module("articles.migrations.0030_writers_until_now")


def writers(article: Article) -> set:
    return {each.user for each in Writer.objects.filter(article=article)}


@pytest.fixture
def article() -> Article:
    return an_article(authors=[("净月支行", "谷淳")])


def tie(article: Article, user) -> None:
    author = article.authorships.get().author
    author.user = user
    author.save()


def test_an_account_that_comes_to_an_author_wrote_all_that_the_author_signed(article):
    other, user = an_article(authors=[("净月支行", "谷淳")]), a_user()
    tie(article, user)
    assert writers(article) == writers(other) == {user}


def test_who_comes_after_another_is_noted_beside_them(article):
    first, second = a_user(), a_user()
    tie(article, first)
    tie(article, second)
    tie(article, None)
    assert writers(article) == {first, second}


def test_a_new_byline_notes_the_accounts_of_its_authors(article):
    user = a_user()
    author = an_author("何晓棠", "东岭支行")
    author.user = user
    author.save()
    authorship.sign(article, (authorship.Byline("何晓棠", author.branch),))
    assert writers(article) == {user}
    authorship.sign(article, (authorship.Byline("谷淳"),))
    assert writers(article) == {user}


def test_a_byline_of_an_edition_too(article):
    user, author = a_user(), an_author("何晓棠", "东岭支行")
    author.user = user
    author.save()
    authorship.sign_again(article, [(author.pk, author.branch_id)], [("何晓棠", "东岭支行")])
    assert writers(article) == {user}


def test_confirming_an_account_and_taking_that_back(article):
    user = a_user(name="谷淳", branch=article.authorships.get().branch, self_registered=True)
    editor = a_user(Role.EDITOR)
    people.confirm(user, by=editor)
    assert writers(article) == {user}
    people.take_back(user, by=editor)
    assert article.authorships.get().author.user is None
    assert writers(article) == {user}


def test_merging_authors_keeps_who_wrote_what(article):
    user, keep = a_user(), an_author("谷 淳", "净月支行")
    mine = an_article(authors=[("净月支行", "谷 淳")])
    tie(article, user)
    gone = article.authorships.get().author
    merging.merge_authors(keep, [gone], by=a_user(Role.EDITOR), why="同一人")
    assert writers(article) == writers(mine) == {user}


def test_what_the_account_of_a_merged_author_signed_is_noted_when_it_is_untied(article):
    user, other = a_user(), an_article(authors=[("净月支行", "谷 淳")])
    tie(article, user)
    keep, gone = article.authorships.get().author, other.authorships.get().author
    merging.merge_authors(keep, [gone], by=a_user(Role.EDITOR), why="同一人")
    tie(article, None)
    assert writers(other) == {user}


def test_it_is_noted_once_and_neither_changed_nor_deleted(article):
    user = a_user()
    tie(article, user)
    tie(article, user)
    row = Writer.objects.get()
    for attempt in (row.delete, row.save, Writer.objects.all().delete):
        with pytest.raises(Unchangeable):
            attempt()
    with pytest.raises(IntegrityError), transaction.atomic():
        Writer.objects.create(article=article, user=user)


def test_it_does_not_hold_a_manuscript_fast(article):
    tie(article, a_user())
    Article.objects.get(pk=article.pk).delete()
    assert not Writer.objects.exists()


class TestUntilNow:
    """What the migration finds in a journal that has been running for years."""

    def test_the_accounts_of_authors_and_those_that_were_taken_away(self, article):
        editor = a_user(Role.EDITOR)
        gone = a_user(name="谷淳", branch=article.authorships.get().branch, self_registered=True)
        people.confirm(gone, by=editor)
        people.take_back(gone, by=editor)
        now = a_user()
        tie(article, now)
        Writer.objects.all()._raw_delete("default")
        until_now.remember(apps, None)
        assert writers(article) == {gone, now}
        until_now.remember(apps, None)
        assert Writer.objects.count() == 2
