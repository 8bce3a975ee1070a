"""Roles: nobody gives themselves one; the chief editor's, the administrator's take two people."""

from datetime import timedelta
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from servicejournal import clock, record
from servicejournal.accounts import granting, links, registration
from servicejournal.accounts.granting import NotAllowed
from servicejournal.models import RoleGrant, RoleRequest, Unchangeable, User
from servicejournal.roles import BY_TWO, Role
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return a_user(Role.ADMINISTRATOR, name="柳青")


@pytest.fixture
def chief() -> User:
    return a_user(Role.CHIEF_EDITOR, name="秦望")


@pytest.fixture
def user() -> User:
    return a_user(name="程砚")


def roles_of(user: User) -> set[str]:
    return User.objects.get(pk=user.pk).roles


def told_of(user: User) -> list[tuple[str, str, str]]:
    rows = record.of(user).order_by("pk")
    return [(row.actor, row.verb, row.what.get("role", "")) for row in rows]


class TestOnePerson:
    @pytest.mark.parametrize("role", sorted(set(Role) - BY_TWO))
    def test_an_administrator_gives_a_role_and_takes_it_back(self, administrator, user, role):
        granting.grant(user, role, by=administrator, why="调来编辑部")
        assert RoleGrant.objects.get(user=user).granted_by == administrator
        granting.revoke(user, role, by=administrator, why="调走")
        assert roles_of(user) == set()
        label = Role(role).label
        assert told_of(user) == [("柳青", "授予角色", label), ("柳青", "收回角色", label)]
        assert [row.why for row in record.of(user)] == ["调走", "调来编辑部"]

    @pytest.mark.parametrize("role", Role)
    def test_nobody_gives_themselves_a_role(self, role):
        for by in (a_user(Role.ADMINISTRATOR, Role.AUDITOR), a_user(is_superuser=True)):
            with pytest.raises(NotAllowed, match="不能给自己"):
                granting.grant(by, role, by=by, why="我要")
            assert not record.of(by).exists()

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
    def test_nobody_but_an_administrator_gives_or_takes_one(self, user, role):
        by, other = a_user(role), a_user(Role.EDITOR)
        with pytest.raises(NotAllowed, match="请管理员"):
            granting.grant(user, Role.EDITOR, by=by)
        with pytest.raises(NotAllowed, match="请管理员"):
            granting.revoke(other, Role.EDITOR, by=by)

    def test_what_is_not_so_any_more_is_not_done(self, administrator, user):
        seen = granting.digest(user)
        granting.grant(user, Role.EDITOR, by=administrator, seen=seen)
        with pytest.raises(granting.Changed):
            granting.revoke(user, Role.EDITOR, by=administrator, seen=seen)
        for refused in (Role.EDITOR, "king", ""):
            with pytest.raises(NotAllowed):
                granting.grant(user, refused, by=administrator)
        with pytest.raises(NotAllowed, match="没有这个角色"):
            granting.revoke(user, Role.AUDITOR, by=administrator)
        with pytest.raises(NotAllowed, match="停用"):
            granting.grant(a_user(is_active=False), Role.EDITOR, by=administrator)

    def test_a_grant_is_never_edited(self, administrator, user):
        given = granting.grant(user, Role.EDITOR, by=administrator)
        given.role = Role.SENIOR_EDITOR
        with pytest.raises(Unchangeable):
            given.save()
        for edited in (
            lambda: user.grants.update(role=Role.AUDITOR),
            lambda: RoleGrant.objects.bulk_update([given], ["role"]),
        ):
            with pytest.raises(Unchangeable):
                edited()


class TestTheLastAdministrator:
    """Else nobody could open an account or give a role, short of the server itself."""

    def test_keeps_the_role_until_there_is_another(self, administrator):
        a_user(Role.ADMINISTRATOR, is_active=False)
        with pytest.raises(NotAllowed, match="最后一位管理员"):
            granting.revoke(administrator, Role.ADMINISTRATOR, by=administrator)
        assert roles_of(administrator) == {Role.ADMINISTRATOR}
        a_user(Role.ADMINISTRATOR)
        granting.revoke(administrator, Role.ADMINISTRATOR, by=administrator)
        assert roles_of(administrator) == set()

    def test_keeps_other_roles_no_longer_than_anybody(self, administrator):
        RoleGrant.objects.create(user=administrator, role=Role.AUDITOR)
        granting.revoke(administrator, Role.AUDITOR, by=administrator)
        assert roles_of(administrator) == {Role.ADMINISTRATOR}

    def test_goes_where_somebody_runs_the_server_beside_them(self, administrator):
        granting.revoke(administrator, Role.ADMINISTRATOR, by=a_user(is_superuser=True))
        assert roles_of(administrator) == set()

    def test_does_not_close_their_own_account(self, client, administrator):
        client.force_login(administrator)
        page = f"/admin/servicejournal/user/{administrator.pk}/change/"
        typed = {"username": administrator.username, "name": administrator.name}
        assert "最后一位管理员" in client.post(page, typed).text
        administrator.refresh_from_db()
        assert administrator.is_active
        a_user(Role.ADMINISTRATOR)
        assert client.post(page, typed).status_code == 302
        administrator.refresh_from_db()
        assert not administrator.is_active


