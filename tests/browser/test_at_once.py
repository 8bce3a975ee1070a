"""The next page at once: made ready before it is asked for, and kept when it is left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserType, Page

from tests.conftest import CHROMIUM_FLAGS, DESKTOP, READER
from tests.factories import an_article, printed_anew
from tests.issues.paged import in_pages

pytestmark = pytest.mark.django_db(transaction=True)

_QUIET = "--disable-background-networking"


@pytest.fixture(scope="module")
def keeping_browser(browser_type: BrowserType, browser_type_launch_args: dict) -> Iterator[Browser]:
    """Browsers of tests keep no page which is left and make none ready; readers' do."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag != _QUIET]
    browser = browser_type.launch(
        **{**browser_type_launch_args, "args": flags},
        ignore_default_args=["--disable-back-forward-cache", _QUIET],
    )
    yield browser
    browser.close()


@pytest.fixture
def page(keeping_browser: Browser, live_server) -> Iterator[Page]:
    context = keeping_browser.new_context(base_url=live_server.url, **READER, **DESKTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def addresses(live_server) -> list[str]:
    edition = in_pages(["封面", "河堤上的灯"])
    article = an_article(issue=edition.issue, title="河堤上的灯")
    printed_anew(edition.issue)
    issue = edition.issue.get_absolute_url()
    return [f"/articles/{article.pk}/", issue, f"{issue}read/", f"{issue}edition/", "/", "/issues/",
            "/sections/", "/search/?q=灯", "/privacy/"]  # fmt: skip


def test_an_article_is_made_ready_when_somebody_points_at_it(page, addresses):
    article, issue, *_ = addresses
    asked = []
    page.on("request", lambda each: asked.append((each.url, each.headers.get("sec-purpose", ""))))
    page.goto(issue)
    page.wait_for_load_state("networkidle")
    link = page.locator(f'main a[href="{article}"]').first
    link.hover()
    page.wait_for_timeout(1500)
    ahead = [(url, purpose) for url, purpose in asked if purpose]
    assert [(url.endswith(article), purpose) for url, purpose in ahead] == [
        (True, "prefetch;prerender")
    ]
    link.click()
    page.wait_for_url(f"**{article}")
    assert page.get_by_role("heading", name="河堤上的灯").first.is_visible()


def test_every_page_that_is_left_is_kept(page, addresses):
    lost = {}
    for path in addresses:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate("addEventListener('pageshow', event => { window.kept = event.persisted })")
        page.goto("/accounts/login/")
        page.evaluate("setTimeout(() => history.back(), 10)")
        page.wait_for_timeout(500)
        if not page.evaluate("window.kept === true"):
            lost[path] = page.evaluate(
                "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"
            )
    assert lost == {}
