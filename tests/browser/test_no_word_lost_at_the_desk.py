"""Seven forms of the desk: the session ends, a link leads away, another editor was faster."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from servicejournal.models import User
from servicejournal.roles import Role
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.browser.test_editor import until
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_section, a_user, an_article, an_issue

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "窗口外的伞架，是谁先想到的？"
EDITORS_READY = (
    "!window.CKEDITOR || Object.values(CKEDITOR.instances).length > 0"
    " && Object.values(CKEDITOR.instances).every(each => each.status === 'ready')"
)


@dataclass(frozen=True)
class Form:
    """`address` makes what it needs; `field` is where the words go, "" for the editor."""

    address: Callable[[], str]
    field: str
    button: str


def _review() -> str:
    return f"/admin/articles/article/{_manuscript().pk}/review/"


def _manuscript(**facts) -> Article:
    facts = {"title": "雨天的伞", "status": "first_review", "section": a_section(), **facts}
    return an_article(**facts)


FORMS = {
    "opinion": Form(_review, "给作者的意见", "退修"),
    "text": Form(lambda: f"{_review()}edit/", "", "保存文本"),
    "commission": Form(lambda: "/admin/articles/article/add/", "", "保存"),
    "correction": Form(
        lambda: f"/admin/issues/issue/correct/{an_article(issue=an_issue(published=True)).pk}/",
        "更正说明",
        "更正并出新版",
    ),
    "issue": Form(lambda: "/admin/issues/issue/add/", "主题", "保存"),
    "call": Form(lambda: "/admin/articles/call/add/", "主题", "保存"),
    "proofs": Form(
        lambda: f"/admin/issues/issue/{an_issue(articles=1).pk}/proofs/", "校对记录", "一校完成"
    ),
}


@pytest.fixture
def chief(open_browser) -> User:
    return a_user(Role.CHIEF_EDITOR, Role.EDITOR, name="程砚")


def words_in(page: Page, form: Form):
    if form.field:
        return page.get_by_label(form.field).first
    return page.frame_locator("iframe.cke_wysiwyg_frame").locator("body")


def write(page: Page, form: Form, words: str = WORDS) -> None:
    until(page, EDITORS_READY)
    place = words_in(page, form)
    if form.field:
        place.fill(words)
    else:
        place.click()
        page.keyboard.insert_text(words)


def expect_words(page: Page, form: Form, words: str = WORDS) -> None:
    place = words_in(page, form)
    if form.field:
        expect(place).to_have_value(words)
    else:
        expect(place).to_contain_text(words)


def press(page: Page, form: Form) -> None:
    page.get_by_role("button", name=re.compile(f"^{form.button}")).first.click()


def offered(page: Page):
    return page.get_by_role("region", name="本机的文字")


@pytest.mark.parametrize("kind", FORMS)
def test_signed_out_and_back_the_same_form_is_filled_in(open_browser, chief, kind):
    form, page = FORMS[kind], open_browser(**DESKTOP)
    address = form.address()
    sign_in(page, chief, address)
    write(page, form)
    page.context.clear_cookies(name="sessionid")
    press(page, form)
    expect(page.get_by_role("heading", name="您写的字还在")).to_be_visible()
    with page.context.expect_page() as other:
        page.get_by_role("link", name="在新的页面登录").click()
    sign_in(other.value, chief, "/admin/")
    other.value.close()
    page.get_by_role("button", name="填回表单").click()
    expect(page.get_by_text("下面是您刚才写的，还没有保存")).to_be_visible()
    until(page, EDITORS_READY)
    expect_words(page, form)


@pytest.mark.parametrize("kind", FORMS)
def test_who_leaves_by_a_link_is_offered_the_words_on_return(open_browser, chief, kind):
    form, page = FORMS[kind], open_browser(**DESKTOP)
    address = form.address()
    sign_in(page, chief, address)
    write(page, form)
    page.locator("#site-name a").click()
    page.wait_for_url("**/admin/")
    page.goto(address)
    until(page, EDITORS_READY)
    expect(offered(page).get_by_role("button", name="撤销")).to_be_hidden()
    offered(page).get_by_role("button", name="恢复").click()
    expect_words(page, form)
    offered(page).get_by_role("button", name="撤销").click()
    if form.field:
        expect(words_in(page, form)).to_have_value("")
    else:
        expect(words_in(page, form)).not_to_contain_text(WORDS)


def test_another_account_on_the_same_computer_is_offered_nothing(open_browser, chief):
    form, page = FORMS["opinion"], open_browser(**DESKTOP)
    address = form.address()
    sign_in(page, chief, address)
    write(page, form)
    page.locator("#site-name a").click()
    page.context.clear_cookies()
    sign_in(page, a_user(Role.EDITOR, name="何静"), address)
    expect(page.get_by_label("给作者的意见")).to_have_value("")
    expect(offered(page)).to_be_hidden()


def test_what_was_saved_or_put_aside_is_not_offered_again(open_browser, chief):
    form, page = FORMS["text"], open_browser(**DESKTOP)
    address = form.address()
    sign_in(page, chief, address)
    write(page, form)
    press(page, form)
    expect(page.get_by_text("已保存")).to_be_visible()
    page.goto(address)
    until(page, EDITORS_READY)
    expect(offered(page)).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(each => each.startsWith('desk:'))") == []
    write(page, form, "再写一句。")
    page.get_by_role("link", name="不改了").click()
    page.goto(address)
    until(page, EDITORS_READY)
    offered(page).get_by_role("button", name="不要了").click()
    page.reload()
    until(page, EDITORS_READY)
    expect(offered(page)).to_be_hidden()


def test_authors_of_a_commission_come_back_too(open_browser, chief):
    form, page = FORMS["commission"], open_browser(**DESKTOP)
    an_article(authors=[("南湖支行", "卢青")])
    sign_in(page, chief, form.address())
    page.get_by_label("标题").fill("卷首一页")
    until(page, EDITORS_READY)
    page.locator(".field-author .select2-selection").first.click()
    page.locator(".select2-search__field").fill("卢青")
    page.locator(".select2-results__option", has_text="卢青").first.click()
    page.locator("#site-name a").click()
    page.wait_for_url("**/admin/")
    page.goto("/admin/articles/article/add/")
    offered(page).get_by_role("button", name="恢复").click()
    expect(page.get_by_label("标题")).to_have_value("卷首一页")
    expect(page.locator(".field-author .select2-selection").first).to_contain_text("卢青")


@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_of_two_editors_the_slower_is_shown_both_texts(open_browser, chief, screen):
    one, two = open_browser(**DESKTOP), open_browser(**screen)
    address = FORMS["text"].address()
    sign_in(one, chief, address)
    sign_in(two, a_user(Role.EDITOR, name="何静"), address)
    expect(two.get_by_text("程砚（")).to_be_visible()
    one.get_by_label("标题").fill("程砚改的题目")
    one.get_by_role("button", name="保存文本").click()
    expect(one.get_by_role("heading", name="程砚改的题目")).to_be_visible()
    until(two, EDITORS_READY)
    two.get_by_label("标题").fill("何静改的题目")
    two.get_by_role("button", name="保存文本").click()
    rival = two.locator(".rival")
    expect(rival).to_contain_text("这篇稿件刚刚被改过，您的还没有保存")
    expect(rival.locator(".difference del")).to_contain_text("程砚")
    expect(rival.locator(".difference ins")).to_contain_text("何静")
    assert no_sideways_scrolling(two)
    until(two, EDITORS_READY)
    rival.get_by_role("button", name="打开新的文本，接着改").click()
    expect(two.get_by_label("标题")).to_have_value("程砚改的题目")
    expect(two.locator(".rival .difference ins")).to_contain_text("何静")
    until(two, EDITORS_READY)
    two.get_by_label("标题").fill("两个人的题目")
    two.get_by_role("button", name="保存文本").click()
    expect(two.get_by_role("heading", name="两个人的题目")).to_be_visible()


def test_a_copy_over_a_text_that_was_changed_meanwhile_is_compared_and_not_saved(
    open_browser, chief
):
    page, form = open_browser(**DESKTOP), FORMS["text"]
    address = form.address()
    sign_in(page, chief, address)
    write(page, form)
    page.get_by_role("link", name="不改了").click()
    article = Article.objects.get()
    article.title = "别人改的题目"
    article.save()
    page.goto(address)
    until(page, EDITORS_READY)
    offered(page).get_by_role("button", name="恢复").click()
    expect_words(page, form)
    press(page, form)
    expect(page.locator(".rival .difference del")).to_contain_text("别人改的")
    article.refresh_from_db()
    assert article.title == "别人改的题目"


def test_without_javascript_the_words_come_back_too(open_browser, chief):
    page = open_browser(**DESKTOP, java_script_enabled=False)
    form = FORMS["proofs"]
    sign_in(page, chief, form.address())
    page.get_by_label("校对记录").fill(WORDS)
    page.context.clear_cookies(name="sessionid")
    press(page, form)
    with page.context.expect_page() as other:
        page.get_by_role("link", name="在新的页面登录").click()
    sign_in(other.value, chief, "/admin/")
    for _ in range(2):  # the first finds the token of before
        page.get_by_role("button", name="填回表单").click()
    expect(page.get_by_text("下面是您刚才写的，还没有保存")).to_be_visible()
    expect(page.get_by_label("校对记录")).to_have_value(WORDS)
