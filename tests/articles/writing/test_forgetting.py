"""What was not taken goes after its time; what was printed, decided and recorded stays."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Attachment, Explanation, Notice, Picture
from articles.reviewing import workflow
from articles.writing import attachments, forgetting
from servicejournal import clock, record
from servicejournal.checks import rejected_texts_are_kept_long_enough
from tests.articles.docx import docx, p
from tests.articles.filling_in import handed_in
from tests.factories import a_picture, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=800)


def rejected(*, ago: timedelta = LONG_AGO) -> Article:
    writer, editor = a_user(name="沈一鸣"), a_user("editor")
    with clock.set_to(timezone.now() - ago):
        article = handed_in(writer)
        workflow.receive(article, by=editor)
        workflow.decide(article, "reject", by=editor, opinion="题材不合。")
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(stage_since=timezone.now() - ago)
    file = attachments.keep(docx(p("一段字。")), "稿.docx", by=writer)
    Attachment.objects.filter(pk=file.pk).update(article=article)
    a_picture(article, by=writer)
    Explanation.objects.create(article=article, digest="0", reason="沈一鸣的手机", by=writer)
    return article


def test_its_text_its_files_and_who_wrote_it_go():
    article = rejected()
    assert forgetting.sweep() == 1
    left = Article.objects.get(pk=article.pk)
    assert (left.body, left.note, left.byline, left.length) == ("", "", "", 0)
    assert not left.history.exists()
    assert not left.explanations.exists()
    assert not Attachment.objects.exists()
    assert not Picture.objects.exists()
    assert not Notice.objects.filter(article=left).exists()


def test_its_title_its_number_the_opinions_and_the_record_stay():
    article = rejected()
    forgetting.sweep()
    left = Article.objects.get(pk=article.pk)
    assert (left.title, left.receipt) == (article.title, article.receipt)
    assert left.reviews.get().opinion == "题材不合。"
    row = record.of(left).get(verb="清理没有采用的稿件")
    assert row.actor == "系统"
    assert (row.what["originals"], row.what["pictures"]) == (1, 1)
    assert record.of(left).count() > 2


def test_once():
    rejected()
    assert [forgetting.sweep(), forgetting.sweep()] == [1, 0]


def test_not_before_its_time_and_not_where_the_rule_is_off(settings):
    article = rejected(ago=timedelta(days=700))
    assert forgetting.sweep() == 0
    settings.REJECTED_DAYS = 0
    Article.objects.filter(pk=article.pk).update(stage_since=timezone.now() - LONG_AGO)
    assert forgetting.sweep() == 0


@pytest.mark.parametrize("status", ["accepted", "held", "submitted", "draft"])
def test_nothing_that_is_not_over(status):
    article = an_article(status=status, stage_since=timezone.now() - LONG_AGO)
    forgetting.sweep()
    assert Article.objects.get(pk=article.pk).body == article.body


def test_nothing_that_was_ever_printed():
    article = an_article(issue=an_issue(published=True))
    Article.objects.filter(pk=article.pk).update(
        status="withdrawn", issue=None, position=None, stage_since=timezone.now() - LONG_AGO
    )
    forgetting.sweep()
    assert Article.objects.get(pk=article.pk).body == article.body


class TestTheCommand:
    def run(self, *options: str) -> str:
        out = StringIO()
        call_command("sweep_rejected", *options, stdout=out)
        return out.getvalue()

    def test_shows_first_and_removes_when_told_to(self):
        article = rejected()
        shown = self.run()
        assert article.receipt in shown
        assert "共 1 篇，来信 0 封。什么也没有删" in shown
        assert Article.objects.get(pk=article.pk).body
        assert "已经清理" in self.run("--delete")
        assert not Article.objects.get(pk=article.pk).body

    def test_keeps_half_a_year_at_least(self):
        with pytest.raises(CommandError, match="183"):
            self.run("--days=182", "--delete")


def test_a_rule_that_forgets_too_soon_is_a_wrong_setting(settings):
    assert rejected_texts_are_kept_long_enough(None) == []
    settings.REJECTED_DAYS = 30
    assert [each.id for each in rejected_texts_are_kept_long_enough(None)] == [
        "servicejournal.E004"
    ]
