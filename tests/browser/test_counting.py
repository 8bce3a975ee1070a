"""What is read, counted by a real browser: once somebody sees it for a moment, and once a visit."""

import pytest
from playwright.sync_api import Page

from issues.counts import honest, tally
from issues.models import DailyCount
from tests.conftest import DESKTOP
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db(transaction=True)

#: Chromium without a window says so, and is no reader.
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"


@pytest.fixture
def journal(live_server) -> Journal:
    for counted in (tally._looks, honest._seen):
        counted.clear()
    return a_journal()


def numbers() -> dict[tuple[str, int], int]:
    return {(each.kind, each.key): each.number for each in DailyCount.objects.all()}


def until(expected: dict[tuple[str, int], int], page: Page) -> None:
    """A busy machine takes its time."""
    for _ in range(150):
        if numbers() == expected:
            return
        page.wait_for_timeout(100)
    assert numbers() == expected


def test_a_visit_counts_once_and_letters_need_no_script(open_browser, journal, live_server):
    page = open_browser(**DESKTOP, user_agent=BROWSER)
    shown = journal.plain.get_absolute_url()
    page.goto(shown)
    read = {("article", journal.plain.pk): 1}
    until(read, page)
    page.reload()
    page.wait_for_timeout(2300)
    page.goto("/")
    counted = {**read, ("issue", journal.current.pk): 1}
    until(counted, page)
    page.goto(shown)
    page.wait_for_timeout(2300)
    assert numbers() == counted

    page.get_by_role("button", name="这篇有帮助").click()
    page.get_by_text("谢谢，记下了。").wait_for()
    assert page.get_by_role("button", name="这篇有帮助").is_disabled()
    assert numbers() == {**counted, ("helpful", journal.plain.pk): 1}

    plain = open_browser(**DESKTOP, java_script_enabled=False, user_agent=BROWSER)
    plain.goto(shown)
    plain.get_by_role("link", name="写信给编辑部").click()
    plain.fill("#id_words", "我们网点也试过，很管用。")
    plain.get_by_role("button", name="寄给编辑部").click()
    plain.get_by_text("信收到了，谢谢您。").wait_for()
    plain.get_by_role("button", name="这篇有帮助").click()
    plain.get_by_text("今天已经记过一次了").wait_for()
