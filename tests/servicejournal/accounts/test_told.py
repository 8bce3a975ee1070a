"""What the owner of an account is told by mail: what may not have been they."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from servicejournal import clock
from servicejournal.accounts import registration, second_factor
from servicejournal.models import Telephone, User
from tests.articles.post_office import worker_runs
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db

HOME, CAFE = "10.1.1.7", "203.0.113.9"
NEW = "an-even-longer-phrase"


@pytest.fixture
def owner() -> User:
    return a_user(name="赵七", email="zhao@example.com")


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """What stands in the letters that something leads to."""

    def letters(happens) -> list[str]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            happens()
        worker_runs()
        assert all(letter.to == ["zhao@example.com"] for letter in mail.outbox)
        return [f"{letter.subject}\n{letter.body}" for letter in mail.outbox]

    return letters


def sign_in(user: User, typed: str = PASSWORD, *, address: str = HOME) -> Client:
    """In a browser of its own, which is given back."""
    browser, data = Client(), {"username": user.username, "password": typed}
    browser.post("/accounts/login/", data, REMOTE_ADDR=address)
    return browser


def days_ago(days: int):
    return clock.set_to(timezone.now() - timedelta(days=days))


def test_signing_in_as_always_is_told_to_nobody(owner, told):
    assert told(lambda: sign_in(owner)) == []  # for the first time
    assert told(lambda: sign_in(owner)) == []


def test_from_where_one_never_was_is_told_once_a_day(owner, told):
    sign_in(owner)
    [letter] = told(lambda: sign_in(owner, address=CAFE))
    assert "有人登录了您的账号" in letter
    assert f"从 {CAFE}：您的账号登录了。90 天里没有从这个网络地址登录过。" in letter
    assert told(lambda: sign_in(owner, address="198.51.100.7")) == []


def test_an_address_of_long_ago_is_strange_again(owner, told):
    with days_ago(100):
        sign_in(owner, address=CAFE)
    with days_ago(10):
        sign_in(owner)
    assert "没有从这个网络地址登录过" in told(lambda: sign_in(owner, address=CAFE))[0]


def test_after_a_long_time_away_it_is_told(owner, told):
    with days_ago(91):
        sign_in(owner)
    [letter] = told(lambda: sign_in(owner))
    assert "这个账号 90 天没有登录过。" in letter


def test_after_three_wrong_passwords_it_is_told(owner, told):
    sign_in(owner)

    def slips(times: int) -> None:
        for _ in range(times):
            sign_in(owner, "wrong")
        sign_in(owner)

    assert told(lambda: slips(2)) == []
    [letter] = told(lambda: slips(1))
    assert "之前一小时里输错了 3 次。" in letter


def test_letters_of_signing_in_may_be_off_and_need_an_address(owner, told, settings):
    sign_in(owner)
    settings.SIGN_IN_LETTERS = False
    assert told(lambda: sign_in(owner, address=CAFE)) == []
    settings.SIGN_IN_LETTERS = True
    User.objects.update(email="")
    assert told(lambda: sign_in(owner, address=CAFE)) == []


def test_a_right_password_with_wrong_codes_is_told(owner, told):
    second_factor.begun(owner)
    Telephone.objects.update(confirmed=True)

    def tries() -> None:
        browser = sign_in(owner)
        for _ in range(3):
            browser.post("/accounts/login/code/", {"code": "000000"}, REMOTE_ADDR=HOME)
            Telephone.objects.update(throttling_failure_timestamp=None)

    [letter] = told(tries)
    assert "密码对了，动态口令一小时里输错了 3 次，没有通过。" in letter


def test_another_password_or_mail_address_is_told_where_one_was_before(client, owner, told):
    client.force_login(owner)
    change = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    [letter] = told(lambda: client.post("/accounts/password/", change))
    assert "您账号的密码改了。" in letter

    def moves() -> None:
        registration.correct(owner, by=owner, email="new@example.com")

    [letter] = told(moves)
    assert "您账号的邮箱换了。" in letter
