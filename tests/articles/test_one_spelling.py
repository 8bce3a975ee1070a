"""However a name is typed, and wherever, it is one author, spelt in one way."""

import pytest

from articles import people, word
from articles.models import Article, Author, Branch
from servicejournal.accounts.staff_lists import Row, StaffList
from servicejournal.models import User
from tests.articles.docx import docx, p
from tests.articles.filling_in import posted
from tests.factories import a_section, a_user, an_article, an_author, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db


def hand_in_as(client, name: str, **more):
    branch = Branch.objects.named("南湖支行")
    sent = posted(**{"authors-0-name": name, "authors-0-branch": branch.pk}, **more)
    return client.post("/submit/", sent)


@pytest.mark.parametrize(
    "typed",
    [("张三", "张　三", "张 三"), ("阿卜杜拉·买买提", "阿卜杜拉 • 买买提", "阿卜杜拉.买买提")],
)
def test_spellings_of_one_name_are_one_author(signed_in, typed):
    for name in typed:
        assert hand_in_as(signed_in, name).status_code == 302
    assert Author.objects.get(branch__name="南湖支行").name == typed[0]
    assert {each.byline for each in Article.objects.with_bylines()} == {f"南湖支行 {typed[0]}"}


def test_an_author_of_before_who_is_written_otherwise_is_meant(signed_in):
    known = an_author("张 三", "南湖支行")
    hand_in_as(signed_in, "张三")
    assert Article.objects.get().authorships.get().author == known


def test_an_account_of_before_that_is_written_otherwise_is_the_same_person():
    known = an_author("张三", "南湖支行")
    user = a_user(name="张 三", branch=known.branch)
    assert people.claim_author(user, by=a_user()) == known


def test_a_rare_character_stays_in_a_byline_and_one_of_ones_own_making_is_refused(signed_in):
    hand_in_as(signed_in, "李𱖎")
    assert Article.objects.with_bylines().get().byline == "南湖支行 李𱖎"
    answer = hand_in_as(signed_in, "刘\ue123明")
    assert answer.status_code == 422
    assert "姓名的第 2 个字（U+E123）别的电脑认不出来" in seen(answer)


def test_two_people_in_one_row_are_asked_apart(signed_in):
    assert "一行写一位作者" in seen(hand_in_as(signed_in, "卢青 方圆"))


def test_a_word_file_gives_the_same_spelling():
    lines = ("雨天的伞", "◎南湖支行　阿卜杜拉．买买提、张　三", "清早开门，伞架上有三把伞。" * 3)
    found = word.read(docx(*(p(line) for line in lines)))
    assert found.bylines == (("南湖支行", "阿卜杜拉·买买提"), ("南湖支行", "张三"))


def test_a_correction_reads_names_with_spaces_behind_their_branch(client):
    chief = a_user("chief_editor")
    client.force_login(chief)
    article = an_article(issue=an_issue(published=True), section=a_section())
    Branch.objects.named("南湖支行")
    sent = {
        "title": article.title,
        "body": article.body,
        "section": article.section.pk,
        "signed": "南湖支行 Maria Chen\n南湖支行 张　三\n阿依 • 古丽",
        "reason": "",
    }
    answer = client.post(f"/admin/issues/issue/correct/{article.pk}/", sent)
    form = answer.context["form"]
    named = [(str(each.branch or ""), each.name) for each in form.cleaned_data["signed"]]
    assert named == [("南湖支行", "Maria Chen"), ("南湖支行", "张三"), ("", "阿依·古丽")]


def test_a_list_that_spells_a_branch_otherwise_makes_no_second_one():
    there = Branch.objects.named("净月支行")
    rows = (Row(2, "沈一鸣", "净月 支行", "1a"), Row(3, "何静", "别的支行", "1b"))
    planned = people.plan(StaffList(rows, ()))
    assert planned.new == rows[:1]
    assert [*planned.lacking] == ["别的支行"]
    people.enrol(StaffList(rows, ()), by=a_user("editor"), list_id="一")
    assert User.objects.get(username="1a").branch == there


def test_a_new_branch_is_given_an_address_where_none_is_typed(client):
    client.force_login(a_user("editor"))
    for name in ("净月支行", "敬越支行"):
        sent = {"name": name, "slug": ""}
        assert client.post("/admin/articles/branch/add/", sent).status_code == 302
    slugs = Branch.objects.filter(slug__startswith="jing").values_list("slug", flat=True)
    assert sorted(slugs) == ["jingyue-zhihang", "jingyue-zhihang-2"]
