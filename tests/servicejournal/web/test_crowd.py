"""Too many at once: who has waited too long is told so in Chinese, and loses no word."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Article, Picture
from servicejournal.web import crowd
from tests.articles.filling_in import WORDS, posted
from tests.articles.pictures.test_pixels import a_png
from tests.factories import PASSWORD, a_user, an_issue
from tests.pages import seen
from tests.servicejournal.web.test_database_away import hidden_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(a_user())
    return client


def waited(seconds: float) -> dict[str, float]:
    """As the server process tells it."""
    return {"servicejournal.waited": seconds}


def test_a_page_that_waited_too_long_opens_by_itself_later(signed_in, html_valid):
    assert signed_in.get("/submit/", **waited(crowd.TO_OPEN)).status_code == 200
    page = signed_in.get("/submit/", **waited(crowd.TO_OPEN + 0.1))
    assert page.status_code == 503
    after = int(page["Retry-After"])
    assert 4 <= after <= 12
    assert f"现在人很多，没有轮到。{after} 秒后这一页自己再试" in seen(page)
    assert f'<meta http-equiv="refresh" content="{after}">' in page.text
    assert page["Cache-Control"] == "no-store"
    html_valid(page.text)


def test_what_is_sent_waits_longer_and_comes_back_whole(signed_in, html_valid):
    sent = posted(title="龑䶮<&")
    assert signed_in.post("/submit/", sent, **waited(crowd.TO_OPEN + 0.1)).status_code == 302
    Article.objects.all().delete()
    page = signed_in.post("/submit/", sent, **waited(crowd.TO_SEND + 0.1))
    assert page.status_code == 503
    assert "刚才的内容还没有存上" in seen(page)
    assert WORDS in seen(page)
    assert "http-equiv" not in page.text
    html_valid(page.text)
    assert not Article.objects.exists()
    assert signed_in.post("/submit/", hidden_fields(page.text)).status_code == 302
    assert Article.objects.get().title == "龑䶮<&"


def test_a_script_is_answered_in_json(signed_in):
    upload = {"upload": SimpleUploadedFile("a.png", a_png())}
    headers = {"Accept": "application/json"}
    answer = signed_in.post("/pictures/", upload, headers=headers, **waited(9.0))
    assert answer.status_code == 503
    assert answer.json()["error"]["reason"] == "crowd"
    assert re.fullmatch(
        r"现在人很多，没有轮到。请过 \d+ 秒再试。", answer.json()["error"]["message"]
    )
    assert not Picture.objects.exists()


def test_a_password_is_sent_again_by_the_browser_and_stands_in_no_page(client):
    sign_in = {"username": a_user().username, "password": PASSWORD}
    page = client.post("/accounts/login/", sign_in, **waited(9.0))
    assert page.status_code == 503
    assert "按浏览器的“刷新”再送一次" in seen(page)
    assert PASSWORD not in page.text


def test_words_of_a_form_of_somebody_elses_page_are_not_shown(signed_in):
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/submit/", {"title": "外来的字"}, **waited(9.0))
    assert page.status_code == 403
    assert "外来的字" not in page.text


def test_readers_get_stored_pages_however_long_they_waited(client):
    an_issue(published=True)
    assert client.get("/").status_code == 200
    assert client.get("/", **waited(60.0)).status_code == 200


def test_no_header_can_pretend(signed_in):
    headers = {"servicejournal.waited": "9", "Servicejournal-Waited": "9"}
    assert signed_in.get("/submit/", headers=headers).status_code == 200
