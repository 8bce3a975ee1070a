"""To an account and into it: registering on a phone, a list at a desk, a slip of paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.models import Branch
from servicejournal.accounts import registration
from servicejournal.models import User
from servicejournal.roles import Role
from tests.browser.looking import no_sideways_scrolling
from tests.browser.signing_in import sign_in
from tests.browser.test_accessibility import findings
from tests.conftest import PHONE
from tests.factories import a_user
from tests.servicejournal.accounts.test_staff_lists import HEADINGS, an_xlsx

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "counter-three-umbrella"


def is_fit(page: Page) -> None:
    """Nothing for axe to find, nothing that scrolls sideways."""
    assert findings(page) == [], page.url
    assert no_sideways_scrolling(page), page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_stranger_registers_with_a_thumb_and_writes(open_browser, scripts):
    Branch.objects.named("东岭支行")
    page = open_browser(**PHONE, java_script_enabled=scripts)
    page.goto("/submit/")
    page.get_by_role("link", name="还没有账号？注册").tap()
    page.get_by_label("姓名").fill("何晓棠")
    page.get_by_label("工号").fill("２０４４１８")
    page.get_by_label("手机").fill("139 0000 0001")
    for label in ("密码", "再输一次密码"):
        page.get_by_label(label, exact=True).fill(SECRET)
    page.get_by_role("button", name="注册，开始写").tap()
    expect(page.get_by_text("请选择您的单位")).to_be_visible()
    expect(page.get_by_label("姓名")).to_have_value("何晓棠")
    if scripts:
        is_fit(page)
    page.get_by_label("单位", exact=True).select_option("东岭支行")
    for label in ("密码", "再输一次密码"):
        page.get_by_label(label, exact=True).fill(SECRET)
    page.get_by_role("button", name="注册，开始写").tap()
    page.wait_for_url("**/submit/")
    expect(page.get_by_text("现在就可以写")).to_be_visible()
    page.get_by_role("link", name="何晓棠（待核实）").tap()
    expect(page.get_by_role("heading", name="我的账号")).to_be_visible()
    if scripts:
        is_fit(page)


def test_a_list_becomes_slips_and_a_slip_a_password(
    open_browser, desktop, tmp_path: Path, settings, live_server
):
    settings.SITE_URL = live_server.url
    Branch.objects.named("东岭支行")
    people = tmp_path / "名单.xlsx"
    people.write_bytes(
        an_xlsx(HEADINGS, ["龑䶮", "东岭支行", "300101"], ["罗七", "松山支行", "7x"])
    )
    sign_in(desktop, a_user(Role.EDITOR), "/admin/servicejournal/user/list/")
    is_fit(desktop)
    desktop.get_by_label("名单", exact=True).set_input_files(people)
    desktop.get_by_role("button", name="上传，看看").click()
    expect(desktop.get_by_role("heading", name="核对名单")).to_be_visible()
    is_fit(desktop)
    desktop.get_by_label("新建“松山支行”").check()
    desktop.get_by_role("button", name="开通这 1 个账号").click()
    expect(desktop.get_by_text("开通了 2 个账号。")).to_be_visible()
    is_fit(desktop)
    desktop.get_by_role("button", name="打印这 2 张纸条").click()
    expect(desktop.get_by_role("button", name="打印", exact=True)).to_be_visible()
    expect(desktop.get_by_alt_text("龑䶮设密码的二维码")).to_be_visible()
    is_fit(desktop)

    link = re.search(r"http://\S+set-password\S+", desktop.locator(".slip").first.inner_text())[0]
    phone = open_browser(**PHONE)
    phone.goto(link)
    is_fit(phone)
    for label in ("新密码", "再填一遍新密码"):
        phone.get_by_label(label, exact=True).fill(SECRET)
    phone.get_by_role("button", name="设好，登录").tap()
    expect(phone.get_by_text("密码设好了，您已经登录。")).to_be_visible()
    assert User.objects.get(username="300101").check_password(SECRET)


def test_the_pages_of_accounts_are_accessible_by_night(open_browser):
    page = open_browser(**PHONE, color_scheme="dark", reduced_motion="reduce")
    for path in ("register/", "login/", "reset/", "reset/sent/", "set-password/MQ/x-y/"):
        page.goto(f"/accounts/{path}")
        is_fit(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desks_pages_of_accounts_are_accessible(open_browser, width):
    person = registration.Person(staff_number="204418", name="何晓棠", stated_branch="松山")
    user = registration.register(person, password=SECRET)
    page = open_browser(viewport={"width": width, "height": 844})
    sign_in(page, a_user(Role.EDITOR), "/admin/")
    is_fit(page)
    page.goto(f"/admin/servicejournal/user/{user.pk}/confirm/")
    is_fit(page)
