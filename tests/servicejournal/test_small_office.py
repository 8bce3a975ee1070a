"""编辑部人手少: a switch in the masthead, turned by chief or administrator, with a reason."""

from importlib import import_module

import pytest
from django.apps import apps

from servicejournal import record, small_office
from servicejournal.models import Masthead, Record
from servicejournal.roles import EDITORIAL, Role
from servicejournal.small_office import NotAllowed
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db
PAGE = "/admin/servicejournal/masthead/1/change/"
MAY = {Role.CHIEF_EDITOR, Role.ADMINISTRATOR}


def is_on() -> bool:
    return Masthead.objects.get().small_office


def the_form(**facts) -> dict[str, str]:
    masthead = Masthead.objects.get()
    names = ["name", "name_en", "slogan", "about", "compiled_by", "telephone", "website"]
    names += ["issues_per_year"]
    return {**{name: getattr(masthead, name) for name in names}, "submissions_to": "", **facts}


def test_it_is_off_until_somebody_turns_it_on_and_says_why():
    chief = a_user(Role.CHIEF_EDITOR)
    assert not is_on()
    with pytest.raises(NotAllowed, match="请写明理由"):
        small_office.switch(on=True, by=chief, why=" ")
    assert small_office.switch(on=True, by=chief, why="只有三个编辑")
    assert is_on()
    assert not small_office.switch(on=True, by=chief, why="又点一次")
    small_office.switch(on=False, by=chief, why="来了新同事")
    told = [(row.verb, row.why) for row in record.of(Masthead.objects.get())]
    assert told == [
        ("关上“编辑部人手少”", "来了新同事"),
        ("打开“编辑部人手少”", "只有三个编辑"),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - MAY))
def test_nobody_else_turns_it(role):
    with pytest.raises(NotAllowed, match="由主编或管理员"):
        small_office.switch(on=True, by=a_user(role), why="人手少")
    assert not is_on()


class TestTheMasthead:
    @pytest.mark.parametrize("role", sorted(MAY))
    def test_turns_it_with_a_reason(self, client, role):
        client.force_login(a_user(role, name="柳青"))
        answer = client.post(PAGE, the_form(small_office="on", why="只有三个编辑", telephone="1"))
        assert answer.status_code == 302
        assert is_on()
        assert Masthead.objects.get().telephone == "1"
        row = Record.objects.get(verb="打开“编辑部人手少”")
        assert (row.actor, row.why) == ("柳青", "只有三个编辑")
        assert Record.objects.get(verb="修改刊头").what["after"] == {"电话": "1"}

    def test_whether_a_leader_lets_issues_go_to_print_is_turned_likewise(self, client):
        client.force_login(a_user(Role.EDITOR))
        client.post(PAGE, the_form(leader_agrees="on", why="要领导看"))
        assert not Masthead.objects.get().leader_agrees
        client.force_login(a_user(Role.CHIEF_EDITOR, name="秦望"))
        assert "请写明理由" in seen(client.post(PAGE, the_form(leader_agrees="on")))
        client.post(PAGE, the_form(leader_agrees="on", why="要领导看"))
        assert Masthead.objects.get().leader_agrees
        row = Record.objects.get(verb="打开“付印要领导同意”")
        assert (row.actor, row.why) == ("秦望", "要领导看")

    def test_asks_for_the_reason_and_keeps_what_was_typed(self, client):
        client.force_login(a_user(Role.CHIEF_EDITOR))
        answer = client.post(PAGE, the_form(small_office="on", telephone="0431-1"))
        assert "请写明理由" in seen(answer)
        assert "0431-1" in answer.text
        assert not is_on()

    def test_everything_else_is_written_without_a_reason(self, client):
        Masthead.objects.update(small_office=True)
        client.force_login(a_user(Role.CHIEF_EDITOR))
        assert client.post(PAGE, the_form(small_office="on", telephone="2")).status_code == 302
        assert (is_on(), Masthead.objects.get().telephone) == (True, "2")
        (row,) = Record.objects.all()
        assert (row.verb, row.why) == ("修改刊头", "")

    @pytest.mark.parametrize("role", sorted(EDITORIAL - MAY))
    def test_other_editors_see_it_and_change_the_rest(self, client, role):
        client.force_login(a_user(role))
        page = client.get(PAGE)
        assert "编辑部人手少" in seen(page)
        assert 'name="small_office"' not in page.text
        assert 'name="why"' not in page.text
        answer = client.post(PAGE, the_form(small_office="on", why="人手少", telephone="3"))
        assert answer.status_code == 302
        assert (is_on(), Masthead.objects.get().telephone) == (False, "3")


class TestWhatWasSetInTheEnvironment:
    migration = import_module("servicejournal.migrations.0016_small_office_as_it_was")

    def test_stays_and_the_record_says_where_it_comes_from(self, monkeypatch):
        monkeypatch.setenv("SMALL_OFFICE", "on")
        self.migration.keep(apps, None)
        assert is_on()
        assert "SMALL_OFFICE" in record.of(Masthead.objects.get()).get().why

    @pytest.mark.parametrize("value", [None, "off"])
    def test_is_off_where_it_was_off(self, monkeypatch, value):
        if value:
            monkeypatch.setenv("SMALL_OFFICE", value)
        else:
            monkeypatch.delenv("SMALL_OFFICE", raising=False)
        self.migration.keep(apps, None)
        assert not is_on()
        assert not Record.objects.exists()
