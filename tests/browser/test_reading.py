"""Reading in a real browser: on a phone, at a desk, in the dark, in large type, without scripts."""

import pytest

from issues.models import Issue
from tests.factories import printed_anew
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db(transaction=True)

MENU = "summary[aria-label=阅读设置]"


@pytest.fixture
def journal(live_server) -> Journal:
    return laid_out(a_journal)


@pytest.fixture
def article(journal) -> str:
    return journal.rich.get_absolute_url()


def size(page, selector: str) -> float:
    return page.eval_on_selector(selector, "e => parseFloat(getComputedStyle(e).fontSize)")


def paper(page) -> str:
    return page.eval_on_selector("body", "e => getComputedStyle(e).backgroundColor")


def choose(page, label: str) -> None:
    page.click(MENU)
    page.get_by_label(label, exact=True).check()
    page.keyboard.press("Escape")


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def until(page, truth: str) -> None:
    """Waits for an expression to hold; the waiting of Playwright needs eval, which pages bar."""
    for _ in range(100):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(50)
    raise AssertionError(truth)


def targets(page) -> list[dict]:
    """Every link and button that stands alone (not in running text), with its height and width."""
    return page.eval_on_selector_all(
        ".masthead a, .masthead button, .masthead summary, .button, .quiet, .neighbours a,"
        " .rows .title, .lead-story .title, .wall a, .footer a, .footer button,"
        " .outline summary, .crumb a",
        """all => all.filter(e => e.offsetParent).map(e => {
            const area = getComputedStyle(e, '::after').position === 'absolute'
                ? e.closest('li, article') : e;
            const box = area.getBoundingClientRect();
            return {words: e.innerText.trim(), height: box.height, width: box.width};
        })""",
    )


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_no_page_is_wider_than_the_screen(request, journal, screen):
    page = request.getfixturevalue(screen)
    for address in journal.pages:
        page.goto(address)
        assert overflow(page) <= 0, address


def test_a_wide_table_scrolls_inside_itself_on_a_phone(phone, article):
    phone.goto(article)
    table = phone.locator(".body .table")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")
    table.focus()
    table.evaluate("e => e.scrollTo(e.scrollWidth, 0)")
    assert table.evaluate("e => e.scrollLeft") > 100


def test_a_line_holds_36_to_38_characters_at_a_desk(desktop, article):
    desktop.goto(article)
    width = desktop.eval_on_selector(".body > p", "e => e.clientWidth")
    assert size(desktop, ".body > p") == 18
    assert 36 <= width / 18 <= 38


def test_paragraphs_are_indented_by_two_characters_without_gaps(phone, article):
    phone.goto(article)
    style = phone.eval_on_selector(
        ".body > p",
        "e => { const s = getComputedStyle(e);"
        " return [s.fontSize, s.textIndent, s.marginTop, s.marginBottom] }",
    )
    assert style == ["17px", "34px", "0px", "0px"]


def test_nothing_is_set_in_italics(desktop, article):
    desktop.goto(article)
    slanted = "all => all.filter(e => getComputedStyle(e).fontStyle !== 'normal').length"
    assert desktop.eval_on_selector_all("body *", slanted) == 0
    dots = "e => getComputedStyle(e).textEmphasisStyle"
    assert "dot" in desktop.eval_on_selector(".body em", dots)


def test_every_target_is_large_enough_for_a_thumb(phone, journal):
    for address in journal.pages:
        phone.goto(address)
        found = targets(phone)
        assert found
        assert [each for each in found if each["height"] < 43.9] == [], address


def test_larger_type_is_one_tap_away_makes_targets_larger_and_stays(phone, journal, article):
    phone.goto(article)
    before = size(phone, ".body > p")
    phone.get_by_role("button", name="长辈版").tap()
    assert size(phone, ".body > p") >= before * 1.3
    for address in journal.pages:
        phone.goto(address)
        assert [each for each in targets(phone) if each["height"] < 59.9] == [], address
        assert overflow(phone) <= 0, address
    phone.get_by_role("button", name="标准版").tap()
    phone.goto(article)
    assert size(phone, ".body > p") == before


def test_the_page_follows_the_systems_dark_mode(open_browser, journal):
    page = open_browser(color_scheme="dark")
    page.goto("/")
    assert paper(page) == "rgb(23, 21, 18)"


