"""The secret of a telephone: sealed in the database, under a key that can be changed."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django_otp.plugins.otp_totp.models import TOTPDevice

from issues import reminders
from servicejournal.accounts import second_factor
from servicejournal.models import Telephone, User, telephone
from servicejournal.roles import Role
from servicejournal.standing import doctor
from tests.factories import a_user
from tests.pages import seen
from tests.servicejournal.accounts.test_second_factor import (
    CODE,
    is_in,
    password,
    shown_by_the_telephone,
    with_telephone,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "an old key " * 5, "a new key " * 5
step = import_module("servicejournal.migrations.0029_secrets_of_telephones_are_sealed")


@pytest.fixture
def chief(settings) -> User:
    settings.SECOND_FACTOR, settings.SECRET_KEY = "chiefs", OLD
    return a_user(Role.CHIEF_EDITOR, name="秦望")


def kept() -> str:
    return TOTPDevice.objects.get().key


def wait_no_longer() -> None:
    Telephone.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)


def test_who_reads_the_database_can_make_no_codes(chief):
    with_telephone(chief)
    secret = Telephone.objects.get().bin_key
    assert len(secret) == 20
    assert secret.hex() not in kept()
    assert len(kept()) <= TOTPDevice._meta.get_field("key").max_length
    with pytest.raises(telephone.Unreadable):
        telephone.opened(kept(), account=chief.pk + 1)  # moved to another account's row


def test_another_key_of_the_server_takes_over_while_the_old_one_is_named(client, chief, settings):
    [paper, other, *_] = with_telephone(chief)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    before = kept()
    password(client, chief)
    assert client.post(CODE, {"code": paper}).status_code == 302
    assert second_factor.seal_anew() == 1
    assert second_factor.seal_anew() == 0
    assert kept() != before
    assert second_factor.seal_anew in dict(reminders.ROUNDS).values()
    settings.SECRET_KEY_FALLBACKS = []
    client.logout()
    password(client, chief)
    assert client.post(CODE, {"code": other}).status_code == 422  # on paper from the old key
    second_factor.StaticDevice.objects.update(throttling_failure_timestamp=None)
    wait_no_longer()
    assert client.post(CODE, {"code": shown_by_the_telephone(chief)}).status_code == 302
    assert is_in(client)


def test_a_key_that_was_lost_is_said_to_its_owner_and_by_the_doctor(client, chief, settings):
    with_telephone(chief)
    code = shown_by_the_telephone(chief)
    assert "核对不了" not in "".join(each.problem for each in doctor.examine())
    settings.SECRET_KEY = NEW
    password(client, chief)
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert "请另一位管理员重置您的动态口令" in seen(answer)
    assert second_factor.seal_anew() == 0
    assert "有 1 部手机的动态口令核对不了" in "".join(each.problem for each in doctor.examine())


def test_begun_under_a_key_that_was_lost_begins_anew(chief, settings):
    first = second_factor.begun(chief).secret
    settings.SECRET_KEY = NEW
    assert second_factor.begun(chief).secret != first
    assert TOTPDevice.objects.count() == 1


def test_the_migration_seals_what_lay_open_and_lays_it_open_again(chief):
    plain = TOTPDevice.objects.create(user=chief, name="旧", confirmed=True)
    editor = SimpleNamespace(connection=connection)
    step.seal(apps, editor)
    step.seal(apps, editor)
    assert plain.key not in kept()
    assert Telephone.objects.get().bin_key.hex() == plain.key
    step.lay_open(apps, editor)
    assert kept() == plain.key
