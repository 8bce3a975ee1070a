"""An issue that is made up and read, and who works on it."""

from datetime import date

import pytest
from django.db import connection

from issues.making import make_up
from issues.models import Issue
from servicejournal.roles import Role
from tests.factories import a_user, accepted, an_issue, proofread

#: Each kill begins with a copy of the database's file, which PostgreSQL has not.
collect_ignore = [] if connection.vendor == "sqlite" else ["test_killed.py"]


@pytest.fixture
def editor():
    return a_user(Role.EDITOR)


@pytest.fixture
def chief():
    return a_user(Role.CHIEF_EDITOR)


@pytest.fixture
def ready(editor) -> Issue:
    """An issue that could go out."""
    issue = an_issue(date=date(2026, 12, 18), running_number=66)
    make_up.place([accepted(title="一盏灯"), accepted(title="两把椅子")], issue, by=editor)
    proofread(issue)
    return issue
