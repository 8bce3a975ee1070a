"""An issue that is made up and read, and who works on it."""

import pytest

from issues.models import Issue
from servicejournal.models import User
from tests.issues.making.desks import Desk, made_up, put_out
from tests.prepared import laid_out


@pytest.fixture
def desk(request: pytest.FixtureRequest, db: None) -> Desk:
    return laid_out(put_out if "out" in request.fixturenames else made_up)


@pytest.fixture
def editor(desk: Desk) -> User:
    return desk.editor


@pytest.fixture
def chief(desk: Desk) -> User:
    return desk.chief


@pytest.fixture
def ready(desk: Desk) -> Issue:
    """An issue that could go out."""
    return desk.issue


@pytest.fixture
def out(desk: Desk) -> Issue:
    """It is out."""
    return desk.issue
