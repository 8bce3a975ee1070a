"""An empty installation says what to do first, until there is an issue."""

import pytest

from articles.models import Branch
from servicejournal.models import Masthead
from servicejournal.roles import Role
from tests.factories import a_user, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

LINKS = {
    "刊头与版权页": "/admin/servicejournal/masthead/",
    "单位": "/admin/articles/branch/",
    "账号与角色": "/admin/servicejournal/user/",
    "栏目": "/admin/articles/section/",
    "第一期": "/admin/issues/issue/add/",
}


def steps(client, *roles: Role) -> dict[str, tuple[str, bool]]:
    """Where each step leads ("" for who cannot do it), and whether it is done."""
    user = a_user(*roles)
    client.force_login(user)
    for panel in client.get("/admin/").context["panels"]:
        if "first_steps" in panel["template"]:
            return {step.name: (step.url, step.is_done) for step in panel["steps"]}
    return {}


def test_five_steps_in_order_lead_where_they_are_done(client):
    shown = steps(client, Role.ADMINISTRATOR, Role.EDITOR)
    assert {name: url for name, (url, _) in shown.items()} == LINKS


def test_what_is_done_is_ticked(client):
    assert [name for name, (_, done) in steps(client, Role.EDITOR).items() if done] == ["栏目"]
    Masthead.objects.update_or_create(pk=1, defaults={"compiled_by": "某行党群工作部"})
    Branch.objects.once_named("东岭支行")
    for role in (Role.SENIOR_EDITOR, Role.CHIEF_EDITOR):
        a_user(role)
    done = [name for name, (_, is_done) in steps(client, Role.EDITOR).items() if is_done]
    assert done == ["刊头与版权页", "单位", "账号与角色", "栏目"]
    assert "4 / 5 已完成" in seen(client.get("/admin/"))


def test_who_cannot_do_a_step_is_told_who_can(client):
    shown = steps(client, Role.EDITOR)
    assert shown["账号与角色"][0] == ""
    assert "请管理员来做" in seen(client.get("/admin/"))


def test_with_the_first_issue_they_are_gone(client):
    an_issue()
    assert steps(client, Role.CHIEF_EDITOR) == {}


def test_a_writer_without_any_branch_to_choose_is_told_what_happens(client):
    client.force_login(a_user(Role.CONTRIBUTOR))
    assert "编辑部还没有录入单位，先不选也能交稿" in seen(client.get("/submit/"))
    Branch.objects.once_named("东岭支行")
    assert "编辑部还没有录入单位" not in seen(client.get("/submit/"))
