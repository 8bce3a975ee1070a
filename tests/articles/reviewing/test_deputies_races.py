"""Two who appoint one person at the same moment, on an engine with more than one writer."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from articles.models import Deputy
from articles.reviewing import deputies
from servicejournal.roles import Role
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_appoint_one_person_at_once_the_second_is_told():
    chief, administrator = a_user(Role.CHIEF_EDITOR), a_user(Role.ADMINISTRATOR)
    today = timezone.localdate()
    for _ in range(8):
        editor, start, raised = a_user(Role.EDITOR), threading.Barrier(2), []

        def appoint(by, editor=editor, start=start, raised=raised):
            try:
                start.wait()
                days = {"starts": today, "ends": today + timedelta(days=6)}
                deputies.grant(editor, "final", **days, by=by, why="出差")
            except deputies.NotAllowed as refused:
                raised.append(str(refused))
            finally:
                connections.close_all()

        threads = [threading.Thread(target=appoint, args=[by]) for by in (chief, administrator)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(30)
        assert Deputy.objects.filter(user=editor).count() == 1
        assert ["已经指定过" in words for words in raised] == [True]
