"""Two who act on one request at the same moment, on an engine with more than one writer."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connections

from servicejournal import record
from servicejournal.accounts import granting
from servicejournal.models import RoleGrant, RoleRequest
from servicejournal.roles import Role
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each on a connection of its own; what each raised."""
    start, raised = threading.Barrier(len(acts)), [""] * len(acts)

    def run(at: int, act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Exception as error:
            raised[at] = type(error).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    return raised


@pytest.mark.parametrize("against", ["withdraw", "refuse", "confirm"])
def test_of_two_answers_one_stands_and_the_other_is_told(against):
    administrator, chief = a_user(Role.ADMINISTRATOR), a_user(Role.CHIEF_EDITOR)
    other = a_user(Role.ADMINISTRATOR)
    for _ in range(8):
        user = a_user()
        asked = granting.grant(user, Role.CHIEF_EDITOR, by=administrator, why="任命")
        by = administrator if against == "withdraw" else other
        raised = at_once(
            partial(granting.confirm, asked, by=chief),
            partial(getattr(granting, against), asked, by=by),
        )
        assert sorted(raised) == ["", "NotAllowed"]
        stands = RoleRequest.objects.get(pk=asked.pk).answer == "confirmed"
        assert RoleGrant.objects.filter(user=user).exists() == stands
        assert record.of(user).count() == 2


def test_of_two_who_give_the_same_role_one_is_told():
    one, other = a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)
    for role in (Role.EDITOR, Role.CHIEF_EDITOR):
        for _ in range(6):
            user = a_user()
            raised = at_once(
                *(partial(granting.grant, user, role, by=by, why="任命") for by in (one, other))
            )
            assert sorted(raised) == ["", "NotAllowed"]
            assert record.of(user).count() == 1


def test_of_two_administrators_who_take_each_others_role_one_stays():
    for _ in range(8):
        RoleGrant.objects.all().delete()
        one, other = a_user(Role.ADMINISTRATOR), a_user(Role.ADMINISTRATOR)
        raised = at_once(
            partial(granting.revoke, one, Role.ADMINISTRATOR, by=other),
            partial(granting.revoke, other, Role.ADMINISTRATOR, by=one),
        )
        assert sorted(raised) == ["", "NotAllowed"]
        assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
