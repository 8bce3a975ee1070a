"""Stretches of time: what an address calls so, and the ones to compare with."""

from datetime import date

import pytest

from issues.statistics import periods


@pytest.mark.parametrize(
    ("slug", "first", "last", "before", "year_before"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2025", "2025"),
        ("2026Q1", "2026-01-01", "2026-03-31", "2025Q4", "2025Q1"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12", "2025-01"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-01", "2027-02"),
        (
            "2026-01-05..2026-01-14",
            "2026-01-05",
            "2026-01-14",
            "2025-12-26..2026-01-04",
            "2025-01-05..2025-01-14",
        ),
        (
            "2028-02-29..2028-02-29",
            "2028-02-29",
            "2028-02-29",
            "2028-02-28..2028-02-28",
            "2027-02-28..2027-02-28",
        ),
    ],
)
def test_a_period_has_its_days_and_the_ones_to_compare_with(slug, first, last, before, year_before):
    period = periods.read(slug)
    assert (period.slug, str(period.start), str(period.last)) == (slug, first, last)
    assert periods.before(period).slug == before
    assert periods.year_before(period).slug == year_before


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026Q5", "2026-13", "1901", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01"],
)
def test_what_is_no_period_is_none(text):
    assert periods.read(text) is None


@pytest.mark.parametrize(
    ("first", "last", "slug"),
    [
        ("2026-03-02", "2026-04-01", "2026-03-02..2026-04-01"),
        ("2026-04-01", "2026-03-02", "2026-03-02..2026-04-01"),
        ("2026-03-02", "", "2026-03-02..2026-12-31"),
        ("", "2026-03-02", "2026-01-01..2026-03-02"),
    ],
)
def test_two_days_are_taken_as_they_were_meant(first, last, slug):
    assert periods.of_days(first, last).slug == slug


def test_the_months_of_a_period_are_those_that_it_touches():
    found = periods.months_of(periods.between(date(2025, 12, 31), date(2026, 2, 1)))
    assert [each.slug for each in found] == ["2025-12", "2026-01", "2026-02"]
