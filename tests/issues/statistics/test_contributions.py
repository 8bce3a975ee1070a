"""Ranking with ties, shares that are the whole, and since when a manuscript waited. Pure."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from issues.statistics import contributions, durations, periods
from issues.statistics.facts import Course, Decided, Facts, Handed, Printed, Signature, seconds

YEAR = periods.year(2026)
FIRST, _ = seconds(YEAR)
DAY = 86_400


def test_equals_share_a_place_and_the_next_one_follows_behind_them():
    assert contributions.ranked([3, 5, 3, 1]) == [2, 1, 2, 4]
    assert contributions.ranked([]) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 5000), st.integers(0, 9)),
        min_size=1,
        max_size=20,
    )
)
def test_branches_together_are_all_and_authors_are_all_that_was_signed(articles):
    """Each article: how many signed it, its characters, its pictures."""
    told = Facts(YEAR)
    for key, (people, length, pictures) in enumerate(articles):
        told.printed.append(Printed(key, "", 1, "", length, pictures, date(2026, 5, 1), 1, key, 0))
        told.print_signed[key] = [Signature(each % 3, "支行", each, "") for each in range(people)]
        told.handed.append(Handed(key, 1, length, FIRST, "submitted", 0))
        told.signed[key] = told.print_signed[key]
    found = contributions.counted(told)
    for name in ("handed", "printed", "characters", "pictures"):
        whole = getattr(found.total, name)
        assert sum(getattr(each, name) for each in found.branches.values()) == whole
        assert sum(getattr(each, name) for each in found.sections.values()) == whole
    signed = [each for each in articles if each[0]]
    assert sum(each.printed for each in found.authors.values()) == 100 * len(signed)
    assert sum(found.heat.values()) == 100 * len(signed)


def a_decision(article: int, stage: str, decision: str, day: float, round_: int = 1) -> Decided:
    at = FIRST + int(day * DAY)
    return Decided(article, stage, decision, 1, "程砚", at, round_, None, FIRST)


def test_a_manuscript_waits_since_it_came_to_whoever_decided():
    """Handed in on day 0, sent back on day 3, handed in again on day 10, then stage by stage."""
    decided = [
        a_decision(1, "first", "return", 3),
        a_decision(1, "first", "pass", 12, 2),
        a_decision(1, "second", "pass", 13, 2),
        a_decision(1, "final", "pass", 17, 2),
        a_decision(2, "first", "reject", 5),
    ]
    course = Course(YEAR, decided, {1: [FIRST, FIRST + 10 * DAY]})
    assert [wait / DAY for _, wait in durations.waits(course)] == [3, 2, 1, 4, 5]


def test_what_was_decided_before_the_period_counts_as_the_beginning_alone():
    before = a_decision(1, "first", "pass", -2)
    course = Course(YEAR, [before, a_decision(1, "second", "pass", 3)], {})
    assert [wait / DAY for _, wait in durations.waits(course)] == [3]
