"""Single sign-on, against a provider that runs in the test: who comes in, as what, and who not."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.db import IntegrityError, transaction

from articles.models import Branch
from servicejournal import record
from servicejournal.accounts import registration
from servicejournal.accounts.registration import Person
from servicejournal.models import ClaimRule, Identity, Record, RoleGrant, User
from servicejournal.roles import BY_TWO, Role
from tests.factories import a_user
from tests.oidc_provider import CLIENT, SECRET, Provider, provider
from tests.pages import seen

pytestmark = pytest.mark.django_db

SSO = "/accounts/sso/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with provider() as found:
        yield found


@pytest.fixture
def bank(running, settings) -> Provider:
    settings.OIDC_ISSUER = running.issuer
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
    settings.SITE_URL = "http://testserver"
    running.claims = {"sub": "s-1", "preferred_username": "300101", "name": "龑䶮"}
    running.lies, running.signs_with = {}, running.key
    return running


@pytest.fixture
def writer() -> User:
    person = Person(staff_number="300101", name="龑䶮")
    return registration.enrol([person], by=a_user(Role.EDITOR), list_id="test")[0]


def comes(client, bank: Provider, path: str = SSO):
    """The whole way there and back."""
    return client.get(bank.signs_in(client.get(path)["Location"]))


def roles(user: User) -> set[str]:
    return set(RoleGrant.objects.filter(user=user).values_list("role", flat=True))


def is_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


def test_who_has_an_account_comes_in_and_where_they_wanted(client, bank, writer):
    assert f'href="{SSO}?next=/submit/"' in client.get("/accounts/login/?next=/submit/").text
    answer = comes(client, bank, f"{SSO}?next=/submit/")
    assert answer["Location"] == "/submit/"
    assert client.get("/accounts/").context["user"] == writer
    assert [row.verb for row in record.of(writer)][:2] == ["登录", "连上单点登录"]
    assert record.of(writer).first().what == {"how": "单点登录"}


def test_it_never_leads_to_another_site(client, bank, writer):
    answer = comes(client, bank, f"{SSO}?next=https://elsewhere.example/")
    assert answer["Location"] == "/submissions/"


def test_who_has_none_is_refused_or_made_by_the_switch(client, bank, settings):
    refused = comes(client, bank)
    assert refused.status_code == 403
    assert "这里还没有您的账号" in seen(refused)
    assert not is_in(client)
    settings.OIDC_CREATE = True
    assert comes(client, bank)["Location"] == "/submissions/"
    user = User.objects.get(username="300101")
    assert (user.name, user.has_usable_password(), roles(user)) == ("龑䶮", False, {"contributor"})


def test_the_subject_is_who_it_is_and_not_the_name(client, bank, writer):
    comes(client, bank)
    client.logout()
    bank.claims = {**bank.claims, "sub": "s-2"}
    assert "已经连着另一个人" in seen(comes(client, bank))
    bank.claims = {"sub": "s-1", "preferred_username": "999999"}
    assert comes(client, bank).status_code == 302
    assert Identity.objects.get().user == writer


def test_an_account_that_nobody_answers_for_is_not_linked(client, bank):
    """Else who registered with another's number would share what comes by the token."""
    registration.register(Person(staff_number="300101", name="何人"), password="their-own-phrase")
    assert "还没有核实" in seen(comes(client, bank))


@pytest.mark.parametrize("facts", [{"is_active": False}, {"is_superuser": True}])
def test_who_is_closed_or_runs_the_server_does_not_come_in_by_it(client, bank, facts):
    a_user(username="300101", **facts)
    assert comes(client, bank).status_code == 403
    assert not is_in(client)


def test_nor_does_who_came_by_it_before_they_ran_the_server(client, bank, writer):
    assert comes(client, bank).status_code == 302
    client.post("/accounts/logout/")
    User.objects.filter(pk=writer.pk).update(is_superuser=True)
    assert comes(client, bank).status_code == 403
    assert not is_in(client)


