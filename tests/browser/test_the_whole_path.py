"""From a writer's draft to a reader's phone, clicked through as people do it."""

from playwright.sync_api import Page, expect

from articles.models import Article
from issues.making import proofs
from issues.models import Issue
from servicejournal.roles import Role
from tests.browser.handing_in import declare_and_hand_in
from tests.conftest import DESKTOP
from tests.factories import PASSWORD, a_user, an_author, made

TITLE = "雨天的门垫"
OPENING = "下雨那天，门口的垫子换了三次。"
TEXT = OPENING + "客人进门先低头看脚下，再抬头看我们，这一低一抬之间，就是能不能留住他的时间。" * 2


def sign_in(page: Page, username: str, address: str) -> None:
    page.goto(address)
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def write_and_hand_in(page: Page) -> str:
    """The writer's part, on a phone; gives the receipt number."""
    page.get_by_label("标题").fill(TITLE)
    page.get_by_role("radio", name="服务管理").check()
    frame = page.frame_locator("iframe.cke_wysiwyg_frame")
    frame.locator("body").click()
    page.keyboard.insert_text(TEXT)
    page.get_by_role("button", name="存为草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    page.get_by_role("button", name="提交稿件").click()
    declare_and_hand_in(page)
    expect(page.get_by_text("稿号").first).to_be_visible()
    return Article.objects.get(title=TITLE).receipt


def review(page: Page, *buttons: str) -> None:
    """An editor's part: from the dashboard to the decision."""
    page.get_by_role("link", name=TITLE).first.click()
    for button in buttons:
        page.get_by_label("内部意见").fill("有细节，可用。")
        page.get_by_role("button", name=button, exact=True).click()


def make_up_and_publish(page: Page) -> None:
    page.get_by_role("link", name="新建一期").click()
    page.get_by_label("出刊日期").fill("2026-12-18")
    page.get_by_label("本期主题").fill("冬天里的那盏灯")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto("/admin/")
    page.get_by_role("link", name="编排目录（1 篇待编入）").click()
    page.get_by_role("checkbox", name=TITLE).check()
    page.get_by_role("button", name="编入所选稿件").click()
    expect(page.get_by_role("group", name="服务管理").get_by_text(TITLE).first).to_be_visible()
    pages = page.get_by_role("navigation", name="本期的各个页面")
    pages.get_by_role("link", name="三校").click()
    page.get_by_label("改正了几处").fill("2")
    page.get_by_role("button", name="一校完成").click()
    expect(page.get_by_text("一校是您做的，二校请换一位同事。")).to_be_visible()
    for _ in ("二校", "三校"):
        proofs.finish(Issue.objects.get(), by=a_user(Role.EDITOR))
    pages.get_by_role("link", name="签发与发布").click()
    for warning in page.get_by_role("checkbox", name="照此签发").all():
        warning.check()
    page.get_by_label("没有单独写理由的，理由都是").fill("看过，照此签发")
    page.get_by_role("button", name="签发", exact=True).click()
    expect(page.get_by_text("等后台开始")).to_be_visible()
    made()
    page.get_by_role("button", name="现在发布").click()  # the page goes on by itself
    expect(page.get_by_text("已发布第1版")).to_be_visible()


def test_a_draft_comes_in_and_an_issue_goes_out(phone: Page, open_browser) -> None:
    writer = a_user(Role.CONTRIBUTOR, name="高志远")
    author = an_author("高志远", "东岭支行")
    author.user = writer
    author.save()

    sign_in(phone, writer.username, "/submit/")
    receipt = write_and_hand_in(phone)
    phone.goto("/submissions/")
    expect(phone.get_by_text(TITLE).first).to_be_visible()
    article = Article.objects.get(receipt=receipt)
    phone.goto(article.get_absolute_url())
    expect(phone.get_by_text(OPENING)).to_have_count(0)

    for role, buttons in (
        (Role.EDITOR, ("开始初审", "通过")),
        (Role.SENIOR_EDITOR, ("通过",)),
        (Role.CHIEF_EDITOR, ("通过",)),
    ):
        editor = open_browser(**DESKTOP)
        sign_in(editor, a_user(role).username, "/admin/")
        review(editor, *buttons)
    assert Article.objects.get(receipt=receipt).status == Article.Status.ACCEPTED
    editor.goto("/admin/")
    make_up_and_publish(editor)

    reader = open_browser(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    reader.goto("/")
    expect(reader.get_by_role("heading", name="冬天里的那盏灯")).to_be_visible()
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(reader.get_by_text(OPENING).first).to_be_visible()
    expect(reader.get_by_text("东岭支行").first).to_be_visible()
    assert Issue.objects.published().count() == 1
