"""CKEditor as writers meet it: contained, clean in and clean out, pictures by every way."""

import base64

import pytest
from playwright.sync_api import Page, expect

from articles.bodies import html
from articles.models import Article, Picture
from servicejournal.django_apps import UNUSED_PLUGINS
from tests.articles.bodies.test_html import HOSTILE
from tests.articles.pasting import CLEAN, fragment
from tests.articles.pictures.test_pixels import a_png
from tests.articles.word.test_as_pasted import CASES, SENTENCE
from tests.browser.editing import EDITOR, READY, paste_clipboard, until
from tests.browser.signing_in import sign_in
from tests.factories import a_picture, a_section, a_user, an_article

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(open_browser):
    return a_user(name="沈一鸣")


@pytest.fixture
def unwatched(new_context, live_server, writer) -> Page:
    """As `page`, where an answer of 4xx belongs to the test."""
    page = new_context(base_url=live_server.url, locale="zh-CN").new_page()
    page.add_init_script("window.alert = () => { window.fired = true }")
    sign_in(page, writer, "/submit/")
    until(page, READY)
    return page


@pytest.fixture
def page(desktop: Page, writer) -> Page:
    """The empty form at a desk, the editor ready."""
    sign_in(desktop, writer, "/submit/")
    until(desktop, READY)
    return desktop


def open_form(page: Page, article: Article) -> None:
    page.goto(f"/submissions/{article.pk}/edit/")
    until(page, READY)


def paste(page: Page, html: str) -> str:
    """Pastes foreign HTML, as the clipboard would bring it; gives what the editor then holds."""
    page.evaluate(
        f"""html => {{
            window.pasted = false;
            {EDITOR}.once('afterPaste', () => {{ window.pasted = true; }});
            {EDITOR}.focus();
            {EDITOR}.fire('paste', {{type: 'html', dataValue: html, method: 'paste',
                dataTransfer: new CKEDITOR.plugins.clipboard.dataTransfer()}});
        }}""",
        html,
    )
    # What Word wrote is read by a filter that the editor loads when it meets the first of it.
    until(page, "window.pasted")
    return page.evaluate(f"{EDITOR}.getData()")


def drop(page: Page, name: str, data: bytes) -> None:
    """Drops a file on the text."""
    page.evaluate(
        f"""([name, data]) => {{
            const bytes = Uint8Array.from(atob(data), each => each.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], name, {{type: 'image/png'}}));
            const transfer = new CKEDITOR.plugins.clipboard.dataTransfer(files);
            {EDITOR}.focus();
            {EDITOR}.fire('paste', {{type: 'html', dataValue: '', method: 'drop',
                dataTransfer: transfer}});
        }}""",
        [name, base64.b64encode(data).decode()],
    )


def save(page: Page) -> Article:
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    return Article.objects.latest("pk")


def test_no_removed_plugin_is_asked_for_and_nothing_is_refused_by_the_policy(desktop, writer):
    asked = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.add_init_script(
        "window.broken = []; document.addEventListener('securitypolicyviolation',"
        " event => window.broken.push(event.violatedDirective + ' ' + event.blockedURI))"
    )
    sign_in(desktop, writer, "/submit/")
    until(desktop, READY)
    assert desktop.evaluate("window.broken") == []
    plugins = desktop.evaluate(f"Object.keys({EDITOR}.plugins)")
    assert not set(plugins) & set(UNUSED_PLUGINS) - {"ajax", "xml"}
    folders = [url.split("/plugins/")[1].split("/")[0] for url in asked if "/plugins/" in url]
    assert folders
    assert not set(folders) & set(UNUSED_PLUGINS)


def test_speaks_chinese(page):
    assert page.evaluate(f"{EDITOR}.langCode") == "zh-cn"
    expect(page.get_by_role("button", name="图片", exact=True)).to_be_visible()


def test_counts_as_the_server_counts(page):
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.insert_text("柜台 内外，3 件")
    expect(page.locator("[data-length]")).to_have_text("7")
    assert save(page).length == 7


