"""The writer's path as it is walked: on a phone, at a desk, without scripts."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article, Branch
from articles.reviewing import workflow
from articles.writing import saving
from articles.writing.text import Text
from tests.articles.filling_in import WORDS, a_draft, handed_in, sent_back
from tests.articles.pictures.test_pixels import a_png
from tests.browser.handing_in import declare, declare_and_hand_in
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_user, an_author

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(open_browser):
    """Signs with 南湖支行; 东岭支行 is there too."""
    writer = a_user(name="沈一鸣")
    own = an_author("沈一鸣", "南湖支行")
    own.user = writer
    own.save()
    Branch.objects.named("东岭支行")
    return writer


@pytest.fixture
def png(tmp_path: Path) -> Path:
    path = tmp_path / "柜台.png"
    path.write_bytes(a_png(320, 200))
    return path


def write(page: Page, words: str) -> None:
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.insert_text(words)


def test_findings_wait_folded_beside_the_text_and_go_when_it_is_mended(open_browser, writer):
    page = open_browser(**PHONE)
    sign_in(page, writer, "/submit/")
    page.get_by_label("标题").fill("雨天的伞")
    write(page, "客户来改帐户上的地址。")
    folded = page.get_by_text("校对提示（1 处）")
    expect(folded).to_be_visible(timeout=15_000)
    expect(page.get_by_text("应为“账户”")).to_be_hidden()
    folded.click()
    expect(page.get_by_text("应为“账户”")).to_be_visible()
    assert no_sideways_scrolling(page)

    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").press("Control+a")
    page.keyboard.insert_text("客户来改账户上的地址。")
    expect(folded).to_be_hidden(timeout=15_000)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_signing_in_to_the_receipt(open_browser, writer, png, screen):
    page = open_browser(**screen)
    sign_in(page, writer, "/submit/")
    page.get_by_label("标题").fill("雨天的伞")
    write(page, WORDS)
    page.get_by_label("选择图片").set_input_files(png)
    page.locator("[data-picture]").get_by_label("图注").fill("柜台前的伞架")
    page.get_by_role("radio", name="服务掠影").check()
    assert no_sideways_scrolling(page)

    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    expect(page.get_by_label("标题")).to_have_value("雨天的伞")

    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", name="雨天的伞")).to_be_visible()
    expect(page.get_by_text("南湖支行 沈一鸣")).to_be_visible()
    expect(page.get_by_text("柜台前的伞架")).to_be_visible()
    loaded = "document.querySelector('.body img')"
    page.locator(".body img").scroll_into_view_if_needed()
    expect(page.locator(".body img")).to_have_js_property("complete", True)
    assert page.evaluate(f"{loaded}.naturalWidth") > 0
    assert no_sideways_scrolling(page)

    page.get_by_role("link", name="提交稿件").click()
    page.wait_for_url("**/hand-in/")
    assert no_sideways_scrolling(page)
    declare_and_hand_in(page)
    article = Article.objects.get()
    expect(page.get_by_role("heading", name="稿件收到了")).to_be_visible()
    expect(page.get_by_text(article.receipt)).to_be_visible()
    page.get_by_role("link", name="我的稿件").last.click()
    expect(page.get_by_text("已提交")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_same_without_scripts(open_browser, writer, png, screen):
    page = open_browser(java_script_enabled=False, **screen)
    sign_in(page, writer, "/submit/")
    page.get_by_label("标题").fill("雨天的伞")
    page.get_by_label("正文", exact=True).fill(f"{WORDS}\n第二段")
    page.get_by_label("图片文件").set_input_files(png)
    page.get_by_label("图注").fill("柜台前的伞架")
    second = page.get_by_role("group", name="第 2 位作者")
    second.get_by_label("姓名").fill("高志远")
    second.get_by_label("单位").select_option("东岭支行")
    second.get_by_label("次序").fill("1")
    page.get_by_role("group", name="第 1 位作者").get_by_label("次序").fill("2")
    page.get_by_role("radio", name="服务掠影").check()
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()

    page.get_by_role("button", name="预览").click()
    expect(page.get_by_text("东岭支行 高志远　南湖支行 沈一鸣")).to_be_visible()
    expect(page.get_by_text("第二段")).to_be_visible()
    expect(page.get_by_text("柜台前的伞架")).to_be_visible()
    page.get_by_role("link", name="提交稿件").click()
    declare_and_hand_in(page)
    expect(page.get_by_text(Article.objects.get().receipt)).to_be_visible()


def test_authors_are_added_moved_and_taken_away_by_buttons(desktop, writer):
    sign_in(desktop, writer, "/submit/")
    desktop.get_by_label("标题").fill("雨天的伞")
    for name in ("高志远", "方圆", "何静"):
        desktop.get_by_role("button", name="再加一位作者").click()
        desktop.locator("[data-author]:not([hidden])").last.get_by_label("姓名").fill(name)
    rows = desktop.locator("[data-author]:not([hidden])")
    rows.nth(3).get_by_role("button", name="上移").click()
    rows.nth(0).get_by_role("button", name="下移").click()
    rows.nth(3).get_by_role("button", name="去掉").click()
    desktop.get_by_role("button", name="存为草稿").click()
    expect(desktop.get_by_text("已存为草稿")).to_be_visible()
    assert Article.objects.get().byline == "高志远　南湖支行 沈一鸣　何静"


def test_wrong_input_leads_to_its_place_and_keeps_every_word(open_browser, writer):
    page = open_browser(**PHONE)
    sign_in(page, writer, "/submit/")
    write(page, WORDS)
    page.get_by_role("button", name="提交稿件").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="请写上标题").click()
    assert page.url.endswith("#field-title")
    expect(page.locator("iframe.cke_wysiwyg_frame")).to_be_visible()
    frame = page.frame_locator("iframe.cke_wysiwyg_frame")
    expect(frame.locator("body")).to_contain_text(WORDS)
    page.get_by_label("标题").fill("雨天的伞")
    page.get_by_role("radio", name="服务掠影").check()
    page.get_by_role("button", name="提交稿件").click()
    declare_and_hand_in(page)
    expect(page.get_by_role("heading", name="稿件收到了")).to_be_visible()
    assert Article.objects.count() == 1


def test_two_quick_clicks_hand_in_one_manuscript(desktop, writer):
    sign_in(desktop, writer, "/submit/")
    desktop.get_by_label("标题").fill("雨天的伞")
    write(desktop, WORDS)
    desktop.get_by_role("radio", name="服务掠影").check()
    desktop.get_by_role("button", name="提交稿件").dblclick()
    declare(desktop)
    desktop.get_by_role("button", name="提交稿件").dblclick()
    expect(desktop.get_by_role("heading", name="稿件收到了")).to_be_visible()
    assert Article.objects.get().round == 1


def test_signed_out_while_writing_no_word_is_lost(desktop, writer):
    sign_in(desktop, writer, "/submit/")
    desktop.get_by_label("标题").fill("没有存上的标题")
    write(desktop, WORDS)
    session = next(c for c in desktop.context.cookies() if c["name"] == "sessionid")
    desktop.context.clear_cookies(name=session["name"])
    desktop.get_by_role("button", name="存为草稿").click()
    expect(desktop.get_by_role("heading", name="您写的字还在")).to_be_visible()
    with desktop.context.expect_page() as opened:
        desktop.get_by_role("link", name="在新的页面登录").click()
    sign_in(opened.value, writer, "/submissions/")
    desktop.get_by_role("button", name="继续").click()
    expect(desktop.get_by_text("已存为草稿")).to_be_visible()
    article = Article.objects.get()
    assert (article.title, article.body) == ("没有存上的标题", f"<p>{WORDS}</p>")


def test_a_text_that_was_sent_back_is_revised_beside_its_opinion(desktop, writer):
    article = sent_back(writer, told=True)
    sign_in(desktop, writer, "/submissions/")
    desktop.get_by_role("link", name="雨天的伞").click()
    desktop.get_by_role("link", name="修改", exact=True).click()
    expect(desktop.get_by_text("请核对数字。")).to_be_visible()
    desktop.get_by_label("标题").fill("雨天的两把伞")
    desktop.get_by_role("button", name="提交稿件").click()
    declare_and_hand_in(desktop)
    expect(desktop.get_by_role("heading", name="稿件收到了")).to_be_visible()
    expect(desktop.get_by_text(article.receipt)).to_be_visible()
    article.refresh_from_db()
    assert article.round == 2


LOOKS = {
    "light on a phone": PHONE,
    "dark at a desk": {**DESKTOP, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_browser, writer, look):
    page = open_browser(**LOOKS[look], reduced_motion="reduce")
    draft, revising, sent = a_draft(writer), sent_back(writer, told=True), handed_in(writer)
    bare = Text(title="", section=None, body="<p>字</p>", note="", bylines=())
    unfinished = saving.save(bare, by=writer)
    workflow.withdraw(handed_in(writer), by=writer)
    sign_in(page, writer, "/submissions/")
    for address in (
        "/submissions/",
        "/submit/",
        f"/submissions/{revising.pk}/",
        f"/submissions/{revising.pk}/edit/",
        f"/submissions/{draft.pk}/preview/",
        f"/submissions/{draft.pk}/preview/?screen=phone",
        f"/submissions/{unfinished.pk}/preview/",
        f"/submissions/{sent.pk}/",
        f"/submissions/{sent.pk}/receipt/",
        f"/submissions/{sent.pk}/withdraw/",
        f"/submissions/{draft.pk}/hand-in/",
        f"/submissions/{revising.pk}/versions/",
    ):
        page.goto(address)
        assert no_sideways_scrolling(page), address
        assert findings(page) == [], address
    page.goto(f"/submissions/{unfinished.pk}/edit/")
    page.get_by_role("button", name="提交稿件").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert findings(page) == []


def findings(page: Page) -> list[str]:
    """What axe finds in what is ours: inside the editor's own frame it is CKEditor's."""
    options = {"iframes": False}
    found = Axe().run(page, context={"exclude": [[".cke"]]}, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]