@pytest.mark.parametrize("role", sorted(BY_TWO))
class TestTwoPeople:
    def test_it_takes_effect_when_a_second_person_agrees(self, administrator, chief, user, role):
        asked = granting.grant(user, role, by=administrator, why="任命文件三号")
        assert roles_of(user) == set()
        granting.confirm(asked, by=chief)
        given = RoleGrant.objects.get(user=user)
        assert (given.role, given.granted_by, given.confirmed_by) == (role, administrator, chief)
        label = Role(role).label
        assert told_of(user) == [("柳青", "提出授予角色", label), ("秦望", "同意授予角色", label)]

    def test_another_administrator_or_who_runs_the_server_may_be_the_second(
        self, administrator, user, role
    ):
        for second in (a_user(Role.ADMINISTRATOR), a_user(is_superuser=True)):
            whom = a_user()
            granting.confirm(granting.grant(whom, role, by=administrator, why="任命"), by=second)
            assert roles_of(whom) == {role}

    def test_who_asks_is_not_the_second_nor_is_who_is_to_have_it(self, administrator, user, role):
        other = a_user(Role.ADMINISTRATOR if role != Role.ADMINISTRATOR else Role.CHIEF_EDITOR)
        asked = granting.grant(other, role, by=administrator, why="任命")
        bystanders = [a_user(each) for each in set(Role) - BY_TWO]
        for by in (administrator, other, *bystanders, a_user(Role.CHIEF_EDITOR, is_active=False)):
            with pytest.raises(NotAllowed):
                granting.confirm(asked, by=by)
        assert role not in roles_of(other)

    def test_it_says_why_or_is_not_asked(self, administrator, user, role):
        with pytest.raises(NotAllowed, match="写明理由"):
            granting.grant(user, role, by=administrator, why=" \u200b ")

    def test_it_is_refused_or_taken_back_and_stays_so(self, administrator, chief, user, role):
        first = granting.grant(user, role, by=administrator, why="任命")
        with pytest.raises(NotAllowed, match="已经有人提出"):
            granting.grant(user, role, by=a_user(Role.ADMINISTRATOR), why="任命")
        granting.refuse(first, by=chief, why="没有文件")
        second = granting.grant(user, role, by=administrator, why="任命")
        with pytest.raises(NotAllowed, match="只有提出的人"):
            granting.withdraw(second, by=chief)
        granting.withdraw(second, by=administrator)
        for answered in (first, second):
            for answer in (granting.confirm, granting.refuse):
                with pytest.raises(NotAllowed, match="已经有了答复"):
                    answer(answered, by=chief)
        assert roles_of(user) == set()
        assert [verb for _, verb, _ in told_of(user)] == [
            "提出授予角色",
            "不同意授予角色",
            "提出授予角色",
            "收回授予请求",
        ]

    def test_who_is_no_administrator_any_more_asked_in_vain(self, administrator, chief, user, role):
        asked = granting.grant(user, role, by=administrator, why="任命")
        administrator.grants.all().delete()
        with pytest.raises(NotAllowed, match="已经不是管理员"):
            granting.confirm(RoleRequest.objects.get(pk=asked.pk), by=chief)

    @pytest.mark.parametrize("way_in", ["link", "password", "address"])
    def test_who_could_have_come_into_the_second_account_needs_another(
        self, administrator, chief, user, role, way_in, client
    ):
        client.force_login(administrator)
        page = f"/admin/servicejournal/user/{chief.pk}/"
        if way_in == "link":
            links.make([chief], by=administrator, absolute=str)
        elif way_in == "password":
            new = {"password1": "another-long-phrase", "password2": "another-long-phrase"}
            client.post(f"{page}password/", {**new, "usable_password": "true"})
        else:
            client.post(f"{page}change/", account_form(chief, email="mine@example.com"))
        asked = granting.grant(user, role, by=administrator, why="任命")
        with pytest.raises(NotAllowed, match="另一个人同意"):
            granting.confirm(asked, by=chief)
        granting.confirm(asked, by=a_user(Role.CHIEF_EDITOR))

    def test_a_way_in_of_long_ago_does_not_count(self, administrator, chief, user, role):
        with clock.set_to(clock.now() - timedelta(days=granting.HELD_DAYS + 1)):
            links.make([chief], by=administrator, absolute=str)
        granting.confirm(granting.grant(user, role, by=administrator, why="任命"), by=chief)
        assert roles_of(user) == {role}


