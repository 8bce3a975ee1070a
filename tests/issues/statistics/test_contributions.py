"""Ranking with ties, shares that are the whole, and since when a manuscript waited."""

from datetime import date

import pytest

from issues.models import Issue
from issues.statistics import contributions, durations, periods
from issues.statistics.facts import Course, Step, moment, seconds
from issues.statistics.report import Report
from tests.factories import a_user, an_article, an_author, an_issue, printed_anew
from tests.issues.statistics import by_hand

YEAR = periods.year(2026)
FIRST, _ = seconds(YEAR)
DAY = 86_400


def test_equals_share_a_place_and_the_next_one_follows_behind_them():
    assert contributions.ranked([3, 5, 3, 1]) == [2, 1, 2, 4]
    assert contributions.ranked([]) == []


@pytest.mark.django_db
def test_branches_together_are_all_and_the_shares_of_each_piece_are_the_piece():
    """Handed in, decided and printed by none to seven people, of branches and of none."""
    issue = an_issue(published=True, year=2026, number=53, date=date(2026, 5, 1))
    for people in range(8):
        signed = [(f"支行{at % 3}" if at % 3 else "", f"作者{at}") for at in range(people)]
        article = an_article(
            issue=issue,
            title=f"{people} 人",
            body=f"<p>{'字' * (101 + 7 * people)}</p>",
            authors=signed,
            submitted_at=moment(date(2026, 3, people + 1)),
        )
        if people == 3:
            article.reviews.create(
                stage="first", decision="return", reviewer=a_user(), digest="a" * 64,
                opinion="改", decided_at=moment(date(2026, 3, 9)),
            )  # fmt: skip
    printed_anew(issue)
    report = Report(YEAR)
    by_hand.same(report)
    assert report.now.total.printed == report.now.total.handed == 800
    for name in ("handed", "returned", "printed", "characters", "pictures"):
        whole = getattr(report.now.total, name)
        assert sum(getattr(each, name) for each in report.now.branches.values()) == whole
        assert sum(getattr(each, name) for each in report.now.sections.values()) == whole
    assert sum(each.printed for each in report.now.authors.values()) == 700
    assert sum(report.now.heat.values()) == 700
    assert report.now.author_names[an_author("作者1", "支行1").pk] == "支行1 作者1"


@pytest.mark.django_db
def test_what_is_out_for_colleagues_alone_counts_for_who_wrote_it(issue):
    Issue.objects.filter(pk=issue.pk).update(
        access="members", closed_at=issue.published_at, closed_by=a_user(), closed_why="内部数字"
    )
    assert Report(YEAR).now.total.printed == Report(YEAR).out.total.printed == 200


def a_decision(article: int, stage: str, decision: str, day: float) -> Step:
    return Step(article, stage, decision, 1, FIRST + int(day * DAY), FIRST)


def test_a_manuscript_waits_since_it_came_to_whoever_decided():
    """Handed in on day 0, sent back on day 3, handed in again on day 10, then stage by stage."""
    decided = [
        a_decision(1, "first", "return", 3),
        a_decision(1, "first", "pass", 12),
        a_decision(1, "second", "pass", 13),
        a_decision(1, "final", "pass", 17),
        a_decision(2, "first", "reject", 5),
    ]
    course = Course(YEAR, decided, {1: [FIRST, FIRST + 10 * DAY]}, {1: "程砚"})
    assert [wait / DAY for _, wait in durations.waits(course)] == [3, 2, 1, 4, 5]


def test_what_was_decided_before_the_period_counts_as_the_beginning_alone():
    before = a_decision(1, "first", "pass", -2)
    course = Course(YEAR, [before, a_decision(1, "second", "pass", 3)], {}, {})
    assert [wait / DAY for _, wait in durations.waits(course)] == [3]
