"""The pages of roles: given, asked for, agreed to; and who is told."""

import pytest

from articles import staffing
from articles.models import Notice
from servicejournal.models import RoleGrant, RoleRequest, User
from servicejournal.roles import EDITORIAL, Role
from tests.factories import a_user
from tests.pages import link, seen

pytestmark = pytest.mark.django_db
ACCOUNTS = "/admin/servicejournal/user/"


@pytest.fixture
def administrator(client) -> User:
    user = a_user(Role.ADMINISTRATOR, name="柳青")
    client.force_login(user)
    return user


@pytest.fixture
def chief() -> User:
    return a_user(Role.CHIEF_EDITOR, name="秦望")


@pytest.fixture
def user() -> User:
    return a_user(name="程砚")


def shown_seen(page) -> str:
    return page.text.partition('name="seen" value="')[2].partition('"')[0]


def send(client, user: User, **data):
    page = f"{ACCOUNTS}{user.pk}/roles/"
    return client.post(page, {"seen": shown_seen(client.get(page)), **data})


def told(user: User) -> list[str]:
    return list(Notice.objects.of(user).values_list("subject", flat=True))


class TestTheRolesOfAnAccount:
    def test_are_led_to_from_the_account(self, client, administrator, user, html_valid):
        account = client.get(f"{ACCOUNTS}{user.pk}/change/")
        page = client.get(link(account, "角色"))
        assert "还没有角色" in seen(page)
        html_valid(page.text)
        assert 'name="grants-' not in account.text

    def test_one_is_given_and_taken_back_by_who_says_why(self, client, administrator, user):
        assert send(client, user, role="editor", why="调来").status_code == 302
        page = client.get(f"{ACCOUNTS}{user.pk}/roles/")
        assert "由柳青授予" in seen(page)
        assert RoleGrant.objects.get(user=user).granted_by == administrator
        assert send(client, user, revoke="editor", why="调走").status_code == 302
        assert not RoleGrant.objects.filter(user=user).exists()

    def test_an_old_page_does_nothing_and_keeps_the_reason(self, client, administrator, user):
        old = shown_seen(client.get(f"{ACCOUNTS}{user.pk}/roles/"))
        send(client, user, role="auditor")
        data = {"seen": old, "role": "editor", "why": "调来编辑部"}
        answer = client.post(f"{ACCOUNTS}{user.pk}/roles/", data)
        assert answer.status_code == 409
        for words in ("有了变化", 'value="调来编辑部"', '<option value="editor" selected>'):
            assert words in answer.text
        assert {"auditor"} == User.objects.get(pk=user.pk).roles

    def test_ones_own_are_anothers_to_give(self, client, administrator):
        page = client.get(f"{ACCOUNTS}{administrator.pk}/roles/")
        assert "请另一位管理员授予" in seen(page)
        answer = send(client, administrator, role="editor")
        assert (answer.status_code, "不能给自己授予角色" in seen(answer)) == (422, True)

    @pytest.mark.parametrize(
        ("role", "status"), [(Role.AUDITOR, 200), (Role.EDITOR, 403), (Role.CHIEF_EDITOR, 403)]
    )
    def test_an_auditor_looks_and_others_do_not(self, client, user, role, status):
        client.force_login(a_user(role))
        page = client.get(f"{ACCOUNTS}{user.pk}/roles/")
        assert page.status_code == status
        if status == 200:
            assert "授予</button>" not in page.text
        assert send(client, user, role="editor").status_code in (403, 422)
        assert not RoleGrant.objects.filter(user=user).exists()

    def test_the_program_s_own_account_has_none(self, client, administrator):
        assert client.get(f"{ACCOUNTS}{User.objects.system().pk}/roles/").status_code == 404

    def test_a_page_says_what_to_do_where_nobody_could_be_the_second(
        self, client, administrator, user
    ):
        assert f"grant_role {user.username}" in client.get(f"{ACCOUNTS}{user.pk}/roles/").text
        a_user(Role.CHIEF_EDITOR, name="秦望")
        assert "能同意的：秦望" in seen(client.get(f"{ACCOUNTS}{user.pk}/roles/"))


