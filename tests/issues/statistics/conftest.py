"""An issue that is out, with rules of 稿酬 that hold, and its sheet."""

from datetime import date

import pytest

from issues.models import Edition, FeeRule, FeeSheet
from issues.statistics import fees
from servicejournal.roles import Role
from tests.factories import a_user, an_article, an_issue, printed_anew

DAY = date(2026, 6, 24)


@pytest.fixture
def chief():
    return a_user(Role.CHIEF_EDITOR, name="秦望")


@pytest.fixture
def administrator():
    return a_user(Role.ADMINISTRATOR, name="柳青")


@pytest.fixture
def issue():
    """Two articles, one of them by two people."""
    FeeRule.objects.create(since=date(2020, 1, 1), basis="piece", fen=10001, step_fen=1)
    issue = an_issue(published=True, year=2026, number=3, date=DAY)
    an_article(issue=issue, title="一盏灯", authors=[("南湖支行", "卢青")])
    an_article(
        issue=issue, title="两把椅子", authors=[("东岭支行", "高志远"), ("南湖支行", "方圆")]
    )
    printed_anew(issue)
    return issue


@pytest.fixture
def sheet(issue, chief) -> FeeSheet:
    return fees.reckon(Edition.objects.get(standing_for=issue), by=chief)
