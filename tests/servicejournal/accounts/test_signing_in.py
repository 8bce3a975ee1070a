"""Signing in and out, and one's own password."""

import pytest

from servicejournal.models import Record, User
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def sign_in(client, username: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_signing_in_leads_to_ones_manuscripts(client):
    response = sign_in(client, a_user().username)
    assert (response.status_code, response["Location"]) == (302, "/submissions/")


def test_signing_in_leads_back_to_the_page_that_asked_for_it(client, settings):
    settings.READER_ACCESS = "members"
    asked = client.get("/issues/?page=2")
    page = client.get(asked["Location"])
    assert 'name="next" value="/issues/?page=2"' in page.text
    response = sign_in(client, a_user().username, next="/issues/?page=2")
    assert response["Location"] == "/issues/?page=2"


@pytest.mark.parametrize(
    "next_", ["https://elsewhere.example/", "//elsewhere.example", r"/\x.example"]
)
def test_signing_in_never_leads_to_another_site(client, next_):
    assert sign_in(client, a_user().username, next=next_)["Location"] == "/submissions/"


@pytest.mark.parametrize(("known", "password"), [(True, "wrong"), (False, PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_read_the_same(client, known, password, html_valid):
    name = a_user().username if known else "nobody"
    response = sign_in(client, name, password)
    assert response.status_code == 200
    assert "用户名或密码不对。" in seen(response)
    assert f'value="{name}"' in response.text
    assert password not in response.text
    html_valid(response.text)


def test_signing_in_and_out_and_failing_to_is_recorded_with_the_address(client):
    user = a_user(name="程砚")
    sign_in(client, user.username, "wrong")
    sign_in(client, "no\x00body" + "x" * 500, "wrong")
    sign_in(client, user.username)
    client.post("/accounts/logout/")
    rows = [(row.verb, row.actor, row.subject) for row in Record.objects.order_by("pk")]
    assert rows == [
        ("登录失败", "系统", "程砚"),
        ("登录失败", "系统", "系统"),
        ("登录", "程砚", "程砚"),
        ("退出", "程砚", "程砚"),
    ]
    assert set(Record.objects.values_list("address", flat=True)) == {"127.0.0.1"}
    assert Record.objects.order_by("pk")[1].what == {"no_account": True, "times": 1}


def test_a_deactivated_account_does_not_sign_in(client):
    assert sign_in(client, a_user(is_active=False).username).status_code == 200


def test_signing_out_needs_a_click_and_not_a_link(client):
    client.force_login(a_user())
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/accounts/password/").status_code == 302


def test_a_password_is_changed_by_who_knows_the_old_one(client, html_valid):
    user = a_user()
    client.force_login(user)
    page = client.get("/accounts/password/").text
    html_valid(page)
    assert (page.count("至少 10 个字符"), page.count("你的密码")) == (1, 0)
    new = {"new_password1": "an-even-longer-phrase", "new_password2": "an-even-longer-phrase"}
    refused = client.post("/accounts/password/", {"old_password": "wrong", **new})
    assert "旧密码不对，请重新填" in seen(refused)
    html_valid(refused.text)
    assert client.post("/accounts/password/", {"old_password": PASSWORD, **new}).status_code == 302
    assert User.objects.get(pk=user.pk).check_password("an-even-longer-phrase")


def test_a_members_journal_says_why_it_asks(client, settings):
    settings.READER_ACCESS = "members"
    assert "是内部资料，登录后阅读。" in seen(client.get(LOGIN))


def test_the_rules_for_passwords_are_said_as_they_are_set(client, settings):
    [shortest] = [
        validator["OPTIONS"]["min_length"]
        for validator in settings.AUTH_PASSWORD_VALIDATORS
        if validator["NAME"].endswith("MinimumLengthValidator")
    ]
    assert f"至少 {shortest} 个字符" in seen(client.get("/accounts/register/"))
