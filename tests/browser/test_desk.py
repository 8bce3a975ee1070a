"""The editors' pages in a real browser: by mouse, by keys, without JavaScript, for everybody."""

from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page, expect

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


def board_of(issue: Issue) -> str:
    return f"/admin/issues/issue/{issue.pk}/board/"


def titles(issue: Issue) -> list[str]:
    return [article.title for article in contents.of(issue).articles]


def test_the_board_is_worked_by_keys_alone(desktop, issue):
    enter(desktop, board_of(issue), Role.EDITOR)
    said = desktop.locator("[data-status]")
    handle = desktop.get_by_role("button", name="搬动《三号窗口》")
    handle.focus()
    desktop.keyboard.press("Space")
    expect(said).to_contain_text("拿起《三号窗口》，在服务管理第 3 篇")
    desktop.keyboard.press("ArrowUp")
    expect(said).to_have_text("《三号窗口》，服务管理第 2 篇")
    expect(handle).to_be_focused()
    desktop.keyboard.press("Escape")
    expect(said).to_have_text("《三号窗口》放回服务管理第 3 篇。")
    assert titles(issue) == ["一盏灯", "两把椅子", "三号窗口"]
    with desktop.expect_response("**/board/step/"):
        for key in ("Space", "ArrowUp", "ArrowUp", "Space"):
            desktop.keyboard.press(key)
    assert titles(issue) == ["三号窗口", "一盏灯", "两把椅子"]
    # From the pile into its section: two columns to the right, behind the preamble.
    desktop.get_by_role("button", name="搬动《四封信》").focus()
    with desktop.expect_response("**/board/step/"):
        for key in ("Space", "ArrowRight", "ArrowRight", "ArrowDown", "Space"):
            desktop.keyboard.press(key)
    assert titles(issue) == ["三号窗口", "四封信", "一盏灯", "两把椅子"]
    undo = desktop.get_by_role("button", name="撤销编入")
    undo.focus()
    with desktop.expect_response("**/board/step/"):
        desktop.keyboard.press("Enter")
    assert titles(issue) == ["三号窗口", "一盏灯", "两把椅子"]


def test_what_the_keys_hold_stays_in_hand_when_the_step_before_it_is_answered(desktop, issue):
    enter(desktop, board_of(issue), Role.EDITOR)
    held = []
    desktop.route("**/board/step/", lambda route: held.append(route))
    desktop.get_by_role("button", name="搬动《三号窗口》").focus()
    for key in ("Space", "ArrowUp", "ArrowUp", "Space"):
        desktop.keyboard.press(key)
    desktop.get_by_role("button", name="搬动《一盏灯》").focus()
    for key in ("Space", "ArrowDown"):
        desktop.keyboard.press(key)
    expect(desktop.locator("[data-status]")).to_have_text("《一盏灯》，服务管理第 3 篇")
    with desktop.expect_response("**/board/step/"):
        held[0].continue_()
    expect(desktop.locator('[data-part="undo"]')).to_contain_text("撤销")  # it is on the page
    desktop.unroute("**/board/step/")
    with desktop.expect_response("**/board/step/"):
        desktop.keyboard.press("Space")
    assert titles(issue) == ["三号窗口", "两把椅子", "一盏灯"]


def drag_by_finger(page: Page, title: str, to: Locator) -> None:
    """As a finger does it; the step is answered."""
    start = page.get_by_role("button", name=f"搬动《{title}》").bounding_box()
    end = to.bounding_box()
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    far_x, far_y = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
    with page.expect_response("**/board/step/") as step:
        touch("touchStart", x, y)
        for part in range(1, 21):
            touch("touchMove", x + (far_x - x) * part / 20, y + (far_y - y) * part / 20)
            page.wait_for_timeout(30)
        touch("touchEnd")
    assert step.value.status == 200


def test_the_board_is_worked_by_a_finger_at_390_pixels(phone, issue):
    enter(phone, board_of(issue), Role.EDITOR)
    phone.locator("li", has_text="一盏灯").first.scroll_into_view_if_needed()
    drag_by_finger(phone, "两把椅子", phone.get_by_role("button", name="搬动《一盏灯》"))
    assert titles(issue) == ["两把椅子", "一盏灯", "三号窗口"]
    # What is far away on a small screen is ticked, and moved together.
    for title in ("一盏灯", "四封信"):
        phone.get_by_role("checkbox", name=title).check()
    phone.get_by_label("勾选的移到").select_option(label="服务情思")
    with phone.expect_response("**/board/step/"):
        phone.get_by_role("button", name="移动", exact=True).tap()
    assert titles(issue) == ["两把椅子", "三号窗口", "四封信", "一盏灯"]


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
    enter(desktop, board_of(issue), Role.EDITOR)
    group = desktop.get_by_role("group", name="服务情思")
    handle = desktop.get_by_role("button", name="搬动《两把椅子》")
    group.scroll_into_view_if_needed()
    with desktop.expect_response("**/board/step/"):
        handle.drag_to(group.locator("[data-list]"))
    expect(group.get_by_text("两把椅子").first).to_be_visible()
    assert titles(issue) == ["一盏灯", "三号窗口", "两把椅子"]


def test_it_is_made_up_without_javascript(open_browser, issue):
    page = open_browser(**DESKTOP, java_script_enabled=False)
    enter(page, board_of(issue), Role.EDITOR)
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
        board_of(issue),
        f"/admin/issues/issue/{issue.pk}/release/",
        "/admin/issues/backissueimport/upload/",
    ):
        page.goto(path)
        assert no_sideways_scrolling(page), path
        found = Axe().run(page).response["violations"]
        assert not found, [
            (path, each["id"], node["html"][:160]) for each in found for node in each["nodes"]
        ]
