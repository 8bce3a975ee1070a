"""The second factor: of whom it is demanded, enrolled, shown, used up, lost and reset."""

import re
import time

import pytest
from django.core import mail
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken

from issues.making import preflight
from servicejournal import record
from servicejournal.accounts import granting, links, second_factor
from servicejournal.accounts.registration import NotAllowed
from servicejournal.models import Record, RoleRequest, Telephone, User
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import PASSWORD, a_user, an_issue
from tests.pages import seen

pytestmark = pytest.mark.django_db

CODE, ENROL = "/accounts/login/code/", "/accounts/login/second-factor/"


@pytest.fixture(autouse=True)
def demanded(settings) -> None:
    settings.SECOND_FACTOR = "chiefs"


@pytest.fixture
def chief() -> User:
    return a_user(Role.CHIEF_EDITOR, name="秦望", email="qin@example.com")


def shown_by_the_telephone(user: User, *, steps: int = 0) -> str:
    """What it shows now, or so many half minutes later."""
    device = Telephone.objects.get(user=user)
    code = TOTP(device.bin_key, device.step, device.t0, device.digits)
    code.time = time.time() + 30 * steps
    return f"{code.token():06d}"


def with_telephone(user: User) -> list[str]:
    """Enrolled half an hour ago; gives the recovery codes."""
    second_factor.begun(user)
    codes = second_factor.enrol(user, shown_by_the_telephone(user), by=user)
    Telephone.objects.update(last_t=-1)
    return codes


def password(client, user: User, **more):
    typed = {"username": user.username, "password": PASSWORD, **more}
    return client.post("/accounts/login/", typed)


def is_in(client) -> bool:
    return client.get("/accounts/devices/").status_code == 200


@pytest.mark.parametrize(
    ("setting", "roles"),
    [
        ("nobody", set()),
        ("chiefs", {Role.CHIEF_EDITOR, Role.ADMINISTRATOR}),
        ("staff", set(Role) - {Role.CONTRIBUTOR, Role.BRANCH_HEAD}),
    ],
)
def test_of_whom_it_is_demanded(settings, setting, roles):
    settings.SECOND_FACTOR = setting
    assert {role for role in Role if second_factor.demanded_of(a_user(role))} == roles


def test_whose_role_demands_it_enrols_before_coming_in(client, chief, html_valid):
    assert password(client, chief, next="/admin/issues/issue/")["Location"] == ENROL
    assert not is_in(client)
    page = client.get(ENROL)
    html_valid(page.text)
    assert 'src="data:image/svg+xml' in page.text
    assert "对不上" in seen(client.post(ENROL, {"code": "000000"}))
    Telephone.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    done = client.post(ENROL, {"code": shown_by_the_telephone(chief)})
    html_valid(done.text)
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", done.text)
    assert len(set(codes)) == 10
    assert 'href="/admin/issues/issue/"' in done.text
    assert is_in(client)
    assert [row.verb for row in record.of(chief)] == ["登录", "启用动态口令"]
    stored = "".join(StaticToken.objects.values_list("token", flat=True))
    assert not [code for code in codes if code.replace("-", "") in stored]


def test_a_stolen_password_alone_opens_nothing(client, chief, html_valid):
    with_telephone(chief)
    assert password(client, chief)["Location"] == CODE
    html_valid(client.get(CODE).text)
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302
    assert client.get(ENROL)["Location"] == "/accounts/login/"
    assert "验证码不对" in seen(client.post(CODE, {"code": "123456"}))
    assert not is_in(client)


def test_the_code_of_the_telephone_lets_in_once(client, chief):
    with_telephone(chief)
    code = shown_by_the_telephone(chief)
    password(client, chief, next="/admin/issues/issue/")
    spaced = f" {code[:3]} {code[3:]} ".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert client.post(CODE, {"code": spaced})["Location"] == "/admin/issues/issue/"
    assert record.of(chief).first().what == {"factor": "动态口令"}
    client.logout()
    password(client, chief)
    assert "已经用过" in seen(client.post(CODE, {"code": code}))
    assert not is_in(client)


