"""What is kept about people: told to everybody, given to whom it is about, let go."""

import json

import pytest
from django.test import override_settings

from articles.models import Article, Author, Notice
from servicejournal import record
from servicejournal.accounts import second_factor
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import Identity, Record, User, Visit
from servicejournal.privacy import leaving
from servicejournal.roles import Role
from tests.articles.filling_in import a_draft, handed_in, sent_back
from tests.factories import PASSWORD, a_user, an_article, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return a_user(Role.ADMINISTRATOR, name="柳青")


@pytest.fixture
def leaver():
    facts = {"name": "沈一鸣", "email": "shen@example.com", "mobile": "13800000000"}
    return a_user(Role.CONTRIBUTOR, username="204417", **facts)


def closed(user: User) -> User:
    user.is_active = False
    user.save()
    return user


class TestThePage:
    def test_says_to_everybody_what_is_kept_how_long_and_who_sees_it(self, client, html_valid):
        page = client.get("/privacy/")
        assert page.status_code == 200
        html_valid(page.text)
        for words in ("谁能看", "至少 183 天", "730 天后清理正文", "刊出的署名：单位和姓名"):
            assert words in seen(page)
        assert "现在登录着的浏览器" in seen(page)
        assert "下载我的资料" not in seen(page)

    def test_follows_the_rule_that_is_set(self, client):
        with override_settings(REJECTED_DAYS=0):
            assert "不自动清理" in seen(client.get("/privacy/"))

    def test_opens_beside_a_members_journal_for_who_is_to_sign_up(self, client):
        with override_settings(READER_ACCESS="members"):
            assert client.get("/privacy/").status_code == 200


class TestOnesOwnData:
    def test_is_a_file_with_what_they_may_see_and_its_taking_is_recorded(self, client, leaver):
        returned, told = sent_back(leaver), sent_back(leaver, told=True)
        record.write("登录", leaver, by=leaver)
        client.force_login(leaver)
        answer = client.post("/accounts/data/")
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "no-store" in answer["Cache-Control"]
        data = json.loads(answer.content)
        assert data["账号"]["手机"] == "13800000000"
        assert [each["事"] for each in data["登录"]] == ["登录"]
        by_number = {each["稿号"]: each for each in data["稿件"]}
        assert [each["意见"] for each in by_number[told.receipt]["意见"]] == ["请核对数字。"]
        assert by_number[returned.receipt]["意见"] == []  # may still be taken back
        assert "文笔一般" not in answer.text  # an internal note
        assert record.of(leaver).filter(verb="下载本人资料").count() == 1

    def test_names_where_they_are_signed_in_and_who_they_are_elsewhere(self, client, leaver):
        Identity.objects.create(user=leaver, issuer="https://bank.example", subject="shen.1")
        agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
        client.post(
            "/accounts/login/",
            {"username": leaver.username, "password": PASSWORD},
            REMOTE_ADDR="10.0.0.7",
            HTTP_USER_AGENT=agent,
        )
        data = client.post("/accounts/data/").json()
        [device] = data["现在登录着的"]
        assert (device["从哪里"], device["浏览器"]) == ("10.0.0.7", "Linux 电脑，Firefox 140")
        assert data["单点登录"][0]["那边的编号"] == "shen.1"

    def test_holds_nothing_of_others(self, client, leaver):
        handed_in(a_user(name="别人的名字"))
        client.force_login(leaver)
        data = client.post("/accounts/data/")
        assert "别人的名字" not in data.text
        assert json.loads(data.content)["稿件"] == []

    def test_is_for_who_is_signed_in_and_by_a_button(self, client, leaver):
        assert client.post("/accounts/data/").status_code == 302
        client.force_login(leaver)
        assert client.get("/accounts/data/").status_code == 405


