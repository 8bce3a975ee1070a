"""我的登录设备: where somebody is signed in, how it ends by itself and by its owner."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues import reminders
from servicejournal import record
from servicejournal.accounts import devices
from servicejournal.models import User, Visit
from tests.factories import PASSWORD, a_user, an_article
from tests.pages import seen

pytestmark = pytest.mark.django_db

HERE = "/accounts/devices/"
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49"
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/131.0.0.0 Safari/537.36"
)


def sign_in(client, user: User, agent: str = CHROME, address: str = "10.0.0.1"):
    data = {"username": user.username, "password": PASSWORD}
    headers = {"User-Agent": agent}
    return client.post("/accounts/login/", data, REMOTE_ADDR=address, headers=headers)


def is_in(client) -> bool:
    return client.get("/accounts/").status_code == 200


@pytest.fixture
def user() -> User:
    return a_user()


@pytest.fixture
def there(client, user):
    """The same account on a telephone."""
    other = type(client)()
    sign_in(other, user, WECHAT, "10.0.0.2")
    return other


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WECHAT, "iPhone，微信"),
        (CHROME, "Windows 电脑，Chrome 131"),
        (f"{CHROME} Edg/131.0.0.0", "Windows 电脑，Edge 131"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0", "Linux 电脑，Firefox 128"),
        ("", "认不出的浏览器"),
        ("<script>", "认不出的浏览器"),
    ],
)
def test_browsers_are_called_as_people_call_them(agent, words):
    assert devices.browser_in(agent) == words


def test_says_when_from_where_and_with_which_browser(client, user, there, html_valid):
    sign_in(client, user)
    page = client.get(HERE, headers={"User-Agent": CHROME})
    assert "Windows 电脑，Chrome 131 现在这一台" in seen(page)
    assert "iPhone，微信" in seen(page)
    assert "来自 10.0.0.2" in seen(page)
    html_valid(page.text)
    assert not any(visit.session_key in page.text for visit in Visit.objects.all())


def test_one_is_ended_and_recorded(client, user, there):
    sign_in(client, user)
    other = next(each for each in devices.of(user) if "微信" in each.browser)
    client.post(HERE, {"device": other.handle})
    assert (is_in(client), is_in(there)) == (True, False)
    row = record.of(user).first()
    assert (row.verb, row.what) == ("结束一处登录", {"browser": "iPhone，微信"})


def test_all_others_are_ended(client, user, there):
    sign_in(client, user)
    client.post(HERE, {"others": "1"})
    assert (is_in(client), is_in(there)) == (True, False)
    assert record.of(user).first().verb == "结束其他登录"


def test_anothers_is_not_ones_own_to_end(client, user, there):
    client.force_login(a_user())
    client.post(HERE, {"device": devices.of(user)[0].handle})
    assert is_in(there)


def test_a_changed_password_ends_all_others(client, user, there):
    sign_in(client, user)
    new = dict.fromkeys(("new_password1", "new_password2"), "counter-three-umbrella")
    client.post("/accounts/password/", {"old_password": PASSWORD, **new})
    assert (is_in(client), is_in(there)) == (True, False)
    assert [each.is_this for each in devices.of(user, key=client.session.session_key)] == [True]


def test_signing_in_gives_another_key(client, user):
    client.get("/accounts/login/?next=/")
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, user)
    assert client.session.session_key != before
    assert not Visit.objects.filter(session_key=before).exists()


class TestEnding:
    def ages(self, client, **ago) -> None:
        """As if everything of this visit had been so long ago."""
        past = timedelta(**ago)
        for visit in Visit.objects.all():
            data = visit.get_decoded()
            data["visit-started"] -= int(past.total_seconds())
            visit.session_data = client.session.encode(data)
            visit.expire_date -= past
            visit.save()

    def test_after_an_hour_in_which_nothing_happened(self, client, user):
        sign_in(client, user)
        self.ages(client, minutes=61)
        assert not is_in(client)

    def test_not_while_something_happens(self, client, user):
        sign_in(client, user)
        for _ in range(4):
            self.ages(client, minutes=40)
            assert is_in(client)

    def test_after_twelve_hours_whatever_happens(self, client, user):
        sign_in(client, user)
        for _ in range(24):
            self.ages(client, minutes=29)
            assert is_in(client)
        self.ages(client, minutes=29)
        assert not is_in(client)

    def test_by_the_settings(self, client, user, settings):
        settings.SESSION_IDLE_MINUTES = 10
        sign_in(client, user)
        self.ages(client, minutes=11)
        assert not is_in(client)

    def test_a_page_that_asks_by_itself_keeps_nothing_going(self, client):
        editor = a_user("editor")
        article = an_article(status="submitted")
        client.force_login(editor)
        self.ages(client, minutes=40)
        before = Visit.objects.get().expire_date
        client.post(f"/admin/articles/article/{article.pk}/presence/")
        assert Visit.objects.get().expire_date == before

    def test_a_visit_that_just_began_is_written_once(self, client, user):
        sign_in(client, user)
        before = Visit.objects.get().seen_at
        is_in(client)
        assert Visit.objects.get().seen_at == before
        assert before <= timezone.now()


def test_visits_that_are_over_are_dropped_and_others_stay(client, user, there):
    sign_in(client, user)
    Visit.objects.filter(session_key=there.session.session_key).update(
        expire_date=timezone.now() - timedelta(minutes=1)
    )
    dict(reminders.ROUNDS)["清理已经结束的登录"]()
    assert [visit.session_key for visit in Visit.objects.all()] == [client.session.session_key]
