"""Roles as data: who may enter what."""

import pytest
from django.apps import apps
from django.urls import reverse

from servicejournal.models import RoleGrant, User
from servicejournal.roles import EDITORIAL, PERMISSIONS, Role, permissions_of
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_only_administrators_change_accounts_and_roles(role):
    user = a_user(role)
    assert user.has_perm("servicejournal.change_user") == (role == Role.ADMINISTRATOR)
    assert user.has_perm("servicejournal.add_rolegrant") == (role == Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", Role)
def test_only_editors_change_manuscripts(role):
    assert a_user(role).has_perm("articles.change_article") == (role in EDITORIAL)


def test_an_auditor_sees_everything_and_changes_nothing():
    granted = PERMISSIONS[Role.AUDITOR]
    assert {perm.split(".")[1].split("_")[0] for perm in granted} == {"view"}
    everything = set().union(*PERMISSIONS.values())
    names = {perm.split("_", 1)[1] for perm in everything}
    assert {perm.split("_", 1)[1] for perm in granted} == names


def test_every_permission_names_a_model_that_exists():
    for perm in set().union(*PERMISSIONS.values()):
        app, codename = perm.split(".")
        assert apps.get_model(app, codename.split("_", 1)[1])


def test_two_roles_add_up():
    both = permissions_of({Role.AUDITOR, Role.ADMINISTRATOR})
    assert both == PERMISSIONS[Role.AUDITOR] | PERMISSIONS[Role.ADMINISTRATOR]


def test_a_closed_account_may_do_nothing():
    user = a_user(Role.CHIEF_EDITOR, is_active=False)
    assert not user.has_perm("articles.view_article")
    assert not user.is_staff


def test_a_superuser_runs_the_accounts_but_decides_on_no_manuscript():
    root = User.objects.create_superuser("root", password="x", name="运维")
    assert root.has_perm("servicejournal.add_user")
    assert root.is_staff
    assert not root.has_role(*EDITORIAL)


def test_the_form_of_an_account_gives_no_role(client):
    """`accounts.granting` does, by a page of its own."""
    client.force_login(a_user(Role.ADMINISTRATOR))
    user = a_user()
    data = {
        "username": user.username,
        "name": user.name,
        "is_active": "on",
        "grants-TOTAL_FORMS": 1,
        "grants-INITIAL_FORMS": 0,
        "grants-0-role": "editor",
        "grants-0-user": user.pk,
    }
    url = reverse("admin:servicejournal_user_change", args=[user.pk])
    assert client.post(url, data).status_code == 302
    assert not RoleGrant.objects.filter(user=user).exists()


def test_accounts_are_closed_and_never_deleted(client):
    client.force_login(a_user(Role.ADMINISTRATOR))
    user = a_user()
    url = reverse("admin:servicejournal_user_delete", args=[user.pk])
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_nobody_signs_in_as_the_system(client):
    system = User.objects.system()
    assert system == User.objects.system()
    typed = {"username": "system", "password": "!"}
    assert client.post("/accounts/login/", typed).status_code == 200
