"""The tray of pictures below the text, as a writer uses it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.bodies import html
from articles.models import Article, Picture
from tests.articles.pasting import CLEAN, fragment
from tests.articles.pictures.test_pixels import FILES, a_png
from tests.browser.editing import EDITOR, READY, paste_clipboard, until
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.browser.test_submitting import findings
from tests.conftest import PHONE
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(open_browser):
    return a_user(name="沈一鸣")


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two PNG files and one of an iPhone."""
    made = [tmp_path / name for name in ("伞架.png", "门口.png", "取号机.heic")]
    made[0].write_bytes(a_png(320, 200, "#a4231d"))
    made[1].write_bytes(a_png(200, 320, "#1d4fa4"))
    made[2].write_bytes((FILES / "turned.heic").read_bytes())
    return made


@pytest.fixture
def unwatched(new_context, live_server, writer) -> Page:
    """A page whose refused requests belong to the test."""
    return new_context(base_url=live_server.url, locale="zh-CN").new_page()


def open_form(page: Page, writer) -> None:
    sign_in(page, writer, "/submit/")
    until(page, READY)


def body_of(page: Page) -> str:
    return html.clean(page.evaluate(f"{EDITOR}.getData()"))


def choose(page: Page, *files: Path) -> None:
    page.get_by_label("选择图片").set_input_files(files)


def rows(page: Page):
    return page.locator("[data-picture]")


def captions(page: Page) -> list[str]:
    return [field.input_value() for field in rows(page).get_by_label("图注").all()]


def test_many_at_once_described_reordered_taken_away_and_put_back(open_browser, writer, photos):
    page = open_browser(**PHONE)
    open_form(page, writer)
    page.get_by_label("标题").fill("雨天的伞")
    expect(page.get_by_text("正文里还没有图片")).to_be_visible()
    choose(page, *photos)
    expect(rows(page)).to_have_count(3)
    for row, words in zip(rows(page).all(), ["伞架", "门口", "取号机"], strict=True):
        row.get_by_label("图注").fill(words)
    rows(page).nth(0).get_by_label("替换文本").fill('三把伞，"晾"着')
    rows(page).nth(2).get_by_role("button", name="往前移").click()
    assert captions(page) == ["伞架", "取号机", "门口"]

    rows(page).nth(0).get_by_role("button", name="去掉").click()
    expect(page.get_by_text("“伞架”已从正文去掉")).to_be_visible()
    assert "伞架" not in body_of(page)
    page.get_by_role("button", name="撤销", exact=True).last.click()
    assert captions(page) == ["伞架", "取号机", "门口"]
    assert no_sideways_scrolling(page)
    assert findings(page) == []

    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    article = Article.objects.get()
    assert article.pictures.count() == 3
    first = html.picture_tokens(article.body)[0]
    assert article.body.startswith(
        f'<figure><img src="/pictures/{first}/" alt="三把伞，&quot;晾&quot;着">'
        "<figcaption>伞架</figcaption></figure>"
    )


def test_pictures_stand_where_the_caret_was_and_fields_follow_the_text(desktop, writer, photos):
    page = desktop
    open_form(page, writer)
    page.evaluate(f"{EDITOR}.setData('<p>甲</p><p>乙</p>')")
    text = page.frame_locator("iframe.cke_wysiwyg_frame")
    text.locator("p").first.click()
    choose(page, *photos[:2])
    expect(rows(page)).to_have_count(2)
    first, second = html.picture_tokens(body_of(page))
    before, between, after = re.split(
        rf"<figure>.*?(?:{first}|{second}).*?</figure>", body_of(page)
    )
    assert (before, between, after) == ("<p>甲</p>", "", "<p>乙</p>")
    text.locator("figcaption").first.click()
    page.keyboard.insert_text("写在正文里的图注")
    expect(rows(page).nth(0).get_by_label("图注")).to_have_value("写在正文里的图注")


def test_what_fails_says_what_to_do_and_leaves_the_words_alone(unwatched, writer, photos, tmp_path):
    page = unwatched
    open_form(page, writer)
    page.evaluate(f"{EDITOR}.setData('<p>一个字也没有少</p>')")
    (tmp_path / "坏.jpg").write_bytes(b"no picture")
    choose(page, tmp_path / "坏.jpg")
    expect(page.get_by_text("这个文件读不出图片")).to_be_visible()
    expect(page.get_by_role("button", name="重试")).to_be_hidden()
    page.get_by_role("button", name="知道了").click()

    page.context.set_offline(True)
    choose(page, photos[0])
    expect(page.get_by_text("网络断了")).to_be_visible()
    assert body_of(page) == "<p>一个字也没有少</p>"
    page.context.set_offline(False)  # goes on by itself
    expect(rows(page)).to_have_count(1)

    session = next(each for each in page.context.cookies() if each["name"] == "sessionid")
    page.context.clear_cookies(name="sessionid")
    choose(page, photos[1])
    expect(page.get_by_text("登录已过期")).to_be_visible()
    expect(page.get_by_role("link", name="在新的页面登录")).to_be_visible()
    page.context.add_cookies([session])
    page.get_by_role("button", name="重试").click()
    expect(rows(page)).to_have_count(2)
    assert body_of(page).startswith("<p>一个字也没有少</p><figure>")


def test_saving_waits_for_pictures_and_a_cancelled_one_is_not_sent(desktop, writer, photos):
    page = desktop
    open_form(page, writer)
    page.get_by_label("标题").fill("雨天的伞")
    # Slow, so that there is time to click: 3 kB a second.
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    slow = {"offline": False, "latency": 800, "downloadThroughput": -1, "uploadThroughput": 3000}
    network.send("Network.emulateNetworkConditions", slow)
    choose(page, *photos)
    waiting = page.locator(".upload").nth(2)
    expect(waiting).to_contain_text("排队中")
    waiting.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("传完就保存")).to_be_visible()
    expect(page.get_by_text("已存为草稿")).to_be_visible(timeout=20_000)
    article = Article.objects.get()
    assert len(html.picture_tokens(article.body)) == article.pictures.count() == 2
    assert Picture.objects.count() == 2


def rtf_with(png: bytes) -> str:
    """As Word puts it beside its HTML: the pictures that the HTML only names."""
    return (
        r"{\rtf1{\*\shppict{\pict{\*\picprop}\picw300\pich200\pngblip\bliptag1"
        r"{\*\blipuid 00000000000000000000000000000001}" + png.hex() + "}}}"
    )


def test_a_picture_in_words_clipboard_is_uploaded_to_where_it_stood(desktop, writer):
    page = desktop
    open_form(page, writer)
    name = "word-table-notes-pictures"
    paste_clipboard(page, fragment(name), rtf_with(a_png(300, 200)))
    expect(rows(page)).to_have_count(1)
    figure = f'<figure><img src="{Picture.objects.get().get_absolute_url()}" alt=""></figure>'
    assert body_of(page) == CLEAN[name].replace("<p>表后面", f"{figure}<p>表后面")
