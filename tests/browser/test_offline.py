"""Reading without a network, and what is never read again once there was one."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from issues.making import closing, withdrawals
from issues.models import Issue, PrintedArticle
from issues.reading import store
from servicejournal import generation
from tests.conftest import PHONE, READER
from tests.factories import a_user
from tests.readers_journal import Journal, a_journal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture
def journal(live_server) -> Journal:
    return a_journal()


@pytest.fixture
def reader(new_context: Callable, live_server, journal) -> Page:
    """A telephone that may keep things; what it cannot load is part of the test."""
    return new_context(base_url=live_server.url, **READER, **PHONE).new_page()


def kept(page: Page) -> list[str]:
    """Addresses of the pages that the browser holds."""
    return page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys()) {
                const held = await (await caches.open(name)).keys();
                found.push(...held.map(({ url }) => new URL(url).pathname));
            }
            return found.filter((path) => /^.(articles|issues).*\\/$/.test(path)).sort();
        }"""
    )


def until_kept(page: Page, path: str) -> None:
    for _ in range(100):
        if path in kept(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError(path)


def save(page: Page, issue: Issue) -> None:
    page.goto(issue.get_absolute_url())
    page.get_by_role("button", name="保存整期").tap()
    expect(page.get_by_role("button", name="从本机删除这一期")).to_be_visible(timeout=20_000)


def test_a_saved_issue_is_read_without_a_network_and_a_withdrawn_article_is_not(reader, journal):
    page, gone, stays = reader, journal.plain.get_absolute_url(), journal.rich.get_absolute_url()
    save(page, journal.current)
    page.context.set_offline(True)
    page.goto(gone)
    expect(page.get_by_role("heading", level=1)).to_have_text(journal.plain.title)
    page.goto(stays)
    expect(page.get_by_role("heading", level=1)).to_have_text("把表格变成谈话")
    page.locator(".body img").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert page.eval_on_selector(".body img", "e => e.naturalWidth") > 0
    page.goto(journal.earlier.get_absolute_url())
    expect(page.get_by_text("这一页也没有保存在本机")).to_be_visible()
    expect(page.get_by_role("link", name="2026年第3期 把服务做到家门口")).to_be_visible()

    page.context.set_offline(False)
    withdrawals.withdraw_article(journal.plain, by=a_user("chief_editor"), why="作者要求。")
    printed = PrintedArticle.objects.out().get(article=journal.rich)
    printed.body = printed.body.replace("最后一段", "更正过的一段")
    printed.save()
    generation.turn()
    page.goto("/sections/")  # of another kind: it is enough that there was a network
    page.wait_for_timeout(1500)
    assert gone not in kept(page)
    page.context.set_offline(True)
    page.goto(gone)
    expect(page.get_by_text("这一页也没有保存在本机")).to_be_visible()
    assert journal.plain.title not in page.content()
    page.goto(stays)
    expect(page.get_by_text("更正过的一段")).to_be_visible()
    assert "最后一段" not in page.content()


def test_of_an_issue_that_was_closed_to_strangers_nothing_is_kept_and_the_others_are_read_on(
    reader, journal
):
    page, stays = reader, journal.current.get_absolute_url()
    save(page, journal.earlier)
    save(page, journal.current)
    closing.close(journal.earlier, by=a_user("chief_editor"), why="内部讨论。")
    page.goto("/sections/")
    page.wait_for_timeout(1500)
    assert not [path for path in kept(page) if path == journal.earlier.get_absolute_url()]
    page.context.set_offline(True)
    page.goto(journal.earlier.get_absolute_url())
    expect(page.get_by_text("这一页也没有保存在本机")).to_be_visible()
    page.goto(stays)
    expect(page.get_by_text("把服务做到家门口").first).to_be_visible()


def test_what_was_opened_is_kept_and_the_rest_of_its_issue_with_the_second_page(reader, journal):
    page, article = reader, journal.rich.get_absolute_url()
    page.goto(article)
    until_kept(page, article)
    assert kept(page) == [article]
    page.goto(journal.current.get_absolute_url())
    until_kept(page, journal.plain.get_absolute_url())
    assert not any("/issues/2026/2/" in path for path in kept(page))
    page.context.set_offline(True)
    page.goto(journal.plain.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(journal.plain.title)


def test_where_nobody_can_say_what_still_stands_nothing_kept_is_shown(reader, journal):
    page, article = reader, journal.rich.get_absolute_url()
    save(page, journal.current)
    headers = {"Content-Type": "text/plain", "Cache-Control": "no-cache"}
    store.put(store.state(), "standing.json", b"no answer that says anything", headers)
    page.goto("/sections/")
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    page.goto(article)
    expect(page.get_by_text("这一页也没有保存在本机")).to_be_visible()
    page.context.set_offline(False)
    generation.turn()
    page.goto("/sections/")
    page.wait_for_timeout(1500)
    page.context.set_offline(True)
    page.goto(article)
    expect(page.get_by_role("heading", level=1)).to_have_text("把表格变成谈话")


def test_a_saved_issue_is_listed_and_deleted(reader, journal):
    save(reader, journal.current)
    reader.goto("/offline/")
    expect(reader.get_by_text("整期 · ")).to_be_visible()
    reader.get_by_role("button", name="删除 2026年第3期 把服务做到家门口").tap()
    expect(reader.get_by_text("这台设备上还没有保存任何一期")).to_be_visible()
    assert kept(reader) == []
