"""One server for all tests here; each has a folder of its own."""

from collections.abc import Iterator

import pytest

from tests.object_store import object_store


@pytest.fixture(scope="session")
def store_url() -> Iterator[str]:
    with object_store() as url:
        yield url
