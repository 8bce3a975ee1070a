"""One person with two accounts: said on the page and in the record, forbidden to nobody."""

import pytest

from articles.models import Article
from articles.reviewing import namesakes, workflow
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db


def handed_in(writer, **facts) -> Article:
    return an_article(status="first_review", contributor=writer, **facts)


@pytest.mark.parametrize(
    ("writer", "reviewer", "told"),
    [
        ({"name": "何 晓棠"}, {"name": "何晓棠"}, "姓名"),
        ({"username": "204417"}, {"username": "bianji-204417"}, "工号"),
        ({"mobile": "13800000000"}, {"mobile": "13800000000"}, "手机"),
        ({"email": "He@example.com"}, {"email": "he@example.com"}, "邮箱"),
    ],
)
def test_what_two_accounts_have_in_common_is_named(writer, reviewer, told):
    article = handed_in(a_user(**writer))
    (sentence,) = namesakes.of(article, a_user(Role.EDITOR, **reviewer))
    assert f"）{told}相同" in sentence
    assert sentence.startswith("投稿人")


def test_an_author_without_an_account_is_told_by_the_printed_name():
    article = handed_in(a_user(), authors=[("东岭支行", "高志远")])
    editor = a_user(Role.EDITOR, name="高志远", username="bianji")
    told = "署名里的东岭支行 高志远和高志远（账号 bianji）姓名相同。"
    assert namesakes.of(article, editor) == (told,)


def test_others_have_nothing_in_common():
    article = handed_in(a_user(username="n204417"))
    assert namesakes.of(article, a_user(Role.EDITOR, username="n204418")) == ()


def test_short_numbers_and_empty_fields_are_no_staff_numbers():
    article = handed_in(a_user(username="wang123", mobile="", email=""))
    assert namesakes.of(article, a_user(Role.EDITOR, username="li123", mobile="", email="")) == ()


class TestThePage:
    def test_says_it_to_whoever_is_to_decide(self, client):
        article = handed_in(a_user(name="何晓棠", username="204417"))
        client.force_login(a_user(Role.EDITOR, name="何晓棠", username="204499"))
        words = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "投稿人何晓棠（账号 204417）和何晓棠（账号 204499）姓名相同。" in words
        assert "若是同一个人，就是自己的稿件，请交给同事审。" in words

    def test_says_it_to_the_next_reviewer_and_the_record_keeps_it(self, client):
        article = handed_in(a_user(name="何晓棠", username="204417"))
        workflow.decide(article, "pass", by=a_user(Role.EDITOR, name="何晓棠", username="204499"))
        client.force_login(a_user(Role.SENIOR_EDITOR))
        words = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "何晓棠（账号 204499）姓名相同。" in words
        assert "姓名相同" in record.of(article).first().what["alike"][0]

    def test_says_nothing_where_there_is_nothing(self, client):
        article = handed_in(a_user())
        client.force_login(a_user(Role.EDITOR))
        words = seen(client.get(f"/admin/articles/article/{article.pk}/review/"))
        assert "相同" not in words