@pytest.mark.parametrize(
    ("label", "colour"),
    [("纸白", "rgb(251, 248, 241)"), ("米黄", "rgb(243, 231, 207)"), ("夜间", "rgb(23, 21, 18)")],
)
def test_the_readers_own_paper_wins_over_the_systems_and_stays(
    open_browser, journal, label, colour
):
    system = "light" if label == "夜间" else "dark"
    page = open_browser(color_scheme=system)
    page.goto("/")
    choose(page, label)
    page.goto("/issues/")
    assert paper(page) == colour
    choose(page, "自动")
    page.goto("/")
    assert paper(page) == ("rgb(251, 248, 241)" if system == "light" else "rgb(23, 21, 18)")


def test_a_chosen_paper_is_there_before_the_first_paint(open_browser, journal):
    page = open_browser()
    page.goto("/")
    choose(page, "夜间")
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => {"
        " window.atFirst = document.documentElement.dataset.theme })"
    )
    page.route("**/*.mjs", lambda route: route.abort())
    page.goto("about:blank")
    page.unroute("**/*.mjs")
    page.goto("/")
    assert page.evaluate("window.atFirst") == "dark"


def test_type_size_and_face_are_the_readers(desktop, article):
    desktop.goto(article)
    for label, pixels in [("小", 16), ("标准", 18), ("较大", 20), ("大", 22), ("特大", 26)]:
        choose(desktop, label)
        assert size(desktop, ".body > p") == pixels
    choose(desktop, "宋体")
    desktop.reload()
    face = desktop.eval_on_selector(".body > p", "e => getComputedStyle(e).fontFamily")
    assert "Song" in face.split(",")[0]
    assert size(desktop, ".body > p") == 26
    assert desktop.locator("input[name=face][value=song]").is_checked()


def test_settings_open_and_close_by_keyboard_and_close_by_a_click_outside(desktop, journal):
    desktop.goto("/")
    panel = desktop.get_by_role("group", name="底色")
    desktop.focus(MENU)
    desktop.keyboard.press("Enter")
    assert panel.is_visible()
    desktop.keyboard.press("Escape")
    assert not panel.is_visible()
    assert desktop.evaluate("document.activeElement.ariaLabel") == "阅读设置"
    desktop.click(MENU)
    desktop.mouse.click(20, 600)
    assert not panel.is_visible()


def test_the_first_tab_stop_skips_to_the_text(desktop, article):
    desktop.goto(article)
    desktop.keyboard.press("Tab")
    skip = desktop.get_by_role("link", name="跳到正文")
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().left >= 0")
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_what_has_focus_is_seen_to_have_it(desktop, article):
    desktop.goto(article)
    for _ in range(8):
        desktop.keyboard.press("Tab")
        outline = desktop.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px", desktop.evaluate("document.activeElement.outerHTML")


def test_a_bar_tells_how_far_one_has_read(phone, article):
    phone.goto(article)
    read = "Number(document.querySelector('.progress').style.getPropertyValue('--read'))"
    assert phone.evaluate(read) == 0
    phone.evaluate("document.querySelector('.close').scrollIntoView({behavior: 'instant'})")
    until(phone, f"{read} === 1")


def test_a_reader_who_comes_back_can_go_on_where_they_stopped(phone, article):
    phone.goto(article)
    assert not phone.locator(".resume").is_visible()
    phone.evaluate("scrollTo({top: 1800, behavior: 'instant'})")
    until(phone, "localStorage.getItem('places')")
    phone.goto("/")
    phone.goto(article)
    phone.get_by_role("link", name="从上次读到的地方继续").tap()
    until(phone, "Math.abs(scrollY - 1800) < 60")
    assert not phone.locator(".resume").is_visible()


def test_an_article_read_to_its_end_offers_nothing(phone, article):
    phone.goto(article)
    phone.evaluate("scrollTo({top: 1800, behavior: 'instant'})")
    until(phone, "localStorage.getItem('places')?.includes('0.')")
    phone.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    until(phone, "localStorage.getItem('places') === '[]'")
    phone.goto("/")
    phone.goto(article)
    assert not phone.locator(".resume").is_visible()


