"""Failed sign-ins: what was typed is forgotten, and a flood is counted."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from servicejournal import record
from servicejournal.accounts import failures
from servicejournal.models import Record, User
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
TYPED = "my-password-1987"


def fail(client, username: str, times: int = 1) -> None:
    for _ in range(times):
        client.post(LOGIN, {"username": username, "password": "wrong"})


def everything_stored() -> str:
    return "".join(str(row) for row in Record.objects.values_list())


@pytest.mark.parametrize("typed", [TYPED, f"{TYPED}\x00", "李雷" * 200, ""])
def test_what_is_typed_as_a_name_that_nobody_has_is_stored_nowhere(client, typed):
    fail(client, typed)
    row = Record.objects.get()
    assert (row.verb, row.subject, row.what) == (
        "登录失败",
        "系统",
        {"no_account": True, "times": 1},
    )
    assert TYPED not in everything_stored()


def test_the_name_of_an_account_is_kept_in_its_one_spelling(client):
    user = a_user(username="zhao7")
    fail(client, "ＺＨＡＯ７")
    row = record.of(user).get()
    assert (row.verb, row.what) == ("登录失败", {"name": "zhao7", "times": 1})


def test_a_flood_is_counted_and_not_written_row_by_row(client, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.GUESSES_PER_ACCOUNT = settings.GUESSES_PER_ADDRESS = 1000
    for typed in (a_user(username="zhao7").username, TYPED):
        before = Record.objects.count()
        fail(client, typed, times=60)
        told = Record.objects.order_by("pk")[before:]
        assert [row.what["times"] for row in told] == [1, 2, 3, 5, 10, 20, 50]


def test_who_comes_in_at_last_is_told_with_the_failures_before(client):
    user = a_user()
    fail(client, user.username, times=4)
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert record.of(user).first().what == {"failures_before": 4}


def test_a_flood_over_many_accounts_is_counted_too(monkeypatch):
    monkeypatch.setattr(failures, "NAMED", 4)
    for number in range(30):
        failures.failed(a_user(username=f"zhao{number}").username)
    rows = Record.objects.order_by("pk")
    assert [row.what["name"] for row in rows if "name" in row.what] == [
        f"zhao{number}" for number in range(4)
    ]
    assert [row.what["times"] for row in rows if row.what.get("many_accounts")] == [
        1,
        2,
        3,
        5,
        10,
        20,
    ]


def test_what_was_typed_before_the_rule_is_forgotten():
    forget = import_module("servicejournal.migrations.0014_what_was_typed_is_forgotten").forget
    system, user = User.objects.system(), a_user(username="zhao7")
    record.write("登录失败", system, by=system, name=TYPED)
    record.write("登录失败", user, by=system, name="zhao7")
    record.write("导出工作记录", system, by=system, query="q=1")
    forget(
        MigrationLoader(connection).project_state(("servicejournal", "0011_second_person")).apps,
        None,
    )
    assert [row.what for row in Record.objects.order_by("pk")] == [
        {"no_account": True},
        {"name": "zhao7"},
        {"query": "q=1"},
    ]
