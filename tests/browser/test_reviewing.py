"""The review page in a real browser: comments by selecting, keys, two editors at once, a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article
from servicejournal.roles import Role
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_section, a_user, an_article

pytestmark = pytest.mark.django_db(transaction=True)

BODY = "<p>门口放着一把伞。</p><p>雨停了，伞还在。</p>" + "<p>第二天的事，后面再说。</p>" * 30


@pytest.fixture
def article(open_browser) -> Article:
    return an_article(
        title="雨天的伞",
        body=BODY,
        status=Article.Status.FIRST_REVIEW,
        section=a_section(),
        contributor=a_user(),
    )


def open_review(page: Page, article: Article, name: str = "程砚") -> str:
    address = f"/admin/articles/article/{article.pk}/review/"
    sign_in(page, a_user(Role.EDITOR, name=name), address)
    return address


def select(page: Page, words: str) -> None:
    page.evaluate(
        """words => {
            const body = document.querySelector(".manuscript .body");
            const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        words,
    )


def test_a_passage_is_selected_and_commented_on(desktop, article):
    open_review(desktop, article)
    select(desktop, "伞还在")
    desktop.get_by_role("button", name="批注").last.click()
    expect(desktop.get_by_label("原文")).to_have_value("伞还在")
    expect(desktop.get_by_role("textbox", name="批注")).to_be_focused()
    desktop.keyboard.type("谁的伞？")
    desktop.locator(".commenting").get_by_role("button", name="批注").click()
    expect(desktop.locator(".comments")).to_contain_text("谁的伞？")
    assert desktop.evaluate("CSS.highlights.get('comment').size") == 1
    assert article.comments.get().before.endswith("雨停了，")


def test_keys_move_to_the_buttons_and_enter_decides(desktop, article):
    other = an_article(title="下一篇", status="submitted", section=a_section())
    open_review(desktop, article)
    desktop.keyboard.press("p")
    expect(desktop.get_by_role("button", name="通过")).to_be_focused()
    assert Article.objects.get(pk=article.pk).status == "first_review"
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", name="下一篇")).to_be_visible()
    assert Article.objects.get(pk=article.pk).status == "second_review"
    assert desktop.url.endswith(f"/{other.pk}/review/")


def test_two_editors_at_once_see_each_other_and_never_save_over_each_other(open_browser, article):
    one, two = open_browser(**DESKTOP), open_browser(**DESKTOP)
    open_review(one, article, "程砚")
    address = open_review(two, article, "何静")
    expect(two.get_by_text("程砚（")).to_be_visible()
    for page in (one, two):
        page.goto(f"{address}edit/")
    one.get_by_label("标题").fill("程砚改的题目")
    one.get_by_role("button", name="保存文本").click()
    expect(one.get_by_role("heading", name="程砚改的题目")).to_be_visible()
    two.get_by_label("标题").fill("何静改的题目")
    with two.expect_response(lambda answer: answer.request.method == "POST"):
        two.get_by_role("button", name="保存文本").click()
    expect(two.get_by_role("alert")).to_contain_text("这篇稿件刚刚被改过，您的还没有保存")
    expect(two.get_by_text("程砚改动了这篇稿件，为了不盖掉，这次没有保存")).to_be_visible()
    expect(two.get_by_label("标题")).to_have_value("何静改的题目")
    assert Article.objects.get(pk=article.pk).title == "程砚改的题目"


def test_a_decision_is_made_from_a_phone(phone, article):
    open_review(phone, article)
    assert no_sideways_scrolling(phone)
    phone.get_by_role("link", name="去作决定").click()
    phone.get_by_label("给作者的意见").fill("请写清是哪一天。")
    phone.get_by_role("button", name="退修").click()
    phone.wait_for_url("**/admin/")
    assert Article.objects.get(pk=article.pk).status == "revising"


@pytest.mark.parametrize("screen", [PHONE, {**DESKTOP, "color_scheme": "dark"}])
def test_axe_finds_nothing(open_browser, article, screen):
    page = open_browser(**screen, reduced_motion="reduce")
    address = open_review(page, article)
    for where in (address, "/admin/articles/article/hand-over/"):
        page.goto(where)
        found = Axe().run(page).response["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found] == [], where
