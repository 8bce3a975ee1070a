"""Registering: writing starts at once, and an editor says later who somebody is."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import IntegrityError, transaction

from articles.models import Branch
from servicejournal import record
from servicejournal.accounts import registration
from servicejournal.accounts.registration import NotAllowed, Person
from servicejournal.models import User
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

REGISTER = "/accounts/register/"
SECRET = "counter-three-umbrella"


@pytest.fixture
def branch() -> Branch:
    return Branch.objects.named("东岭支行")


def typed(branch: Branch | None = None, /, **more: Any) -> dict[str, str]:
    """What a writer of 东岭支行 types."""
    return {
        "name": "龑䶮",
        "branch": str(branch.pk) if branch else "",
        "stated_branch": "",
        "staff_number": "204418",
        "mobile": "13900000001",
        "email": "",
        "password1": SECRET,
        "password2": SECRET,
        **more,
    }


class Counting(MD5PasswordHasher):
    """Cheap, and knows how often it was asked."""

    hashes = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.hashes += 1
        return super().encode(password, salt)


#: Of whoever registered before.
OWN = "umbrella-three-counter"


def somebody_registered(password: str = OWN, **facts) -> User:
    person = Person(**{"staff_number": "204418", "name": "何晓棠", **facts})
    return registration.register(person, password=password)


class TestRegistering:
    def test_signs_in_and_leads_to_the_form(self, client, branch):
        response = client.post(REGISTER, typed(branch), follow=True)
        assert response.redirect_chain == [("/submit/", 302)]
        assert "现在就可以写" in seen(response)
        user = User.objects.get(username="204418")
        assert (user.name, user.branch, user.mobile) == ("龑䶮", branch, "13900000001")
        assert user.is_unconfirmed
        assert [row.verb for row in record.of(user)] == ["登录", "注册账号"]
        assert "龑䶮（待核实）" in seen(response)

    def test_leads_back_to_where_it_was_asked_for_and_never_to_another_site(self, client, branch):
        asked = client.get("/submissions/")
        assert f'href="{REGISTER}?next=/submissions/"' in client.get(asked["Location"]).text
        page = client.get(f"{REGISTER}?next=/submissions/")
        assert 'name="next" value="/submissions/"' in page.text
        response = client.post(REGISTER, typed(branch, next="https://elsewhere.example/"))
        assert response["Location"] == "/submit/"

    def test_a_stranger_who_wants_to_write_is_shown_the_way(self, client):
        page = client.get("/submit/", follow=True)
        assert f'href="{REGISTER}?next=/submit/"' in page.text

    @pytest.mark.parametrize("number", ["２０４４１８", " 204 418 ", "2\u200b04418"])
    def test_a_staff_number_has_one_spelling(self, client, branch, number):
        client.post(REGISTER, typed(branch, staff_number=number))
        client.post("/accounts/logout/")
        response = client.post(
            "/accounts/login/", {"username": "２０４４１８ ", "password": SECRET}
        )
        assert response.status_code == 302
        assert User.objects.get().username == "204418"

    def test_small_and_capital_letters_are_one_staff_number(self, client, branch):
        client.post(REGISTER, typed(branch, staff_number="ZH00a1"))
        client.post("/accounts/logout/")
        response = client.post("/accounts/login/", {"username": "zh00A1", "password": SECRET})
        assert response.status_code == 302

    def test_a_branch_that_is_in_no_list_is_noted_and_not_made(self, client):
        client.post(REGISTER, typed(stated_branch="松山支行"))
        user = User.objects.get()
        assert (user.branch, user.stated_branch) == (None, "松山支行")
        assert not Branch.objects.exists()

    def test_a_branch_that_was_closed_is_not_offered(self, client, branch):
        Branch.objects.update(retired=True)
        assert "请从列表里选一个单位。" in seen(client.post(REGISTER, typed(branch)))

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "请写上您的姓名。"),
            ({"name": "123"}, "姓名里没有文字"),
            ({"name": "名" * 41}, "姓名有 41 个字，最多 40 个字"),
            ({"branch": ""}, "请选择您的单位"),
            ({"branch": "99999999999999999999"}, "请从列表里选一个单位。"),
            ({"branch": "\x00"}, "请先改下面标出的几处"),
            ({"staff_number": "system"}, "工号由数字和字母组成"),
            ({"staff_number": "工号1"}, "工号由数字和字母组成"),
            ({"staff_number": "1" * 33}, "工号由数字和字母组成"),
            ({"mobile": "12345"}, "手机号是 1 开头的 11 位数字"),
            ({"mobile": ""}, "手机和邮箱请至少填一样"),
            ({"email": "somebody"}, "邮箱地址不完整"),
            ({"password1": "short", "password2": "short"}, "至少 10 个字符"),
            ({"password1": "9081726354", "password2": "9081726354"}, "数字"),
            ({"password2": "another-phrase"}, "两次输入的密码不一样"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client, branch, wrong, sentence):
        response = client.post(REGISTER, typed(branch, **wrong))
        assert response.status_code == 422
        assert sentence in seen(response)
        kept = {**typed(branch), **wrong}
        for name in ("name", "staff_number", "mobile", "email"):
            assert response.context["form"][name].value() == kept[name]
        assert SECRET not in response.text
        assert not User.objects.exists()

    @pytest.mark.parametrize("mark", ["\x00", "\u202e", "\u200b", "\ufeff", "\x07", "\r\n"])
    def test_what_nobody_sees_is_left_out(self, client, branch, mark):
        odd = {name: f"{typed()[name]}{mark}" for name in ("name", "staff_number", "mobile")}
        assert client.post(REGISTER, typed(branch, **odd)).status_code == 302
        user = User.objects.get()
        assert (user.name, user.username, user.mobile) == ("龑䶮", "204418", "13900000001")

    def test_the_longest_name_and_staff_number_that_may_be_are_taken(self, client, branch):
        longest = {"name": "名" * 40, "staff_number": "1" * 32}
        assert client.post(REGISTER, typed(branch, **longest)).status_code == 302
        user = User.objects.get()
        assert (user.name, user.username) == (longest["name"], longest["staff_number"])

    def test_a_name_keeps_its_dot_and_its_rare_characters(self, client, branch):
        client.post(REGISTER, typed(branch, name="买买提·艾力\ufa0e𠮷"))
        assert User.objects.get().name == "买买提·艾力\ufa0e𠮷"

    def test_a_taken_number_looks_and_leads_as_a_free_one(self, client, branch):
        """Nobody learns here who has an account; the record and the editors do."""
        owner = somebody_registered(name="罗七", mobile="13711112222")
        told = []
        for number in ("204418", "204419"):
            client.post("/accounts/logout/")
            answer = client.post(REGISTER, typed(branch, staff_number=number), follow=True)
            profile = client.get("/accounts/")
            client.post("/accounts/logout/")
            again = {"username": number, "password": SECRET}
            wrong = client.post("/accounts/login/", {**again, "password": "not-theirs-either"})
            back = client.post("/accounts/login/", again)
            pages = [seen(page).replace(number, "…") for page in (answer, profile, wrong)]
            told.append((answer.redirect_chain, pages, back.status_code, back["Location"]))
        assert told[0] == told[1]
        beside = User.objects.get(username="204418+2")
        assert (beside.login_name, beside.is_unconfirmed) == ("204418", True)
        verbs = [row.verb for row in record.of(owner)]
        assert verbs[-3:] == ["工号又被注册", "登录失败", "注册账号"]
        assert User.objects.get(pk=owner.pk).check_password(OWN)

    def test_nor_does_its_data_its_full_name_or_the_tenth_sign_in_tell(self, client, branch):
        somebody_registered(name="罗七")
        told = []
        for number in ("204418", "204419"):
            client.post("/accounts/logout/")
            client.post(REGISTER, typed(branch, staff_number=number))
            data = client.post("/accounts/data/").json()["账号"]["工号或用户名"]
            client.post("/accounts/logout/")
            beside = {"username": f"{number}+2", "password": SECRET}
            full = client.post("/accounts/login/", beside).status_code
            right = {"username": number, "password": SECRET}
            often = []
            for _ in range(12):
                often.append(client.post("/accounts/login/", right).status_code)
                client.post("/accounts/logout/")
            told.append((data.replace(number, "…"), full, often))
        assert told == [("…", 200, [302] * 12)] * 2

    @pytest.mark.parametrize("times", [0, 1, 2])
    def test_a_wrong_password_costs_as_many_hashes(self, client, branch, settings, times):
        settings.PASSWORD_HASHERS = [f"{Counting.__module__}.{Counting.__name__}"]
        a_user(username="204418")
        told = []
        for number in ("204418", "204419"):
            for time in range(times):
                again = {"password1": f"{SECRET}-{time}", "password2": f"{SECRET}-{time}"}
                client.post(REGISTER, typed(branch, staff_number=number, **again))
                client.post("/accounts/logout/")
            before = Counting.hashes
            client.post("/accounts/login/", {"username": number, "password": "not-theirs-1"})
            told.append(Counting.hashes - before)
        assert told[0] == told[1] > 0

    def test_who_registers_beside_takes_back_no_guess_against_the_first(self, client, branch):
        somebody_registered()
        client.post(REGISTER, typed(branch))
        client.post("/accounts/logout/")
        answers = []
        for guess in range(12):
            wrong = {"username": "204418", "password": f"guess-{guess}-of-many"}
            answers.append(client.post("/accounts/login/", wrong).status_code)
            client.post("/accounts/login/", {"username": "204418", "password": SECRET})
            client.post("/accounts/logout/")
        assert answers[-1] == 429

    def test_who_registered_beside_changes_their_password(self, client, branch):
        somebody_registered()
        client.post(REGISTER, typed(branch))
        new = {"new_password1": "Three-Umbrellas-7", "new_password2": "Three-Umbrellas-7"}
        answer = client.post("/accounts/password/", {"old_password": SECRET, **new})
        assert answer.status_code == 302
        assert User.objects.get(username="204418+2").check_password("Three-Umbrellas-7")

    def test_the_editor_who_confirms_sees_both(self, client, branch):
        somebody_registered(name="罗七")
        client.post(REGISTER, typed(branch))
        beside = User.objects.get(username="204418+2")
        client.force_login(a_user(Role.EDITOR))
        page = client.get(f"/admin/servicejournal/user/{beside.pk}/confirm/")
        assert "这个工号不止一个账号：罗七（204418，" in seen(page)

    def test_the_owner_of_the_number_still_signs_in(self, client, branch):
        owner = somebody_registered()
        client.post(REGISTER, typed(branch))
        client.post("/accounts/logout/")
        client.post("/accounts/login/", {"username": "204418", "password": OWN})
        assert client.get("/accounts/").context["user"] == owner

    def test_the_form_is_no_place_to_guess_a_password(self, client, branch, settings):
        """Three an hour with one number, whether it has an account or not."""
        somebody_registered()
        for number in ("204418", "204419"):
            answers = []
            for guess in range(5):
                client.post("/accounts/logout/")
                tried = f"counter-guess-{guess}"
                data = typed(branch, staff_number=number, password1=tried, password2=tried)
                answers.append(client.post(REGISTER, data).status_code)
            assert answers == [302, 302, 302, 429, 429]

    def test_the_second_of_two_clicks_is_signed_in_and_makes_nothing(self, client, branch):
        somebody_registered(SECRET)
        response = client.post(REGISTER, typed(branch))
        assert response["Location"] == "/submit/"
        assert client.get("/accounts/").context["user"] == User.objects.get()

    def test_who_is_signed_in_is_led_on(self, client):
        client.force_login(a_user())
        assert client.get(REGISTER)["Location"] == "/submit/"

    def test_too_many_from_one_address_are_asked_to_wait(self, client, branch, settings):
        settings.REGISTRATIONS_PER_HOUR = 2
        for number in ("100001", "100002"):
            client.post(REGISTER, typed(branch, staff_number=number))
            client.post("/accounts/logout/")
        response = client.post(REGISTER, typed(branch, staff_number="100003"))
        assert response.status_code == 429
        assert re.search(r"请过 \d+ (分钟|秒)再来", seen(response))
        assert 0 < int(response["Retry-After"]) <= 3600
        assert 'value="100003"' in response.text
        assert User.objects.count() == 2
        elsewhere = client.post(
            REGISTER, typed(branch, staff_number="100003"), REMOTE_ADDR="10.0.0.9"
        )
        assert elsewhere.status_code == 302

    def test_neither_who_registers_nor_who_guesses_shuts_out_the_other(
        self, client, branch, settings
    ):
        """A whole bank comes from one address."""
        settings.REGISTRATIONS_PER_HOUR, settings.GUESSES_PER_ADDRESS = 100, 5
        for number in range(100001, 100009):
            data = typed(branch, staff_number=str(number))
            assert client.post(REGISTER, data).status_code == 302
            client.post("/accounts/logout/")
        right = {"username": "100001", "password": SECRET}
        assert client.post("/accounts/login/", right).status_code == 302
        client.post("/accounts/logout/")
        for name in ("somebody", "another", "a third", "a fourth"):
            shut = client.post("/accounts/login/", {"username": name, "password": "guess"})
        assert shut.status_code == 429
        assert client.post(REGISTER, typed(branch)).status_code == 302

    @pytest.mark.parametrize("has_an_account", [True, False])
    def test_the_sign_in_page_is_shut_no_sooner_where_a_number_was_taken(
        self, client, branch, settings, has_an_account
    ):
        settings.GUESSES_PER_ADDRESS = 5
        if has_an_account:
            somebody_registered()
        client.post(REGISTER, typed(branch))
        client.post("/accounts/logout/")
        answers = [
            client.post("/accounts/login/", {"username": name, "password": "guess"}).status_code
            for name in ("somebody", "another", "a third", "a fourth")
        ]
        assert answers == [200, 200, 200, 429]

    def test_registering_looks_at_few_passwords_an_hour_from_one_address(
        self, client, branch, settings
    ):
        """The owner's own password, of the sixth account, is not looked at any more."""
        settings.GUESSES_PER_ADDRESS = 5 * 5
        for number in range(100001, 100007):
            somebody_registered(SECRET if number == 100006 else OWN, staff_number=str(number))
            client.post(REGISTER, typed(branch, staff_number=str(number)))
            client.post("/accounts/logout/")
        assert User.objects.filter(username="100006+2").exists()

    def test_who_asked_for_a_mail_from_that_address_is_not_counted(self, client, branch, settings):
        settings.REGISTRATIONS_PER_HOUR = 1
        client.post("/accounts/reset/", {"email": "somebody@example.com"})
        assert client.post(REGISTER, typed(branch)).status_code == 302

    def test_behind_a_server_of_our_own_the_last_address_counts(self, client, branch, settings):
        """What stands before it anybody can claim."""
        settings.REGISTRATIONS_PER_HOUR = settings.PROXIES = 1
        answers = []
        for number, said in enumerate(
            ["1.1.1.1, 10.0.0.1", "2.2.2.2, 10.0.0.1", "1.1.1.1, 10.0.0.2"], start=100001
        ):
            data = typed(branch, staff_number=str(number))
            answers.append(client.post(REGISTER, data, headers={"X-Forwarded-For": said}))
            client.post("/accounts/logout/")
        assert [answer.status_code for answer in answers] == [302, 429, 302]

    def test_pages_are_valid_html(self, client, branch, html_valid):
        html_valid(client.get(f"{REGISTER}?next=/submit/").text)
        html_valid(client.post(REGISTER, typed(branch, name="", mobile="1")).text)
        assert client.put(REGISTER).status_code == 405


