"""Comments on passages: where they belong, whom they are for, what becomes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.bodies import anchors
from articles.bodies.anchors import Anchor
from articles.models import Article, Comment
from articles.reviewing import commenting, editing
from servicejournal.roles import Role
from tests.factories import a_user, an_article
from tests.pages import seen

TEXT = "门口放着一把伞。\n雨停了，伞还在。\n第二天，伞不见了。"


class TestAnchors:
    def test_of_several_alike_the_one_with_the_same_surroundings_is_meant(self):
        for at in (7, 13, 22):
            start = TEXT.index("伞", at - 1)
            anchor = anchors.place(TEXT, start, start + 1)
            assert anchors.find(TEXT, anchor) == start

    def test_it_survives_edits_around_it(self):
        anchor = anchors.place(TEXT, TEXT.index("伞还在"), TEXT.index("伞还在") + 3)
        changed = "新的开头。\n" + TEXT.replace("雨停了，", "雨终于停了，")
        assert changed[anchors.find(changed, anchor) :].startswith("伞还在")

    def test_where_the_passage_is_gone_nothing_is_guessed(self):
        anchor = anchors.place(TEXT, 0, 4)
        assert anchors.find(TEXT.replace("门口放着", "门边放着"), anchor) is None
        assert anchors.find(TEXT, Anchor("")) is None

    @given(st.text(min_size=1, max_size=80), st.data())
    def test_in_the_same_text_the_place_is_found_again(self, text, data):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        found = anchors.find(text, anchors.place(text, start, end))
        assert found is not None
        assert text[found : found + end - start] == text[start:end]


@pytest.fixture
def article(db) -> Article:
    body = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    return an_article(status="first_review", body=body)


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


def add(client, article, **facts):
    data = {"words": "写清是哪一天", "audience": "desk", **facts}
    return client.post(f"/admin/articles/article/{article.pk}/comments/", data, follow=True)


class TestThePage:
    def test_a_comment_stands_beside_its_passage(self, client, article, editor, html_valid):
        page = add(client, article, quote="伞还在", before="雨停了，", audience="writer")
        comment = article.comments.get()
        assert (comment.quote, comment.by) == ("伞还在", editor)
        assert (comment.before, comment.after) == (TEXT[:13], TEXT[16:])
        assert "写清是哪一天" in seen(page)
        html_valid(page.text)

    def test_one_on_the_whole_needs_no_passage(self, client, article, editor):
        add(client, article)
        assert article.comments.get().quote == ""

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"words": " \u200b "}, "请写下批注"),
            ({"quote": "没有这句话"}, "在稿件里找不到"),
            ({"audience": "everybody"}, "给谁看"),
            ({"words": "长" * 1001}, "最多 1000 个字"),
        ],
    )
    def test_what_cannot_be_a_comment_is_said(self, client, article, editor, facts, words):
        assert words in seen(add(client, article, **facts))
        assert not article.comments.exists()

    def test_hostile_words_stay_words(self, client, article, editor):
        page = add(client, article, words="<script>alert(1)</script>\u202e\x00坏")
        assert "&lt;script&gt;alert(1)&lt;/script&gt;坏" in page.text

    def test_where_the_passage_was_changed_it_says_so(self, client, article, editor):
        add(client, article, quote="伞还在")
        fresh = Article.objects.get(pk=article.pk)
        editing.revise(fresh, by=editor, base=fresh.digest(), body="<p>换了一段话。</p>")
        page = client.get(f"/admin/articles/article/{article.pk}/review/")
        assert "这段原文已经改动" in seen(page)

    def test_it_is_settled_and_opened_again(self, client, article, editor):
        add(client, article)
        comment = article.comments.get()
        address = f"/admin/articles/article/{article.pk}/comments/{comment.pk}/"
        assert "程砚已处理" in seen(client.post(address, follow=True))
        assert not Comment.objects.open().exists()
        client.post(address, {"again": 1})
        assert Comment.objects.open().get() == comment

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
    def test_others_do_not_comment(self, client, article, role):
        client.force_login(a_user(role))
        address = f"/admin/articles/article/{article.pk}/comments/"
        assert client.post(address, {"words": "批"}).status_code in (302, 403)
        assert not article.comments.exists()

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.CONTRIBUTOR, Role.ADMINISTRATOR])
    def test_others_neither_settle_one_nor_open_it_again(self, client, article, role):
        editor = a_user(Role.EDITOR)
        made = commenting.comment(article, by=editor, words="批", audience="desk")
        address = f"/admin/articles/article/{article.pk}/comments/{made.pk}/"
        client.force_login(a_user(role))
        assert client.post(address).status_code in (302, 403)
        assert Comment.objects.open().get() == made
        commenting.settle(made, by=editor)
        assert client.post(address, {"again": 1}).status_code in (302, 403)
        assert not Comment.objects.open().exists()

    def test_the_longest_that_may_be_is_taken_whole(self, client, article, editor):
        add(client, article, words="长" * 1000)
        assert article.comments.get().words == "长" * 1000

    def test_another_manuscripts_comment_is_not_there(self, client, article, editor):
        other = an_article(status="first_review")
        comment = commenting.comment(other, by=editor, words="批", audience="desk")
        address = f"/admin/articles/article/{article.pk}/comments/{comment.pk}/"
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405


class TestWhatTheWriterSees:
    """Data that could leak: a comment for the desk beside one for the writer."""

    def seen_by_the_writer(self, client, article, status) -> str:
        editor = a_user(Role.EDITOR)
        commenting.comment(article, by=editor, words="写清日期", audience="writer", quote="伞还在")
        commenting.comment(article, by=editor, words="文笔一般", audience="desk")
        Article.objects.filter(pk=article.pk).update(status=status)
        client.force_login(article.contributor)
        return client.get(f"/submissions/{article.pk}/").text

    def test_those_meant_for_them_once_it_is_given_back(self, client, article):
        page = self.seen_by_the_writer(client, article, "revising")
        assert "写清日期" in page
        assert "文笔一般" not in page
        client.get(f"/submissions/{article.pk}/edit/")

    def test_none_while_it_is_under_review(self, client, article):
        page = self.seen_by_the_writer(client, article, "second_review")
        assert "写清日期" not in page
        assert "文笔一般" not in page
