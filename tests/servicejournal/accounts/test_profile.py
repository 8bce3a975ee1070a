"""One's own account: what one says of oneself, and what an editor answered for."""

import pytest

from articles.models import Branch
from servicejournal import record
from servicejournal.accounts import registration
from servicejournal.accounts.registration import Person
from servicejournal.models import User
from servicejournal.roles import Role
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/"


@pytest.fixture
def writer(client) -> User:
    branch = Branch.objects.named("东岭支行")
    person = Person(staff_number="204418", name="何晓棠", branch=branch, mobile="13900000001")
    user = registration.register(person, password=PASSWORD)
    client.force_login(user)
    return user


def typed(user: User, **more) -> dict:
    facts = {"name": user.name, "mobile": user.mobile, "email": user.email}
    return {**facts, "branch": user.branch_id or "", "password": "", **more}


def test_it_is_for_who_is_signed_in(client):
    assert client.get(PROFILE)["Location"] == "/accounts/login/?next=/accounts/"
    client.force_login(a_user())
    assert client.delete(PROFILE).status_code == 405


def test_it_says_where_the_confirmation_stands(client, writer, html_valid):
    page = client.get(PROFILE)
    assert "待核实" in seen(page)
    html_valid(page.text)
    registration.confirm(writer, by=a_user(Role.EDITOR))
    page = client.get(PROFILE)
    assert "已由编辑部核实" in seen(page)
    html_valid(page.text)


def test_another_branch_keeps_the_confirmation_and_the_record_keeps_the_old_one(client, writer):
    registration.confirm(writer, by=a_user(Role.EDITOR))
    other = Branch.objects.named("南湖支行")
    assert client.post(PROFILE, typed(writer, branch=other.pk)).status_code == 302
    writer.refresh_from_db()
    assert (writer.branch, writer.is_unconfirmed) == (other, False)
    assert record.of(writer).first().what == {"before": {"branch": "东岭支行"}}


def test_a_name_is_ones_own_until_an_editor_answered_for_it(client, writer):
    client.post(PROFILE, typed(writer, name="何小棠"))
    writer.refresh_from_db()
    assert writer.name == "何小棠"
    registration.confirm(writer, by=a_user(Role.EDITOR))
    client.post(PROFILE, typed(writer, name="别人"))
    writer.refresh_from_db()
    assert writer.name == "何小棠"
    with pytest.raises(registration.NotAllowed):
        registration.correct(writer, by=writer, name="别人")


def test_another_mail_address_asks_for_the_password(client, writer):
    refused = client.post(PROFILE, typed(writer, email="he@example.com"))
    assert refused.status_code == 422
    assert "改邮箱要输入现在的密码" in seen(refused)
    assert 'value="he@example.com"' in refused.text
    data = typed(writer, email="he@example.com", password=PASSWORD)
    assert client.post(PROFILE, data).status_code == 302
    writer.refresh_from_db()
    assert writer.email == "he@example.com"


def test_the_office_must_be_able_to_reach_a_writer(client, writer, html_valid):
    refused = client.post(PROFILE, typed(writer, mobile=""))
    assert "请至少填一样" in seen(refused)
    html_valid(refused.text)


def test_a_branch_that_was_closed_stays_ones_own(client, writer):
    Branch.objects.update(retired=True)
    assert client.post(PROFILE, typed(writer)).status_code == 302
    writer.refresh_from_db()
    assert writer.branch.name == "东岭支行"
