"""The editors' pages in a real browser: by mouse, by keys, without JavaScript, for everybody."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect

from articles.models import Article
from issues import contents
from issues.models import Edition, Issue
from servicejournal.roles import Role
from tests.browser.looking import no_sideways_scrolling
from tests.conftest import DESKTOP
from tests.factories import PASSWORD, a_section, a_user, an_article, an_issue


def enter(page: Page, path: str, *roles: str) -> None:
    user = a_user(*roles)
    page.goto(f"/accounts/login/?next={path}")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{path}")


@pytest.fixture
def issue(transactional_db) -> Issue:
    issue = an_issue(date=date(2026, 12, 18), theme="冬天里的那盏灯")
    for title in ("一盏灯", "两把椅子", "三号窗口"):
        an_article(title=title, issue=issue)
    an_article(title="四封信", status=Article.Status.ACCEPTED, section=a_section())
    return issue


def make_up_of(issue: Issue) -> str:
    return f"/admin/issues/issue/{issue.pk}/board/"


def titles(issue: Issue) -> list[str]:
    return [article.title for article in contents.of(issue).articles]


def test_an_article_is_moved_by_keys_and_saved(desktop, issue):
    enter(desktop, make_up_of(issue), Role.EDITOR)
    up = desktop.get_by_role("button", name="上移《三号窗口》")
    up.focus()
    desktop.keyboard.press("Enter")
    expect(up).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.get_by_role("button", name="保存目录").click()
    expect(desktop.get_by_text("目录已保存。")).to_be_visible()
    assert titles(issue) == ["三号窗口", "一盏灯", "两把椅子"]


def test_the_pages_of_an_edition_fill_up_before_the_editors_eyes(desktop, issue):
    edition = Edition(issue=issue, number=1, made_by=a_user(), sha256="ab" * 32, page_count=2)
    edition.pdf.save("issue.pdf", ContentFile(b"%PDF-"))
    enter(desktop, f"/admin/issues/issue/{issue.pk}/release/", Role.EDITOR)
    expect(desktop.get_by_label("翻页版面：已做 0 / 2 页")).to_be_visible()
    for number in (1, 2):
        edition.pages.create(number=number, width=1, height=1)
    expect(desktop.get_by_role("status").filter(has_text="共 2 页")).to_be_visible()
    expect(desktop.get_by_role("progressbar")).to_have_count(0)


def test_an_article_is_dragged_to_another_section(desktop, issue):
    enter(desktop, make_up_of(issue), Role.EDITOR)
    group = desktop.get_by_role("group", name="服务情思")
    handle = desktop.locator("li", has_text="两把椅子").locator("[data-handle]")
    group.scroll_into_view_if_needed()
    handle.drag_to(group.locator("[data-list]"))
    expect(group.get_by_text("两把椅子").first).to_be_visible()
    desktop.get_by_role("button", name="保存目录").click()
    expect(desktop.get_by_text("目录已保存。")).to_be_visible()
    assert titles(issue) == ["一盏灯", "三号窗口", "两把椅子"]


def test_it_is_made_up_without_javascript(open_browser, issue):
    page = open_browser(**DESKTOP, java_script_enabled=False)
    enter(page, make_up_of(issue), Role.EDITOR)
    row = page.locator("li", has_text="三号窗口")
    row.get_by_role("spinbutton").fill("0")
    page.get_by_role("button", name="保存目录").click()
    expect(page.get_by_text("目录已保存。")).to_be_visible()
    page.get_by_role("checkbox", name="四封信").check()
    page.get_by_role("button", name="编入所选稿件").click()
    assert titles(issue) == ["三号窗口", "一盏灯", "两把椅子", "四封信"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desks_pages_are_accessible_and_do_not_scroll_sideways(open_browser, issue, width):
    waiting = an_article(title="等初审", status=Article.Status.FIRST_REVIEW)
    page = open_browser(viewport={"width": width, "height": 844})
    enter(page, "/admin/", Role.CHIEF_EDITOR)
    for path in (
        "/admin/",
        f"/admin/articles/article/{waiting.pk}/review/",
        make_up_of(issue),
        f"/admin/issues/issue/{issue.pk}/release/",
        "/admin/issues/backissueimport/upload/",
    ):
        page.goto(path)
        assert no_sideways_scrolling(page), path
        found = Axe().run(page).response["violations"]
        assert not found, [
            (path, each["id"], node["html"][:160]) for each in found for node in each["nodes"]
        ]
