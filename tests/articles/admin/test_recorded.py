"""Who may enter, as whom, under which name, and who took what away: each leaves a row."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Author, Branch, Section
from servicejournal import record
from servicejournal.models import Masthead, Record, User
from servicejournal.roles import Role
from tests.factories import PASSWORD, a_section, a_user, an_article, an_author, an_issue
from tests.servicejournal.accounts.test_staff_lists import HEADINGS, an_xlsx

pytestmark = pytest.mark.django_db
ACCOUNT = "/admin/servicejournal/user/{pk}/"


@pytest.fixture
def by(client) -> Callable[[str], User]:
    def sign_in(role: str) -> User:
        user = a_user(role, name="经手人")
        client.force_login(user)
        return user

    return sign_in


def rows() -> list[tuple[str, str, str]]:
    return [(row.actor, row.verb, row.subject) for row in Record.objects.order_by("pk")]


def account(user: User, **changed: str) -> dict[str, str]:
    """What the form of an account sends; `changed` as it is typed over."""
    facts = {"username": user.username, "name": user.name, "is_active": "on", "email": user.email}
    return {name: value for name, value in {**facts, **changed}.items() if value is not None}


class TestAccounts:
    @pytest.mark.parametrize(
        ("changed", "told"),
        [
            ({"email": "new@example.com"}, ["修改账号"]),
            ({"mobile": "13800000000"}, ["修改账号"]),
            ({"name": "何晓棠"}, ["修改账号"]),
            ({"username": "zhao8"}, ["修改账号"]),
            ({"is_active": None}, ["停用账号"]),
            ({}, []),
        ],
    )
    def test_what_an_administrator_changes(self, client, by, changed, told):
        by(Role.ADMINISTRATOR)
        user = a_user(email="old@example.com")
        answer = client.post(ACCOUNT.format(pk=user.pk) + "change/", account(user, **changed))
        assert answer.status_code == 302, answer.context["errors"]
        assert [(row.actor, row.verb) for row in record.of(user)] == [
            ("经手人", verb) for verb in told
        ]

    def test_says_what_it_was_and_what_it_is(self, client, by):
        by(Role.ADMINISTRATOR)
        user = a_user(email="old@example.com")
        form = account(user, email="new@example.com")
        client.post(ACCOUNT.format(pk=user.pk) + "change/", form)
        told = record.of(user).get().what
        assert list(told["before"].values()) == ["old@example.com"]
        assert list(told["after"].values()) == ["new@example.com"]

    def test_one_is_opened_again(self, client, by):
        by(Role.ADMINISTRATOR)
        user = a_user(is_active=False)
        client.post(ACCOUNT.format(pk=user.pk) + "change/", account(user))
        assert [row.verb for row in record.of(user)] == ["启用账号"]

    def test_one_is_made(self, client, by):
        by(Role.ADMINISTRATOR)
        data = {"username": "zhao7", "name": "赵青", "usable_password": "false"}
        assert client.post("/admin/servicejournal/user/add/", data).status_code == 302
        assert rows() == [("经手人", "建立账号", "赵青")]

    def test_a_password_set_for_somebody_and_none_stored(self, client, by):
        by(Role.ADMINISTRATOR)
        user, page = a_user(name="何静"), ACCOUNT.format(pk="{}") + "password/"
        wrong = {"password1": "short", "password2": "short", "usable_password": "true"}
        client.post(page.format(user.pk), wrong)
        assert rows() == []
        new = dict.fromkeys(("password1", "password2"), "another-long-phrase")
        client.post(page.format(user.pk), {**new, "usable_password": "true"})
        client.post(page.format(user.pk), {"usable_password": "false", "unset-password": "1"})
        assert rows() == [("经手人", "设密码", "何静"), ("经手人", "停用密码", "何静")]
        assert "another-long-phrase" not in str(list(Record.objects.values()))

    def test_ones_own_password(self, client):
        user = a_user(name="何静")
        client.force_login(user)
        new = dict.fromkeys(("new_password1", "new_password2"), "another-long-phrase")
        client.post("/accounts/password/", {"old_password": PASSWORD, **new})
        assert rows() == [("何静", "修改密码", "何静")]

    def test_an_author_is_tied_to_an_account_and_freed(self, client, by):
        by(Role.EDITOR)
        author, user = an_author("何静"), a_user(name="何静")
        page = f"/admin/articles/author/{author.pk}/change/"
        for chosen in (user.pk, user.pk, ""):
            answer = client.post(page, {"namesake": "", "branch": "", "user": chosen})
            assert answer.status_code == 302
        told = [(row.verb, row.what["account"]) for row in record.of(author).order_by("pk")]
        assert told == [("选定作者的账号", user.pk), ("解除作者与账号", user.pk)]


class TestNamesAndSettings:
    def test_a_name_that_was_pasted_brings_no_mark_that_breaks_feeds_and_archives(self, client, by):
        by(Role.CHIEF_EDITOR)
        new = {"name": "窗口\x0b内外\ufffe", "slug": "windows", "order": 9, "is_active": "on"}
        client.post("/admin/articles/section/add/", new)
        assert Section.objects.get(slug="windows").name == "窗口 内外"

    def test_a_section_is_renamed_changed_made_and_deleted(self, client, by):
        by(Role.EDITOR)
        section = a_section()
        page = f"/admin/articles/section/{section.pk}/change/"
        facts = {
            field.name: getattr(section, field.name)
            for field in section._meta.concrete_fields
            if field.name not in ("id", "slug") and getattr(section, field.name)
        }
        client.post(page, facts)
        client.post(page, {**facts, "name": "服务论坛"})
        client.post(page, {**facts, "name": "服务论坛", "retired": "on"})
        new = {"name": "新栏目", "slug": "new", "order": 99}
        client.post("/admin/articles/section/add/", new)
        made = Section.objects.get(slug="new")
        client.post(f"/admin/articles/section/{made.pk}/delete/", {"post": "yes"})
        assert [verb for _, verb, _ in rows()] == ["栏目改名", "修改栏目", "新建栏目", "删除栏目"]
        first = Record.objects.order_by("pk")[0]
        assert first.what == {"before": {"栏目名": "服务管理"}, "after": {"栏目名": "服务论坛"}}

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR])
    def test_the_masthead_is_renamed_and_a_fact_of_it_is_set(self, client, by, role):
        by(role)
        masthead = Masthead.objects.get()
        facts = {"name": masthead.name, "name_en": masthead.name_en, "slogan": masthead.slogan}
        facts |= {"issues_per_year": 6}
        page = "/admin/servicejournal/masthead/1/change/"
        client.post(page, {**facts, "name": "服务文化"})
        client.post(page, {**facts, "name": "服务文化", "telephone": "0431-80"})
        told = [(row.verb, row.what["after"]) for row in Record.objects.order_by("pk")]
        assert told == [
            ("刊头改名", {"刊名": "服务文化"}),
            ("修改刊头", {"电话": "0431-80"}),
        ]

    def test_a_branch_and_an_author_are_renamed_made_and_deleted(self, client, by):
        by(Role.EDITOR)
        for kind, name, facts in (
            ("branch", "新支行", {"slug": "xin"}),
            ("author", "新作者", {"namesake": "", "branch": ""}),
        ):
            client.post(f"/admin/articles/{kind}/add/", {"name": name, **facts})
        branch, author = Branch.objects.get(), Author.objects.get()
        for kind, row in (("branch", branch), ("author", author)):
            page = f"/admin/articles/{kind}/{row.pk}/"
            shown = client.get(f"{page}rename/").text.partition('name="seen" value="')[2]
            data = {"name": f"{row.name}甲", "why": "更名", "seen": shown.partition('"')[0]}
            client.post(f"{page}rename/", data)
        unused = an_author("没有署过名", "没有人的支行")
        for kind, row in (("author", unused), ("branch", unused.branch)):
            client.post(f"/admin/articles/{kind}/{row.pk}/delete/", {"post": "yes"})
        assert [verb for _, verb, _ in rows()] == [
            *("新建单位", "新建作者", "单位改名", "作者改名", "删除作者", "删除单位"),
        ]


class TestWhatIsTakenAway:
    def test_a_review_sheet(self, client, by):
        by(Role.EDITOR)
        article = an_article(status="first_review", title="三号窗口")
        page = client.get(f"/admin/articles/article/{article.pk}/slip.pdf")
        assert page.status_code == 200
        assert rows() == [("经手人", "打印稿签", "三号窗口")]

    def test_an_archive(self, client, by, get, media):
        by(Role.AUDITOR)
        issue = an_issue(published=True, articles=1)
        edition = issue.standing
        path = media / edition.archive.field.upload_to(edition, "archive.zip")
        path.parent.mkdir(parents=True)
        path.write_bytes(b"zip")
        edition.archive.name = str(path.relative_to(media))
        edition.save()
        before = Record.objects.count()
        assert get(f"/admin/issues/issue/{issue.pk}/archive/1.zip").status_code == 200
        assert [(verb, what) for _, verb, what in rows()[before:]] == [("下载存档", str(issue))]

    def test_a_list_of_staff_that_is_read_and_its_accounts(self, client, by):
        by(Role.EDITOR)
        data = an_xlsx(HEADINGS, ["何静", "东岭支行", "300102"])
        file = SimpleUploadedFile("名单.xlsx", data)
        answer = client.post("/admin/servicejournal/user/list/", {"file": file})
        assert answer.status_code == 200
        assert rows()[0][1] == "上传名单"
        assert Record.objects.get().what["people"] == 1
