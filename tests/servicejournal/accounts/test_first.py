"""`manage.py start`: the first accounts of a new installation, each with a link, no password."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

BOTH = ("--administrator", "g001:柳青", "--chief", "z001：秦望")


def start(*words: str) -> str:
    out = StringIO()
    call_command("start", *words, stdout=out)
    return out.getvalue()


def test_makes_an_administrator_and_a_chief_editor_who_set_their_passwords(client):
    told = start(*BOTH)

    roles = {user.username: user.roles for user in User.objects.exclude(username="system")}
    assert roles == {"g001": {Role.ADMINISTRATOR}, "z001": {Role.CHIEF_EDITOR}}
    links = re.findall(r"https://journal\.example\.com(\S+)", told)
    page = client.get(links[0], follow=True)
    path = page.redirect_chain[-1][0] if page.redirect_chain else links[0]
    new = {"new_password1": "Eine-gute-2026", "new_password2": "Eine-gute-2026"}
    client.post(path, new)
    client.post("/accounts/logout/")
    typed = {"username": "g001", "password": new["new_password1"]}
    assert client.post("/accounts/login/", typed)["Location"] == "/admin/"
    assert "柳青" in told
    assert links[-1].endswith("/admin/")


def test_the_record_says_who_was_given_what(client):
    start(*BOTH)
    verbs = [row.verb for row in record.of(User.objects.get(username="g001"))]
    assert sorted(verbs) == sorted(["建立账号", "授予角色", "生成设密码链接"])


def test_it_asks_for_what_was_not_said(monkeypatch):
    """At a terminal, line by line."""
    answers = iter(["g001", "柳青", "z001", "秦望"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    start()
    assert User.objects.with_role(Role.CHIEF_EDITOR).get().name == "秦望"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--administrator", "g001", "--chief", "z001:秦望"), "要写成 工号:姓名"),
        (("--administrator", "g001:柳青", "--chief", "g001:秦望"), "已经有账号了"),
        (("--administrator", "g001:", "--chief", "z001:秦望"), "姓名"),
        (("--administrator", ":柳青", "--chief", "z001:秦望"), "请写用户名"),
    ],
)
def test_what_is_not_right_is_refused_and_nothing_is_made(words, sentence):
    with pytest.raises(CommandError, match=sentence):
        start(*words)
    assert not User.objects.exclude(username="system").exists()


def test_a_second_time_nothing_is_made():
    a_user(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="只建一次"):
        start(*BOTH)
    assert not User.objects.filter(username="g001").exists()


def test_the_first_page_after_it_leads_through_the_beginning(client):
    start(*BOTH)
    client.force_login(User.objects.get(username="g001"))
    assert "从这里开始" in seen(client.get("/admin/"))


def test_where_nobody_answers_it_says_how_else(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError, match="--administrator 工号:姓名 --chief 工号:姓名"):
        start()
    assert not User.objects.exclude(username="system").exists()