class TestLeaving:
    def test_takes_away_what_is_about_them_alone(self, leaver, administrator):
        record.write("授予角色", leaver, by=administrator, role=Role.CONTRIBUTOR.label)
        draft, sent = a_draft(leaver), handed_in(leaver)
        leaving.erase(closed(leaver), by=administrator, why="已离任，本人要求")
        gone = User.objects.get(pk=leaver.pk)
        assert gone.username == f"left-{leaver.pk}"
        assert (gone.name, gone.email, gone.mobile) == ("离任人员", "", "")
        assert not gone.has_usable_password()
        assert not gone.grants.exists()
        assert not Notice.objects.filter(recipient=gone).exists()
        assert Article.objects.get(pk=draft.pk).body == ""
        assert Article.objects.get(pk=sent.pk).body == sent.body  # the desk's

    def test_takes_away_every_way_in_and_where_they_sat(self, client, leaver, administrator):
        leaver.set_password("Three-Umbrellas-7")
        leaver.save()
        client.force_login(leaver)
        Identity.objects.create(user=leaver, issuer="https://bank.example", subject="shen.1")
        second_factor.begun(leaver)
        leaving.erase(closed(leaver), by=administrator, why="已离任")
        assert not Visit.objects.filter(account_pk=leaver.pk).exists()
        for left in (leaver.identities, leaver.passwords, leaver.totpdevice_set):
            assert not left.exists()

    def test_keeps_bylines_and_the_record(self, leaver, administrator, client):
        article = an_article(
            issue=an_issue(published=True), contributor=leaver, authors=[("东岭支行", "沈一鸣")]
        )
        Author.objects.filter(name="沈一鸣").update(user=leaver)
        record.write("登录", leaver, by=leaver)
        leaving.erase(closed(leaver), by=administrator, why="已离任")
        page = client.get(f"/articles/{article.pk}/")
        assert "沈一鸣" in seen(page)
        assert Record.objects.filter(actor="沈一鸣", verb="登录").exists()
        row = record.of(leaver).get(verb="离任清理账号")
        assert (row.actor, row.why) == ("柳青", "已离任")

    def test_leaves_the_name_of_who_decided(self, administrator):
        editor = a_user(name="何静", email="he@example.com")
        record.write("授予角色", editor, by=administrator, role=Role.EDITOR.label)
        leaving.erase(closed(editor), by=administrator, why="已离任")
        gone = User.objects.get(pk=editor.pk)
        assert (gone.name, gone.email) == ("何静", "")

    @pytest.mark.parametrize("why", ["", "   "])
    def test_wants_a_reason(self, leaver, administrator, why):
        with pytest.raises(NotAllowed, match="理由"):
            leaving.erase(closed(leaver), by=administrator, why=why)

    def test_wants_a_closed_account_and_an_administrator_who_is_somebody_else(
        self, leaver, administrator
    ):
        for user, by, words in [
            (leaver, administrator, "先停用"),
            (closed(a_user()), a_user(Role.CHIEF_EDITOR), "管理员"),
            (administrator, administrator, "另一位管理员"),
        ]:
            with pytest.raises(NotAllowed, match=words):
                leaving.erase(user, by=by, why="已离任")
        assert User.objects.get(pk=leaver.pk).username == "204417"

    def test_happens_once(self, leaver, administrator):
        leaving.erase(closed(leaver), by=administrator, why="已离任")
        with pytest.raises(NotAllowed, match="清理过"):
            leaving.erase(User.objects.get(pk=leaver.pk), by=administrator, why="再来")

    def test_by_a_page_that_says_what_goes_and_keeps_the_reason_it_refused(
        self, client, leaver, administrator
    ):
        client.force_login(administrator)
        here = f"/admin/servicejournal/user/{leaver.pk}/leaving/"
        assert "请先停用，再清理" in seen(client.get(here))
        closed(leaver)
        page = client.get(here)
        assert "工号、手机、邮箱、密码" in seen(page)
        assert client.post(here, {"why": ""}).status_code == 422
        assert client.post(here, {"why": "已离任"}).status_code == 302
        assert User.objects.get(pk=leaver.pk).name == "离任人员"
        client.force_login(a_user(Role.CHIEF_EDITOR))
        assert client.get(here).status_code == 403
