"""Guesses of passwords: few from one place, the owner from elsewhere still in, and who lifts it."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.utils import timezone

from servicejournal import record
from servicejournal.accounts import guessing
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import Record, User
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
HOME, STRANGE, CAFE = "10.0.0.1", "203.0.113.9", "198.51.100.7"


def tries(client, name: str, typed: str = "wrong", *, address: str = STRANGE, times: int = 1):
    for _ in range(times):
        data = {"username": name, "password": typed}
        answer = client.post(LOGIN, data, REMOTE_ADDR=address)
    return answer


@pytest.fixture
def owner() -> User:
    return a_user(username="zhao7", name="赵七")


def test_ten_guesses_an_hour_from_one_place_then_not_even_the_right_one(client, owner, html_valid):
    answers = [tries(client, owner.username).status_code for _ in range(10)]
    assert answers == [200] * 9 + [429]
    shut = tries(client, owner.username, PASSWORD)
    assert shut.status_code == 429
    assert "请过 60 分钟再试" in seen(shut)
    assert 3500 < int(shut["Retry-After"]) <= 3600
    html_valid(shut.text)
    assert not client.get("/accounts/").context


def test_the_owner_from_elsewhere_still_gets_in(client, owner):
    tries(client, owner.username, times=12)
    assert tries(client, owner.username, PASSWORD, address=HOME).status_code == 302


def test_however_it_is_spelt_it_is_one_account(client, owner):
    for spelling in ("zhao7", "ZHAO7", "ｚｈａｏ７", " zhao7", "zha o7"):
        answer = tries(client, spelling, times=2)
    assert answer.status_code == 429


def test_a_name_that_nobody_has_is_shut_alike_and_kept_nowhere(client):
    answers = [tries(client, "my-password-1987").status_code for _ in range(11)]
    assert answers == [200] * 9 + [429] * 2
    assert "my-password" not in "".join(map(str, AccessAttempt.objects.values_list()))


def test_fifty_guesses_an_hour_from_one_address_over_all_accounts(client, settings):
    settings.GUESSES_PER_ADDRESS = 7
    names = [a_user().username for _ in range(7)]
    answers = [tries(client, name).status_code for name in names]
    assert answers == [200] * 5 + [429] * 2
    assert tries(client, names[0], PASSWORD).status_code == 429
    assert tries(client, names[0], PASSWORD, address=HOME).status_code == 302


def test_many_addresses_against_one_account_leave_it_to_those_that_its_owner_came_from(
    client, owner, settings
):
    tries(client, owner.username, PASSWORD, address=HOME)
    client.post("/accounts/logout/")
    settings.GUESSES_PER_ADDRESS = 6
    for number in range(6):
        tries(client, owner.username, address=f"203.0.113.{number}")
    assert tries(client, owner.username, PASSWORD, address=CAFE).status_code == 429
    assert tries(client, owner.username, PASSWORD, address=HOME).status_code == 302


def test_after_an_hour_it_is_open_again_and_knocking_does_not_prolong_it(client, owner):
    tries(client, owner.username, times=10)
    earlier = timezone.now() - timedelta(minutes=50)
    AccessAttempt.objects.update(attempt_time=earlier)
    answer = tries(client, owner.username, times=3)
    assert "请过 10 分钟再试" in seen(answer)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=61))
    assert tries(client, owner.username, PASSWORD).status_code == 302


def test_who_comes_in_begins_anew(client, owner):
    tries(client, owner.username, times=8)
    tries(client, owner.username, PASSWORD)
    client.post("/accounts/logout/")
    assert tries(client, owner.username, times=8).status_code == 200


def test_no_guess_is_looked_at_that_was_not_counted(owner):
    """As many at once: each takes its number before the password is looked at."""
    taken = [guessing.count(owner.username, STRANGE) for _ in range(12)]
    assert taken == [True] * 10 + [False] * 2


def test_the_record_says_when_it_was_shut_once(client, owner):
    tries(client, owner.username, times=13)
    verbs = [row.verb for row in record.of(owner).order_by("pk")]
    assert verbs.count("暂停登录") == 1
    assert [row.what["times"] for row in record.of(owner).filter(verb="登录失败")] == [
        10,
        5,
        3,
        2,
        1,
    ]


NEW = {"new_password1": "an-even-longer-phrase", "new_password2": "an-even-longer-phrase"}


def test_its_owner_gets_a_letter_and_one_a_day(client, owner, django_capture_on_commit_callbacks):
    User.objects.filter(pk=owner.pk).update(email="zhao@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        for address in (STRANGE, CAFE):
            tries(client, owner.username, address=address, times=11)
    worker_runs()
    [letter] = mail.outbox
    assert letter.to == ["zhao@example.com"]
    assert f"从 {STRANGE} 有人连续输错您账号的密码" in letter.body


def test_the_old_password_at_a_change_is_a_guess(client, owner):
    client.force_login(owner)
    answers = [
        client.post("/accounts/password/", {"old_password": f"guess-{n}", **NEW}).status_code
        for n in range(11)
    ]
    assert answers == [200] * 9 + [429] * 2
    right = client.post("/accounts/password/", {"old_password": PASSWORD, **NEW})
    assert right.status_code == 429
    assert User.objects.get(pk=owner.pk).check_password(PASSWORD)
    assert record.of(owner).filter(verb="登录失败").exists()


def test_the_desk_has_no_page_of_its_own_where_guesses_are_free(client):
    editor = a_user(Role.EDITOR)
    client.force_login(editor)
    new = dict.fromkeys(("new_password1", "new_password2"), "Three-Umbrellas-7")
    for typed in ("wrong", PASSWORD):
        answer = client.post("/admin/password_change/", {"old_password": typed, **new})
        assert answer["Location"] == "/accounts/password/"
    assert User.objects.get(pk=editor.pk).check_password(PASSWORD)


def test_the_password_at_another_mail_address_is_a_guess(client, owner):
    client.force_login(owner)
    data = {"name": "赵七", "mobile": "13900000001", "email": "new@example.com"}
    for guess in range(10):
        answer = client.post("/accounts/", {**data, "password": f"guess-{guess}"})
    assert answer.status_code == 429


def test_letters_to_one_mail_address_are_counted_whether_anybody_has_it(client):
    a_user(email="zhao@example.com")
    for email, here in (("zhao@example.com", HOME), ("nobody@example.com", CAFE)):
        data = {"email": email}
        answers = [client.post("/accounts/reset/", data, REMOTE_ADDR=here) for _ in range(11)]
        assert [answer.status_code for answer in answers] == [302] * 10 + [429]


class TestLifting:
    def test_opens_the_account_and_is_recorded(self, client, owner, html_valid):
        tries(client, owner.username, times=10)
        admin = a_user(Role.ADMINISTRATOR, name="柳青")
        client.force_login(admin)
        page = client.get(f"/admin/servicejournal/user/{owner.pk}/signing-in/")
        assert "试过 10 次" in seen(page)
        html_valid(page.text)
        done = client.post(page.request["PATH_INFO"], {"lift": "1"}, follow=True)
        assert "赵七现在可以登录" in seen(done)
        row = record.of(owner).first()
        assert (row.verb, row.actor) == ("解除登录限制", "柳青")
        client.logout()
        assert tries(client, owner.username, PASSWORD).status_code == 302

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.CHIEF_EDITOR, Role.AUDITOR])
    def test_is_an_administrators(self, client, owner, role):
        with pytest.raises(NotAllowed):
            guessing.lift(owner, by=a_user(role))
        client.force_login(a_user(role))
        path = f"/admin/servicejournal/user/{owner.pk}/signing-in/"
        assert client.post(path, {"lift": "1"}).status_code == 403

    def test_of_what_is_open_says_so_and_records_nothing(self, owner):
        assert guessing.lift(owner, by=a_user(Role.ADMINISTRATOR)) == 0
        assert not Record.objects.exists()
