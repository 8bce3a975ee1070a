"""Suggestions while somebody types, by hand and by keys; and the search without scripts."""

import pytest

from issues.making import indexing
from issues.models import Edition
from tests.browser.test_accessibility import findings
from tests.readers_journal import Journal, a_journal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture
def journal(live_server) -> Journal:
    made = a_journal()
    for edition in Edition.objects.out():
        indexing.index(edition)
    return made


def test_suggestions_come_while_somebody_types_and_lead_there(desktop, journal):
    desktop.goto("/search/")
    field = desktop.get_by_role("combobox")
    field.press_sequentially("bbgbc")
    first = desktop.get_by_role("option", name="把表格变成谈话")
    first.wait_for()
    assert findings(desktop) == []
    field.press("Escape")
    first.wait_for(state="hidden")
    field.fill("沈一")
    desktop.get_by_role("option", name="沈一鸣").wait_for()
    field.press("ArrowDown")
    assert desktop.get_by_role("option", selected=True).inner_text().startswith("作者")
    field.press("Enter")
    desktop.wait_for_url(f"**{journal.author.get_absolute_url()}")
    desktop.go_back()
    field.fill("表格")
    desktop.get_by_role("option", name="把表格变成谈话").click()
    desktop.wait_for_url(f"**{journal.rich.get_absolute_url()}")


def test_enter_looks_up_what_was_typed_and_hits_are_narrowed_by_links(desktop, journal):
    desktop.goto("/search/")
    desktop.get_by_role("combobox").fill("的")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/search/?q=**")
    assert desktop.get_by_role("listbox").is_hidden()
    whole = desktop.locator(".hits > li").count()
    desktop.get_by_text("缩小范围").click()
    assert findings(desktop) == []
    desktop.locator(".facets a").first.click()
    assert 0 < desktop.locator(".hits > li").count() < whole
    desktop.locator(".chosen a").click()
    assert desktop.locator(".hits > li").count() == whole
