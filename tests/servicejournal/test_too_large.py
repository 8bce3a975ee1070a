"""A form that is more than one request may hold is not taken, and gives its words back."""

import pytest

from servicejournal.roles import Role
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db
PAGE = "/admin/articles/houseterm/add/"
OURS = {"Sec-Fetch-Site": "same-origin"}
WORDS = "柜台内外的一件小事"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def editor(client):
    user = a_user(Role.EDITOR)
    client.force_login(user)
    return user


def sent(client, body: str, **headers):
    return client.post(PAGE, body, content_type=FORM, headers={**OURS, **headers})


@pytest.mark.parametrize(
    "body",
    [
        f"why={WORDS}&" + "&".join(f"n{number}=1" for number in range(2100)),
        f"why={WORDS}&word=" + "x" * (3 * 1024 * 1024),
    ],
    ids=["fields", "bytes"],
)
class TestTooMuch:
    def test_is_answered_with_what_was_typed(self, client, editor, body, html_valid):
        answer = sent(client, body)
        assert answer.status_code == 413
        assert "这一次要存的太多了" in seen(answer)
        assert WORDS in answer.text
        html_valid(answer.text)

    def test_from_another_site_or_nobody_is_a_plain_400(self, client, editor, body):
        answer = sent(client, body, **{"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, WORDS in answer.text) == (400, False)
        client.logout()
        assert sent(client, body).status_code == 400


def test_sent_in_parts_it_says_at_least_what_to_do(client, editor):
    fields = {f"n{number}": "1" for number in range(2100)}
    answer = client.post(PAGE, fields, headers=OURS)
    assert answer.status_code == 413
    assert "请用浏览器的“后退”" in seen(answer)


def test_a_thousand_fields_are_no_trouble(client, editor):
    fields = {f"n{number}": "1" for number in range(1500)}
    assert client.post(PAGE, fields, headers=OURS).status_code == 200
