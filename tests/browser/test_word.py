"""A Word file on its way into the form: chosen, dropped, asked about, taken back, refused."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Branch
from tests.articles.docx import docx, p, photo, picture, r, title
from tests.articles.filling_in import WORDS
from tests.browser.signing_in import sign_in
from tests.browser.test_submitting import findings, no_sideways_scrolling
from tests.conftest import DESKTOP, PHONE, READER
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = docx(
    title("屋檐下的灯"),
    p("◎南湖支行 何静　方圆", align="center"),
    p("一、先开灯"),
    p(WORDS, r("红字", more='<w:color w:val="FF0000"/>')),
    p(picture("a.jpg")),
    p("图1 灯"),
    media={"a.jpg": photo(320, 200)},
)
SECOND = docx(title("雨天的伞"), p("◎东岭支行 高志远", align="center"), p("伞立在门边。" * 12))


@pytest.fixture
def writer(open_browser):
    Branch.objects.named("南湖支行")
    return a_user(name="沈一鸣")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "屋檐下的灯.docx"
    path.write_bytes(FIRST)
    return path


def words(page: Page) -> Locator:
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def authors(page: Page) -> list[str]:
    rows = page.locator("[data-author]:not([hidden])")
    return [each.get_by_label("姓名").input_value() for each in rows.all()]


def drop(target: Locator, data: bytes, name: str) -> None:
    """Drops a file as a hand does: over it, then onto it."""
    target.evaluate(
        """(target, [data, name]) => {
          const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
          const view = target.ownerDocument.defaultView;
          const dataTransfer = new view.DataTransfer();
          dataTransfer.items.add(new view.File([bytes], name));
          for (const type of ["dragenter", "dragover", "drop"])
            target.dispatchEvent(
              new view.DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        }""",
        [base64.b64encode(data).decode(), name],
    )


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_file_to_the_saved_draft(open_browser, writer, file, screen):
    page = open_browser(**screen, reduced_motion="reduce")
    sign_in(page, writer, "/submit/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(file)
    remarks = page.get_by_role("complementary", name="已导入“屋檐下的灯.docx”")
    expect(remarks).to_be_focused()
    expect(remarks.get_by_role("listitem")).to_have_text("去掉了 1 处文字颜色。")
    expect(page.get_by_label("标题")).to_have_value("屋檐下的灯")
    expect(words(page).get_by_role("heading", name="一、先开灯")).to_be_visible()
    expect(words(page).locator("figure img")).to_have_js_property("complete", True)
    expect(words(page).locator("figcaption")).to_have_text("图1 灯")
    assert authors(page) == ["何静", "方圆"]
    assert no_sideways_scrolling(page)
    assert findings(page) == []

    remarks.get_by_role("button", name="知道了").click()
    expect(remarks).to_be_hidden()
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    article = Article.objects.get()
    assert article.byline == "南湖支行 何静　方圆"
    assert article.attachments.get().name == "屋檐下的灯.docx"
    assert article.pictures.count() == 1


def test_what_is_there_is_asked_about_and_comes_back(open_browser, writer):
    page = open_browser(**DESKTOP, reduced_motion="reduce")
    sign_in(page, writer, "/submit/")
    page.get_by_label("标题").fill("写了一半")
    words(page).click()
    page.keyboard.insert_text("自己写的话")

    drop(words(page), FIRST, "屋檐下的灯.docx")  # into the editor, which would take a picture
    ask = page.get_by_role("dialog", name="表单里已经有文字了")
    expect(ask).to_be_visible()
    assert findings(page) == []
    ask.get_by_role("button", name="取消").click()
    expect(words(page)).to_have_text("自己写的话")

    drop(page.locator("#field-section"), FIRST, "屋檐下的灯.docx")  # anywhere else on the form
    ask.get_by_role("button", name="接在后面").click()
    expect(words(page)).to_contain_text("先开灯")
    expect(words(page)).to_contain_text("自己写的话")
    expect(page.get_by_label("标题")).to_have_value("写了一半")
    assert authors(page) == ["沈一鸣", "何静", "方圆"]

    drop(page.locator("#field-note"), SECOND, "雨天的伞.docx")
    ask.get_by_role("button", name="替换").click()
    expect(words(page)).not_to_contain_text("自己写的话")
    expect(page.get_by_label("标题")).to_have_value("雨天的伞")
    expect(page.get_by_text("单位名单里没有“东岭支行”")).to_be_visible()
    assert authors(page) == ["高志远"]

    page.get_by_role("button", name="撤销导入").click()
    expect(words(page)).to_contain_text("自己写的话")
    expect(words(page)).to_contain_text("先开灯")
    expect(page.get_by_label("标题")).to_have_value("写了一半")
    assert authors(page) == ["沈一鸣", "何静", "方圆"]


@pytest.fixture
def unwatched(new_context, live_server, writer) -> Page:
    """A page on which requests fail because the test has them fail."""
    return new_context(base_url=live_server.url, **READER, **DESKTOP).new_page()


def test_what_cannot_be_taken_is_said_and_nothing_is_lost(unwatched, writer):
    page = unwatched
    sign_in(page, writer, "/submit/")
    page.get_by_label("标题").fill("写了一半")
    status, ask = page.locator("[data-word-status]"), page.get_by_role("dialog")
    zone = page.locator("[data-word-drop]")

    drop(zone, photo(8, 8), "柜台.jpg")
    expect(status).to_contain_text("这里只收 Word 文件")
    for sentence, break_off in [
        ("网络断了", lambda: page.context.set_offline(True)),
        ("登录已过期", lambda: page.context.clear_cookies(name="sessionid")),
    ]:
        break_off()
        drop(zone, SECOND, "雨天的伞.docx")
        ask.get_by_role("button", name="替换").click()
        expect(status).to_contain_text(sentence)
        page.context.set_offline(False)
    expect(page.get_by_label("标题")).to_have_value("写了一半")


MANY = docx(
    title("雨天的伞"),
    *(
        each
        for number in range(4)
        for each in (p(WORDS), p(picture(f"{number}.jpg")), p(f"图{number + 1} 伞架"))
    ),
    media={f"{number}.jpg": photo(900, 600, f"#{number}{number}2244") for number in range(4)},
)


def bring(page: Page, tmp_path: Path, data: bytes = MANY) -> None:
    path = tmp_path / "雨天的伞.docx"
    path.write_bytes(data)
    page.set_input_files("#id_word", path)


def test_the_words_stand_there_before_the_pictures_which_follow_one_by_one(
    open_browser, writer, tmp_path
):
    page = open_browser(**DESKTOP)
    sign_in(page, writer, "/submit/")
    held, is_free = [], []
    pictures = "**/attachments/*/pictures/*/"
    page.route(pictures, lambda route: route.continue_() if is_free else held.append(route))
    bring(page, tmp_path)
    expect(words(page)).to_contain_text("第 1 张图片还没有导入")
    expect(page.locator("[data-word-status]")).to_contain_text("0 / 4")
    page.get_by_role("button", name="提交稿件").click()
    expect(page.locator("[data-saving]")).to_contain_text("还有 4 张图片在传，传完就提交")
    is_free.append(True)
    for route in held:
        route.continue_()
    expect(page.get_by_role("heading", name="提交稿件")).to_be_visible(timeout=20_000)
    article = Article.objects.get()
    assert article.body.count("<figure>") == 4
    assert article.body.count("<figcaption>图") == 4
    assert "还没有导入" not in article.body
    places = [article.body.index(f"图{number + 1} 伞架") for number in range(4)]
    assert places == sorted(places)


def test_a_picture_that_does_not_come_is_named_and_tried_again(unwatched, writer, tmp_path):
    page = unwatched
    sign_in(page, writer, "/submit/")
    page.route("**/pictures/3/", lambda route: route.abort())
    bring(page, tmp_path)
    row = page.locator("[data-uploads] li", has_text="第 3 张图片")
    expect(row).to_contain_text("网络断了", timeout=20_000)
    expect(page.locator("[data-word-status]")).to_contain_text("3 / 4，1 张没有成功")
    page.get_by_role("button", name="提交稿件").click()
    expect(page.get_by_role("link", name="第 3 张图片还没有导入。")).to_be_visible(timeout=20_000)
    page.unroute("**/pictures/3/")
    page.reload()  # whoever comes back later finds it come in by itself
    expect(page.locator("[data-pictures] [data-picture]")).to_have_count(4, timeout=20_000)
    expect(words(page)).not_to_contain_text("还没有导入")


def test_a_picture_that_is_given_up_leaves_its_caption(unwatched, writer, tmp_path):
    page = unwatched
    sign_in(page, writer, "/submit/")
    page.route("**/pictures/2/", lambda route: route.abort())
    bring(page, tmp_path)
    row = page.locator("[data-uploads] li", has_text="第 2 张图片")
    expect(row).to_contain_text("网络断了", timeout=20_000)
    row.get_by_role("button", name="不传了").click()
    expect(words(page).locator("p", has_text="图2 伞架")).to_have_count(1)
    expect(words(page)).not_to_contain_text("还没有导入")


def test_a_picture_that_is_refused_for_good_is_named_among_the_remarks(unwatched, writer, tmp_path):
    page = unwatched
    sign_in(page, writer, "/submit/")
    said = '{"error": {"message": "图片太大，请缩小后再选。"}}'
    page.route(
        "**/pictures/3/",
        lambda route: route.fulfill(status=422, body=said, content_type="application/json"),
    )
    bring(page, tmp_path)
    remark = page.locator("[data-word-list] li", has_text="第 3 张图片")
    expect(remark).to_contain_text("图3 伞架（在“", timeout=20_000)
    expect(remark).to_contain_text("图片太大，请缩小后再选。")
    expect(page.locator("[data-word-none]")).to_be_hidden()
    page.locator("[data-uploads] li").get_by_role("button", name="知道了").click()
    expect(remark).to_be_visible()  # the tray forgets it, the remarks don't


def test_taking_the_import_back_stops_its_pictures(open_browser, writer, tmp_path):
    page = open_browser(**DESKTOP)
    sign_in(page, writer, "/submit/")
    page.route("**/attachments/*/pictures/*/", lambda route: None)
    bring(page, tmp_path)
    expect(words(page)).to_contain_text("第 1 张图片还没有导入")
    page.get_by_role("button", name="撤销导入").click()
    expect(page.locator("[data-uploads] li")).to_have_count(0)
    expect(words(page)).not_to_contain_text("还没有导入")


def test_pictures_come_in_where_the_editor_did_not_load(unwatched, writer, tmp_path):
    page = unwatched
    sign_in(page, writer, "/submit/")
    page.route(re.compile(r"/ckeditor(\.[0-9a-f]+)?\.js"), lambda route: route.abort())
    page.reload()
    bring(page, tmp_path)
    expect(page.locator("[data-pictures] [data-picture]")).to_have_count(4, timeout=20_000)
    written = page.locator("#id_body").input_value()
    assert written.count("<figure>") == 4
    assert "还没有导入" not in written
