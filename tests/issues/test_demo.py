"""The demo: a journal that looks alive."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import TestCase

from articles.bodies import html, layout
from articles.models import Article, Branch, Picture, Section
from articles.reviewing import checking
from issues import contents
from issues.demo import fill, texts
from issues.demo.pictures import SCENES
from issues.making import preflight
from issues.models import Echo, FeeEntry, FeeSheet, Issue
from issues.statistics import payments, periods
from issues.statistics.report import Report
from servicejournal.models import Masthead, User
from servicejournal.roles import Role
from tests.factories import a_user, an_article
from tests.issues.statistics import by_hand

pytestmark = pytest.mark.django_db


class TestTheJournal(TestCase):
    """Filled once for all; a fixture of pytest cannot hold a database for longer than a test."""

    @classmethod
    def setUpTestData(cls):
        cls.accounts = fill.fill(lambda line: None, size=(120, 80))

    def test_it_fills_an_empty_database_and_a_second_run_changes_nothing(self):
        out_now = list(Issue.objects.published())
        assert len(out_now) >= 3
        assert Issue.objects.in_the_making().count() == 1
        assert set(Article.objects.values_list("status", flat=True)) == set(Article.Status.values)
        assert not Section.objects.exclude(articles__in=Article.objects.published()).exists()
        assert Article.objects.published().count() >= 28
        assert Picture.objects.count() >= 15

        everything = (Article.objects.count(), User.objects.count(), Picture.objects.count())
        out = StringIO()
        call_command("demo", stdout=out)
        assert "什么也没有改" in out.getvalue()
        assert everything == (
            Article.objects.count(),
            User.objects.count(),
            Picture.objects.count(),
        )

        for issue in out_now:
            assert self.client.get(issue.get_absolute_url()).status_code == 200
            assert not [found for found in preflight.check(issue) if found.blocks]

    def test_readers_have_read_and_written(self):
        assert [each.article.status for each in Echo.objects.waiting()] == ["accepted"]
        assert Echo.objects.shown().count() == 2
        assert "近来读得多" in self.client.get("/").text

    def test_every_figure_of_the_statistics_is_what_a_pencil_finds(self):
        year = max(Issue.objects.published().values_list("date__year", flat=True))
        for period in (periods.year(year), *(periods.quarter(year, each) for each in (2, 3, 4))):
            report = Report(period)
            by_hand.same(report)
            assert sum(each.hundredths for each in report.points) == by_hand.points_of(report)
            for table in report.all():
                for row in table.rows:
                    assert len(row.cells) == len(table.columns), table.slug

    def test_the_fees_are_those_of_the_rules_and_two_people_closed_all_but_the_last(self):
        sheets = list(FeeSheet.objects.order_by("issue__date"))
        assert [each.is_closed for each in sheets] == [True] * (len(sheets) - 1) + [False]
        for sheet in sheets:
            found = {}
            for fee in sheet.fees.all():
                found[fee.article_id] = found.get(fee.article_id, 0) + fee.fen
            assert found == by_hand.fees_of(sheet)
            paid = payments.of(sheet)
            assert paid.fen == sum(found.values())
            assert paid.net == sum(each.net for each in paid.people)
        assert FeeEntry.objects.get().fen == -500

    def test_every_role_has_an_account_whose_password_works(self):
        assert len({account.role for account in self.accounts}) == len(Role)
        for account in self.accounts:
            assert User.objects.get(username=account.username).check_password(account.password)

    def test_lost_passwords_are_made_anew(self):
        out = StringIO()
        call_command("demo", "--new-passwords", stdout=out)
        first = self.accounts[0]
        assert not User.objects.get(username=first.username).check_password(first.password)
        line = next(line for line in out.getvalue().splitlines() if first.username in line)
        assert User.objects.get(username=first.username).check_password(line.split()[2])

    def test_what_happened_lies_in_the_past_and_in_order(self):
        for article in Article.objects.exclude(submitted_at=None):
            moments = [review.decided_at for review in article.reviews.all()]
            assert article.submitted_at <= article.stage_since
            assert moments == sorted(moments)
            assert all(article.submitted_at <= moment <= article.stage_since for moment in moments)

    def test_versions_lie_in_the_past_too_and_name_who_wrote_and_who_decided(self):
        article = Article.objects.get(status=Article.Status.SECOND_REVIEW)
        newest, *_, first = article.history.all()
        assert (
            first.history_date < article.submitted_at <= newest.history_date <= article.stage_since
        )
        assert first.history_user == article.contributor
        assert newest.history_user == article.reviews.latest("decided_at").reviewer

    def test_the_desk_sees_what_the_proofreading_aid_is_for(self):
        article = Article.objects.get(title="停电的两个钟头")
        quotes = {finding.quote for finding in checking.check(article).open}
        assert {"13800138000", "帐户", "示范农商行", "大堂副理"} <= quotes

    def test_published_texts_are_of_real_length(self):
        lengths = [
            article.length
            for issue in Issue.objects.published()
            for article in contents.of(issue).articles
            if article.pictures.count() < layout.PICTURES_OF_A_STORY
        ]
        assert min(lengths) > 400
        assert sum(lengths) / len(lengths) > 1200


def test_a_database_in_use_is_left_alone():
    an_article(title="真正的稿件")
    with pytest.raises(fill.NotEmpty):
        fill.fill(lambda line: None)
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: a_user(Role.EDITOR), id="an account"),
        pytest.param(lambda: Branch.objects.once_named("某支行"), id="a branch"),
        pytest.param(lambda: Masthead.objects.update(compiled_by="某行"), id="a masthead"),
    ],
)
def test_a_journal_that_was_begun_is_left_alone(made):
    made()
    with pytest.raises(fill.NotEmpty):
        fill.fill(lambda line: None)


def test_the_account_of_createsuperuser_is_no_content():
    User.objects.create_superuser("root", name="管服务器的人")
    assert fill._is_new()


@pytest.mark.parametrize("folder", texts.issue_folders(), ids=lambda folder: folder.name)
def test_cover_lines_are_titles_and_texts_come_through_the_cleaner_unchanged(folder):
    facts, articles = texts.facts_of(folder), texts.articles_of(folder)
    assert set(facts["cover_lines"]) <= {article.title for article in articles}
    for article in articles:
        words = html.text(article.body.replace(texts.PICTURE_LINE, ""))
        assert html.text(html.clean(article.body)) == words
        assert {scene for scene, _ in article.pictures} <= set(SCENES)


@pytest.mark.parametrize(
    ("today", "newest", "printed"),
    [
        ("2026-11-28", (2026, 6, 66, "2026-12-18"), "2026-10-23"),
        ("2026-12-18", (2027, 1, 67, "2027-02-18"), "2026-12-18"),
        ("2026-12-20", (2027, 1, 67, "2027-02-18"), "2026-12-20"),
        ("2027-01-09", (2027, 1, 67, "2027-02-18"), "2026-12-23"),
        ("2029-02-28", (2029, 2, 80, "2029-04-18"), "2029-02-23"),
    ],
)
def test_on_whatever_day_one_issue_is_in_the_making_and_the_others_are_out(today, newest, printed):
    *out, (_, making) = texts.issues_as_of(date.fromisoformat(today))
    facts = making["year"], making["number"], making["running_number"], str(making["date"])
    assert facts == newest
    assert str(out[-1][1]["date"]) == printed
    days = [facts["date"] for _, facts in out]
    assert days == sorted(set(days))
    assert days[-1] <= date.fromisoformat(today)
