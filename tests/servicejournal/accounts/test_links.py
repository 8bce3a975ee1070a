"""One-time links to set a password: by slip, by mail; void once used, too late, or for another."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from servicejournal import clock, record
from servicejournal.accounts import links, registration
from servicejournal.accounts.registration import NotAllowed, Person
from servicejournal.models import RoleGrant, User
from servicejournal.roles import STAFF, Role
from tests.articles.post_office import worker_runs
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

NEW = {"new_password1": "an-even-longer-phrase", "new_password2": "an-even-longer-phrase"}
RESET = "/accounts/reset/"


@pytest.fixture
def writer() -> User:
    person = Person(staff_number="300101", name="龑䶮", email="yan@example.com")
    return registration.enrol([person], by=a_user(Role.EDITOR), list_id="test")[0]


def a_link(user: User, by: User | None = None) -> str:
    maker = by or a_user(Role.EDITOR)
    return links.make([user], by=maker, absolute=lambda path: path)[0].url


def is_open(client, url: str) -> bool:
    return "设一个密码" in seen(client.get(url, follow=True))


class TestALink:
    def test_sets_the_password_signs_in_and_is_void_then(self, client, writer, html_valid):
        url = a_link(writer)
        page = client.get(url, follow=True)
        assert "龑䶮，您好。以后用 300101 和这个密码登录。" in seen(page)
        html_valid(page.text)
        form = page.redirect_chain[0][0]
        assert url.split("/")[-2] not in form  # no page, and no Referer, holds the token
        assert client.post(form, NEW)["Location"] == "/submissions/"
        assert client.get("/submissions/").status_code == 200
        assert User.objects.get(pk=writer.pk).check_password(NEW["new_password1"])
        verbs = [row.verb for row in record.of(writer)][:3]
        assert verbs == ["登录", "用链接设了密码", "生成设密码链接"]
        gone = client.get(url, follow=True)
        assert "这个链接不能用了" in seen(gone)
        html_valid(gone.text)

    def test_a_bad_password_is_said_and_the_link_stays(self, client, writer, html_valid):
        url = a_link(writer)
        form = client.get(url)["Location"]
        refused = client.post(form, {"new_password1": "300101", "new_password2": "300101"})
        assert "密码还没有设好" in seen(refused)
        html_valid(refused.text)
        assert is_open(client, url)

    def test_a_newer_one_makes_it_void(self, client, writer):
        url, newer = a_link(writer), a_link(writer)
        assert not is_open(client, url)
        assert is_open(client, newer)

    def test_signing_in_otherwise_makes_it_void(self, client, writer):
        writer.set_password(NEW["new_password1"])
        writer.save()
        url = a_link(writer)
        typed = {"username": writer.username, "password": NEW["new_password1"]}
        client.post("/accounts/login/", typed)
        client.logout()
        assert not is_open(client, url)

    def test_it_ends_after_seven_days(self, client, writer, settings):
        url = a_link(writer)
        assert settings.PASSWORD_RESET_TIMEOUT == 7 * 24 * 3600
        settings.PASSWORD_RESET_TIMEOUT = -1
        assert not is_open(client, url)

    def test_a_role_or_closing_the_account_makes_it_void(self, client, writer):
        """Or an editor could wait for a contributor to become an administrator."""
        url = a_link(writer)
        grant = RoleGrant.objects.create(user=writer, role=Role.ADMINISTRATOR)
        assert not is_open(client, url)
        grant.delete()
        assert is_open(client, url)
        User.objects.update(is_active=False)
        assert not is_open(client, url)

    def test_it_signs_out_whoever_had_the_account_before(self, client, writer, django_user_model):
        """Somebody registered with a colleague's staff number: the colleague gets the account."""
        user = registration.register(Person(staff_number="300102", name="何静"), password=PASSWORD)
        client.force_login(user)
        intruder, owner = client, type(client)()
        owner.post(owner.get(a_link(user))["Location"], NEW)
        assert intruder.get("/submissions/").status_code == 302

    @pytest.mark.parametrize(
        "address",
        ["MQ/x-y", "%00/a-b", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/a-b", "李/a", "MQ/set-password"],
    )
    def test_a_made_up_address_is_told_what_to_do(self, client, address):
        response = client.get(f"/accounts/set-password/{address}/")
        assert "这个链接不能用了" in seen(response)


class TestWhoMayMakeOne:
    def test_an_editor_for_contributors_alone(self, writer):
        editor = a_user(Role.EDITOR)
        assert links.refusal(writer, by=editor) == ""
        for role in STAFF:
            assert "请管理员" in links.refusal(a_user(Role.CONTRIBUTOR, role), by=editor)
        assert "系统管理员" in links.refusal(a_user(is_superuser=True), by=editor)
        assert "请管理员" in links.refusal(editor, by=editor)

    def test_an_administrator_for_all_but_superusers(self, writer):
        administrator, root = a_user(Role.ADMINISTRATOR), a_user(is_superuser=True)
        assert links.refusal(a_user(Role.CHIEF_EDITOR), by=administrator) == ""
        assert "系统管理员" in links.refusal(root, by=administrator)
        assert links.refusal(a_user(is_superuser=True), by=root) == ""

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUDITOR])
    def test_nobody_else(self, writer, role):
        with pytest.raises(NotAllowed):
            a_link(writer, by=a_user(role))

    def test_none_for_a_closed_account_nor_for_the_system(self):
        administrator = a_user(Role.ADMINISTRATOR)
        assert "停用" in links.refusal(a_user(is_active=False), by=administrator)
        assert "停用" in links.refusal(User.objects.system(), by=administrator)

    def test_one_refusal_refuses_all_and_records_none(self, writer):
        editor = a_user(Role.EDITOR)
        with pytest.raises(NotAllowed):
            links.make([writer, a_user(Role.EDITOR)], by=editor, absolute=str)
        assert not record.of(writer).filter(verb="生成设密码链接").exists()


