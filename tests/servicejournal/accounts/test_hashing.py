"""Passwords are kept by Argon2id: dear to guess, bounded in memory; older hashes are replaced."""

import re
import threading

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password

from servicejournal.accounts import hashing
from tests.factories import a_user

PASSWORD = "雨天的伞-2026"


@pytest.fixture(autouse=True)
def _as_in_production(settings):
    settings.PASSWORD_HASHERS = [
        "servicejournal.accounts.hashing.Argon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]


def test_production_hashes_with_no_less_than_owasp_asks():
    kept = make_password(PASSWORD)
    told = re.match(r"argon2\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$", kept)
    assert int(told[1]) >= 46 * 1024
    assert int(told[2]) >= 1
    assert check_password(PASSWORD, kept)
    assert not check_password(PASSWORD + "x", kept)


def test_the_settings_name_it_first():
    """The suite has a cheap one, so the file is read."""
    from tests.environment import ROOT

    named = (ROOT / "servicejournal" / "settings.py").read_text().split("PASSWORD_HASHERS = [")[1]
    assert named.split('"')[1] == "servicejournal.accounts.hashing.Argon2"


@pytest.mark.django_db
def test_an_older_hash_is_replaced_when_its_owner_signs_in(client):
    user = a_user()
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "a" * 22, iterations=1000)
    user.save()
    answer = client.post("/accounts/login/", {"username": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$")
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("does", ["encode", "verify"])
def test_only_so_many_are_hashed_at_once(does):
    hasher = hashing.Argon2()
    hasher.memory_cost = 64  # done in a millisecond, where nobody makes it wait
    kept = hasher.encode(PASSWORD, "a" * 22)
    asks = (PASSWORD, "b" * 22) if does == "encode" else (PASSWORD, kept)
    done = threading.Event()
    one_more = threading.Thread(target=lambda: (getattr(hasher, does)(*asks), done.set()))
    for _ in range(hashing.AT_ONCE):
        hashing._hands.acquire()
    one_more.start()
    waited = not done.wait(1)
    hashing._hands.release(hashing.AT_ONCE)
    assert waited
    assert done.wait(20)
    one_more.join()
