from playwright.sync_api import Page

from articles.writing.views.handing_in import ALL_TRUE


def declare(page: Page) -> None:
    """Ticks what the page that hands in asks for."""
    page.get_by_label(ALL_TRUE).check()


def declare_and_hand_in(page: Page) -> None:
    declare(page)
    page.get_by_role("button", name="提交稿件").click()