def account_form(user: User, **changed: str) -> dict[str, str]:
    """What the form of an account sends where nothing else was touched."""
    return {
        "username": user.username,
        "name": user.name,
        "is_active": "on",
        "email": user.email,
        **changed,
    }


class TestTheDatabase:
    """Holds it too, whoever writes."""

    @pytest.mark.parametrize(
        "facts",
        [
            lambda a, b, c: {"user": a, "role": Role.EDITOR, "granted_by": a},
            lambda a, b, c: {"user": a, "role": Role.CHIEF_EDITOR, "granted_by": b},
            lambda a, b, c: {"user": a, "role": Role.ADMINISTRATOR, "granted_by": b},
            lambda a, b, c: {
                "user": a,
                "role": Role.ADMINISTRATOR,
                "granted_by": b,
                "confirmed_by": b,
            },
            lambda a, b, c: {"user": a, "role": Role.EDITOR, "granted_by": b, "confirmed_by": a},
            lambda a, b, c: {"user": a, "role": Role.EDITOR, "confirmed_by": c},
        ],
    )
    def test_takes_no_grant_by_oneself_or_by_one_where_it_takes_two(self, facts):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(**facts(a_user(), a_user(), a_user()))

    @pytest.mark.parametrize(
        ("answer", "by"),
        [("confirmed", "asker"), ("confirmed", "user"), ("refused", "asker"), ("confirmed", None)],
    )
    def test_takes_no_answer_by_the_wrong_person(self, administrator, user, answer, by):
        asked = granting.grant(user, Role.CHIEF_EDITOR, by=administrator, why="任命")
        asked.answer, asked.answered_at = answer, clock.now()
        asked.answered_by = {"asker": administrator, "user": user, None: None}[by]
        with pytest.raises(IntegrityError), transaction.atomic():
            asked.save()

    def test_the_migration_marks_nothing_that_keeps_the_rule(self):
        mark = import_module("servicejournal.migrations.0012_roles_given_before").mark
        loader = MigrationLoader(connection)
        one, other = a_user(), a_user(Role.ADMINISTRATOR)
        RoleGrant.objects.create(user=one, role=Role.EDITOR, granted_by=other)
        by_two = {"granted_by": other, "confirmed_by": a_user()}
        RoleGrant.objects.create(user=one, role=Role.ADMINISTRATOR, **by_two)
        mark(loader.project_state(("servicejournal", "0011_second_person")).apps, None)
        assert not RoleGrant.objects.filter(earlier=True).exists()


class TestTheCommandLine:
    def say(self, *words: str) -> str:
        out = StringIO()
        call_command("grant_role", *words, stdout=out)
        return out.getvalue()

    def test_gives_the_first_ones_and_the_record_says_so(self, user):
        assert self.say(user.username, "chief_editor", "--why", "首任") == (
            "程砚现在是“主编（终审、签发）”。\n"
        )
        assert told_of(user) == [("命令行", "授予角色", "主编（终审、签发）")]
        with pytest.raises(CommandError, match="已经是"):
            self.say(user.username, "chief_editor")
        with pytest.raises(CommandError, match="没有用户名"):
            self.say("nobody", "editor")

    def test_an_office_with_one_administrator_comes_to_two(self, administrator, user):
        """The request waits for the second person; the server gives the first chief editor, who
        confirms everything that follows.
        """
        asked = granting.grant(user, Role.CHIEF_EDITOR, by=administrator, why="首任")
        self.say(user.username, "chief_editor")
        assert RoleRequest.objects.get(pk=asked.pk).answer == "withdrawn"
        following = granting.grant(a_user(), Role.ADMINISTRATOR, by=administrator, why="第二位")
        granting.confirm(following, by=User.objects.get(pk=user.pk))

    def test_a_superuser_is_made_with_a_row_in_the_record(self, monkeypatch):
        monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a-long-enough-phrase")
        words = {"username": "root1", "name": "运维"}
        call_command("createsuperuser", interactive=False, verbosity=0, **words)
        assert told_of(User.objects.get(username="root1")) == [("命令行", "建立系统管理员", "")]


def test_registering_gives_the_contributors_role_alone():
    person = registration.Person(staff_number="300102", name="何静")
    user = registration.register(person, password="a-long-enough-phrase")
    assert user.roles == {Role.CONTRIBUTOR}


@pytest.mark.parametrize("app", ["articles", "issues"])
def test_who_runs_the_server_has_no_say_over_manuscripts(app):
    root = a_user(is_superuser=True)
    assert not root.has_perm(f"{app}.change_article")
    assert not root.has_perm("articles.view_review")
    assert root.has_perm("servicejournal.add_rolegrant")
    assert not root.wears_two_hats
    assert User.objects.get(pk=a_user(Role.EDITOR, is_superuser=True).pk).wears_two_hats
