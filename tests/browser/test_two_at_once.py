"""Two browsers on one manuscript, one issue: the slower is told, and nothing typed is lost."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.reviewing import editing
from issues import contents
from issues.models import Issue
from servicejournal import record
from servicejournal.roles import Role
from tests.browser.signing_in import sign_in
from tests.conftest import DESKTOP, PHONE
from tests.factories import (
    a_section,
    a_small_office,
    a_user,
    accepted,
    an_article,
    an_issue,
    made,
)
from tests.issues.making.desks import made_up

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(open_browser) -> Article:
    return an_article(
        title="雨天的伞",
        status=Article.Status.FIRST_REVIEW,
        section=a_section(),
        contributor=a_user(),
    )


@pytest.fixture
def issue(open_browser) -> Issue:
    issue = an_issue(date=date(2026, 12, 18), theme="冬天里的那盏灯")
    for title in ("一盏灯", "两把椅子", "三号窗口"):
        an_article(title=title, issue=issue)
    return issue


@pytest.fixture
def two(open_browser):
    """程砚 and 何静, each at a desk of their own, with this page open."""

    def opened(address: str, second=DESKTOP) -> tuple[Page, Page]:
        pages = open_browser(**DESKTOP), open_browser(**second)
        for page, name in zip(pages, ("程砚", "何静"), strict=True):
            sign_in(page, a_user(Role.CHIEF_EDITOR, name=name), address)
        return pages

    return opened


#: The titles of what stands in the issue, as the board shows them.
PLACED = ".placed [data-article] .what"


def carry(page: Page, title: str, *keys: str, status: int = 200) -> None:
    """By keys alone: space lifts, arrows carry, space drops; the step is answered."""
    page.get_by_role("button", name=f"搬动《{title}》").focus()
    with page.expect_response("**/board/step/") as step:
        for key in ("Space", *keys, "Space"):
            page.keyboard.press(key)
    assert step.value.status == status


def review_of(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/review/"


def press(page: Page, name: str) -> int:
    """The status of the answer."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()
    return answered.value.status


def titles(issue: Issue) -> list[str]:
    return [article.title for article in contents.of(issue).articles]


def decisions(article: Article) -> list[str]:
    return [str(review) for review in article.reviews.all()]


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_pass_from_an_old_page_passes_nothing(two, article, screen):
    one, other = two(review_of(article), screen)
    assert press(one, "通过") == 302
    other.get_by_label("给作者的意见").fill("写得很好，日期再核一下。")
    assert press(other, "通过") == 409
    expect(other.get_by_role("alert")).to_contain_text("已由程砚通过初审")
    expect(other.get_by_label("给作者的意见")).to_have_value("写得很好，日期再核一下。")
    assert decisions(article) == ["初审通过"]


def test_who_may_do_nothing_more_still_has_what_they_wrote(open_browser, article):
    one, other = open_browser(**DESKTOP), open_browser(**DESKTOP)
    sign_in(one, a_user(Role.EDITOR, name="程砚"), review_of(article))
    sign_in(other, a_user(Role.EDITOR, name="何静"), review_of(article))
    press(one, "通过")
    other.get_by_label("给作者的意见").fill("请补上时间。")
    assert press(other, "退修") == 409
    expect(other.get_by_label("您写的意见，没有寄给作者")).to_have_value("请补上时间。")
    assert decisions(article) == ["初审通过"]


def test_a_text_that_was_changed_meanwhile_is_shown(two, article):
    one, other = two(review_of(article))
    one.goto(f"{review_of(article)}edit/")
    one.get_by_label("标题").fill("雨天的纸伞")
    press(one, "保存文本")
    assert press(other, "通过") == 409
    expect(other.locator(".since .difference ins").first).to_contain_text("纸")
    assert decisions(article) == []


def test_what_was_received_meanwhile_is_not_received_again(two, article):
    """From the page of a manuscript that nobody had opened yet; a decision at first sight too."""
    for button in ("开始初审", "通过"):
        waiting = an_article(status="submitted", section=a_section(), contributor=a_user())
        one, other = two(review_of(waiting))
        other.get_by_label("内部意见").fill("题目再想想")
        assert press(one, "开始初审") == 302
        assert press(other, button) == 409
        expect(other.get_by_role("alert")).to_contain_text("已由程砚开始初审")
        expect(other.get_by_label("内部意见")).to_have_value("题目再想想")
        assert decisions(waiting) == []