class TestConfirming:
    def test_says_who_and_when(self, branch):
        user, editor = somebody_registered(stated_branch="东岭"), a_user(Role.EDITOR)
        assert registration.confirm(user, by=editor, branch=branch)
        user.refresh_from_db()
        assert (user.is_unconfirmed, user.confirmed_by, user.branch) == (False, editor, branch)
        assert record.of(user).first().verb == "核实账号"

    def test_twice_changes_nothing(self):
        user, first = somebody_registered(), a_user(Role.EDITOR)
        registration.confirm(user, by=first)
        assert not registration.confirm(user, by=a_user(Role.EDITOR))
        user.refresh_from_db()
        assert user.confirmed_by == first

    def test_is_taken_back(self):
        user, editor = somebody_registered(), a_user(Role.EDITOR)
        registration.confirm(user, by=editor)
        assert registration.take_back(user, by=editor)
        user.refresh_from_db()
        assert (user.is_unconfirmed, user.confirmed_at, user.confirmed_by) == (True, None, None)
        assert not registration.take_back(user, by=editor)

    @pytest.mark.parametrize("role", Role)
    def test_is_for_editors_and_administrators(self, role):
        user, actor = somebody_registered(), a_user(role)
        if role in EDITORIAL | {Role.ADMINISTRATOR}:
            assert registration.confirm(user, by=actor)
        else:
            with pytest.raises(NotAllowed):
                registration.confirm(user, by=actor)

    @pytest.mark.parametrize("verb", ["take_back", "close", "reopen"])
    def test_so_is_each_step_back(self, verb):
        user, editor = somebody_registered(), a_user(Role.EDITOR)
        if verb == "take_back":
            registration.confirm(user, by=editor)
        if verb == "reopen":
            registration.close(user, by=editor)
        before = User.objects.filter(pk=user.pk).values().get()
        for role in set(Role) - EDITORIAL - {Role.ADMINISTRATOR}:
            with pytest.raises(NotAllowed, match="您的账号不能"):
                getattr(registration, verb)(user, by=a_user(role))
            assert User.objects.filter(pk=user.pk).values().get() == before
        assert getattr(registration, verb)(user, by=a_user(Role.ADMINISTRATOR))

    def test_so_are_accounts_by_a_list(self):
        person = Person(staff_number="204419", name="何静")
        for role in set(Role) - EDITORIAL - {Role.ADMINISTRATOR}:
            with pytest.raises(NotAllowed, match="您的账号不能"):
                registration.enrol([person], by=a_user(role), list_id="l")
        assert not User.objects.filter(username="204419").exists()
        assert registration.enrol([person], by=a_user(Role.ADMINISTRATOR), list_id="l")

    def test_is_never_ones_own(self):
        user = somebody_registered()
        user.grants.create(role=Role.EDITOR)
        with pytest.raises(NotAllowed, match="另一位"):
            registration.confirm(user, by=User.objects.get(pk=user.pk))

    def test_the_database_holds_user_names_apart_in_any_case(self):
        a_user(username="zh1")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.bulk_create([User(username="ZH1", name="另一个")])