def test_closed_or_broken_storage_spoils_nothing(open_browser, article):
    page = open_browser()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('closed', 'SecurityError') } })"
    )
    page.goto(article)
    choose(page, "夜间")
    assert paper(page) == "rgb(23, 21, 18)"
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(500)


@pytest.mark.parametrize("kept", ["nonsense", '{"theme": "<b>", "size": 9}', "null", "[1]"])
def test_foreign_words_in_storage_are_ignored(open_browser, article, kept):
    page = open_browser()
    page.add_init_script(f"localStorage.setItem('reading', {kept!r})")
    page.add_init_script(f"localStorage.setItem('places', {kept!r})")
    page.goto(article)
    assert paper(page) == "rgb(251, 248, 241)"


def test_without_javascript_everything_is_there_and_nothing_pretends(open_browser, journal):
    page = open_browser(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="把表格变成谈话").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "把表格变成谈话"
    page.get_by_text("本文目录").click()
    page.get_by_role("link", name="三、一年以后").click()
    assert page.url.endswith("#s4")
    assert page.get_by_text("最后一段。").is_visible()
    assert page.locator(".body img").evaluate("e => e.complete && e.naturalWidth > 0")
    for gone in [MENU, ".elder-switch", ".progress", ".resume"]:
        assert not page.locator(gone).is_visible()


def test_pictures_and_covers_arrive(phone, journal):
    phone.goto("/issues/")
    until(phone, "[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    phone.goto(journal.rich.get_absolute_url())
    phone.locator(".body img").scroll_into_view_if_needed()
    phone.locator(".pass-on .code").scroll_into_view_if_needed()
    until(phone, "[...document.images].every(i => i.complete && i.naturalWidth > 0)")


def test_who_asked_for_less_motion_gets_none(open_browser, article):
    page = open_browser(reduced_motion="reduce")
    page.goto(article)
    moving = "all => all.filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
    assert page.eval_on_selector_all("body *", moving) == 0
    html = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(html) == "auto"


def test_on_paper_the_text_stands_alone_in_black_on_white(open_browser, article):
    page = open_browser(color_scheme="dark")
    page.goto(article)
    page.emulate_media(media="print", color_scheme="dark")
    assert paper(page) == "rgb(255, 255, 255)"
    for gone in [".menu", ".tools", ".progress", ".outline", ".close", ".footer"]:
        assert not page.locator(gone).is_visible()
    assert page.locator(".button:visible, .in-print:visible").count() == 0
    assert page.get_by_text("最后一段。").is_visible()
    assert page.get_by_text("◎南湖支行").is_visible()


def test_a_page_is_set_as_a_magazine_is(phone, desktop, journal, article):
    """Its title breaks after a mark, its standfirst is never smaller than its text, its pictures
    stand on the axis of its text.
    """
    Issue.objects.filter(pk=journal.current.pk).update(theme="慢一点，也是一种快")
    printed_anew(Issue.objects.get(pk=journal.current.pk))
    phone.set_viewport_size({"width": 320, "height": 700})
    phone.goto(journal.current.get_absolute_url())
    assert phone.evaluate(FIRST_LINE, "h1") == "慢一点，"
    phone.goto(article)
    for size_chosen in ("", "5"):
        phone.evaluate("size => { document.documentElement.dataset.size = size; }", size_chosen)
        assert size(phone, ".standfirst") > size(phone, ".body > p")
    desktop.goto(article)
    for width in (900, 1280, 1440, 1536, 1920):
        desktop.set_viewport_size({"width": width, "height": 900})
        axes = desktop.eval_on_selector_all(
            ".body > p:first-of-type, .body > figure",
            "all => all.map(e => e.getBoundingClientRect()).map(b => (b.left + b.right) / 2)",
        )
        assert max(axes) - min(axes) < 1, width


#: What stands in the first line of an element.
FIRST_LINE = """selector => {
    const range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
    let line = '', first = null;
    while (walk.nextNode()) {
        for (let at = 0; at < walk.currentNode.length; at += 1) {
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + 1);
            const {top} = range.getBoundingClientRect();
            first ??= top;
            if (Math.abs(top - first) < 4) line += range.toString();
        }
    }
    return line;
}"""
