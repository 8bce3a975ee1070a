"""Accounts on the desk: who sees which, the marks of those not confirmed, lists that make them."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Author, Branch
from servicejournal.accounts import registration
from servicejournal.accounts.registration import Person
from servicejournal.models import User
from servicejournal.roles import STAFF, Role
from tests.factories import a_user, an_article
from tests.pages import link, seen
from tests.servicejournal.accounts.test_staff_lists import HEADINGS, an_xlsx

pytestmark = pytest.mark.django_db

ACCOUNTS = "/admin/servicejournal/user/"
LIST = f"{ACCOUNTS}list/"


@pytest.fixture
def editor(client) -> User:
    user = a_user(Role.EDITOR, name="程砚")
    client.force_login(user)
    return user


@pytest.fixture
def writer() -> User:
    person = Person(
        staff_number="204418",
        name="何晓棠",
        branch=Branch.objects.named("东岭支行"),
        mobile="13900000001",
    )
    return registration.register(person, password="counter-three-umbrella")


def page_of(user: User, what: str = "change") -> str:
    return f"{ACCOUNTS}{user.pk}/{what}/"


class TestWhoSeesWhich:
    def test_editors_see_contributors_and_change_none(self, client, editor, writer):
        page = client.get(ACCOUNTS)
        assert "何晓棠" in seen(page)
        account = client.get(page_of(writer))
        assert "13900000001" in seen(account)
        assert "hash" not in account.text.lower()
        assert client.post(page_of(writer), {"name": "改名"}).status_code == 403
        assert client.get(f"{ACCOUNTS}add/").status_code == 403
        assert client.get(page_of(writer, "password")).status_code == 403

    def test_accounts_of_the_office_are_not_there_for_editors(self, client, editor):
        others = [a_user(role, name=f"同事{role}") for role in STAFF]
        others += [a_user(is_superuser=True, name="运维"), User.objects.system()]
        page = client.get(ACCOUNTS)
        assert list(page.context["cl"].queryset) == []
        for other in others:
            assert client.get(page_of(other)).status_code == 302  # the admin's «not there»
            assert client.get(page_of(other, "confirm")).status_code == 404

    def test_administrators_and_auditors_see_all(self, client, editor, writer):
        for role in (Role.ADMINISTRATOR, Role.AUDITOR):
            client.force_login(a_user(role))
            assert editor in client.get(ACCOUNTS).context["cl"].queryset

    def test_an_administrator_does_not_change_a_superuser(self, client):
        root = a_user(is_superuser=True)
        client.force_login(a_user(Role.ADMINISTRATOR))
        assert client.post(page_of(root), {"email": "me@example.com"}).status_code == 403
        assert client.get(page_of(root, "password")).status_code == 403

    def test_an_account_that_an_administrator_makes_has_the_one_spelling(self, client):
        client.force_login(a_user(Role.ADMINISTRATOR))
        data = {"username": "Ｚhao７", "name": "赵青", "usable_password": "false"}
        data |= {"grants-TOTAL_FORMS": 0, "grants-INITIAL_FORMS": 0}
        assert client.post(f"{ACCOUNTS}add/", data).status_code == 302
        assert User.objects.get(name="赵青").username == "zhao7"
        again = client.post(f"{ACCOUNTS}add/", {**data, "username": "ZHAO7"})
        assert again.status_code == 200
        assert User.objects.filter(name="赵青").count() == 1

    def test_the_list_asks_the_same_for_few_and_for_many(
        self, client, editor, writer, django_assert_num_queries
    ):
        client.get(ACCOUNTS)
        with django_assert_num_queries(9):
            client.get(ACCOUNTS)
        for _ in range(3):
            a_user(Role.CONTRIBUTOR, branch=writer.branch)
        with django_assert_num_queries(9):
            client.get(ACCOUNTS)

    def test_those_who_wait_are_found_by_a_filter(self, client, editor, writer):
        a_user(name="老作者")
        page = client.get(f"{ACCOUNTS}?unconfirmed=yes")
        assert list(page.context["cl"].queryset) == [writer]


class TestTheMark:
    def test_stands_wherever_their_manuscripts_are_looked_at(self, client, editor, writer):
        article = an_article(contributor=writer, status=Article.Status.SUBMITTED)
        review = f"/admin/articles/article/{article.pk}/review/"
        assert "投稿人待核实" in seen(client.get("/admin/articles/article/"))
        assert link(client.get(review), "待核实") == page_of(writer, "confirm")
        registration.confirm(writer, by=editor)
        assert "待核实" not in seen(client.get("/admin/articles/article/"))
        assert "待核实" not in seen(client.get(review))

    def test_stands_on_the_dashboard_with_a_button(self, client, editor, writer, html_valid):
        page = client.get("/admin/")
        assert "待核实的账号" in seen(page)
        data = {"from": "dashboard"}
        answer = client.post(page_of(writer, "confirm"), data, follow=True)
        assert answer.redirect_chain == [("/admin/", 302)]
        assert "已核实何晓棠。" in seen(answer)
        assert "待核实的账号" not in seen(answer)
        assert link(answer, "看账号，或者撤回") == page_of(writer)

    def test_is_not_on_the_dashboard_of_an_auditor(self, client, writer):
        client.force_login(a_user(Role.AUDITOR))
        assert "待核实的账号" not in seen(client.get("/admin/"))


class TestConfirming:
    def test_shows_what_is_known_and_says_what_will_happen(
        self, client, editor, writer, html_valid
    ):
        page = client.get(page_of(writer, "confirm"))
        for words in ("204418", "东岭支行", "13900000001", "还没有同名的作者"):
            assert words in seen(page)
        html_valid(page.text)
        Author.objects.create(name="何晓棠", branch=writer.branch)
        page = client.get(page_of(writer, "confirm"))
        assert "东岭支行 何晓棠" in seen(page)
        html_valid(page.text)

    def test_fills_in_the_branch_that_was_in_no_list(self, client, editor):
        user = registration.register(
            Person(staff_number="204419", name="罗七", stated_branch="松山储蓄所"),
            password="counter-three-umbrella",
        )
        assert "松山储蓄所（本人写的，列表里没有）" in seen(client.get(page_of(user, "confirm")))
        panel = client.get("/admin/")
        assert link(panel, "选单位") == page_of(user, "confirm")
        branch = Branch.objects.named("松山支行")
        client.post(page_of(user, "confirm"), {"branch": branch.pk})
        user.refresh_from_db()
        assert (user.branch, user.is_unconfirmed) == (branch, False)

    def test_a_branch_that_is_none_is_said(self, client, editor, writer):
        answer = client.post(page_of(writer, "confirm"), {"branch": "x"})
        assert answer.status_code == 422
        assert "请从列表里选一个单位。" in seen(answer)

    def test_is_taken_back_with_a_click(self, client, editor, writer):
        client.post(page_of(writer, "confirm"))
        assert "由程砚核实" in seen(client.get(page_of(writer)))
        assert client.get(page_of(writer, "take-back")).status_code == 405
        answer = client.post(page_of(writer, "take-back"), follow=True)
        assert "何晓棠：核实已撤回" in seen(answer)
        writer.refresh_from_db()
        assert writer.is_unconfirmed

    def test_a_stranger_is_shut_out_with_a_click_and_let_in_again(self, client, editor, writer):
        stranger = type(client)()
        stranger.force_login(writer)
        answer = client.post(page_of(writer, "close"), follow=True)
        assert "账号已停用" in seen(answer)
        assert "生成设密码链接" not in seen(answer)
        assert stranger.get("/submissions/").status_code == 302
        assert "待核实的账号" not in seen(client.get("/admin/"))
        assert "已经停用" in seen(client.get(page_of(writer, "confirm")))
        client.post(page_of(writer, "reopen"))
        writer.refresh_from_db()
        assert (writer.is_active, writer.is_unconfirmed) == (True, True)

    def test_whom_somebody_confirmed_an_editor_does_not_shut_out(self, client, editor, writer):
        registration.confirm(writer, by=editor)
        assert "由管理员停用" in seen(client.post(page_of(writer, "close"), follow=True))
        writer.refresh_from_db()
        assert writer.is_active

    def test_is_for_accounts_that_registered_and_that_are_there(self, client, editor):
        for address in (page_of(a_user(), "confirm"), f"{ACCOUNTS}999999/confirm/"):
            assert client.get(address).status_code == 404
            assert client.post(address).status_code == 404

    def test_is_not_for_auditors_nor_for_writers(self, client, writer):
        client.force_login(a_user(Role.AUDITOR))
        assert client.post(page_of(writer, "confirm")).status_code == 403
        for what in ("take-back", "close", "reopen"):
            assert client.post(page_of(writer, what)).status_code == 403
        client.force_login(writer)
        assert client.post(page_of(writer, "confirm")).status_code == 302
        writer.refresh_from_db()
        assert writer.is_unconfirmed


class TestLists:
    def upload(self, client, *rows, name="名单.xlsx", data: bytes | None = None):
        content = an_xlsx(HEADINGS, *rows) if data is None else data
        return client.post(LIST, {"file": SimpleUploadedFile(name, content)})

    def carry_out(self, client, preview, **more):
        kept = {
            name: re.search(rf'name="{name}" value="([^"]*)"', preview.text)[1]
            for name in ("kept", "digest")
        }
        return client.post(f"{LIST}carry-out/", {**kept, **more}, follow=True)

    def test_are_shown_first_and_carried_out_with_one_click(self, client, editor, html_valid):
        Branch.objects.named("东岭支行")
        a_user(username="300100", name="老作者")
        preview = self.upload(
            client,
            ["龑䶮", "东岭支行", "300101"],
            ["另一位", "东岭支行", "300100"],
            ["罗七", "松山支行", "300102"],
            ["王五", "东岭支行", "无"],
        )
        for words in (
            "3 龑",
            "第 3 行",
            "已有的账号姓名是“老作者”",
            "新建“松山支行”",
            "第 5 行 王五",
        ):
            assert words.replace("3 龑", "龑䶮") in seen(preview)
        html_valid(preview.text)
        assert User.objects.filter(username="300101").exists() is False

        answer = self.carry_out(client, preview, branches=["松山支行"])
        assert "开通了 2 个账号。" in seen(answer)
        html_valid(answer.text)
        made = User.objects.filter(username__in=["300101", "300102"])
        assert {user.branch.name for user in made} == {"东岭支行", "松山支行"}
        accounts = re.search(r'name="accounts" value="([\d,]+)"', answer.text)[1]
        slips = client.post(f"{ACCOUNTS}slips/", {"accounts": accounts})
        assert slips.text.count("data:image/svg+xml") == 2

    def test_carried_out_twice_make_everything_once(self, client, editor):
        Branch.objects.named("东岭支行")
        preview = self.upload(client, ["龑䶮", "东岭支行", "300101"])
        first, second = self.carry_out(client, preview), self.carry_out(client, preview)
        assert first.redirect_chain == second.redirect_chain
        assert User.objects.filter(username="300101").count() == 1

    def test_are_shown_again_where_something_changed_since(self, client, editor):
        Branch.objects.named("东岭支行")
        preview = self.upload(
            client, ["龑䶮", "东岭支行", "300101"], ["沈一鸣", "东岭支行", "300102"]
        )
        a_user(username="300101")
        again = self.carry_out(client, preview)
        assert again.status_code == 409
        assert "请再看一遍" in seen(again)
        assert not User.objects.filter(username="300102").exists()
        assert "开通了 1 个账号。" in seen(self.carry_out(client, again))

    def test_of_nobody_new_offer_no_button(self, client, editor):
        a_user(username="300100")
        preview = self.upload(client, ["老作者", "东岭支行", "300100"])
        assert "这份名单上没有可以新开的账号。" in seen(preview)

    def test_with_no_branch_ticked_change_nothing(self, client, editor):
        preview = self.upload(client, ["罗七", "松山支行", "300102"])
        assert "什么也没有改" in seen(self.carry_out(client, preview))
        assert not Branch.objects.exists()

    @pytest.mark.parametrize("data", [b"", b"a,b,c", b"\xd0\xcf\x11\xe0", b"PK\x03\x04"])
    def test_that_are_none_are_refused_in_a_sentence(self, client, editor, data, html_valid):
        answer = self.upload(client, data=data, name="名单\u202e.xls")
        assert answer.status_code == 422
        html_valid(answer.text)

    def test_of_another_editor_or_made_up_are_not_carried_out(self, client, editor):
        Branch.objects.named("东岭支行")
        preview = self.upload(client, ["龑䶮", "东岭支行", "300101"])
        client.force_login(a_user(Role.EDITOR))
        assert "请重新传一次" in seen(self.carry_out(client, preview))
        for kept in ("", "x", "\x00", "a:b:c"):
            answer = client.post(f"{LIST}carry-out/", {"kept": kept}, follow=True)
            assert "请重新传一次" in seen(answer)
        assert not User.objects.filter(username="300101").exists()

    def test_pages_are_for_editors_and_administrators(self, client, html_valid):
        client.force_login(a_user(Role.ADMINISTRATOR))
        html_valid(client.get(LIST).text)
        client.force_login(a_user(Role.AUDITOR))
        unknown = f"{LIST}00000000-0000-0000-0000-000000000000/"
        for path in (LIST, f"{LIST}template/", unknown):
            assert client.get(path).status_code == 403
        assert client.post(f"{LIST}carry-out/").status_code == 403
        client.force_login(a_user(Role.EDITOR))
        assert client.get(unknown).status_code == 404
        assert client.get(f"{LIST}carry-out/").status_code == 405

    def test_begin_with_an_empty_one_to_download(self, client, editor):
        answer = client.get(f"{LIST}template/")
        assert 'filename="staff-list.xlsx"' in answer["Content-Disposition"]
        preview = self.upload(client, data=BytesIO(answer.content).getvalue())
        assert "这份名单上没有可以新开的账号。" in seen(preview)
