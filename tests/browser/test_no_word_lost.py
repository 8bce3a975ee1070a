"""Typing, and what may happen meanwhile: the server dies, the tab closes, another tab writes."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, Route, expect

from articles.models import Article
from servicejournal.models import User
from tests.articles.filling_in import WORDS, a_draft
from tests.browser.killable_server import Server
from tests.browser.signing_in import sign_in
from tests.browser.test_editor import EDITOR, READY, paste, until
from tests.conftest import DESKTOP, PHONE, READER
from tests.factories import a_picture, a_section, a_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(open_browser) -> User:
    return a_user(name="沈一鸣")


@pytest.fixture
def server(transactional_db) -> Iterator[Server]:
    server = Server()
    yield server
    server.kill()


def signed_in(new_context: Callable, url: str, writer: User, **options) -> BrowserContext:
    """A browser in which the writer is signed in: the server hashes passwords in earnest."""
    client = Client()
    client.force_login(writer)
    context = new_context(base_url=url, **READER, **options)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}
    context.add_cookies([cookie])
    return context


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    until(page, READY)
    return page


def write(page: Page, words: str) -> None:
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("body").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def line(page: Page):
    return page.locator(".saving")


def test_the_server_is_killed_and_every_word_is_there(new_context, server, db):
    writer = a_user(name="沈一鸣")
    server.start()
    context = signed_in(new_context, server.url, writer, **DESKTOP)
    page = opened(context.new_page(), "/submit/")
    page.get_by_label("标题").fill("雨天的伞")
    write(page, "第一句。")
    expect(line(page)).to_contain_text("已保存")
    article = Article.objects.get()
    assert page.url == f"{server.url}/submissions/{article.pk}/edit/"

    server.kill()
    write(page, "停机时写的龑䶮😀。")
    expect(line(page)).to_contain_text("连不上服务器，已存在本机")
    page.get_by_role("button", name="存为草稿").click()
    expect(line(page)).to_contain_text("会自动再试")
    server.start()
    expect(line(page)).to_contain_text("已保存", timeout=20_000)
    article.refresh_from_db()
    assert article.body == "<p>第一句。停机时写的龑䶮😀。</p>"

    server.kill()
    write(page, "关掉之前写的。")
    page.close(run_before_unload=True)
    server.start()
    page = opened(context.new_page(), f"/submissions/{article.pk}/edit/")
    offer = page.get_by_role("region", name="本机的文字")
    expect(offer).to_contain_text("还没有存到服务器的文字“雨天的伞”，比这一页的新")
    offer.get_by_role("button", name="看看有什么不同").click()
    expect(offer.locator(".difference ins")).to_contain_text("关掉之前写的。")
    article.refresh_from_db()
    assert "关掉" not in article.body
    offer.get_by_role("button", name="恢复").click()
    expect(line(page)).to_contain_text("已保存")
    article.refresh_from_db()
    assert article.body == "<p>第一句。停机时写的龑䶮😀。关掉之前写的。</p>"
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_new_form_that_never_reached_the_server_is_offered_on_return(new_context, server, db):
    writer, other = a_user(name="沈一鸣"), a_user(name="高志远")
    server.start()
    context = signed_in(new_context, server.url, writer, **PHONE)
    page = opened(context.new_page(), "/submit/")
    server.kill()
    page.get_by_label("标题").fill("还没有草稿的标题")
    page.get_by_role("button", name="再加一位作者").click()
    page.get_by_role("group", name="第 2 位作者").get_by_label("姓名").fill("方圆")
    page.get_by_role("radio", name="服务掠影").check()
    expect(line(page)).to_contain_text("已存在本机")
    page.close()
    server.start()

    someone = Client()
    someone.force_login(other)
    mine = context.cookies()[0]["value"]
    foreign = {"name": "sessionid", "value": someone.cookies["sessionid"].value, "url": server.url}
    context.add_cookies([foreign])
    page = opened(context.new_page(), "/submit/")
    expect(page.get_by_role("region", name="本机的文字")).to_be_hidden()

    context.add_cookies([{**foreign, "value": mine}])
    opened(page, "/submit/")
    offer = page.get_by_role("region", name="本机的文字")
    expect(offer).to_contain_text("还没有草稿的标题")
    offer.get_by_role("button", name="不要了").click()
    offer.get_by_role("button", name="撤销").click()
    offer.get_by_role("button", name="恢复").click()
    expect(line(page)).to_contain_text("已保存")
    article = Article.objects.get()
    assert (article.title, article.contributor) == ("还没有草稿的标题", writer)
    assert article.byline.endswith("方圆")
    assert article.section == a_section("service-sketch")


def test_a_reload_in_mid_sentence_goes_on_with_what_was_typed(open_browser, writer):
    """The reloaded page was made before the last words of the one before arrived."""
    article = a_draft(writer, body="<p>第一句。</p>")
    page = open_browser(**DESKTOP)
    sign_in(page, writer, f"/submissions/{article.pk}/edit/")
    until(page, READY)
    stale = page.request.get(page.url).text()
    write(page, "第二句。")
    expect(page.locator(".saving")).not_to_contain_text("已保存")
    page.route(
        "**/edit/", lambda route: route.fulfill(body=stale, content_type="text/html"), times=1
    )
    page.reload()
    # A word typed before they are here would be of another text than the one that comes.
    until(page, "document.querySelector('[data-manuscript]').inert")
    until(page, READY)
    expect(line(page)).to_contain_text("刚才写的文字已保存")
    assert not page.evaluate("document.querySelector('[data-manuscript]').inert")
    assert "第二句。" in page.evaluate(f"{EDITOR}.getData()")
    expect(page.get_by_text("本机有一份")).to_be_hidden()
    write(page, "第三句。")
    expect(line(page)).to_contain_text("已保存", timeout=20_000)
    expect(page.get_by_text("在别处改过")).to_be_hidden()
    until(page, "!document.querySelector('.saving').textContent.includes('刚才')")
    assert Article.objects.get(pk=article.pk).body == "<p>第一句。第二句。第三句。</p>"


def test_a_page_that_was_made_just_before_its_last_words_arrived_shows_them(open_browser, writer):
    """The page that goes hears that they are saved, when the one that comes was read without."""
    article = a_draft(writer, body="<p>第一句。</p>")
    page = open_browser(**DESKTOP)
    sign_in(page, writer, f"/submissions/{article.pk}/edit/")
    until(page, READY)
    stale = page.request.get(page.url).text()
    held: list[Route] = []

    def meanwhile(route: Route) -> None:
        if route.request.method == "POST":
            held.append(route)
            return
        held[0].fulfill(response=held[0].fetch())
        page.wait_for_timeout(500)
        route.fulfill(body=stale, content_type="text/html")

    page.route("**/edit/", meanwhile)
    write(page, "第二句。")
    expect(line(page)).to_contain_text("正在保存")
    page.reload()
    page.unroute("**/edit/")
    until(page, READY)
    expect(line(page)).to_contain_text("刚才写的文字已保存")
    assert "第二句。" in page.evaluate(f"{EDITOR}.getData()")


def test_two_devices_on_one_draft_and_a_choice(open_browser, writer):
    article = a_draft(writer)
    desk, phone = open_browser(**DESKTOP), open_browser(**PHONE)
    for page in (desk, phone):
        sign_in(page, writer, f"/submissions/{article.pk}/edit/")
        until(page, READY)
    desk.get_by_label("标题").fill("桌上写的标题")
    expect(line(desk)).to_contain_text("已保存")
    phone.get_by_label("标题").fill("路上写的标题")
    expect(line(phone)).to_contain_text("这篇稿件在别处改过，已存在本机")
    article.refresh_from_db()
    assert article.title == "桌上写的标题"

    phone.get_by_role("button", name="看看那边写了什么，选一份").click()
    expect(phone.get_by_label("标题")).to_have_value("路上写的标题")
    phone.get_by_text("看看两份有什么不同").click()
    expect(phone.locator(".rival .difference ins")).to_contain_text("路")
    phone.get_by_role("button", name="保存我这一份").click()
    expect(phone.get_by_text("已存为草稿")).to_be_visible()
    article.refresh_from_db()
    assert article.title == "路上写的标题"
    assert list(article.history.values_list("title", flat=True))[1] == "桌上写的标题"
    until(phone, "!localStorage.length")  # dropped when the editor shows that the server has it


def test_signed_out_in_mid_sentence_and_back_in_another_tab(open_browser, writer):
    page = open_browser(**DESKTOP)
    article = a_draft(writer)
    address = f"/submissions/{article.pk}/edit/"
    sign_in(page, writer, address)
    until(page, READY)
    page.context.clear_cookies(name="sessionid")
    write(page, "过期以后写的。")
    expect(line(page)).to_contain_text("登录已过期，已存在本机")
    with page.context.expect_page() as other:
        page.get_by_role("link", name="登录后接着写").click()
    sign_in(other.value, writer, "/submissions/")
    other.value.close()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(line(page)).to_contain_text("已保存")
    article.refresh_from_db()
    assert article.body == f"<p>{WORDS}过期以后写的。</p>"
    page.get_by_label("标题").fill("最后的标题")
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    article.refresh_from_db()
    assert article.title == "最后的标题"


PASTED = [
    "<p>柜台 内外，3 件&nbsp;小事</p>",
    "<ul><li>甲</li><li>乙<ol><li>丙 丁</li></ol></li></ul>",
    "<table><caption>表 一</caption><tr><th>头</th></tr><tr><td>格 子</td></tr></table>",
    "<h1>总 题</h1><blockquote><p>引&amp;文</p></blockquote><p>龑䶮𠮷😀👨‍👩‍👧</p>",
    "<p>零\u200b宽\u3000空\u2003格\ufeff</p><style>p{}</style><p>a &lt; b<br>换行</p>",
]


def test_counts_as_the_server_counts_whatever_is_pasted(open_browser, writer):
    page = open_browser(**DESKTOP)
    article = a_draft(writer)
    picture = a_picture(article, by=writer).get_absolute_url()
    figure = f'<figure><img src="{picture}" alt="窗"><figcaption>窗 外</figcaption></figure>'
    article.body = f"<p>前</p>{figure}"
    article.save()
    sign_in(page, writer, f"/submissions/{article.pk}/edit/")
    until(page, READY)
    expect(page.locator("[data-length]")).to_have_text("3")
    page.evaluate(f"{EDITOR}.execCommand('selectAll')")
    page.frame_locator("iframe.cke_wysiwyg_frame").locator("p").first.click()
    for html in PASTED:
        paste(page, html)
        page.keyboard.press("Control+Home")
    expect(line(page)).to_contain_text("已保存")
    article.refresh_from_db()
    assert article.length > 40
    assert "窗 外" in article.body
    expect(page.locator("[data-length]")).to_have_text(str(article.length))

    counted = page.locator("[data-counted]")
    page.get_by_role("radio", name="服务探讨").check()
    expect(counted).to_contain_text("这个栏目一般 1500—3000 字")
    expect(counted).to_have_class("meta length needs-js outside")
    page.get_by_role("radio", name="服务情思").check()
    expect(counted).to_contain_text("不超过 2000 字")
    expect(counted).to_have_class("meta length needs-js")


def test_the_preview_on_a_phone_shows_the_article_in_a_frame(open_browser, writer):
    page = open_browser(**DESKTOP)
    article = a_draft(writer)
    sign_in(page, writer, f"/submissions/{article.pk}/preview/")
    page.get_by_role("link", name="手机").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="雨天的伞")).to_be_visible()
    assert frame.locator("html").evaluate("element => element.clientWidth") == 390
    page.get_by_role("link", name="电脑").click()
    expect(page.get_by_role("heading", name="雨天的伞")).to_be_visible()