class TestWhatClaimsGive:
    def test_a_role_that_goes_with_its_claim(self, client, bank, writer):
        ClaimRule.objects.create(claim="groups", value="journal-editors", role=Role.EDITOR)
        bank.claims = {**bank.claims, "groups": ["all", "journal-editors"]}
        assert comes(client, bank)["Location"] == "/admin/"
        assert roles(writer) == {"contributor", "editor"}
        grant = RoleGrant.objects.get(user=writer, role="editor")
        assert (grant.by_single_sign_on, grant.granted_by) == (True, None)
        bank.claims = {**bank.claims, "groups": ["all"]}
        client.logout()
        comes(client, bank)
        assert roles(writer) == {"contributor"}
        told = record.of(writer).filter(actor="单点登录", verb__endswith="角色")
        assert [row.verb for row in told] == ["收回角色", "授予角色"]

    def test_what_people_gave_is_left(self, client, bank, writer):
        RoleGrant.objects.create(user=writer, role=Role.AUDITOR)
        comes(client, bank)
        assert roles(writer) == {"contributor", "auditor"}

    @pytest.mark.parametrize("role", sorted(BY_TWO))
    def test_never_a_role_that_takes_two(self, writer, role):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClaimRule.objects.create(claim="groups", value="x", role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=writer, role=role, by_single_sign_on=True)

    def test_a_changed_branch(self, client, bank, writer):
        for name in ("东岭支行", "松山支行"):
            branch = Branch.objects.named(name)
            ClaimRule.objects.create(claim="department", value=name, branch=branch)
        for name in ("东岭支行", "松山支行"):
            bank.claims = {**bank.claims, "department": name}
            comes(client, bank)
            client.logout()
            assert str(User.objects.get(pk=writer.pk).branch) == name
        row = record.of(writer).filter(verb="修改账号").first()
        assert (row.what["before"], row.what["after"]) == (
            {"单位": "东岭支行"},
            {"单位": "松山支行"},
        )
        bank.claims = {**bank.claims, "department": "没有这一行"}
        comes(client, bank)
        assert str(User.objects.get(pk=writer.pk).branch) == "松山支行"

    def test_the_table_is_administrators_and_recorded(self, client, bank):
        client.force_login(a_user(Role.ADMINISTRATOR))
        page = "/admin/servicejournal/claimrule/add/"
        assert client.get(page).status_code == 200
        sent = {"claim": "groups", "value": "journal", "role": "editor", "branch": ""}
        assert client.post(page, sent).status_code == 302
        assert Record.objects.filter(verb="新建单点登录对照").exists()
        assert client.post(page, {**sent, "role": ""}).status_code == 200
        client.force_login(a_user(Role.CHIEF_EDITOR))
        assert client.get(page).status_code == 403


class TestWhatIsRefused:
    def refuses(self, client, bank) -> None:
        answer = comes(client, bank)
        assert answer.status_code == 403
        assert "统一认证没有成功" in seen(answer)
        assert not is_in(client)
        assert Record.objects.filter(what__has_key="single_sign_on").exists()
        assert not Identity.objects.exists()

    @pytest.mark.parametrize(
        "lie",
        [
            {"aud": "another-client"},
            {"aud": ["another-client"]},
            {"aud": "another-client", "azp": CLIENT},
            {"exp": 1_000_000_000},
            {"iss": "https://elsewhere.example"},
            {"nonce": "of-another-visit"},
            {"nonce": None},
            {"sub": None},
        ],
        ids=lambda lie: "-".join(lie),
    )
    def test_a_token_that_is_not_for_us_or_of_now(self, client, bank, writer, lie):
        bank.lies = lie
        self.refuses(client, bank)

    def test_a_token_of_another_key(self, client, bank, writer):
        bank.signs_with = rsa.generate_private_key(65537, 2048)
        self.refuses(client, bank)

    def test_what_came_back_is_used_once(self, client, bank, writer):
        back = bank.signs_in(client.get(SSO)["Location"])
        assert client.get(back).status_code == 302
        client.logout()
        assert client.get(back).status_code == 403
        assert not is_in(client)

    def test_what_came_back_to_another_browser_is_nothing(self, client, bank, writer):
        """Else somebody could be made to work in a stranger's account."""
        back = bank.signs_in(client.get(SSO)["Location"])
        other = type(client)()
        assert other.get(back).status_code == 403
        assert not is_in(other)

    def test_a_provider_that_is_away_is_said(self, client, settings):
        settings.OIDC_ISSUER = "http://127.0.0.1:9"
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        answer = client.get(SSO)
        assert answer.status_code == 503
        assert "统一认证现在连不上" in seen(answer)

    def test_without_the_option_there_is_no_such_page(self, client):
        assert client.get(SSO).status_code == 404
        assert client.get(f"{SSO}back/?code=x&state=y").status_code == 404
        assert "sso" not in client.get("/accounts/login/").text


@pytest.mark.parametrize(
    ("methods", "leads"),
    [
        (["pwd"], "/accounts/login/second-factor/"),
        (["pwd", "otp"], "/admin/"),
        (["mfa"], "/admin/"),
    ],
)
def test_a_second_factor_there_is_one_here(client, bank, settings, methods, leads):
    settings.SECOND_FACTOR = "chiefs"
    a_user(Role.CHIEF_EDITOR, username="300101")
    bank.claims = {**bank.claims, "amr": methods}
    assert comes(client, bank)["Location"] == leads
