"""The form saves by itself: what comes back, what is stored, whose text is not written over."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.authorship import Byline
from articles.models import Article, Branch
from articles.reviewing import workflow
from articles.writing import saving
from articles.writing.text import Text
from servicejournal.models import Record
from tests.articles.filling_in import WORDS, a_draft, handed_in, posted
from tests.articles.writing.saving_by_itself import (
    base_of,
    changed_by_an_editor,
    edit,
    facts_of,
    refused,
    titles,
)
from tests.factories import a_call, a_picture, a_user

pytestmark = pytest.mark.django_db


BODY = f"<p>{WORDS}</p>"


def by_itself(**changes) -> dict:
    return posted(**{"action": "autosave", "base": "", **changes})


class TestByItself:
    def test_the_first_time_makes_the_draft_and_says_where_it_is(self, signed_in, writer):
        response = signed_in.post("/submit/", by_itself())
        article = Article.objects.get()
        assert (article.contributor, article.title, article.status) == (
            writer,
            "雨天的伞",
            Article.Status.DRAFT,
        )
        assert response.status_code == 200
        assert response.json() == {
            "saved": f"{timezone.localtime():%H:%M}",
            "base": base_of(article),
            "edit": edit(article),
            "length": article.length,
        }

    def test_a_text_without_a_title_is_saved_too(self, signed_in):
        assert signed_in.post("/submit/", by_itself(title="")).status_code == 200
        assert Article.objects.get().title == "未命名草稿"

    def test_an_empty_form_makes_nothing(self, signed_in):
        response = signed_in.post("/submit/", by_itself(title="", body="<p> </p>"))
        assert refused(response) == (422, "faults")
        assert not Article.objects.exists()

    def test_the_next_time_goes_on_from_the_last(self, signed_in):
        first = signed_in.post("/submit/", by_itself()).json()
        sent = by_itself(title="雨天的两把伞") | {"base": first["base"]}
        second = signed_in.post(first["edit"], sent).json()
        article = Article.objects.get()
        assert article.title == "雨天的两把伞"
        assert second["base"] == base_of(article) != first["base"]

    def test_an_answer_that_was_lost_costs_nothing(self, signed_in):
        """The same is sent again, and then more: one draft, no quarrel with oneself."""
        sent = by_itself()
        signed_in.post("/submit/", sent)
        again = signed_in.post("/submit/", sent)
        assert again.status_code == 200
        more = sent | {"title": "雨天的两把伞"}
        assert signed_in.post("/submit/", more).status_code == 200
        assert Article.objects.get().title == "雨天的两把伞"

    def test_what_is_wrong_is_said_and_nothing_is_stored(self, signed_in, writer):
        article = a_draft(writer)
        response = signed_in.post(edit(article), by_itself(title="题" * 121))
        assert refused(response) == (422, "faults")
        assert response.json()["error"]["message"] == "标题有 121 个字，最多 120 个字，请缩短。"
        article.refresh_from_db()
        assert article.title == "雨天的伞"

    def test_what_was_handed_in_meanwhile_is_locked(self, signed_in, writer):
        article = handed_in(writer)
        response = signed_in.post(edit(article), by_itself(title="后来的标题"))
        assert refused(response) == (409, "locked")
        assert "锁定" in response.json()["error"]["message"]
        article.refresh_from_db()
        assert article.title == "雨天的伞"

    def test_signed_out_is_said_and_nothing_is_shown(self, client, writer):
        article = a_draft(writer)
        response = client.post(edit(article), by_itself())
        assert refused(response) == (403, "signed out")
        assert WORDS not in response.text

    def test_a_token_of_another_session_is_said(self, writer):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(writer)
        headers = {"Sec-Fetch-Site": "same-origin"}
        response = strict.post("/submit/", by_itself(), headers=headers)
        assert refused(response) == (403, "signed out")

    @pytest.mark.parametrize("action", ["autosave", "compare", "save", "theirs"])
    def test_anothers_draft_is_not_there(self, client, writer, action):
        article = a_draft(writer)
        client.force_login(a_user("chief_editor"))
        assert client.post(edit(article), posted(action=action)).status_code == 404
        article.refresh_from_db()
        assert article.history.count() == 1

    def test_the_words_of_one_account_never_become_anothers_draft(self, signed_in):
        """Signed in as somebody else in another tab of a shared computer."""
        other = a_user()
        response = signed_in.post("/submit/", by_itself(writer=other.pk))
        assert refused(response) == (403, "another")
        page = signed_in.post("/submit/", posted(writer=other.pk))
        assert page.status_code == 403
        assert "这些字是用另一个账号写的" in page.text
        assert WORDS in page.text
        assert not Article.objects.exists()

    @pytest.mark.parametrize("odd", ["\x00龑䶮", "\u202e" * 5000])
    @pytest.mark.parametrize("name", ["base", "over", "writer", "version", "action"])
    def test_odd_values_never_fail(self, signed_in, writer, name, odd):
        article = a_draft(writer)
        sent = posted(action="autosave", title="新的标题", base=base_of(article)) | {name: odd}
        assert signed_in.post(edit(article), sent).status_code in (200, 302, 403, 409)

    def test_two_thousand_fields_and_three_megabytes_are_refused_whole(self, signed_in):
        many = by_itself(**{f"x{number}": "1" for number in range(2000)})
        assert signed_in.post("/submit/", many).status_code == 400
        assert signed_in.post("/submit/", by_itself(body="字" * 1_100_000)).status_code == 400
        assert not Article.objects.exists()

    @pytest.mark.parametrize("action", ["autosave", "save", "hand_in"])
    def test_a_form_that_broke_off_on_its_way_stores_nothing(self, signed_in, writer, action):
        article = a_draft(writer)
        sent = posted(action=action, base=base_of(article), title="雨天")
        del sent["end"]
        response = signed_in.post(edit(article), sent)
        assert response.status_code == 422
        said = response.json() if action == "autosave" else response.text
        assert "传到一半断了，请再存一次。" in str(said)
        article.refresh_from_db()
        assert (article.title, article.status) == ("雨天的伞", Article.Status.DRAFT)

    def test_rare_characters_and_emoji_arrive(self, signed_in):
        signed_in.post("/submit/", by_itself(title="龑䶮𠮷😀", body="<p>𠮷野家😀</p>"))
        article = Article.objects.get()
        assert (article.title, article.body) == ("龑䶮𠮷😀", "<p>𠮷野家😀</p>")

    def test_asks_the_database_the_same_for_a_short_and_a_long_text(
        self, signed_in, full, django_assert_num_queries
    ):
        """Branch, call and picture cost nothing more."""
        article, sent = full
        for number, length in enumerate([1, 100]):
            changed = {
                "title": f"第 {number} 题",
                "body": sent["body"] + BODY * length,
                "base": base_of(article),
            }
            with django_assert_num_queries(14):
                assert signed_in.post(edit(article), sent | changed).status_code == 200

    def test_cleans_the_body_once(self, signed_in, full):
        article, sent = full
        changed = {"body": sent["body"] + BODY, "base": base_of(article)}
        with sanitized() as times:
            assert signed_in.post(edit(article), sent | changed).status_code == 200
        assert len(times) == 1

    @pytest.fixture
    def full(self, signed_in, writer) -> tuple[Article, dict]:
        """A draft with all that a form can hold, saved by itself before; and what is sent of it."""
        nanhu, call = Branch.objects.named("南湖支行"), a_call()
        body = (
            f'{BODY}<figure><img src="{a_picture(by=writer).get_absolute_url()}" alt=""></figure>'
        )
        article = a_draft(writer, call=call, body=body, bylines=(Byline("沈一鸣", nanhu),))
        sent = posted(
            action="autosave",
            section=article.section_id,
            call=call.pk,
            body=body,
            **{"authors-0-branch": nanhu.pk},
        )
        signed_in.post(edit(article), sent | {"title": "第一次", "base": base_of(article)})
        return article, sent


@contextmanager
def sanitized() -> Iterator[list[Any]]:
    """Each run of the sanitizer, as the interpreter sees it."""
    seen: list[Any] = []

    def watch(_frame: Any, event: str, called: Any) -> None:
        if event == "c_call" and called.__qualname__ == "Cleaner.clean":
            seen.append(called)

    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)


class TestVersions:
    def write(
        self, article: Article, title: str, *, automatic: bool = True, minutes: float = 0, by=None
    ):
        """Saves a title so many minutes after the version before it."""
        text = Text(**{**facts_of(Text.of(article)), "title": title})
        by = by or article.contributor
        saving.save(text, by=by, article=article, automatic=automatic)
        article.refresh_from_db()
        if minutes:
            article.history.exclude(pk=article.history.first().pk).update(
                history_date=timezone.now() - timedelta(minutes=minutes)
            )

    def test_an_afternoon_of_seconds_is_one_version(self, writer):
        article = a_draft(writer, title="初稿")
        for number in range(5):
            self.write(article, f"第{number}次")
        assert titles(article) == ["第4次", "初稿"]

    def test_after_ten_minutes_another_one_is_kept(self, writer):
        article = a_draft(writer, title="初稿")
        self.write(article, "十分钟后", minutes=10.1)
        self.write(article, "又一会儿")
        self.write(article, "再一会儿")
        assert titles(article) == ["再一会儿", "十分钟后", "初稿"]

    def test_before_ten_minutes_none_is(self, writer):
        article = a_draft(writer, title="初稿")
        self.write(article, "九分多钟后", minutes=9.9)
        self.write(article, "又一会儿")
        assert titles(article) == ["又一会儿", "初稿"]

    def test_what_was_saved_by_the_button_is_never_dropped(self, writer):
        article = a_draft(writer, title="初稿")
        self.write(article, "按了按钮", automatic=False)
        self.write(article, "自动")
        self.write(article, "自动又自动")
        assert titles(article) == ["自动又自动", "按了按钮", "初稿"]

    def test_anothers_version_is_never_dropped(self, writer):
        article, _ = changed_by_an_editor(writer)
        self.write(article, "自动")
        self.write(article, "自动又自动")
        assert titles(article)[:2] == ["自动又自动", "编辑改的标题"]

    def test_nor_is_one_that_anothers_page_saved_by_itself(self, writer):
        article = a_draft(writer, title="初稿")
        self.write(article, "别人自动的", by=a_user())
        self.write(article, "自动")
        self.write(article, "自动又自动")
        assert titles(article) == ["自动又自动", "别人自动的", "初稿"]

    def test_the_newest_version_is_always_the_present_text(self, signed_in, writer):
        article = a_draft(writer)
        for number in range(4):
            sent = posted(action="autosave", body=f"<p>第{number}次</p>", base=base_of(article))
            signed_in.post(edit(article), sent)
            article.refresh_from_db()
            newest = article.history.first()
            assert (newest.body, newest.history_user) == (article.body, writer)

    def test_a_text_put_back_from_the_browser_leaves_the_former_one(self, signed_in, writer):
        article = a_draft(writer, title="初稿")
        self.write(article, "自动")
        sent = posted(action="autosave", title="放回的", base=base_of(article), version="1")
        assert signed_in.post(edit(article), sent).status_code == 200
        assert titles(article) == ["放回的", "自动", "初稿"]

    def test_nothing_is_set_aside_where_the_text_is_locked(self, writer):
        article = handed_in(writer)
        before = article.history.count()
        text = Text(**{**facts_of(Text.of(article)), "title": "别的"})
        with pytest.raises(workflow.NotAllowed):
            saving.set_aside(text, by=writer, article=article)
        assert article.history.count() == before

    def test_saving_by_itself_fills_no_record(self, signed_in, writer):
        article = a_draft(writer)
        signed_in.post(edit(article), posted(action="autosave", base=base_of(article)))
        assert Record.objects.count() == 1


class TestComparing:
    def test_says_what_differs_part_by_part_and_stores_nothing(self, signed_in, writer):
        article = a_draft(writer)
        sent = posted(
            action="compare",
            note="",
            section=article.section_id,
            title="雨天的桥",
            body=f'{BODY}<img src="{a_picture(by=writer).get_absolute_url()}">',
        )
        shown = signed_in.post(edit(article), sent).json()["shown"]
        assert re.findall('class="what">([^<]+)', shown) == ["标题", "图片"]
        assert re.search("<del>.*伞.*</del><ins>.*桥.*</ins>", shown)
        article.refresh_from_db()
        assert article.title == "雨天的伞"

    def test_of_a_new_form_everything_is_new(self, signed_in):
        shown = signed_in.post("/submit/", posted(action="compare")).json()["shown"]
        assert "<ins>" in shown
        assert "<del>" not in shown.partition('<div class="difference">')[2]
        assert not Article.objects.exists()