def test_what_was_moved_meanwhile_is_not_moved_again(two, article):
    one, other = two(review_of(article))
    for page, name in ((one, "服务情思"), (other, "服务掠影")):
        page.get_by_text("转栏目、分派").click()
        page.get_by_label("转到").select_option(label=name)
    assert press(one, "转栏目") == 302
    assert press(other, "转栏目") == 409
    expect(other.get_by_role("alert")).to_contain_text("已由程砚转栏目，现在在“服务情思”")
    article.refresh_from_db()
    assert article.section == a_section("service-emotion")


def test_a_change_of_words_is_confirmed_once(two, open_browser):
    whole = accepted(title="雨天的伞")
    editor = a_user(Role.EDITOR)
    editing.revise(whole, by=editor, base=whole.digest(), title="雨天的纸伞", small=True)
    one, other = two(review_of(whole))
    expect(other.locator(".since .difference ins").first).to_contain_text("纸")
    assert press(one, "确认文字订正") == 302
    assert press(other, "确认文字订正") == 409
    expect(other.get_by_role("alert")).to_contain_text("已由程砚确认文字订正")
    assert record.of(whole).filter(verb="确认文字订正").count() == 1


def test_three_presses_on_a_slow_line_pass_one_review(open_browser, article):
    a_small_office()
    for scripted in (True, False):
        fresh = an_article(status="first_review", section=a_section(), contributor=a_user())
        page = open_browser(**DESKTOP, java_script_enabled=scripted)
        sign_in(page, a_user(Role.CHIEF_EDITOR), review_of(fresh))
        page.get_by_role("button", name="通过", exact=True).click(click_count=3, no_wait_after=True)
        for _ in range(100):  # the last press answers, whichever of them was the first to count
            if decisions(fresh):
                break
            page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
        assert decisions(fresh) == ["初审通过"], scripted


def test_a_button_fires_once_and_comes_back_with_the_page(desktop, article):
    sign_in(desktop, a_user(Role.EDITOR), review_of(article))
    sent = []
    desktop.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    held = desktop.get_by_role("button", name="备用", exact=True)
    desktop.evaluate(
        """() => {
            const form = document.querySelector("[data-decision]");
            window.stopped = 0;
            form.addEventListener("submit", (event) => {
                if (event.defaultPrevented) window.stopped += 1;
                event.preventDefault();
            });
        }"""
    )
    held.click()
    expect(held).to_have_attribute("aria-disabled", "true")
    held.click(force=True)
    assert desktop.evaluate("window.stopped") == 1
    desktop.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(held).not_to_have_attribute("aria-disabled", "true")
    assert [url for url in sent if "presence" not in url] == []


def test_a_decision_is_taken_back(desktop, article):
    sign_in(desktop, a_user(Role.EDITOR), review_of(article))
    press(desktop, "备用")
    desktop.get_by_role("link", name="撤回", exact=True).click()
    expect(desktop.get_by_text("没有别人接着做，可以撤回")).to_be_visible()
    assert press(desktop, "撤回决定") == 302
    expect(desktop.get_by_text("现在是“初审中”")).to_be_visible()
    expect(desktop.get_by_text("撤回，不算数")).to_be_visible()
    assert Article.objects.get(pk=article.pk).status == "first_review"


def test_a_taking_back_comes_too_late_once_somebody_went_on(two, article):
    a_small_office()
    one, other = two(review_of(article))
    press(one, "通过")
    one.goto(review_of(article))
    other.goto(review_of(article))
    press(other, "通过")
    assert press(one, "撤回决定") == 409
    expect(one.get_by_role("alert")).to_contain_text("已由何静通过复审")
    assert decisions(article) == ["初审通过", "复审通过"]


def test_of_two_who_assign_the_second_is_told(two, article):
    a_user(Role.EDITOR, name="周以宁")
    one, other = two(review_of(article))
    for page, name in ((one, "周以宁"), (other, "程砚")):
        page.get_by_text("转栏目、分派").click()
        page.get_by_label("分派给").select_option(label=name)
    assert press(one, "分派") == 302
    assert press(other, "分派") == 409
    expect(other.get_by_role("alert")).to_contain_text("已由程砚分派给周以宁")
    assert other.get_by_label("分派给").locator("option:checked").inner_text() == "程砚"


