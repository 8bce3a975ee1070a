"""What a look at a page tells, whatever the page."""

from playwright.sync_api import Page


def no_sideways_scrolling(page: Page) -> bool:
    """Of the page that is there: a click may have asked for the next one, which has no root yet."""
    page.wait_for_load_state()
    return page.locator("html").evaluate("root => root.scrollWidth <= innerWidth")
