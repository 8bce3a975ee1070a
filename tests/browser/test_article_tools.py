"""What can be done with an article beside reading it: enlarge, listen, come back."""

import pytest
from playwright.sync_api import Page, expect

from issues.models import PrintedArticle
from servicejournal import generation
from tests.browser.test_accessibility import findings
from tests.conftest import DESKTOP, PHONE
from tests.readers_journal import Journal, a_journal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

#: The tests' browser has no voices: one of the machine, and one that sends the text away.
VOICES = """
const voices = %s;
window.said = [];
speechSynthesis.getVoices = () => voices;
speechSynthesis.cancel = () => {};
speechSynthesis.speak = (utterance) => { said.push(utterance); };
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""
LOCAL = "[{ localService: true, lang: 'zh-CN', name: 'here' }]"
REMOTE = "[{ localService: false, lang: 'zh-CN', name: 'away' }]"
NOTED = (
    "<p>开头一句<sup>[1]</sup>。{long}</p><p>后面一句<sup>[2]</sup>。</p>"
    "<p>注释：</p><ol><li><p>头一条说明。↑</p></li><li><p>第二条说明。↑</p></li></ol>"
)


@pytest.fixture
def journal(live_server) -> Journal:
    return a_journal()


def address(journal: Journal) -> str:
    return journal.rich.get_absolute_url()


def with_notes(journal: Journal) -> None:
    printed = PrintedArticle.objects.out().get(article=journal.rich)
    printed.body = NOTED.format(long="这一段写得长，好让页面往下滚。" * 60)
    printed.save()
    generation.turn()


def top(page: Page) -> int:
    return page.evaluate("Math.round(scrollY)")


def test_a_picture_is_enlarged_by_keys_with_caption_and_words(desktop, journal):
    desktop.goto(address(journal))
    link = desktop.get_by_role("link", name="看大图：等候区的椅子")
    link.focus()
    desktop.keyboard.press("Enter")
    dialog = desktop.get_by_role("dialog", name="大图")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("img", name="等候区的椅子")).to_be_visible()
    expect(dialog).to_contain_text("上午十点总是满的")
    expect(dialog).to_contain_text("图中：等候区的椅子")
    assert findings(desktop) == []
    desktop.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_notes_stand_beside_the_text_or_in_a_window(open_browser, journal):
    with_notes(journal)
    wide = open_browser(**{**DESKTOP, "viewport": {"width": 1440, "height": 900}})
    wide.goto(address(journal))
    aside = wide.locator(".beside").first
    expect(aside).to_be_visible()
    expect(aside).to_contain_text("头一条说明。")
    box, mark = aside.bounding_box(), wide.locator("a.note").first.bounding_box()
    assert box["x"] > mark["x"]
    assert abs(box["y"] - mark["y"]) < 40
    assert box["x"] + box["width"] <= 1440
    phone = open_browser(**PHONE)
    phone.goto(address(journal))
    second = phone.locator("a.note", has_text="[2]")
    second.tap()
    window = phone.get_by_role("dialog", name="注[2]")
    expect(window).to_contain_text("第二条说明。")
    assert findings(phone) == []
    window.get_by_role("button", name="关闭").tap()
    expect(window).to_be_hidden()
    expect(second).to_be_focused()
    expect(phone.locator(".beside").first).to_be_hidden()


def test_an_article_is_read_aloud_by_a_voice_of_the_machine_sentence_by_sentence(
    open_browser, journal
):
    page = open_browser(**PHONE)
    page.add_init_script(VOICES % LOCAL)
    page.goto(address(journal))
    page.get_by_role("button", name="朗读").tap()
    bar = page.get_by_role("group", name="朗读")
    expect(bar).to_contain_text("1 / ")
    said = "said.map((each) => each.text)"
    assert page.evaluate(said) == ["把表格变成谈话"]
    page.evaluate("said[0].dispatchEvent(new Event('end'))")
    expect(bar).to_contain_text("2 / ")
    assert page.evaluate(said)[1] == "一张开户申请表有四十一个空格。"
    assert page.evaluate("[...CSS.highlights.get('spoken')].map(String)") == [
        "一张开户申请表有四十一个空格。"
    ]
    bar.get_by_role("button", name="暂停").tap()
    page.evaluate("said[1].dispatchEvent(new Event('end'))")
    assert len(page.evaluate(said)) == 2
    bar.get_by_role("button", name="继续").tap()
    assert page.evaluate(said)[2] == "一张开户申请表有四十一个空格。"
    bar.get_by_role("button", name="停止").tap()
    expect(bar).to_be_hidden()
    assert page.evaluate("CSS.highlights.has('spoken')") is False


@pytest.mark.parametrize("voices", [REMOTE, "[]"])
def test_without_a_voice_of_the_machine_nothing_is_offered(open_browser, journal, voices):
    page = open_browser(**PHONE)
    page.add_init_script(VOICES % voices)
    page.goto(address(journal))
    page.wait_for_timeout(200)
    expect(page.locator(".listen")).to_be_hidden()


def test_large_type_has_high_contrast_and_a_ruler(phone, journal):
    phone.goto(address(journal))
    phone.get_by_role("button", name="长辈版").tap()
    phone.locator("summary[aria-label=阅读设置]").tap()
    phone.get_by_label("高对比").check()
    phone.get_by_label("阅读尺").check()
    expect(phone.locator(".ruler")).to_be_visible()
    phone.reload()
    colours = (
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert phone.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    expect(phone.locator(".ruler")).to_be_visible()
    phone.get_by_role("button", name="标准版").tap()
    expect(phone.locator(".ruler")).to_have_count(0)
    assert phone.evaluate(colours)[1] == "rgb(251, 248, 241)"


def test_the_place_is_kept_in_each_issue_and_a_jump_leads_back(phone, journal):
    phone.goto(address(journal))
    phone.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    for _ in range(100):
        if phone.evaluate("localStorage.getItem('places')"):
            break
        phone.wait_for_timeout(50)
    phone.goto(journal.earlier.get_absolute_url())
    expect(phone.locator(".go-on")).to_be_hidden()
    phone.goto(journal.current.get_absolute_url())
    phone.get_by_role("link", name="接着读《把表格变成谈话》").tap()
    phone.wait_for_url(f"**{address(journal)}")
    phone.wait_for_timeout(300)
    assert abs(top(phone) - 1500) < 80
    phone.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    before = top(phone)
    phone.evaluate("document.querySelector('.aids a').click()")
    back = phone.get_by_role("button", name="回到刚才的位置")
    expect(back).to_be_visible()
    phone.wait_for_timeout(1000)
    assert top(phone) > before + 500
    back.tap()
    phone.wait_for_timeout(1000)
    assert abs(top(phone) - before) < 5
    expect(back).to_be_hidden()


def test_the_reference_is_copied_with_todays_date(open_browser, journal):
    page = open_browser(**DESKTOP, permissions=["clipboard-read", "clipboard-write"])
    page.goto(address(journal))
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    year = page.evaluate("new Date().getFullYear()")
    assert copied.startswith("沈一鸣, 方圆, 林晓岚. 把表格变成谈话[J/OL]. 服务文化专刊, 2026(3)")
    assert f"[{year}-" in copied


def test_none_of_it_is_in_the_way_without_a_script(open_browser, journal):
    with_notes(journal)
    page = open_browser(java_script_enabled=False)
    page.goto(address(journal))
    page.locator("a.note").first.click()
    assert page.url.endswith("#n1")
    for gone in (".listen", "[data-copy]", "[data-share]", ".resume", ".of-elders"):
        assert not page.locator(gone).first.is_visible()
