"""A small journal, and a server that knows no host yet."""

import pytest

from issues.reading import serving
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


@pytest.fixture(autouse=True)
def no_host_is_known() -> None:
    """What another test allowed is asked again."""
    serving._well_named.clear()
