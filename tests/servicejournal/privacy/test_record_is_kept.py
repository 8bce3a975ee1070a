"""The record is kept for half a year at least: no sweep of ours comes near it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import reminders
from servicejournal import clock, record
from servicejournal.models import Record, Unchangeable
from servicejournal.privacy import holdings
from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_no_round_takes_a_row_of_the_record_however_old():
    user = a_user()
    with clock.set_to(timezone.now() - timedelta(days=holdings.RECORD_DAYS * 10)):
        row = record.write("登录", user, by=user)
    for _, go_round in reminders.ROUNDS:
        go_round()
    assert Record.objects.filter(pk=row.pk).exists()


def test_nor_can_any_other_code():
    user = a_user()
    record.write("登录", user, by=user)
    with pytest.raises(Unchangeable):
        Record.objects.all().delete()


def test_half_a_year_is_what_is_promised():
    assert holdings.RECORD_DAYS >= 183