def test_word_paste_comes_out_as_clean_structure(page):
    paste(
        page,
        "<h1>总标题</h1><p class=MsoNormal style='text-indent:21pt'><span lang=EN-US "
        "style='font-family:宋体'>第一段<o:p></o:p></span></p><p class=MsoNormal>"
        "<b>粗体</b></p><div><font color=red>第二段</font></div>",
    )
    assert save(page).body == (
        "<h2>总标题</h2><p>第一段</p><p><strong>粗体</strong></p><p>第二段</p>"
    )


def test_a_clipboard_leaves_what_the_server_alone_would_leave(page):
    for name in CLEAN:
        page.evaluate(f"{EDITOR}.setData('')")
        until(page, f"!{EDITOR}.editable().getText().trim()")
        paste_clipboard(page, fragment(name))
        assert html.clean(page.evaluate(f"{EDITOR}.getData()")) == CLEAN[name]
    assert save(page).body == CLEAN[name]


def test_a_paste_is_what_the_file_would_be(page):
    """The same clipboards as without a browser, through the editor's own cleaning."""
    told = "<p class=MsoNormal style='mso-pagination:none'>"
    for name, (_, clipboard) in CASES.items():
        source = f"<html><body>{told}{SENTENCE}</p>{clipboard}</body></html>"
        page.evaluate(f"{EDITOR}.setData('')")
        until(page, f"!{EDITOR}.editable().getText().trim()")
        paste_clipboard(page, source)
        left = html.clean(page.evaluate(f"{EDITOR}.getData()"))
        assert (name, left) == (name, html.clean(source))


def test_what_nobody_saw_is_left_out_and_said(page):
    lost = "<p class=MsoNormal><span>\uf0fe</span>已办</p>"  # its font did not come along
    brought = (CASES[each][1] for each in ("a comment", "revisions", "hidden words"))
    paste_clipboard(page, "".join(brought) + lost)
    said = (
        "1 条批注没有粘贴",
        "1 处已删除的文字没有",
        "1 处隐藏的文字没有",
        "1 个特殊符号认不出来",
    )
    for words in said:
        expect(page.get_by_text(words)).to_be_visible()
    body = page.evaluate(f"{EDITOR}.getData()")
    assert "要改" not in body
    assert "\uf0fe" not in body


def test_lines_of_plain_text_are_paragraphs(page):
    paste_clipboard(page, "", plain="　　雨落在檐下\r\n伞立在门边 <b>\n\n灯还亮着")
    assert save(page).body == "<p>雨落在檐下</p><p>伞立在门边 &lt;b&gt;</p><p>灯还亮着</p>"


def test_a_line_of_plain_text_stays_in_its_sentence(page):
    paste(page, "<p>雨天的</p>")
    paste_clipboard(page, "", plain="伞")
    assert save(page).body == "<p>雨天的伞</p>"


def test_the_first_line_is_offered_as_the_title_and_never_taken(page):
    paste_clipboard(page, "", plain=f"雨天的伞\n{SENTENCE}")
    expect(page.get_by_text("正文第一行“雨天的伞”像是标题。")).to_be_visible()
    assert page.get_by_label("标题", exact=True).input_value() == ""
    page.get_by_role("button", name="作为标题").click()
    expect(page.get_by_text("像是标题")).to_be_hidden()
    article = save(page)
    assert (article.title, article.body) == ("雨天的伞", f"<p>{SENTENCE}</p>")


@pytest.mark.parametrize("first", ["雨下得很大。", "一、先问来意", "◎南湖支行 沈一鸣", "字"])
def test_what_is_no_title_is_not_offered(page, first):
    paste_clipboard(page, "", plain=f"{first}\n{SENTENCE}")
    page.wait_for_timeout(200)
    expect(page.get_by_text("像是标题")).to_be_hidden()


def test_pictures_that_word_leaves_on_the_disk_are_counted_for_the_writer(page):
    paste_clipboard(page, fragment("word-table-notes-pictures"))
    expect(page.get_by_text("有 1 张图片粘贴不进来")).to_be_visible()


