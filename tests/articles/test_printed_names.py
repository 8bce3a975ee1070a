"""Bylines hold the names that they print: taken when they are set, kept whatever happens after."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from articles.models import Article, Author, Authorship, Branch
from tests.factories import an_article, an_author

pytestmark = pytest.mark.django_db
filling = import_module("articles.migrations.0017_names_of_today_are_printed")


@pytest.fixture
def row() -> Authorship:
    return an_article(authors=[("净月支行", "谷淳")]).authorships.get()


def printed(row: Authorship) -> str:
    return Article.objects.get(pk=row.article_id).byline


def rename_rows() -> None:
    Branch.objects.update(name="新支行")
    Author.objects.update(name="新名")


def test_a_later_name_changes_neither_byline_nor_digest(row):
    before = row.article.digest()
    rename_rows()
    assert printed(row) == "净月支行 谷淳"
    assert Article.objects.get(pk=row.article_id).digest() == before


def test_saving_the_row_again_keeps_them(row):
    rename_rows()
    again = Authorship.objects.get(pk=row.pk)
    again.position = 7
    again.save()
    assert printed(row) == "净月支行 谷淳"


def test_so_does_saving_a_row_that_was_loaded_in_part(row):
    rename_rows()
    for again in (
        Authorship.objects.only("position").get(pk=row.pk),
        Authorship.objects.defer("author", "branch").get(pk=row.pk),
    ):
        again.position += 1
        again.save()
        again.save(update_fields=["position"])
    assert printed(row) == "净月支行 谷淳"


@pytest.mark.parametrize("how", ["save", "some fields"])
def test_another_author_or_branch_brings_todays_name(row, how):
    rename_rows()
    other = an_author("何静", "松山支行")
    again = Authorship.objects.get(pk=row.pk)
    again.branch = other.branch
    again.save(**({"update_fields": ["branch"]} if how == "some fields" else {}))
    assert printed(row) == "松山支行 谷淳"
    again.author = other
    again.save(**({"update_fields": ["author"]} if how == "some fields" else {}))
    assert printed(row) == "松山支行 何静"
    again.branch = None
    again.save()
    assert printed(row) == "何静"


def test_a_name_that_is_given_is_the_one_that_is_printed(row):
    article, branch = row.article, row.branch
    facts = {"article": article, "author": an_author("何静"), "branch": branch, "position": 2}
    Authorship.objects.create(**facts, author_name="何 静", branch_name="净月")
    assert printed(row) == "净月支行 谷淳　净月 何 静"
    Authorship.objects.bulk_create(
        [Authorship(article=article, author=an_author("方圆"), branch=branch, position=3)]
    )
    assert printed(row) == "净月支行 谷淳　净月 何 静　净月支行 方圆"


@pytest.mark.parametrize(
    "names", [{"author_name": ""}, {"branch_name": ""}, {"branch": None}], ids=str
)
def test_the_database_knows_that_names_are_whole(row, names):
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorship.objects.filter(pk=row.pk).update(**names)


def test_the_migration_gives_every_byline_the_names_of_today(row):
    """As bylines were read until then, so that every digest that was stored still fits."""
    bare = an_article(authors=[("", "何静"), ("净月支行", "方圆")])
    before = [article.digest() for article in Article.objects.order_by("pk")]
    Authorship.objects.update(author_name="x")
    Authorship.objects.exclude(branch=None).update(branch_name="x")
    filling.fill(apps, None)
    assert (printed(row), printed(bare.authorships.first())) == (
        "净月支行 谷淳",
        "何静　净月支行 方圆",
    )
    assert [article.digest() for article in Article.objects.order_by("pk")] == before
