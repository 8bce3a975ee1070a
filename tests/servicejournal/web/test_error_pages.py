"""Pages for what goes wrong: in Chinese, valid, and standing when nothing else does."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views import defaults

from servicejournal.web import error_pages
from tests.pages import seen


@pytest.fixture
def visit(rf: RequestFactory):
    return rf.get("/somewhere/")


def test_the_500_page_asks_nothing_of_the_database(visit, html_valid):
    # No database mark: a query would fail this test.
    response = error_pages.server_error(visit)
    assert response.status_code == 500
    assert "这边出了错" in seen(response)
    html_valid(response.text)


def test_the_400_page_asks_nothing_of_the_database(visit, html_valid):
    response = error_pages.bad_request(visit, SuspiciousOperation("secret reason"))
    assert response.status_code == 400
    assert "这个请求看不懂" in seen(response)
    assert "secret reason" not in response.text
    html_valid(response.text)


def test_a_form_in_a_foreign_character_set_is_a_400(client):
    form = "application/x-www-form-urlencoded; charset=utf-7"
    response = client.post("/accounts/login/", "username=x", content_type=form)
    assert response.status_code == 400
    assert "这个请求看不懂" in seen(response)


def test_the_page_for_a_failed_csrf_check_says_what_to_do(html_valid):
    page = render_to_string("403_csrf.html")
    assert "刷新页面后再提交一次" in page
    html_valid(page)


@pytest.mark.django_db
def test_the_403_page_says_whom_to_ask(client, html_valid):
    visit = client.get("/").wsgi_request
    response = defaults.permission_denied(visit, PermissionDenied("secret reason"))
    assert response.status_code == 403
    assert "您的账号不能打开这一页" in seen(response)
    assert "secret reason" not in response.text
    html_valid(response.text)


@pytest.mark.django_db
def test_the_404_page_of_a_members_journal_offers_a_stranger_no_lists(client, settings):
    settings.READER_ACCESS = "members"
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "往期" not in seen(response)
