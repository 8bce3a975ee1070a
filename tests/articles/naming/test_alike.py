"""What may be the same is found by spelling, quickly, and what was told apart is left alone."""

import time

import pytest

from articles.models import Author, Branch
from articles.naming import alike
from tests.factories import an_author

pytestmark = pytest.mark.django_db


def names(found) -> list[tuple[str, ...]]:
    return [each.names for each in found]


def test_branches_that_differ_in_spelling_alone():
    for name in ("净月支行", "净月 支行", "净月　支行", "松山支行", "ＡＴＭ中心", "atm中心"):
        Branch.objects.named(name)
    assert names(alike.branches()) == [
        ("净月支行", "净月 支行", "净月　支行"),
        ("ＡＴＭ中心", "atm中心"),
    ]


@pytest.mark.parametrize("dot", "·•・‧∙⋅･.．")
def test_names_with_whatever_dot(dot):
    an_author("阿依·古丽", "南湖支行")
    an_author(f"阿依 {dot} 古丽", "南湖支行")
    assert len(alike.authors()) == 1


def test_people_of_another_branch_are_others():
    an_author("谷淳", "净月支行")
    an_author("谷 淳", "松山支行")
    an_author("谷淳")
    assert alike.authors() == []


def test_two_spellings_of_a_branch_are_one_and_so_is_where_it_moved():
    old, end = Branch.objects.named("旧支行"), Branch.objects.named("总支行")
    middle = Branch.objects.create(name="中支行", slug="z", retired=True, moved_into=end)
    Branch.objects.filter(pk=old.pk).update(retired=True, moved_into=middle)
    for branch in ("旧支行", "中支行", "总支行", "总 支行", "旁支行"):
        an_author("谷淳", branch)
    assert names(alike.authors()) == [("旧支行 谷淳", "中支行 谷淳", "总支行 谷淳", "总 支行 谷淳")]


def test_who_was_told_apart_is_not_asked_about():
    first = an_author("谷 淳", "净月支行")
    Author.objects.create(name="谷淳", branch=first.branch, namesake="二")
    assert alike.authors() == []


def test_ten_thousand_authors_take_a_moment(django_assert_num_queries):
    branches = [Branch(name=f"第{number}支行", slug=f"b{number}") for number in range(200)]
    Branch.objects.bulk_create(branches)
    Author.objects.bulk_create(
        Author(name=f"作者·{number}", branch=branches[number % 200]) for number in range(10_000)
    )
    an_author("作者 • 7", "第7支行")
    start = time.process_time()
    with django_assert_num_queries(2):
        found = alike.authors()
    assert names(found) == [("第7支行 作者·7", "第7支行 作者 • 7")]
    assert time.process_time() - start < 1  # a fifth of that on a slow machine
