"""The database stops for a moment: no 500, no lost word, and all is well when it is back."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection

from articles.models import Article
from servicejournal.models import User
from servicejournal.web import database_away, error_pages
from tests.articles.filling_in import WORDS, a_draft, posted
from tests.articles.pictures.test_pixels import a_png
from tests.broken_database import broken_database
from tests.factories import PASSWORD, a_user
from tests.pages import seen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer() -> User:
    return a_user(name="沈一鸣")


@pytest.fixture
def signed_in(client, writer):
    client.force_login(writer)
    return client


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def test_a_form_is_kept_whole_and_sent_again(signed_in, html_valid):
    sent = posted(title="龑䶮<&", note="请看\n标题")
    with broken_database():
        response = signed_in.post("/submit/", sent)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "过几秒点“再试一次”" in seen(response)
    assert WORDS in seen(response)
    html_valid(response.text)
    kept = hidden_fields(response.text)
    assert kept == {name: str(value) for name, value in sent.items()}
    assert signed_in.post("/submit/", kept).status_code == 302
    assert Article.objects.get().title == "龑䶮<&"


def test_what_saves_by_itself_is_told_and_saves_when_all_is_well(signed_in):
    sent = posted(action="autosave", base="")
    headers = {"Accept": "application/json"}
    with broken_database():
        response = signed_in.post("/submit/", sent, headers=headers)
    assert response.status_code == 503
    assert response.json()["error"] == {
        "reason": "away",
        "message": "服务器暂时不可用，请过几秒再试。",
    }
    assert not Article.objects.exists()
    assert signed_in.post("/submit/", sent, headers=headers).status_code == 200


def test_a_picture_that_is_uploaded_says_so_in_the_editor(signed_in):
    upload = {"upload": SimpleUploadedFile("柜台.png", a_png())}
    with broken_database():
        response = signed_in.post("/pictures/", upload, headers={"Sec-Fetch-Dest": "empty"})
    assert response.status_code == 503
    assert response.json()["error"]["message"] == "服务器暂时不可用，请过几秒再试。"


def test_any_other_form_can_be_tried_again(signed_in, writer):
    article = a_draft(writer)
    with broken_database():
        response = signed_in.post(f"/submissions/{article.pk}/withdraw/", {"why": "数字有误，先撤"})
    assert response.status_code == 503
    assert hidden_fields(response.text) == {"why": "数字有误，先撤"}
    article.refresh_from_db()
    assert article.status == Article.Status.DRAFT


def test_a_password_never_stands_in_the_page(client, writer):
    sign_in = {"username": writer.username, "password": PASSWORD}
    with broken_database():
        response = client.post("/accounts/login/", sign_in)
    assert response.status_code == 503
    assert PASSWORD not in response.text
    assert "<form" not in response.text


def test_a_middleware_that_asks_is_answered_too(rf):
    request = rf.post("/anywhere/", {"title": "外来的字"})
    with broken_database():
        try:
            User.objects.create(username="someone")
        except DatabaseError:
            response = error_pages.server_error(request)
    assert response.status_code == 503
    assert "外来的字" not in response.text  # nobody has looked at the token


def test_other_faults_stay_faults(rf, writer):
    for ask in (
        lambda: connection.cursor().execute("SELECT * FROM nowhere"),
        lambda: User.objects.create(username=writer.username),
    ):
        with pytest.raises(DatabaseError) as caught:
            ask()
        assert not database_away.is_away(caught.value)
    assert isinstance(caught.value, IntegrityError)
    assert not database_away.is_away(ValueError("x"))
    assert error_pages.server_error(rf.get("/")).status_code == 500


def test_a_page_to_read_offers_to_try_again(client, html_valid):
    client.get("/")
    with broken_database():
        response = client.get("/issues/?x=1")
    if connection.vendor == "sqlite":  # where who reads waits for nobody who writes
        assert response.status_code == 200
    else:
        assert response.status_code == 503
        assert 'href="/issues/?x=1"' in response.text
    html_valid(response.text)
    assert client.get("/issues/").status_code == 200
