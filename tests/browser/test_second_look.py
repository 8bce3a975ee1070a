"""The last look before handing in: to a number and back, and what pictures look like."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Explanation
from articles.pictures import taking
from tests.articles.docx import photo
from tests.articles.filling_in import WORDS, a_draft
from tests.browser.editing import EDITOR, READY, until
from tests.browser.handing_in import declare_and_hand_in
from tests.browser.signing_in import sign_in
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_user

pytestmark = pytest.mark.django_db(transaction=True)

SELECTED = f"{EDITOR}.window.$.getSelection().toString()"


@pytest.fixture
def writer(open_browser):
    return a_user(name="沈一鸣")


@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_a_number_is_found_in_the_text_or_explained(open_browser, writer, screen):
    article = a_draft(writer, body=f"<p>{WORDS}</p><p>电话<strong>139</strong>12345678。</p>")
    page = open_browser(**screen)
    sign_in(page, writer, f"/submissions/{article.pk}/hand-in/")
    page.locator(".people").get_by_role("link", name="去改").click()
    until(page, f"{READY} && {SELECTED} === '13912345678'")
    page.go_back()
    page.get_by_label("这些号码确需保留").check()
    page.get_by_label("理由").fill("网点公布的值班电话")
    declare_and_hand_in(page)
    expect(page.get_by_role("heading", name="稿件收到了")).to_be_visible()
    assert Explanation.objects.get().reason == "网点公布的值班电话"
    assert Article.objects.get().receipt


def test_a_narrow_picture_is_shown_at_its_own_size_and_has_a_ground_in_the_dark(
    open_browser, writer
):
    taken = [taking.take(photo(*size), by=writer) for size in ((40, 2400), (60, 60), (900, 1400))]
    figures = "".join(
        f'<figure><img src="{each.get_absolute_url()}" alt="灯"></figure>' for each in taken
    )
    article = a_draft(writer, body=f"<p>{WORDS}</p>{figures}")
    page = open_browser(**PHONE, color_scheme="dark")
    sign_in(page, writer, f"/submissions/{article.pk}/preview/")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.body img')].map((each) => [each.width, each.height])"
    )
    assert sizes[:2] == [[40, 2400], [60, 60]]
    width, height = sizes[2]
    assert 300 < width <= 390
    assert abs(height - width * 1400 / 900) < 2
    ground = "getComputedStyle(document.querySelector('.body img')).backgroundColor"
    assert page.evaluate(ground) == "rgb(233, 228, 218)"