class TestSlips:
    SLIPS = "/admin/servicejournal/user/slips/"

    def test_are_printed_for_chosen_accounts_and_kept_nowhere(self, client, writer, html_valid):
        client.force_login(a_user(Role.EDITOR))
        page = client.post(self.SLIPS, {"accounts": str(writer.pk)})
        url = re.search(r"https://journal.example.com/accounts/set-password/[^<\"]+", page.text)[0]
        for words in ("龑䶮", "300101", "只能用一次"):
            assert words in seen(page)
        until = timezone.localtime(timezone.now() + timedelta(days=7))
        assert f"{until.year}年{until.month}月{until.day}日" in seen(page)
        assert 'src="data:image/svg+xml' in page.text
        assert "no-store" in page["Cache-Control"]
        assert "unsafe-inline" not in page["Content-Security-Policy"]
        html_valid(page.text)
        assert is_open(type(client)(), url.removeprefix("https://journal.example.com"))
        assert all(url not in str(row.what) for row in record.of(writer))

    def test_are_an_action_of_the_list(self, client, writer):
        client.force_login(a_user(Role.EDITOR))
        data = {"action": "print_slips", "_selected_action": [writer.pk]}
        assert "300101" in seen(client.post("/admin/servicejournal/user/", data))

    def test_of_the_office_are_not_an_editors_to_print_by_any_address(self, client):
        chief = a_user(Role.CHIEF_EDITOR, username="zhubian")
        client.force_login(a_user(Role.EDITOR))
        answer = client.post(self.SLIPS, {"accounts": str(chief.pk)}, follow=True)
        assert "没有找到这些账号" in seen(answer)
        data = {"action": "print_slips", "_selected_action": [chief.pk]}
        answer = client.post("/admin/servicejournal/user/", data, follow=True)
        assert "set-password" not in answer.text
        assert not record.of(chief).exists()

    @pytest.mark.parametrize("accounts", ["", "x", "1,,\x00", "9" * 40, "²", "0", "-1"])
    def test_of_nobody_say_so(self, client, accounts):
        client.force_login(a_user(Role.EDITOR))
        answer = client.post(self.SLIPS, {"accounts": accounts}, follow=True)
        assert "没有找到这些账号" in seen(answer)

    def test_of_more_than_fit_are_asked_for_in_parts(self, client):
        client.force_login(a_user(Role.EDITOR))
        people = [a_user() for _ in range(links.MAX_SLIPS + 1)]
        keys = ",".join(str(user.pk) for user in people)
        answer = client.post(self.SLIPS, {"accounts": keys}, follow=True)
        assert "一次最多生成 100 张" in seen(answer)

    def test_as_many_as_fit_are_made(self, writer):
        editor = a_user(Role.EDITOR)
        assert len(links.make([writer] * 100, by=editor, absolute=str)) == 100
        with pytest.raises(NotAllowed, match="最多生成 100 张"):
            links.make([writer] * 101, by=editor, absolute=str)

    def test_are_made_by_a_click_and_not_by_a_link(self, client, writer):
        client.force_login(a_user(Role.EDITOR))
        assert client.get(self.SLIPS).status_code == 405
        client.force_login(a_user(Role.AUDITOR))
        assert client.post(self.SLIPS, {"accounts": str(writer.pk)}).status_code == 403
        client.force_login(writer)
        assert client.post(self.SLIPS, {"accounts": str(writer.pk)}).status_code == 302


