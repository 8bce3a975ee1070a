"""The second factor on a phone: enrolled, used, lost, reset by another, enrolled again."""

import re
import time

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from servicejournal.accounts import second_factor
from servicejournal.models import Telephone, User
from servicejournal.roles import Role
from tests.browser.signing_in import sign_in
from tests.browser.test_accounts import is_fit
from tests.conftest import DESKTOP, PHONE
from tests.factories import PASSWORD, a_user

pytestmark = pytest.mark.django_db(transaction=True)


def shown_by_the_telephone(user: User) -> str:
    """As if nobody had used the number of this half minute yet."""
    Telephone.objects.update(last_t=-1)
    device = Telephone.objects.get(user=user)
    code = TOTP(device.bin_key, device.step, device.t0, device.digits)
    code.time = time.time()
    return f"{code.token():06d}"


def types_the_password(page: Page, user: User) -> None:
    page.goto("/accounts/login/?next=/admin/issues/issue/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").tap()


def enrols(page: Page, user: User) -> list[str]:
    expect(page.get_by_role("heading", name="启用动态口令")).to_be_visible()
    expect(page.get_by_alt_text("动态口令的二维码")).to_be_visible()
    is_fit(page)
    page.get_by_label("验证码").fill(shown_by_the_telephone(user))
    page.get_by_role("button", name="启用").tap()
    expect(page.get_by_role("heading", name="请抄下恢复码")).to_be_visible()
    is_fit(page)
    codes = re.findall(r"[a-z0-9]{5}-[a-z0-9]{5}", page.locator(".codes").inner_text())
    page.get_by_role("link", name="抄好了，继续").tap()
    page.wait_for_url("**/admin/issues/issue/")
    return codes


def test_enrolled_lost_and_reset(open_browser, settings):
    settings.SECOND_FACTOR = "chiefs"
    chief = a_user(Role.CHIEF_EDITOR, name="秦望")
    admin = a_user(Role.ADMINISTRATOR, name="柳青")
    phone = open_browser(**PHONE)
    types_the_password(phone, chief)
    codes = enrols(phone, chief)
    phone.goto("/accounts/devices/")
    expect(phone.get_by_text("恢复码还剩 10 个")).to_be_visible()
    is_fit(phone)

    second = open_browser(**PHONE)
    types_the_password(second, chief)
    expect(second.get_by_role("heading", name="动态口令")).to_be_visible()
    is_fit(second)
    second.get_by_label("验证码").fill(codes[0])
    second.get_by_role("button", name="确定").tap()
    second.wait_for_url("**/admin/issues/issue/")
    expect(second.get_by_text("还剩 9 个")).to_be_visible()

    settings.SECOND_FACTOR = "nobody"  # the administrator's own is not what this is about
    desk = open_browser(**DESKTOP)
    sign_in(desk, admin, f"/admin/servicejournal/user/{chief.pk}/signing-in/")
    is_fit(desk)
    desk.get_by_label("怎样核对的").fill("当面")
    desk.get_by_role("button", name="重置").click()
    expect(desk.get_by_text("已重置。")).to_be_visible()
    assert not second_factor.is_on(chief)

    settings.SECOND_FACTOR = "chiefs"
    phone.goto("/admin/")
    expect(phone.get_by_role("heading", name="登录")).to_be_visible()
    types_the_password(phone, chief)
    expect(phone.get_by_text("由柳青重置（当面）")).to_be_visible()
    assert enrols(phone, chief) != codes