def test_another_sites_pictures_are_refused_in_words(page):
    paste(page, '<p>字</p><img src="https://elsewhere.example/x.png">')
    expect(page.get_by_text("有 1 张图片粘贴不进来")).to_be_visible()
    assert save(page).body == "<p>字</p>"


def test_a_dropped_picture_is_uploaded_and_stored_in_a_figure(page, writer):
    drop(page, "柜台.png", a_png(300, 200))
    until(page, f"{EDITOR}.getData().includes('/pictures/')")
    article, picture = save(page), Picture.objects.get()
    assert article.body == f'<figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
    assert (picture.article, picture.uploaded_by) == (article, writer)


def test_the_servers_own_sentence_is_shown_where_a_picture_is_refused(unwatched):
    page = unwatched
    drop(page, "坏.png", b"no picture at all")
    expect(page.get_by_text("这个文件读不出图片").first).to_be_visible()
    assert not Picture.objects.exists()


def test_a_picture_goes_through_the_editor_and_back_unchanged(page, writer):
    article = an_article(contributor=writer, section=a_section())
    first, second = a_picture(article, by=writer), a_picture(article, by=writer)
    body = (
        f'<p>前</p><figure><img src="{first.get_absolute_url()}" alt="柜台">'
        f"<figcaption>柜台<strong>前</strong></figcaption></figure><p>中</p>"
        f'<figure><img src="{second.get_absolute_url()}" alt="窗"></figure><p>后</p>'
    )
    article.body = body
    article.save()
    open_form(page, article)
    assert page.evaluate(f"Object.keys({EDITOR}.widgets.instances).length") == 2
    has_room = page.evaluate(
        f"Object.values({EDITOR}.widgets.instances).map(each => Boolean(each.editables.caption))"
    )
    assert has_room == [True, True]
    page.evaluate(f"{EDITOR}.insertHtml('')")
    save(page)
    article.refresh_from_db()
    assert article.body == body


def test_every_structure_goes_through_the_editor_and_back_unchanged(page, writer):
    body = (
        "<h2>一、题</h2><h3>（一）</h3><h4>1.</h4><p><strong>粗</strong><em>点</em>"
        'H<sub>2</sub>O<br>换行</p><ul><li>甲<ul><li>乙</li></ul></li></ul><ol start="3">'
        "<li>丙</li></ol><blockquote><p>引</p></blockquote><table><thead><tr><th>头</th></tr>"
        '</thead><tbody><tr><td rowspan="2">格</td></tr></tbody></table><hr>'
        '<p><a href="https://example.com/?a=1&amp;b=2" rel="noopener nofollow">链</a></p>'
    )
    article = an_article(contributor=writer, body=body)
    assert article.body == body
    open_form(page, article)
    save(page)
    article.refresh_from_db()
    assert article.body == body


def test_hostile_markup_fires_neither_in_the_editor_nor_in_the_preview(unwatched):
    """Every payload of `test_html`, through paste, editor, server, editor and preview."""
    page = unwatched
    page.get_by_label("标题").fill("题")
    for payload in HOSTILE:
        paste(page, f"<p>字</p>{payload}")
    article = save(page)
    until(page, READY)
    frames = [frame for frame in page.frames if frame.evaluate("window.fired === true")]
    assert frames == []
    page.goto(f"/submissions/{article.pk}/preview/")
    assert page.evaluate("window.fired === undefined")
    for trace in ("onerror", "javascript:", "<script", "data-cke", "onclick"):
        assert trace not in article.body


def test_known_holes_of_this_version_stay_closed(page):
    """CVE-2024-24815 (CDATA in full page or allowed style), -24816 and 2023-4771 (samples),
    -43407 (the GeSHi snippet), -43411 (version check)."""
    config = page.evaluate(f"[{EDITOR}.config.fullPage, {EDITOR}.config.versionCheck]")
    assert config == [False, False]
    assert page.evaluate(f"[{EDITOR}.filter.check('style'), {EDITOR}.filter.check('script')]") == [
        False,
        False,
    ]
    for path in ("samples/index.html", "plugins/codesnippetgeshi/plugin.js"):
        assert page.request.get(f"/static/ckeditor/ckeditor/{path}").status == 404