def test_a_recovery_code_lets_in_once_and_says_how_many_are_left(client, chief):
    first, *_ = with_telephone(chief)
    password(client, chief)
    answer = client.post(CODE, {"code": first.upper()}, follow=True)
    assert "还剩 9 个" in seen(answer)
    assert record.of(chief).first().what == {"factor": "恢复码"}
    client.logout()
    password(client, chief)
    assert client.post(CODE, {"code": first}).status_code == 422
    assert not is_in(client)


def test_wrong_codes_are_slowed_down_and_then_stopped(client, chief):
    with_telephone(chief)
    password(client, chief)
    client.post(CODE, {"code": "123456"})
    assert "请等" in seen(client.post(CODE, {"code": shown_by_the_telephone(chief)}))
    for _ in range(9):
        Telephone.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
        answer = client.post(CODE, {"code": "123456"})
    assert answer.status_code == 429
    Telephone.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    late = client.post(CODE, {"code": shown_by_the_telephone(chief)})
    assert (late.status_code, is_in(client)) == (429, False)
    assert record.of(chief).filter(verb="登录失败").exists()


def test_a_one_time_link_is_no_way_round_it(client, chief):
    with_telephone(chief)
    admin = a_user(Role.ADMINISTRATOR)
    url = links.make([chief], by=admin, absolute=lambda path: path)[0].url
    form = client.get(url)["Location"]
    new = dict.fromkeys(("new_password1", "new_password2"), "counter-three-umbrella")
    assert client.post(form, new)["Location"] == CODE
    assert not is_in(client)


def test_others_may_and_may_stop(client):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    client.get("/accounts/second-factor/")
    typed = {"code": shown_by_the_telephone(user), "password": PASSWORD}
    done = client.post("/accounts/second-factor/", typed)
    assert "请抄下恢复码" in seen(done)
    assert "恢复码还剩 10 个" in seen(client.get("/accounts/devices/"))
    client.post("/accounts/second-factor/off/")
    assert not second_factor.is_on(user)
    assert record.of(user).first().verb == "关闭动态口令"


@pytest.mark.parametrize("typed", ["", "not-this-one"])
def test_a_browser_left_open_ties_no_telephone_to_the_account(client, html_valid, typed):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    client.get("/accounts/second-factor/")
    theirs = {"code": shown_by_the_telephone(user), "password": typed}
    refused = client.post("/accounts/second-factor/", theirs)
    assert (refused.status_code, "密码" in seen(refused)) == (422, True)
    html_valid(refused.text)
    assert not second_factor.is_on(user)


def test_of_whom_it_is_demanded_does_not_stop(client, chief):
    with_telephone(chief)
    with pytest.raises(NotAllowed, match="不能关闭"):
        second_factor.turn_off(chief, by=chief)


def test_new_recovery_codes_void_those_before(client, chief):
    old, *_ = with_telephone(chief)
    new, *_ = second_factor.renew_codes(chief, by=chief)
    assert second_factor.proof(chief, old) == ""
    StaticToken.objects.all()[0].device.throttle_reset()
    assert second_factor.proof(chief, new) == "恢复码"


