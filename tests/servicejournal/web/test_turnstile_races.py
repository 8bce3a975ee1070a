"""Processes count together: of many who come at once, each is counted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from servicejournal.web import turnstile


@pytest.mark.django_db(transaction=True)
def test_who_comes_at_the_same_moment_is_counted_each():
    def count(_: int) -> int:
        try:
            return turnstile.count("race", "one")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as crowd:
        numbers = list(crowd.map(count, range(24)))
    assert sorted(numbers) == list(range(1, 25))