class TestByMail:
    def test_a_link_comes_also_to_who_never_had_a_password(self, client, writer, html_valid):
        html_valid(client.get(RESET).text)
        answer = client.post(RESET, {"email": " YAN@example.com"}, follow=True)
        assert "请看邮箱" in seen(answer)
        html_valid(answer.text)
        worker_runs()
        letter = mail.outbox[0]
        assert (letter.to, letter.subject) == (["yan@example.com"], "服务文化专刊：重设密码")
        assert "300101" in letter.body
        assert not letter.alternatives
        assert is_open(client, re.search(r"https://journal.example.com(\S+)", letter.body)[1])

    def test_it_ends_after_a_day_and_a_slip_does_not(self, client, writer, settings):
        client.post(RESET, {"email": "yan@example.com"})
        worker_runs()
        mailed = re.search(r"https://journal.example.com(\S+)", mail.outbox[0].body)[1]
        slip = a_link(a_user())
        assert settings.MAILED_LINK_HOURS == 24
        assert is_open(type(client)(), mailed)
        settings.MAILED_LINK_HOURS = -1
        assert is_open(type(client)(), slip)
        assert not is_open(client, mailed)

    def test_a_stranger_is_told_the_same_and_gets_none(self, client):
        a_user(email="closed@example.com", is_active=False)
        for address in ("nobody@example.com", "closed@example.com"):
            assert client.post(RESET, {"email": address})["Location"] == "/accounts/reset/sent/"
        worker_runs()
        assert mail.outbox == []

    @pytest.mark.parametrize("address", ["", "x", "a\x00b@example.com", "é" * 300 + "@example.com"])
    def test_an_address_that_is_none_is_said(self, client, address, html_valid):
        answer = client.post(RESET, {"email": address})
        assert answer.status_code in (302, 422)
        assert mail.outbox == []

    def test_where_there_is_no_mail_the_office_can_help(self, client):
        assert "编辑可以给您一个链接" in seen(client.get(RESET))

    def test_a_dead_mail_server_gives_no_fault_and_no_hint(self, client, writer, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        answer = client.post(RESET, {"email": "yan@example.com"})
        assert answer["Location"] == "/accounts/reset/sent/"

    def test_nobody_is_flooded_with_mail(self, client, writer):
        for address in ["yan@example.com", "YAN@example.com", "Yan@Example.com"] * 2:
            answer = client.post(RESET, {"email": address})
            assert answer["Location"] == "/accounts/reset/sent/"
        worker_runs()
        assert len(mail.outbox) == 3
        a_user(email="another@example.com")
        for address in ("another@example.com", "yan@example.com"):
            client.post(RESET, {"email": address})
        worker_runs()
        assert [letter.to for letter in mail.outbox[3:]] == [["another@example.com"]]

    def test_an_hour_later_there_is_mail_again_however_often_it_was_asked_for(self, client, writer):
        for _ in range(5):
            client.post(RESET, {"email": "yan@example.com"})
        worker_runs()
        before = len(mail.outbox)
        assert before in (3, 4)  # a new hour of the clock may have begun by the last
        with clock.set_to(timezone.now() + timedelta(hours=1)):
            client.post(RESET, {"email": "yan@example.com"})
        worker_runs()
        assert len(mail.outbox) == before + 1

    def test_too_many_from_one_network_address_are_asked_to_wait(self, client):
        answers = [client.post(RESET, {"email": f"a{n}@example.com"}) for n in range(21)]
        assert [answer.status_code for answer in answers] == [302] * 20 + [429]
        assert "请过" in seen(answers[-1])
        assert int(answers[-1]["Retry-After"]) > 60
