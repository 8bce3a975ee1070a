from playwright.sync_api import Page

from servicejournal.models import User
from tests.factories import PASSWORD


def sign_in(page: Page, user: User, address: str) -> None:
    """Through the sign-in page to the address."""
    page.goto(f"/accounts/login/?next={address}")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{address}")
