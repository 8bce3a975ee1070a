"""The versions that a writer knows: their own, what was handed in, what came back."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.authorship import Byline, bylines_of
from articles.models import Article, Branch
from articles.reviewing import workflow
from articles.writing import handing_in, saving, versions
from articles.writing.text import Text
from servicejournal import clock, record
from tests.articles.filling_in import WORDS, a_draft, handed_in
from tests.factories import a_picture, a_section, a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db


def save(article: Article, **facts) -> Article:
    text = Text(
        **{
            "title": article.title,
            "section": article.section,
            "body": article.body,
            "note": article.note,
            "bylines": bylines_of(article),
            **facts,
        }
    )
    saving.save(text, by=article.contributor, article=article)
    return Article.objects.get(pk=article.pk)


def edited_by_the_desk(article: Article, body: str) -> None:
    article.body = body
    article.save()


def labels(article: Article) -> list[str]:
    return [version.label for version in versions.of(Article.objects.get(pk=article.pk))]


class TestWhichVersions:
    def test_are_the_writers_saves_and_what_was_handed_in(self, writer):
        article = save(a_draft(writer), title="雨天的两把伞")
        handing_in.hand_in(article, by=writer, declared=True)
        assert labels(article) == ["您的保存", "第 1 次提交"]

    def test_the_same_text_saved_again_is_no_version(self, writer):
        article = save(save(a_draft(writer), note="给编辑的话"), note="又一句")
        assert labels(article) == ["您的保存"]

    def test_what_the_desk_does_inside_is_none_and_how_it_comes_back_is_one(self, writer):
        with clock.set_to(timezone.now() - timedelta(hours=1)):
            article, editor = handed_in(writer), a_user("editor")
            workflow.receive(article, by=editor)
            edited_by_the_desk(article, "<p>编辑改到一半。</p>")
            edited_by_the_desk(article, "<p>编辑改好了。</p>")
            assert labels(article) == ["第 1 次提交"]
            workflow.decide(article, "return", by=editor, opinion="请看改动。")
        assert labels(article) == ["第 1 次提交", "退回给您时的文字"]
        save(Article.objects.get(pk=article.pk), body=f"<p>{WORDS}改。</p>")
        handing_in.hand_in(article, by=writer, declared=True)
        assert labels(article) == ["第 1 次提交", "退回给您时的文字", "第 2 次提交"]

    def test_what_came_back_as_it_went_is_the_one_that_was_handed_in(self, writer):
        article, editor = handed_in(writer), a_user("editor")
        workflow.receive(article, by=editor)
        workflow.decide(article, "return", by=editor, opinion="请核对数字。")
        assert labels(article) == ["第 1 次提交"]

    def test_called_back_and_sent_again_unchanged_is_one_text_handed_in_twice(self, writer):
        article = handed_in(writer)
        workflow.recall(article, by=writer)
        handing_in.hand_in(article, by=writer, declared=True)
        assert labels(article) == ["第 1 次提交，第 2 次提交"]

    def test_a_text_that_no_version_holds_yet_is_there_as_it_is_now(self, writer):
        article = a_draft(writer)
        article.body = f"<p>{WORDS}还没有成为版本。</p>"
        article.save_without_historical_record()
        last = versions.of(article)[-1]
        assert (last.pk, last.label) == (versions.NOW, "现在的文字")
        assert "还没有成为版本" in str(
            versions.compare(article, versions.of(article)[0], last).body
        )


class TestBylines:
    def test_of_each_version_are_those_of_its_time(self, writer):
        nanhu = Branch.objects.named("南湖支行")
        article = a_draft(writer)
        article = save(article, bylines=(Byline("方圆", nanhu),))
        article = save(article, bylines=(Byline("何静"),), title="新题")
        signed = [version.byline for version in versions.of(article)]
        assert signed == ["沈一鸣", "南湖支行 方圆", "何静"]

    def test_a_change_is_in_the_record_with_before_and_after(self, writer):
        article = save(a_draft(writer), bylines=(Byline("何静"),))
        row = record.of(article).get(verb="修改署名")
        assert (row.actor, row.what) == ("沈一鸣", {"before": "沈一鸣", "after": "何静"})

    def test_a_save_that_leaves_it_alone_is_not(self, writer):
        save(a_draft(writer), title="新题")
        assert not record.of(Article.objects.get()).filter(verb="修改署名").exists()

    def test_what_an_editor_changes_is_in_the_record_too(self, client, writer):
        article = handed_in(writer)
        (authorship,) = article.authorships.all()
        client.force_login(a_user("editor"))
        sent = {
            "title": article.title,
            "base": article.digest(),
            "body": article.body,
            "section": article.section_id,
            "authorships-TOTAL_FORMS": 1,
            "authorships-INITIAL_FORMS": 1,
            "authorships-0-id": authorship.pk,
            "authorships-0-article": article.pk,
            "authorships-0-position": 1,
            "authorships-0-author": authorship.author_id,
            "authorships-0-branch": Branch.objects.named("南湖支行").pk,
        }
        response = client.post(f"/admin/articles/article/{article.pk}/change/", sent)
        assert response.status_code == 302
        assert record.of(article).get(verb="修改署名").what == {
            "before": "沈一鸣",
            "after": "南湖支行 沈一鸣",
        }
        assert [version.byline for version in versions.of(article)] == ["沈一鸣"]


class TestThePage:
    def page(self, client, article, query: str = ""):
        return client.get(f"/submissions/{article.pk}/versions/{query}")

    def test_shows_the_last_change_in_words_for_those_who_see_no_colour(
        self, signed_in, writer, html_valid
    ):
        article = save(a_draft(writer), title="雨天的两把伞", section=a_section("service-sketch"))
        response = self.page(signed_in, article)
        words = seen(response)
        assert "雨天的 〔增加〕 两把 〔完〕 伞" in words
        assert "〔删去〕 服务管理 〔完〕" in words
        assert "<ins>" in response.text
        html_valid(response.text)

    def test_compares_any_two_either_way(self, signed_in, writer):
        article = save(save(a_draft(writer), title="第二个题目"), title="第三个题目")
        first, _, third = versions.of(article)
        words = seen(self.page(signed_in, article, f"?from={third.pk}&to={first.pk}"))
        assert "从“您的保存”到“您的保存”" in words
        assert "〔删去〕 第三个题目 〔完〕" in words
        same = self.page(signed_in, article, f"?from={first.pk}&to={first.pk}")
        assert "没有不同" in seen(same)

    def test_with_one_version_says_so(self, signed_in, writer, html_valid):
        response = self.page(signed_in, a_draft(writer))
        assert "现在只有一个版本" in seen(response)
        html_valid(response.text)

    @pytest.mark.parametrize("wrong", ["x", "-1", "999999", "", "%00", "9" * 40, "龑"])
    @pytest.mark.parametrize("name", ["from", "to"])
    def test_a_version_that_is_not_there_is_a_404(self, signed_in, writer, name, wrong):
        assert self.page(signed_in, a_draft(writer), f"?{name}={wrong}").status_code == 404

    def test_a_version_of_another_manuscript_is_a_404(self, signed_in, writer):
        mine, other = a_draft(writer), a_draft(writer)
        (theirs,) = versions.of(other)
        assert self.page(signed_in, mine, f"?to={theirs.pk}").status_code == 404

    def test_a_version_that_the_desk_made_inside_is_a_404(self, signed_in, writer):
        article = handed_in(writer)
        workflow.receive(article, by=a_user("editor"))
        edited_by_the_desk(article, "<p>编辑改到一半。</p>")
        inner = article.history.first()
        assert self.page(signed_in, article, f"?to={inner.pk}").status_code == 404
        assert "编辑改到一半" not in self.page(signed_in, article).text

    def test_asks_the_database_the_same_for_few_and_for_many(
        self, signed_in, writer, django_assert_num_queries
    ):
        article = save(a_draft(writer), title="第二个题目")
        with django_assert_num_queries(15):
            self.page(signed_in, article)
        for number in range(4):
            article = save(article, title=f"又一个题目{number}")
        with django_assert_num_queries(15):
            self.page(signed_in, article)

    def test_markup_in_a_text_is_words(self, signed_in, writer):
        article = save(a_draft(writer), title='<img src=x onerror="alert(1)">')
        page = self.page(signed_in, article).text
        assert "<img src=x" not in page
        assert "&lt;" in page


class TestTheTextThatTheWriterSees:
    def test_is_what_was_handed_in_while_the_desk_works_on_it(self, signed_in, writer):
        picture = a_picture(by=writer)
        body = f'<p>{WORDS}</p><figure><img src="{picture.get_absolute_url()}" alt="伞"></figure>'
        article = handing_in.hand_in(a_draft(writer, body=body), by=writer, declared=True)
        workflow.receive(article, by=a_user("editor"))
        edited_by_the_desk(article, "<p>编辑改到一半。</p>")
        for path in ("", "preview/"):
            page = signed_in.get(f"/submissions/{article.pk}/{path}").text
            assert WORDS in page
            assert picture.get_absolute_url() in page
            assert "编辑改到一半" not in page

    def test_is_what_readers_see_once_it_is_out(self, signed_in, writer):
        article = an_article(contributor=writer, issue=an_issue(published=True))
        edited_by_the_desk(article, "<p>刊出的样子。</p>")
        assert "刊出的样子" in signed_in.get(f"/submissions/{article.pk}/").text


class TestTheDesk:
    def test_compares_a_version_with_the_one_before(self, client, writer):
        article = handed_in(writer)
        edited_by_the_desk(article, article.body.replace("小事", "大事"))
        client.force_login(a_user("editor"))
        path = f"/admin/articles/article/{article.pk}/history/"
        newest = article.history.first()
        assert f'href="?version={newest.pk}&amp;compare"' in client.get(path).text
        words = seen(client.get(f"{path}?version={newest.pk}&compare"))
        assert "〔删去〕 小 〔完〕" in words
        assert "〔增加〕 大 〔完〕" in words

    def test_the_first_version_has_none_before_it(self, client, writer):
        article = handed_in(writer)
        client.force_login(a_user("editor"))
        first = article.history.last()
        path = f"/admin/articles/article/{article.pk}/history/?version={first.pk}&compare"
        response = client.get(path)
        assert response.status_code == 200
        assert WORDS in seen(response)


class TestAtTheDesk:
    def test_any_version_is_compared_with_the_text_as_it_is_now(self, client, html_valid):
        article = an_article(title="雨天的伞", status="first_review")
        for title in ("雨天的两把伞", "雪天的两把伞"):
            article.title = title
            article.save()
        client.force_login(a_user("editor"))
        first = article.history.last()
        address = f"/admin/articles/article/{article.pk}/history/?version={first.pk}"
        page = client.get(f"{address}&compare=now")
        assert "这一版与现在的文字比较" in page.text
        assert {"<del", "<ins"} <= set(re.findall(r"<(?:del|ins)", page.text))
        html_valid(page.text)
