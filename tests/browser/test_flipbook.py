"""Leafing through an issue in a real browser: by thumb, by keys, by links alone."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from issues.models import Edition
from tests.browser.looking import no_sideways_scrolling
from tests.browser.test_accessibility import findings
from tests.browser.test_reading import until
from tests.conftest import DESKTOP, PHONE
from tests.factories import an_article
from tests.issues.paged import in_pages

pytestmark = pytest.mark.django_db(transaction=True)

READ = "/issues/2026/3/read/"


@pytest.fixture
def edition(live_server) -> Edition:
    edition = in_pages([f"第 {n} 页的文字，灯{'亮' * n}。" for n in range(1, 10)])
    edition.pages.update(lines=[[100, 120, 90, 110, *[20] * 8]])
    article = an_article(issue=edition.issue, title="河堤上的灯")
    edition.outline = [{"title": article.title, "page": 6, "article": article.pk}]
    edition.save()
    return edition


def shown(page) -> list[int]:
    """The numbers of the pages that stand whole in the window."""
    found = []
    width = page.viewport_size["width"]
    for number in range(1, 10):
        box = page.locator(f"#p{number}").bounding_box()
        if box["x"] > -2 and box["x"] + box["width"] < width + 2:
            found.append(number)
    return found


def shows(page, *numbers: int) -> None:
    """Waits for these pages: they may be turning."""
    for _ in range(60):
        if shown(page) == list(numbers):
            return
        page.wait_for_timeout(50)
    assert shown(page) == list(numbers)


def test_on_a_phone_one_page_at_a_time_is_swiped_found_and_looked_at(phone, edition):
    asked = []
    phone.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    phone.goto(READ)
    shows(phone, 1)
    phone.wait_for_timeout(300)
    near = {"1-800.webp", "2-800.webp", "3-800.webp"}
    assert {name for name in asked if ".webp" in name} <= near
    assert no_sideways_scrolling(phone)

    phone.locator(".leaves").evaluate("e => e.scrollBy({left: e.clientWidth})")
    until(phone, "location.hash === '#p2'")
    assert phone.get_by_role("status").inner_text().split() == ["第", "2", "页，共", "/", "9", "页"]

    phone.locator("summary", has_text="检索").tap()
    phone.get_by_label("要检索的字词").fill("亮亮亮亮亮亮亮 亮")
    phone.get_by_role("button", name="检索", exact=True).tap()
    phone.locator(".found a", has_text="第 8 页").tap()
    shows(phone, 8)
    assert phone.url.endswith("#p8")
    assert not phone.get_by_label("要检索的字词").is_visible()

    phone.get_by_role("button", name="放大", exact=True).tap()
    glass = phone.get_by_role("dialog")
    until(phone, "document.querySelector('.glass img')?.naturalWidth === 1800")
    assert glass.get_by_role("img", name="第 8 页").bounding_box()["width"] == 780
    glass.get_by_role("button", name="再放大").tap()
    assert glass.get_by_text("250%").is_visible()
    glass.get_by_role("button", name="关闭").tap()
    assert not glass.is_visible()

    assert phone.locator("#p8 .marks").count() == 1
    phone.get_by_role("link", name="回到刚才的位置（第 2 页）").tap()
    shows(phone, 2)
    phone.locator("summary", has_text="缩略图").tap()
    phone.get_by_label("到第").fill("8")
    phone.get_by_role("button", name="翻到").tap()
    shows(phone, 8)

    phone.set_viewport_size({"width": 1180, "height": 700})
    shows(phone, 8, 9)
    assert phone.url.endswith("#p8")

    phone.goto("/issues/2026/3/")
    phone.goto(READ)
    phone.get_by_role("link", name="接着上次看（第 8 页）").tap()
    shows(phone, 8, 9)


@pytest.mark.parametrize(
    ("width", "height", "pages", "broad"),
    [
        (844, 390, (4, 5), 422),
        (667, 375, (4,), 667),
        (640, 360, (4,), 640),
        (384, 512, (4,), 384),
        (960, 540, (4, 5), 480),
    ],
    ids=["telephone", "small-telephone", "1280-at-200", "768-at-200", "1920-at-200"],
)
def test_in_low_windows_pages_are_as_wide_as_fits(
    open_browser, edition, width, height, pages, broad
):
    page = open_browser(viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(f"{READ}#p4")
    shows(page, *pages)
    assert page.locator("#p4 img").bounding_box()["width"] == pytest.approx(broad, abs=2)
    assert no_sideways_scrolling(page)
    page.keyboard.press("Space")  # what is below comes before the next page
    until(page, "document.querySelector('.leaves').scrollTop > 100")
    shows(page, *pages)
    page.keyboard.press("ArrowRight")
    shows(page, *[number + len(pages) for number in pages])
    assert page.locator(".leaves").evaluate("e => e.scrollTop") == 0


@pytest.mark.parametrize("width", [390, 768, 1024, 1280])
def test_nothing_in_the_bars_stands_on_anything_else(open_browser, edition, width):
    page = open_browser(viewport={"width": width, "height": 1024})
    page.goto(READ)
    boxes = page.locator(
        ".back, .panels summary, .panels .plain, .turning button, .here"
    ).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) >= 9
    for one, other in combinations(boxes, 2):
        apart = (
            one["right"] <= other["left"] + 0.5
            or other["right"] <= one["left"] + 0.5
            or one["bottom"] <= other["top"] + 0.5
            or other["bottom"] <= one["top"] + 0.5
        )
        assert apart, (one, other)


def test_nothing_moves_while_it_loads(open_browser, edition):
    page = open_browser(**PHONE)
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => {"
        " for (const each of list.getEntries()) window.moved += each.value;"
        "}).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(READ)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.moved") < 0.001


def test_at_a_desk_spreads_turn_by_keys_buttons_and_contents(desktop, edition):
    desktop.goto(f"{READ}#p5")
    shows(desktop, 4, 5)
    desktop.keyboard.press("ArrowRight")
    shows(desktop, 6, 7)
    desktop.keyboard.press("Home")
    shows(desktop, 1)
    expect(desktop.get_by_role("button", name="上一页")).to_be_disabled()
    desktop.get_by_role("button", name="下一页").click()
    shows(desktop, 2, 3)
    desktop.keyboard.press("ArrowRight")
    desktop.keyboard.press("ArrowRight")
    shows(desktop, 6, 7)
    desktop.mouse.move(400, 400)
    desktop.mouse.wheel(0, 120)
    shows(desktop, 8, 9)
    desktop.keyboard.press("Home")
    desktop.keyboard.press("End")
    shows(desktop, 8, 9)

    desktop.locator("summary", has_text="目录").click()
    desktop.locator(".starts a").click()
    shows(desktop, 6, 7)
    assert desktop.url.endswith("#p6")
    assert not desktop.locator(".starts").is_visible()

    desktop.locator("#p6").get_by_role("link", name="本页文字").click()
    assert desktop.get_by_text("第 6 页的文字，灯亮亮亮亮亮亮。").is_visible()
    desktop.keyboard.press("Escape")
    desktop.locator("#p6").get_by_role("link", name="河堤上的灯").click()
    desktop.get_by_role("link", name="看版面 第 6 页").click()
    shows(desktop, 6, 7)


def test_without_a_script_links_lead_to_pages_words_and_what_is_looked_up(open_browser, edition):
    page = open_browser(**DESKTOP, java_script_enabled=False)
    page.goto(f"{READ}#p8")
    shows(page, 8, 9)
    page.goto(f"{READ}#p3")
    shows(page, 2, 3)
    page.locator("summary", has_text="目录").click()
    page.locator(".starts a").click()
    shows(page, 6, 7)
    page.locator("summary", has_text="检索").click()
    page.get_by_label("要检索的字词").fill("亮亮亮亮亮亮亮亮亮")
    page.get_by_role("button", name="检索", exact=True).click()
    page.locator(".found a", has_text="第 9 页").click()
    shows(page, 8, 9)
    page.locator("#p9 .own").click()
    assert page.locator("#p9 .words").bounding_box()["height"] > 300
    assert not page.get_by_role("button", name="下一页").is_visible()


@pytest.mark.parametrize("look", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_axe_finds_nothing(open_browser, edition, look):
    page = open_browser(**{**look, "reduced_motion": "reduce"})
    page.goto(f"{READ}?q=灯#p6")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator("summary", has_text="缩略图").click()
    assert findings(page) == []
    small = page.locator("a, button, summary").evaluate_all(
        "all => all.filter(e => e.checkVisibility() && !e.matches('.skip, .close, .picture')"
        " && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"
    )
    assert small == []
    page.keyboard.press("Escape")
    page.locator("#p6 .picture").click()
    assert findings(page) == []
