from playwright.sync_api import Page

from articles.writing.handing_in import DECLARATIONS


def declare(page: Page) -> None:
    """Ticks what the page that hands in asks for."""
    for words in DECLARATIONS.values():
        page.get_by_label(words).check()


def declare_and_hand_in(page: Page) -> None:
    declare(page)
    page.get_by_role("button", name="提交稿件").click()
