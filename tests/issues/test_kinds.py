"""合刊, 增刊 and 号外: what the database refuses, and where each stands in the order."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from issues.models import Edition, Issue, PrintedArticle
from tests.factories import an_issue

pytestmark = pytest.mark.django_db

SUPPLEMENT = {"kind": "supplement", "after": 6}
EXTRA = {"kind": "extra", "after": 6}


def refused(**facts: object) -> None:
    """By the database itself, whoever writes."""
    with pytest.raises(IntegrityError), transaction.atomic():
        an_issue(year=2026, **facts)


class TestNumbers:
    @pytest.mark.parametrize(
        "there",
        [{"number": 7}, {"number": 8}, {"number": 8, "last_number": 9},
         {"number": 6, "last_number": 7}, {"number": 6, "last_number": 10}],
    )  # fmt: skip
    def test_no_two_issues_of_a_year_bear_one_number(self, there):
        an_issue(year=2026, **there)
        refused(number=7, last_number=8)

    def test_nor_by_changing_one_that_is_there(self):
        an_issue(year=2026, number=8)
        seventh = an_issue(year=2026, number=7)
        with pytest.raises(IntegrityError), transaction.atomic():
            Issue.objects.filter(pk=seventh.pk).update(last_number=8)

    def test_beside_it_there_is_room(self):
        an_issue(year=2026, number=7, last_number=8)
        for facts in ({"number": 6}, {"number": 9}, {"number": 7, **SUPPLEMENT}):
            an_issue(year=2026, **facts)
        an_issue(year=2027, number=8)
        assert Issue.objects.count() == 5

    def test_an_issue_may_be_saved_again(self):
        issue = an_issue(year=2026, number=7, last_number=8)
        issue.theme = "把雨挡在门外"
        issue.save()
        assert Issue.objects.get().theme == "把雨挡在门外"

    def test_a_supplement_is_there_once(self):
        an_issue(year=2026, number=1, **SUPPLEMENT)
        an_issue(year=2026, number=1, **EXTRA)
        refused(number=1, **SUPPLEMENT)

    def test_a_form_is_told_which_issue_has_the_number(self):
        an_issue(year=2026, number=8)
        joint = Issue(year=2026, number=7, last_number=8)
        with pytest.raises(ValidationError, match="期号已经有了：2026年第8期"):
            joint.full_clean()


@pytest.mark.parametrize(
    "facts",
    [
        {"number": 8, "last_number": 8},
        {"number": 8, "last_number": 7},
        {"number": 52, "last_number": 54},
        {"number": 1, "after": 3},
        {"number": 1, "kind": "supplement"},
        {"number": 1, "kind": "extra", "after": 54},
        {"number": 1, "last_number": 2, **SUPPLEMENT},
        {"number": 1, "kind": "special", "after": 1},
        {"number": 0, **EXTRA},
    ],
)
def test_a_kind_is_whole_or_absent(facts):
    refused(**facts)


class TestTheOrder:
    @pytest.fixture
    def year(self):
        rows = [
            {"number": 1, "kind": "extra", "after": 0},
            {"number": 5},
            {"number": 6},
            {"number": 2, "kind": "supplement", "after": 6, "date": date(2026, 6, 20)},
            {"number": 2, "kind": "extra", "after": 6, "date": date(2026, 6, 25)},
            {"number": 1, "kind": "supplement", "after": 6, "date": date(2026, 6, 30)},
            {"number": 7, "last_number": 8},
            {"number": 3, "kind": "supplement", "after": 8},
            {"number": 9},
        ]
        for at in (4, 0, 8, 2, 6, 1, 5, 3, 7):
            an_issue(
                published=True,
                articles=1,
                **{"year": 2026, "date": None, **rows[at]}
                | ({} if "date" in rows[at] else {"date": date(2026, 1, 1)}),
            )
        return ["号外1", "第5期", "第6期", "增刊2", "号外2", "增刊1", "第7–8期", "增刊3", "第9期"]

    def test_by_number_and_supplements_behind_the_one_they_follow(self, year):
        newest_first = [each.label.removeprefix("2026年") for each in Issue.objects.newest_first()]
        assert newest_first == year[::-1]
        assert list(Issue.objects.all()) == list(Issue.objects.newest_first())

    def test_editions_and_what_they_printed_stand_in_the_same_order(self, year):
        of_editions = [each.issue.label for each in Edition.objects.newest_first()]
        of_articles = [each.edition.issue.label for each in PrintedArticle.objects.newest_first()]
        assert of_editions == of_articles == [f"2026年{label}" for label in year[::-1]]

    def test_what_is_being_made_stands_the_oldest_first(self):
        for facts in ({"number": 2}, {"number": 1, **SUPPLEMENT, "after": 1}, {"number": 1}):
            an_issue(year=2026, **facts)
        found = [each.label for each in Issue.objects.in_the_making()]
        assert found == ["2026年第1期", "2026年增刊1", "2026年第2期"]


class TestThePlaceOfASupplement:
    @pytest.mark.parametrize(
        ("day", "after"), [(date(2026, 3, 1), 1), (date(2026, 1, 5), 0), (None, 4)]
    )
    def test_follows_from_its_date_where_nobody_says_it(self, day, after):
        an_issue(year=2026, number=1, date=date(2026, 2, 20))
        an_issue(year=2026, number=3, last_number=4, date=date(2026, 8, 20))
        extra = Issue(year=2026, kind="extra", number=1, date=day)
        extra.put_in_order()
        assert extra.after == after

    def test_is_where_somebody_put_it(self):
        an_issue(year=2026, number=1, date=date(2026, 2, 20))
        extra = Issue(year=2026, kind="extra", number=1, date=date(2026, 3, 1), after=0)
        extra.put_in_order()
        assert extra.after == 0