class TestTheSecondPerson:
    @pytest.fixture
    def asked(self, client, administrator, chief, user) -> RoleRequest:
        send(client, user, role="administrator", why="第二位管理员，任命文件三号")
        return RoleRequest.objects.get()

    def test_is_told_and_finds_it_on_the_dashboard(self, client, asked, chief, user, html_valid):
        other = a_user(Role.ADMINISTRATOR)
        assert told(chief) == ["请您同意或不同意：程砚任管理员"]
        assert (told(user), told(asked.asked_by), told(other)) == ([], [], [])
        client.force_login(chief)
        board = client.get("/admin/")
        assert "柳青提出：第二位管理员，任命文件三号" in seen(board)
        page = client.get(link(board, "程砚：管理员"))
        html_valid(page.text)
        assert client.post(page.request["PATH_INFO"], {"confirm": "1"}).status_code == 302
        given = RoleGrant.objects.get(user=user)
        assert (given.granted_by, given.confirmed_by) == (asked.asked_by, chief)
        assert "角色等您同意" not in seen(client.get("/admin/"))
        client.force_login(asked.asked_by)
        assert "由柳青授予，秦望同意" in seen(client.get(f"{ACCOUNTS}{user.pk}/roles/"))

    def test_may_say_no(self, client, asked, chief, user):
        client.force_login(chief)
        page = f"{ACCOUNTS}roles/{asked.pk}/"
        client.post(page, {"refuse": "1", "why": "没有文件"})
        assert "不同意，秦望" in seen(client.get(page))
        assert not RoleGrant.objects.filter(user=user).exists()
        assert client.post(page, {"confirm": "1"}).status_code == 422

    def test_is_not_who_asked(self, client, asked, user):
        board = client.get("/admin/")
        assert "角色等您同意" not in seen(board)
        page = client.get(f"{ACCOUNTS}roles/{asked.pk}/")
        assert "这是您自己提出的" in seen(page)
        assert client.post(f"{ACCOUNTS}roles/{asked.pk}/", {"confirm": "1"}).status_code == 422
        assert "等第二个人同意" in seen(client.get(f"{ACCOUNTS}{user.pk}/roles/"))
        assert send(client, user, withdraw=asked.pk).status_code == 302
        assert RoleRequest.objects.get().answer == "withdrawn"

    @pytest.mark.parametrize("role", [Role.EDITOR, Role.SENIOR_EDITOR, Role.AUDITOR])
    def test_is_nobody_else(self, client, asked, role):
        client.force_login(a_user(role))
        assert client.get(f"{ACCOUNTS}roles/{asked.pk}/").status_code == 404
        assert "角色等您同意" not in seen(client.get("/admin/"))


class TestTwoHats:
    @pytest.mark.parametrize("role", sorted(EDITORIAL - {Role.CHIEF_EDITOR}))
    def test_the_chief_is_told_of_an_administrator_who_takes_up_editing(
        self, administrator, chief, role
    ):
        other = a_user(Role.ADMINISTRATOR, name="方正清")
        staffing.grant(other, role, by=administrator)
        assert told(chief) == ["管理员兼了编辑部的角色：方正清"]
        assert "授予的人：柳青。" in Notice.objects.get().words

    def test_and_of_an_editor_who_takes_up_the_accounts(self, administrator, chief):
        editor = a_user(Role.EDITOR, name="程砚")
        asked = staffing.grant(editor, Role.ADMINISTRATOR, by=administrator, why="任命")
        staffing.confirm(asked, by=chief)
        assert told(chief)[0] == "管理员兼了编辑部的角色：程砚"

    def test_and_of_nobody_with_one(self, administrator, chief, user):
        staffing.grant(user, Role.EDITOR, by=administrator)
        staffing.grant(a_user(Role.ADMINISTRATOR), Role.AUDITOR, by=administrator)
        assert told(chief) == []
