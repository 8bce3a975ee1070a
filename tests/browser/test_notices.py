"""From a call on the home page to the notice that the manuscript came in, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article, Notice
from articles.writing import handing_in
from tests.articles.filling_in import a_draft, sent_back
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.conftest import PHONE
from tests.factories import a_call, a_user, an_issue

pytestmark = pytest.mark.django_db(transaction=True)


def axe_finds(page: Page) -> list[str]:
    return [each["id"] for each in Axe().run(page).response["violations"]]


def test_from_a_call_to_a_notice(open_browser):
    an_issue(published=True, articles=1)
    a_call(theme="年关前的一天", words="写一件小事。")
    writer = a_user(name="沈一鸣")
    sent_back(writer, told=True)
    page = open_browser(**PHONE, color_scheme="dark", reduced_motion="reduce")
    sign_in(page, writer, "/submissions/")
    page.get_by_role("link", name="本期").click()
    expect(page.get_by_role("link", name="应征投稿")).to_be_visible()
    assert (axe_finds(page), no_sideways_scrolling(page)) == ([], True)
    page.get_by_role("link", name="应征投稿").click()
    expect(page.get_by_role("radio", name="年关前的一天")).to_be_checked()
    page.get_by_label("标题").fill("腊月二十三")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    assert Article.objects.get(title="腊月二十三").call.theme == "年关前的一天"

    page.get_by_role("link", name="通知 2 条未读").click()
    expect(page.get_by_role("button", name="请您修改：《雨天的伞》")).to_be_visible()
    assert (axe_finds(page), no_sideways_scrolling(page)) == ([], True)
    page.get_by_role("button", name="请您修改：《雨天的伞》").click()
    expect(page.get_by_role("heading", name="请您修改")).to_be_visible()
    page.get_by_role("link", name="通知 1 条未读").click()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("link", name="通知", exact=True)).to_be_visible()
    assert not Notice.objects.unread().exists()


def test_an_editors_phone_shows_the_menu_in_one_row(open_browser):
    editor = a_user("editor", name="程砚")
    handing_in.hand_in(a_draft(editor), by=editor, declared=True)
    page = open_browser(**PHONE)
    sign_in(page, editor, "/notices/")
    boxes = [link.bounding_box() for link in page.get_by_label("主菜单").get_by_role("link").all()]
    assert len({box["y"] for box in boxes}) == 1
    assert no_sideways_scrolling(page)
