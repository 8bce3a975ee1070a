"""A draft that was changed elsewhere meanwhile: both texts are kept and shown."""

import pytest

from articles.models import Article
from articles.writing import saving
from articles.writing.text import Text
from tests.articles.filling_in import WORDS, a_draft, posted
from tests.articles.writing.saving_by_itself import (
    base_of,
    changed_by_an_editor,
    edit,
    facts_of,
    refused,
    titles,
)
from tests.factories import a_section

pytestmark = pytest.mark.django_db


class TestTwoTexts:
    @pytest.fixture
    def article(self, writer) -> Article:
        """Opened in two tabs; the other one has saved."""
        article = a_draft(writer)
        article.old_base = base_of(article)
        text = Text.of(article)
        saving.save(Text(**{**facts_of(text), "title": "那边的标题"}), by=writer, article=article)
        return article

    def test_by_itself_nothing_is_written_over(self, signed_in, article):
        sent = posted(action="autosave", title="这边的标题", base=article.old_base)
        assert refused(signed_in.post(edit(article), sent)) == (409, "overwritten")
        article.refresh_from_db()
        assert article.title == "那边的标题"

    def test_the_button_shows_both_and_keeps_what_was_typed(self, signed_in, article, html_valid):
        sent = posted(title="这边的标题", note="这边的话", base=article.old_base)
        response = signed_in.post(edit(article), sent)
        assert response.status_code == 409
        for words in ("这篇稿件在别处改过", "您在别的页面或设备上", "保存我这一份", "用那边的"):
            assert words in response.text
        assert 'value="这边的标题"' in response.text
        assert "这边的话" in response.text
        (_, title), *_ = response.context["difference"].heads
        assert [(each.op, each.words) for each in title.pieces] == [
            ("del", "那"),
            ("ins", "这"),
            ("same", "边的标题"),
        ]
        html_valid(response.text)
        article.refresh_from_db()
        assert article.title == "那边的标题"

    def test_mine_is_saved_and_the_other_stays_as_a_version(self, signed_in, article):
        sent = posted(title="这边的标题", base=article.old_base, over=base_of(article))
        assert signed_in.post(edit(article), sent)["Location"] == edit(article)
        article.refresh_from_db()
        assert article.title == "这边的标题"
        assert titles(article)[:2] == ["这边的标题", "那边的标题"]

    def test_theirs_is_kept_and_mine_stays_as_a_version(self, signed_in, article):
        sent = posted(action="theirs", title="这边的标题", base=article.old_base)
        response = signed_in.post(edit(article), sent, follow=True)
        assert "那边的标题" in response.text
        assert "您这一页写的也留着" in response.text
        article.refresh_from_db()
        assert article.title == "那边的标题"
        assert titles(article)[:2] == ["那边的标题", "这边的标题"]

    def test_a_third_text_meanwhile_is_not_written_over_either(self, signed_in, writer, article):
        seen = base_of(article)
        third = Text(**{**facts_of(Text.of(article)), "title": "第三个"})
        saving.save(third, by=writer, article=article)
        sent = posted(title="这边的标题", base=article.old_base, over=seen)
        assert signed_in.post(edit(article), sent).status_code == 409
        article.refresh_from_db()
        assert article.title == "第三个"

    def test_the_same_text_on_both_sides_is_no_quarrel(self, signed_in, writer):
        article = a_draft(writer)
        old = base_of(article)
        sent = posted(title="同一个标题", base=old)
        for _ in range(2):
            assert signed_in.post(edit(article), sent).status_code == 302
        assert Article.objects.get().title == "同一个标题"

    def test_an_editor_is_called_an_editor_and_not_by_name(self, signed_in, writer):
        article, old = changed_by_an_editor(writer)
        page = signed_in.post(edit(article), posted(title="我改的", base=old)).text
        assert "编辑于" in page
        assert "程砚" not in page

    @pytest.mark.parametrize(
        "changes",
        [
            {"note": "另一句话"},
            {"authors-0-name": "方圆"},
            {"section": "service-emotion"},
            {"body": f"<p>{WORDS}另一句。</p>"},
        ],
    )
    def test_every_part_of_the_form_counts(self, signed_in, writer, changes):
        article = a_draft(writer)
        old = base_of(article)
        if "section" in changes:
            changes = {"section": a_section(changes["section"]).pk}
        same = {"section": article.section_id, "note": ""}
        signed_in.post(edit(article), posted(**{**same, **changes}))
        assert base_of(article) != old
        response = signed_in.post(edit(article), posted(title="这边的标题", base=old))
        assert response.status_code == 409

    def test_a_new_form_whose_draft_was_changed_elsewhere_is_shown_both(self, signed_in, writer):
        sent = posted(base="")
        signed_in.post("/submit/", sent)
        article = Article.objects.get()
        signed_in.post(edit(article), posted(title="那边的标题", base=base_of(article)))
        response = signed_in.post("/submit/", sent | {"title": "这边的标题"})
        assert response.status_code == 409
        assert f'action="{edit(article)}"' in response.text
        assert Article.objects.get().title == "那边的标题"

    def test_a_form_with_faults_goes_on_from_the_same_text(self, signed_in, article):
        wrong = posted(title="题" * 121, base=article.old_base)
        page = signed_in.post(edit(article), wrong).text
        assert f'name="base" value="{article.old_base}"' in page

    def test_a_text_saved_but_not_handed_in_goes_on_from_itself(self, signed_in, writer):
        article = a_draft(writer)
        half = posted(action="hand_in", title="", base=base_of(article))
        page = signed_in.post(edit(article), half).text
        assert f'name="base" value="{base_of(article)}"' in page
