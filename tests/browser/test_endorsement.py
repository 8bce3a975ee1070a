"""单位负责人签审 as it happens: the writer at a desk, the head of the branch on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from articles.models import Article
from tests import environment
from tests.articles.filling_in import WORDS, a_draft
from tests.browser.handing_in import declare
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_picture, a_user

pytestmark = pytest.mark.django_db(transaction=True)


def findings(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def test_a_text_goes_to_the_head_and_by_the_heads_thumb_to_the_desk(open_browser, settings):
    settings.BRANCH_ENDORSEMENT = True
    writer = a_user(name="沈一鸣")
    picture = a_picture(by=writer)
    body = f'<p>{WORDS}</p><figure><img src="{picture.get_absolute_url()}" alt="伞架"></figure>'
    article = a_draft(writer, body=body)

    desk = open_browser(**DESKTOP, reduced_motion="reduce", permissions=["clipboard-write"])
    sign_in(desk, writer, f"/submissions/{article.pk}/hand-in/")
    declare(desk)
    desk.get_by_role("button", name="送单位负责人签审").dblclick()
    expect(desk.get_by_role("heading", name="等单位负责人签审")).to_be_visible()
    desk.get_by_role("button", name="复制链接").click()
    expect(desk.get_by_text("链接已复制")).to_be_visible()
    expect(desk.get_by_alt_text("签审链接的二维码")).to_have_js_property("complete", True)
    assert desk.evaluate("document.querySelector('.qr').naturalWidth") > 0
    assert findings(desk) == []
    link = desk.get_by_label("签审链接").input_value()

    phone = open_browser(**PHONE, reduced_motion="reduce", color_scheme="dark")
    phone.goto(link.removeprefix(environment.FIXED["SITE_URL"]))
    expect(phone.get_by_text(WORDS)).to_be_visible()
    shown = phone.get_by_alt_text("伞架")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("each => each.naturalWidth") > 0
    assert no_sideways_scrolling(phone)
    assert findings(phone) == []

    phone.get_by_label("您的姓名").fill("周明")
    phone.get_by_role("button", name="同意报送").tap()
    expect(phone.get_by_role("alert")).to_contain_text("请写上您的职务")
    expect(phone.get_by_label("您的姓名")).to_have_value("周明")
    assert findings(phone) == []
    phone.get_by_label("职务").fill("支行行长")
    phone.get_by_label("我已经看过这篇稿件").check()
    phone.get_by_role("button", name="同意报送").tap()
    expect(phone.get_by_role("heading", name="已经同意报送")).to_be_visible()

    desk.reload()
    expect(desk.get_by_role("heading", name="已提交")).to_be_visible()
    expect(desk.get_by_text("周明（支行行长）：同意报送")).to_be_visible()
    desk.get_by_role("button", name="撤回修改").click()
    expect(desk.get_by_text("稿号不变")).to_be_visible()
    assert Article.objects.get().status == Article.Status.DRAFT