class TestReadingAMembersJournal:
    @pytest.fixture(autouse=True)
    def _members(self, settings):
        settings.READER_ACCESS = "members"

    def test_is_not_for_who_was_not_confirmed_and_says_so(self, client, html_valid):
        client.force_login(somebody_registered())
        for path in ("/", "/issues/", "/sections/"):
            response = client.get(path)
            assert response.status_code == 403
            assert "编辑正在核实您的身份" in seen(response)
            assert response["X-Robots-Tag"] == "noindex, nofollow"
        html_valid(response.text)
        assert "往期" not in seen(response)

    def test_writing_is(self, client):
        client.force_login(somebody_registered())
        for path in ("/submit/", "/submissions/", "/accounts/"):
            assert client.get(path).status_code == 200

    def test_opens_with_the_confirmation_and_closes_with_its_end(self, client):
        user, editor = somebody_registered(), a_user(Role.EDITOR)
        client.force_login(user)
        registration.confirm(user, by=editor)
        assert client.get("/").status_code == 200
        registration.take_back(user, by=editor)
        assert client.get("/").status_code == 403

    def test_is_for_who_was_given_a_role_in_the_office(self, client):
        user = somebody_registered()
        user.grants.create(role=Role.ADMINISTRATOR)
        client.force_login(user)
        assert client.get("/").status_code == 200
