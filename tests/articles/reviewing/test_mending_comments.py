"""A comment is mended or taken away by who wrote it, while nobody else has seen it."""

import pytest

from articles.models import Article, Comment
from articles.reviewing import commenting
from articles.reviewing.commenting import NotAllowed
from servicejournal import record
from servicejournal.roles import Role
from tests.factories import a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db
DESK, WRITER = Comment.Audience.DESK, Comment.Audience.WRITER


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


@pytest.fixture
def article() -> Article:
    return an_article(status="first_review", contributor=a_user(name="沈一鸣"))


@pytest.fixture
def comment(article, editor) -> Comment:
    return commenting.comment(article, by=editor, words="写清是那一天", audience=DESK)


def stored(comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def review_of(article) -> str:
    return f"/admin/articles/article/{article.pk}/review/"


def mend(client, comment, **facts):
    address = f"/admin/articles/article/{comment.article_id}/comments/{comment.pk}/mend/"
    data = {"mark": comment.mark, "words": comment.words, "audience": comment.audience, **facts}
    return client.post(address, data)


class TestWhileNobodyHasSeenIt:
    def test_its_words_are_mended(self, client, comment, editor):
        assert mend(client, comment, words="写清是哪一天").status_code == 302
        assert stored(comment).words == "写清是哪一天"
        row = record.of(comment.article).first()
        assert (row.verb, row.what["before"]["words"]) == ("改批注", "写清是那一天")

    def test_it_is_taken_away_and_the_record_keeps_its_words(self, client, comment, editor):
        assert mend(client, comment, take_away="1").status_code == 302
        assert not Comment.objects.exists()
        row = record.of(comment.article).first()
        assert (row.verb, row.why) == ("删批注", "写清是那一天")

    def test_who_wrote_it_may_look_at_it_again_and_again(self, client, comment, editor):
        for _ in range(2):
            page = client.get(review_of(comment.article))
        assert 'name="take_away"' in page.text
        assert stored(comment).read_at is None

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF_EDITOR])
    def test_nobody_elses(self, client, comment, role):
        client.force_login(a_user(role))
        assert "只能改自己写的批注" in seen(mend(client, comment, words="别人改的"))
        assert "只能改自己写的批注" in seen(mend(client, comment, take_away="1"))
        assert stored(comment).words == "写清是那一天"

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.CONTRIBUTOR])
    def test_and_nobody_who_is_no_editor(self, client, comment, role):
        client.force_login(a_user(role))
        assert mend(client, comment, take_away="1").status_code in (302, 403)
        assert stored(comment)


class TestOnceSomebodyElseHas:
    @pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
    def test_its_words_stay(self, client, comment, editor, role, html_valid):
        client.force_login(a_user(role))
        assert "写清是那一天" in seen(client.get(review_of(comment.article)))
        client.force_login(editor)
        page = client.get(review_of(comment.article))
        assert 'name="take_away"' not in page.text
        html_valid(page.text)
        answer = mend(client, comment, words="我改了字")
        assert answer.status_code == 422
        assert "已经有人看过，字不能再改" in seen(answer)
        assert "我改了字" in answer.text
        html_valid(answer.text)
        assert "不能删了" in seen(mend(client, comment, take_away="1"))
        assert stored(comment).words == "写清是那一天"

    def test_but_a_wrong_audience_is_mended_until_the_writer_has_seen_it(
        self, client, comment, editor
    ):
        Comment.objects.update(audience=WRITER)
        colleague = a_user(Role.EDITOR)
        client.force_login(colleague)
        client.get(review_of(comment.article))
        client.force_login(editor)
        assert mend(client, stored(comment), audience=DESK).status_code == 302
        assert stored(comment).audience == DESK
        client.force_login(comment.article.contributor)
        Article.objects.update(status="revising")
        assert "写清是那一天" not in client.get(f"/submissions/{comment.article_id}/").text

    @pytest.mark.parametrize("page", ["", "edit/"])
    def test_what_the_writer_has_read_stays_theirs(self, client, comment, editor, page):
        Comment.objects.update(audience=WRITER)
        Article.objects.update(status="revising")
        client.force_login(comment.article.contributor)
        assert "写清是那一天" in client.get(f"/submissions/{comment.article_id}/{page}").text
        client.force_login(editor)
        answer = mend(client, stored(comment), audience=DESK)
        assert (answer.status_code, "作者已经看过" in seen(answer)) == (422, True)
        assert stored(comment).audience == WRITER

    def test_what_the_writer_cannot_see_yet_is_not_read_by_them(self, client, comment, editor):
        Comment.objects.update(audience=WRITER)
        client.force_login(comment.article.contributor)
        client.get(f"/submissions/{comment.article_id}/")
        assert stored(comment).told_at is None

    def test_who_saw_it_before_it_was_mended_has_not_seen_what_it_became(self, comment, editor):
        """The page was drawn, then mended, then counted as read."""
        as_drawn = [stored(comment)]
        commenting.mend(comment, by=editor, words="另一句", audience=DESK, mark=comment.mark)
        commenting.shown(as_drawn, to=a_user(Role.EDITOR))
        assert stored(comment).read_at is None


class TestOldPages:
    def test_of_two_pages_the_second_does_not_write_over_the_first(self, client, comment, editor):
        mend(client, comment, words="先改的")
        answer = mend(client, comment, words="后改的")
        assert answer.status_code == 422
        told = seen(answer)
        assert "在别的页面上改过" in told
        assert "先改的" in told
        assert "后改的" in answer.text
        assert stored(comment).words == "先改的"

    def test_what_was_typed_on_one_that_is_gone_stays(self, client, comment, editor, html_valid):
        mend(client, comment, take_away="1")
        answer = mend(client, comment, words="写了很久的话")
        assert (answer.status_code, "写了很久的话" in answer.text) == (422, True)
        assert "已经删了" in seen(answer)
        html_valid(answer.text)

    def test_a_settled_one_is_opened_first(self, client, comment, editor):
        commenting.settle(comment, by=editor)
        assert "重新打开" in seen(mend(client, comment, words="再改"))

    def test_a_new_one_that_is_refused_stands_in_its_form_again(
        self, client, article, editor, html_valid
    ):
        address = f"/admin/articles/article/{article.pk}/comments/"
        sent = {"words": "写了很久的话", "audience": "writer", "quote": "没有这一句"}
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert "在稿件里找不到" in seen(answer)
        for kept in ("写了很久的话", 'value="没有这一句"', 'value="writer" checked'):
            assert kept in answer.text
        html_valid(answer.text)

    @pytest.mark.parametrize("facts", [{"words": " "}, {"audience": "all"}, {"words": "长" * 1001}])
    def test_a_mended_one_is_held_to_the_same_rules(self, comment, editor, facts):
        said = {"words": comment.words, "audience": DESK, **facts}
        with pytest.raises(NotAllowed):
            commenting.mend(comment, by=editor, mark=comment.mark, **said)


def test_of_another_manuscript_is_not_there(client):
    editor = a_user(Role.EDITOR)
    one, other = (an_article(status="first_review") for _ in range(2))
    theirs = commenting.comment(other, by=editor, words="看", audience="desk")
    client.force_login(editor)
    page = f"/admin/articles/article/{one.pk}/comments/{theirs.pk}/mend/"
    assert client.post(page, {"words": "改", "audience": "desk"}).status_code == 404
