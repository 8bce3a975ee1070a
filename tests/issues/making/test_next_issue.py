"""The number of a new issue: what follows, whatever is the state of the others."""

from datetime import date

import pytest

from issues.making import next_issue
from servicejournal.models import Masthead
from tests.factories import an_issue

pytestmark = pytest.mark.django_db


TODAY = date(2026, 11, 27)


def propose(kind: str = "regular") -> next_issue.Proposal:
    return next_issue.propose(kind, today=TODAY)


def proposed(kind: str = "regular") -> tuple[int | None, ...]:
    facts = propose(kind).facts
    return tuple(facts.get(name) for name in ("year", "number", "running_number"))


@pytest.mark.parametrize(
    ("there", "proposal"),
    [
        ([], (2026, 1, 1)),
        ([{"year": 2026, "number": 5, "running_number": 65}], (2026, 6, 66)),
        ([{"year": 2026, "number": 6, "running_number": 66}], (2027, 1, 67)),
        ([{"year": 2026, "number": 3, "last_number": 4, "running_number": 64}], (2026, 5, 65)),
        ([{"year": 2026, "number": 5, "last_number": 6, "running_number": 65}], (2027, 1, 66)),
        ([{"year": 2025, "number": 5, "running_number": 59}], (2025, 6, 60)),
        ([{"year": 2026, "number": 5}], (2026, 6, None)),
        # Never a year back where a later one exists.
        ([{"year": 2027, "number": 1, "running_number": 67},
          {"year": 2026, "number": 5, "running_number": 65}], (2027, 2, 68)),
        # 增刊 and 号外 count by themselves.
        ([{"year": 2026, "number": 5, "running_number": 65},
          {"year": 2026, "number": 6, "kind": "supplement", "after": 5}], (2026, 6, 66)),
        # An old volume that was imported says nothing of today.
        ([{"year": 2019, "number": 3, "running_number": 30}], (2026, 1, None)),
    ],
)  # fmt: skip
def test_it_follows_the_last_regular_issue(there, proposal):
    for facts in there:
        an_issue(**facts)
    assert proposed() == proposal


def test_one_that_is_out_counts_like_one_in_the_making():
    an_issue(year=2026, number=6, running_number=66, published=True)
    assert proposed() == (2027, 1, 67)


def test_a_monthly_has_twelve_a_year():
    Masthead.objects.update_or_create(pk=1, defaults={"issues_per_year": 12})
    an_issue(year=2026, number=6, running_number=66)
    assert proposed() == (2026, 7, 67)


def test_it_says_what_it_follows_from():
    an_issue(year=2026, number=5, last_number=6, running_number=66)
    assert propose().why == ("接着2026年第5–6期（总第66期）：一年 6 期，2026年已经排满。")


def test_where_none_follows_it_says_why():
    an_issue(year=2100, number=6)
    told = propose()
    assert (told.facts, told.why) == (
        {},
        "2100年第6期之后没有可用的年份了，请自己填写年份和期号。",
    )


class TestASupplement:
    def test_is_of_this_year_and_stands_behind_its_last_issue(self):
        an_issue(year=2026, number=5, last_number=6, date=date(2026, 11, 1))
        an_issue(year=2027, number=1)
        told = propose("supplement")
        assert told.facts == {"kind": "supplement", "year": 2026, "number": 1, "after": 6}
        assert "排在2026年第5–6期之后" in told.why

    def test_counts_on_by_itself_and_has_no_running_number(self):
        an_issue(year=2026, number=1, kind="extra", after=0)
        assert proposed("extra") == (2026, 2, None)
        assert proposed("supplement") == (2026, 1, None)

    def test_the_first_of_a_year_without_issues_stands_before_them(self):
        assert propose("extra").facts["after"] == 0