def test_of_two_orders_the_second_is_shown_both_and_saves_theirs_when_seen(two, issue):
    one, other = two(f"/admin/issues/issue/{issue.pk}/board/")
    carry(one, "三号窗口", "ArrowUp")
    expect(other.locator(PLACED)).to_have_text(["一盏灯", "三号窗口", "两把椅子"])  # by itself
    other.route("**/board/state/**", lambda route: route.fulfill(status=204))  # it lags behind
    carry(one, "两把椅子", "ArrowUp")
    carry(other, "一盏灯", "ArrowDown", status=409)
    expect(other.get_by_text("您这一步没有保存", exact=True)).to_be_focused()
    expect(other.locator("[data-rival-now] li li")).to_have_text(["一盏灯", "两把椅子", "三号窗口"])
    expect(other.locator("[data-rival-yours] li li")).to_have_text(
        ["三号窗口", "一盏灯", "两把椅子"]
    )
    expect(other.locator(PLACED)).to_have_text(["一盏灯", "两把椅子", "三号窗口"])
    assert titles(issue) == ["一盏灯", "两把椅子", "三号窗口"]
    with other.expect_response("**/board/step/") as again:
        other.get_by_role("button", name="再移一次").click()
    assert again.value.status == 200
    assert titles(issue) == ["一盏灯", "两把椅子", "三号窗口"]  # before 两把椅子, as was wanted


def test_what_was_taken_out_by_mistake_is_put_back(desktop, issue):
    sign_in(desktop, a_user(Role.EDITOR), f"/admin/issues/issue/{issue.pk}/board/")
    desktop.get_by_role("button", name="把《一盏灯》移出本期").click()
    expect(desktop.get_by_text("移出《一盏灯》")).to_be_visible()
    with desktop.expect_response("**/board/step/"):
        desktop.get_by_role("button", name="撤销移出").click()
    expect(desktop.locator(PLACED)).to_have_text(["一盏灯", "两把椅子", "三号窗口"])
    assert titles(issue) == [
        "一盏灯",
        "两把椅子",
        "三号窗口",
    ]


def test_several_are_placed_in_the_order_of_the_page(desktop, issue):
    for title in ("四封信", "五斗柜", "六点钟"):
        accepted(title=title)
    sign_in(desktop, a_user(Role.EDITOR), f"/admin/issues/issue/{issue.pk}/board/")
    for box in desktop.get_by_role("checkbox").all():
        box.check()
    with desktop.expect_response("**/board/step/"):
        desktop.get_by_role("button", name="编入所选稿件").click()
    assert titles(issue)[3:] == ["四封信", "五斗柜", "六点钟"]


def test_of_two_who_finish_a_proof_the_second_made_no_other(two, issue):
    one, other = two(f"/admin/issues/issue/{issue.pk}/proofs/")
    other.get_by_label("校对记录").fill("人名、数字核过。")
    assert press(one, "一校完成，签上我的名字") == 302
    assert press(other, "一校完成，签上我的名字") == 409
    expect(other.get_by_role("alert")).to_contain_text("一校已由程砚完成")
    expect(other.get_by_label("校对记录")).to_have_value("人名、数字核过。")
    assert issue.proofs.count() == 1


def test_of_two_who_sign_and_of_two_who_publish_one_did(two, issue):
    issue = made_up().issue
    release = f"/admin/issues/issue/{issue.pk}/release/"
    one, other = two(release)
    for page in (one, other):
        for box in page.get_by_role("checkbox", name="照此签发").all():
            box.check()
        page.get_by_label("理由").last.fill("看过，照此签发")
    assert press(one, "签发") == 302
    made()
    assert press(other, "签发") == 409
    expect(other.get_by_role("alert")).to_contain_text("程砚已经做了“签发”")
    for page in (one, other):
        page.goto(release)
    assert press(one, "现在发布") == 302
    assert press(other, "现在发布") == 409
    expect(other.get_by_role("alert")).to_contain_text("已由程砚发布")
    assert issue.editions.count() == 1


def test_a_comment_is_mended_and_taken_away_until_it_is_read(two, article):
    one, other = two(review_of(article))
    one.locator(".commenting textarea").fill("写清是那一天")
    one.locator(".commenting").get_by_role("button", name="批注").click()
    one.get_by_text("改、删").click()
    one.locator(".mend textarea").fill("写清是哪一天")
    one.locator(".mend").get_by_role("button", name="保存").click()
    expect(one.locator(".comments")).to_contain_text("写清是哪一天")
    other.goto(review_of(article))
    one.get_by_text("改、删").click()
    one.locator(".mend").get_by_role("button", name="删去").click()
    expect(one.locator("#comments ~ .errornote, .mend .errornote")).to_contain_text("已经有人看过")
    assert article.comments.get().words == "写清是哪一天"