class TestReset:
    def test_by_a_second_person_signs_out_is_told_and_begun_anew(
        self, client, chief, django_capture_on_commit_callbacks
    ):
        with_telephone(chief)
        there = type(client)()
        password(there, chief)
        there.post(CODE, {"code": shown_by_the_telephone(chief)})
        assert is_in(there)
        client.force_login(a_user(Role.ADMINISTRATOR, name="柳青"))
        path = f"/admin/servicejournal/user/{chief.pk}/signing-in/"
        refused = client.post(path, {"reset": "1", "why": " "})
        assert (refused.status_code, "怎样核对了本人" in seen(refused)) == (422, True)
        with django_capture_on_commit_callbacks(execute=True):
            done = client.post(path, {"reset": "1", "why": "当面"}, follow=True)
        assert "已重置。" in seen(done)
        assert not is_in(there)
        worker_runs()
        assert mail.outbox[0].to == ["qin@example.com"]
        assert "由柳青重置" in mail.outbox[0].body
        row = record.of(chief).first()
        assert (row.verb, row.actor, row.why) == ("重置动态口令", "柳青", "当面")
        assert password(there, chief)["Location"] == ENROL
        assert "由柳青重置（当面）" in seen(there.get(ENROL))

    def test_is_nobodys_own_and_no_editors(self, chief):
        admin = a_user(Role.ADMINISTRATOR)
        with_telephone(admin)
        for who, by in ((admin, admin), (admin, chief), (admin, a_user(Role.EDITOR))):
            with pytest.raises(NotAllowed):
                second_factor.reset(who, by=by, why="当面")
        root = a_user(is_superuser=True)
        with_telephone(root)
        with pytest.raises(NotAllowed, match="系统管理员"):
            second_factor.reset(root, by=admin, why="当面")
        assert not Record.objects.filter(verb="重置动态口令").exists()

    def test_who_reset_it_is_no_second_person_for_that_account(self, chief):
        admin = a_user(Role.ADMINISTRATOR)
        with_telephone(chief)
        second_factor.reset(chief, by=admin, why="当面")
        asked = granting.grant(a_user(), Role.CHIEF_EDITOR, by=admin, why="接任")
        assert isinstance(asked, RoleRequest)
        assert "要请另一个人同意" in granting.why_not_answer(asked, by=chief)


class TestAskedAgain:
    def come_in(self, client, user: User) -> None:
        with_telephone(user)
        password(client, user)
        client.post(CODE, {"code": shown_by_the_telephone(user)})

    def later(self, client) -> None:
        session = client.session
        session["proved-at"] = int(time.time()) - 61 * 60
        session.save()

    def test_before_roles_are_given(self, client, settings):
        admin, user = a_user(Role.ADMINISTRATOR), a_user()
        self.come_in(client, admin)
        path = f"/admin/servicejournal/user/{user.pk}/roles/"
        assert client.get(path).status_code == 200
        self.later(client)
        asked = client.post(path, {"role": Role.EDITOR})
        assert asked["Location"] == f"/accounts/code/?next={path.replace('/', '%2F')}"
        assert not user.grants.exists()
        code = {"code": shown_by_the_telephone(admin, steps=1), "next": path}
        assert client.post("/accounts/code/", code)["Location"] == path
        assert client.get(path).status_code == 200

    def test_before_signing_off(self, client, chief):
        self.come_in(client, chief)
        issue = an_issue()
        self.later(client)
        path = f"/admin/issues/issue/{issue.pk}/release/"
        assert client.get(path).status_code == 200
        accept, why = preflight.check(issue)[-1].code, "下期再补主题"
        typed = {"accept": [accept], f"why-{accept}": why}
        asked = client.post(path, {"step": "sign_off", **typed})
        assert asked["Location"].startswith("/accounts/code/")
        code = {"code": shown_by_the_telephone(chief, steps=1), "next": path}
        assert client.post("/accounts/code/", code)["Location"] == path
        advice = client.get(path).context["advice"]
        assert (True, why) in [(ticked, reason) for _, ticked, reason in advice]
        assert (True, why) not in [each[1:] for each in client.get(path).context["advice"]]

    def test_of_who_has_none_nothing_is_asked(self, client, settings):
        settings.SECOND_FACTOR = "nobody"
        client.force_login(a_user(Role.ADMINISTRATOR))
        assert client.get(f"/admin/servicejournal/user/{a_user().pk}/roles/").status_code == 200


def test_the_admin_has_no_door_of_its_own(client, chief):
    with_telephone(chief)
    asked = client.get("/admin/login/?next=/admin/issues/issue/")
    assert asked["Location"] == "/accounts/login/?next=/admin/issues/issue/"
    typed = {"username": chief.username, "password": PASSWORD}
    client.post("/admin/login/", typed)
    assert not is_in(client)


def test_what_was_begun_ends_after_a_quarter_of_an_hour(client, chief):
    with_telephone(chief)
    password(client, chief)
    session = client.session
    half = dict(session["entering"])
    session["entering"] = {**half, "at": half["at"] - 16 * 60}
    session.save()
    assert client.post(CODE, {"code": shown_by_the_telephone(chief)})["Location"] == (
        "/accounts/login/"
    )
