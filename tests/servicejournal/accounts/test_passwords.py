"""What a password must be: each rule, and its switch."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from servicejournal.accounts import passwords
from servicejournal.models import PasswordSet, User
from servicejournal.roles import Role
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db

NEXT = "/submissions/?q=1"


def is_taken(password: str, user: User | None = None) -> bool:
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("password", "classes", "taken"),
    [
        ("counterthreeumbrella", 2, False),
        ("counter-three-umbrella", 2, True),
        ("counter-three-umbrella", 3, False),
        ("Counter-three-umbrella", 3, True),
        ("Counter-three-umbrella", 4, False),
        ("Counter-3-umbrella", 4, True),
        ("柜台三把伞不下雨也带着走", 1, True),
        ("counterthreeumbrella", 1, True),
    ],
)
def test_classes_of_characters(settings, password, classes, taken):
    settings.PASSWORD_CLASSES = classes
    assert is_taken(password) is taken


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("Fuwu-Wenhua-2024", False),
        ("fuwu1345wenhua!!", False),
        ("J0urn@l#2026#01", False),
        ("Special-Issue-88", False),  # the journal's name in English
        ("journal-three-umbrellas", True),
        ("Counter-umbrella-7", True),
    ],
)
def test_words_of_the_house_and_figures_alone_are_no_password(settings, password, taken):
    assert is_taken(password) is taken
    settings.PASSWORD_WORDS = []
    assert is_taken(password)


def change(client, old: str, new: str):
    data = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/accounts/password/", data)


def test_none_of_the_last_five_is_taken_again_and_the_sixth_is(client):
    user = a_user()
    client.force_login(user)
    assert "这个密码最近用过" in seen(change(client, PASSWORD, PASSWORD))
    used = [PASSWORD, *(f"counter-umbrella-{n}" for n in range(1, 6))]
    for old, new in pairwise(used):
        assert change(client, old, new).status_code == 302
    for recent in used[1:]:
        assert "这个密码最近用过" in seen(change(client, used[-1], recent))
    assert change(client, used[-1], PASSWORD).status_code == 302
    assert PasswordSet.objects.filter(user=user).count() == 5


def test_without_the_rule_the_same_may_be_set_again(client, settings):
    settings.PASSWORD_NOT_LAST = 0
    client.force_login(a_user())
    assert change(client, PASSWORD, PASSWORD).status_code == 302


def test_the_rules_are_said_as_they_are_set(client, settings):
    settings.PASSWORD_CLASSES, settings.PASSWORD_NOT_LAST = 3, 7
    page = seen(client.get("/accounts/register/"))
    assert "至少要有三种" in page
    assert "最近 7 次用过的" in page


def sign_in(client, user: User, password: str = PASSWORD):
    data = {"username": user.username, "password": password, "next": NEXT}
    return client.post("/accounts/login/", data)


def test_a_password_that_is_too_old_is_changed_before_coming_in(client, html_valid):
    user = a_user()
    PasswordSet.objects.update(at=timezone.now() - timedelta(days=91))
    assert sign_in(client, user)["Location"] == "/accounts/login/password/"
    assert client.get("/submissions/").status_code == 302  # not in yet
    page = client.get("/accounts/login/password/")
    assert "现在的密码用了 90 天以上" in seen(page)
    html_valid(page.text)
    same = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert "这个密码最近用过" in seen(client.post("/accounts/login/password/", same))
    new = dict.fromkeys(same, "counter-three-umbrella")
    assert client.post("/accounts/login/password/", new)["Location"] == NEXT
    assert client.get("/submissions/").status_code == 200


@pytest.mark.parametrize(("days", "age"), [(90, 89), (0, 4000)])
def test_a_younger_one_or_no_rule_asks_for_nothing(client, settings, days, age):
    settings.PASSWORD_DAYS = days
    user = a_user()
    PasswordSet.objects.update(at=timezone.now() - timedelta(days=age))
    assert sign_in(client, user)["Location"] == NEXT


def test_a_password_that_an_administrator_set_is_changed_at_the_first_sign_in(client):
    user = a_user()
    issued = "Umbrella-of-the-office-1"
    client.force_login(a_user(Role.ADMINISTRATOR))
    data = {"password1": issued, "password2": issued, "usable_password": "true"}
    client.post(f"/admin/servicejournal/user/{user.pk}/password/", data)
    client.logout()
    assert sign_in(client, user, issued)["Location"] == "/accounts/login/password/"
    assert "别人替您设的" in seen(client.get("/accounts/login/password/"))
    new = dict.fromkeys(("new_password1", "new_password2"), "counter-three-umbrella")
    assert client.post("/accounts/login/password/", new)["Location"] == NEXT
    client.logout()
    assert sign_in(client, user, "counter-three-umbrella")["Location"] == NEXT


def test_who_comes_too_late_or_from_nowhere_begins_anew(client):
    for path in ("login/password/", "login/code/", "login/second-factor/"):
        assert client.get(f"/accounts/{path}")["Location"] == "/accounts/login/"


def test_what_was_set_elsewhere_meanwhile_ends_what_was_begun(client):
    user = a_user()
    PasswordSet.objects.update(at=timezone.now() - timedelta(days=91))
    sign_in(client, user)
    user.set_password("another-of-mine-1")
    user.save()
    assert client.get("/accounts/login/password/").status_code == 302


def test_a_hash_that_is_made_anew_is_no_change(settings):
    """Django does it at a sign-in when the parameters changed: the password gets no younger."""
    user = a_user()
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert User.objects.get(pk=user.pk).password.startswith("pbkdf2_sha1")
    assert PasswordSet.objects.filter(user=user).count() == 1
    assert not passwords.due(user)
