"""An address that takes a button's form alone, opened like a page: what to do, and the way back."""

import pytest

from servicejournal.roles import Role
from tests.articles.filling_in import handed_in
from tests.factories import a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db


@pytest.mark.any_database
def test_what_a_button_does_is_no_page_and_leads_back_to_the_button(client, html_valid):
    editor = a_user(Role.EDITOR)
    sent = handed_in(a_user())
    client.force_login(editor)
    for address, back in [
        (f"/admin/articles/article/{sent.pk}/assign/", f"/admin/articles/article/{sent.pk}/"),
        ("/admin/articles/article/views/save/", "/admin/articles/article/"),
        (f"/submissions/{sent.pk}/recall/", f"/submissions/{sent.pk}/"),
        ("/notices/read/", "/notices/"),
        ("/accounts/second-factor/codes/", "/accounts/devices/"),
    ]:
        answer = client.get(address)
        assert (answer.status_code, answer["Allow"]) == (405, "POST"), address
        assert "请回到有按钮的那一页，再点一次" in seen(answer)
        assert f'<a class="button" href="{back}">回到那一页</a>' in answer.text, address
    html_valid(answer.text)


def test_a_script_is_told_in_its_own_words(client):
    client.force_login(a_user())
    answer = client.get("/pictures/", headers={"accept": "application/json"})
    assert answer.status_code == 405
    assert "只收按钮送来的内容" in answer.json()["error"]["message"]


def test_a_form_sent_to_what_can_only_be_read_is_answered_too(client):
    answer = client.post("/issues/")
    assert (answer.status_code, "这一页只能看" in seen(answer)) == (405, True)
    assert "GET" in answer["Allow"]
