"""Processes count guesses together: of many at one moment no more are looked at than may be."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axes.models import AccessAttempt
from django.db import connection

from servicejournal.accounts import guessing
from servicejournal.settings import GUESSES_PER_ACCOUNT


@pytest.mark.parametrize("before", [0, 1], ids=["the first row", "a row that is there"])
@pytest.mark.django_db(transaction=True)
def test_guesses_of_one_moment_are_counted_each(before):
    for _ in range(before):
        guessing.count("zhao7", "203.0.113.9")

    def guess(_: int) -> bool:
        try:
            return guessing.count("zhao7", "203.0.113.9")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        looked_at = sum(crowd.map(guess, range(40)))
    assert before + looked_at == GUESSES_PER_ACCOUNT
    assert AccessAttempt.objects.get().failures_since_start == GUESSES_PER_ACCOUNT
