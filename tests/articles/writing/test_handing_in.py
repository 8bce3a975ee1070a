"""Handing in: only a whole text, only by its writer, and once."""

import pytest

from articles.models import Article
from articles.reviewing import workflow
from articles.writing import handing_in, saving
from articles.writing.text import Text
from servicejournal.models import Record
from tests.articles.filling_in import handed_in, sent_back
from tests.articles.writing.test_saving import BODY, a_text
from tests.factories import a_section, a_user

pytestmark = pytest.mark.django_db


class TestWhatIsMissing:
    @pytest.mark.parametrize(
        ("facts", "lacking"),
        [
            ({}, set()),
            ({"title": ""}, {"title"}),
            ({"section": None}, {"section"}),
            ({"body": "<p>太短了</p>"}, {"body"}),
            ({"body": "<p>" + "字" * 49 + "</p>"}, {"body"}),
            ({"body": "<p>" + "字" * 50 + "</p>"}, set()),
            ({"title": "", "section": None, "body": ""}, {"title", "section", "body"}),
        ],
    )
    def test_is_named_field_by_field(self, facts, lacking):
        article = saving.save(a_text(**facts), by=a_user())
        assert set(handing_in.missing(article)) == lacking

    def test_an_author_is_needed(self):
        article = saving.save(
            Text(title="题", section=a_section(), body=BODY, note="", bylines=()), by=a_user()
        )
        assert set(handing_in.missing(article)) == {"authors"}


class TestHandingIn:
    def test_gives_a_receipt(self):
        writer = a_user()
        article = handed_in(writer)
        article.refresh_from_db()
        assert article.status == Article.Status.SUBMITTED
        assert article.receipt.endswith(f"-{article.pk:05d}")

    def test_the_second_click_changes_nothing(self):
        writer = a_user()
        article = handed_in(writer)
        again = handing_in.hand_in(article, by=writer, declared=True)
        assert (again.receipt, again.round) == (article.receipt, 1)
        assert Record.objects.filter(verb="投稿").count() == 1

    def test_half_a_text_is_not_handed_in(self):
        writer = a_user()
        article = saving.save(a_text(title="", section=None), by=writer)
        with pytest.raises(handing_in.Incomplete) as caught:
            handing_in.hand_in(article, by=writer, declared=True)
        assert set(caught.value.lacking) == {"title", "section"}
        article.refresh_from_db()
        assert article.status == Article.Status.DRAFT

    def test_nobody_hands_in_anothers_text(self):
        article = saving.save(a_text(), by=a_user())
        with pytest.raises(workflow.NotAllowed):
            handing_in.hand_in(article, by=a_user(), declared=True)

    def test_a_revised_text_keeps_its_number(self):
        writer = a_user()
        article = sent_back(writer, told=True)
        saving.save(a_text(title="雨天的三把伞"), by=writer, article=article)
        again = handing_in.hand_in(article, by=writer, declared=True)
        assert (again.receipt, again.round, again.title) == (article.receipt, 2, "雨天的三把伞")
