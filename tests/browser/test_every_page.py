"""Every page of the desk and of the writers under axe, at a desk and on a phone."""

from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from servicejournal.models import User
from tests.browser import every_page
from tests.factories import a_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

WIDTHS = (1280, 390)
#: Without what axe would fetch again: the policy refuses the styles that it adds.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
#: Pages that some models do not have: nobody may add or delete there.
MAY_BE_CLOSED = ("/add/", "/delete/")


def sign_in(page: Page, user: User) -> None:
    """Without the sign-in page, which has tests of its own."""
    client = Client()
    client.force_login(user)
    base = page.context.pages[0].evaluate("location.origin")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}]
    )


def findings(page: Page, address: str) -> list[str]:
    """What is wrong with the page at the address, at either width."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(address)
    if answer.status == 403 and urlsplit(address).path.endswith(MAY_BE_CLOSED):
        return []
    if answer.status != 200:
        return [f"{address}: {answer.status}"]
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{address} ({width}): {each}" for each in _faults(page, width)]
    return found


def _faults(page: Page, width: int) -> Iterable[str]:
    headings = page.locator("h1:visible").count()
    if headings != 1:
        yield f"{headings} first headings"
    if width < 500 and not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        yield "scrolls sideways"
    for each in Axe().run(page, options=OPTIONS).response["violations"]:
        for node in each["nodes"]:
            yield f"{each['id']}: {node['html'][:160]}"


def look_at(page: Page, addresses: Iterable[str]) -> None:
    found = [each for address in addresses for each in findings(page, address)]
    assert not found, "\n".join(found)


@pytest.fixture
def page(open_browser) -> Page:
    page = open_browser(reduced_motion="reduce")
    page.goto("/accounts/login/")
    return page


def test_no_page_of_the_desk_is_forgotten():
    """A new one is either looked at below, or is no page, for a reason."""
    looked_at = every_page.names_at(every_page.a_desk().pages())
    assert looked_at | set(every_page.NO_PAGES) == every_page.names_of_the_desk()


def test_no_page_of_the_writers_is_forgotten(settings):
    writer = a_user()
    pages = every_page.pages_of(writer)
    settings.BRANCH_ENDORSEMENT = True
    pages += every_page.pages_of_nobody(writer)
    known = every_page.names_at(pages) | set(every_page.NO_PAGES_OF_WRITERS)
    assert known == every_page.names_of_the_writers()


def test_the_desk(page):
    desk = every_page.a_desk()
    sign_in(page, desk.chief)
    look_at(page, desk.pages())


def send(page: Page, address: str, fields: dict[str, str]) -> int:
    """As a form of that page would; the status of what comes back."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    with page.expect_navigation() as answer:
        page.evaluate(
            """fields => {
                const form = Object.assign(document.createElement("form"), { method: "post" });
                const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
                const all = { ...fields, csrfmiddlewaretoken: token };
                for (const [name, value] of Object.entries(all))
                    form.append(Object.assign(document.createElement("input"), { name, value }));
                document.body.append(form);
                form.submit();
            }""",
            fields,
        )
    return answer.value.status


def test_what_only_a_refused_form_gives(page):
    desk = every_page.a_desk()
    sign_in(page, desk.chief)
    found = []
    for address, fields in desk.refused():
        status = send(page, address, fields)
        assert status in (200, 409, 422), f"{address}: {status}"  # Django refuses with 200
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} refused ({width}): {each}" for each in _faults(page, width)]
    assert not found, "\n".join(found)


def test_the_writers(page):
    writer = a_user(name="沈一鸣")
    addresses = every_page.pages_of(writer)
    sign_in(page, writer)
    look_at(page, addresses)


def test_whoever_is_not_signed_in(page, settings):
    settings.BRANCH_ENDORSEMENT = True
    look_at(page, every_page.pages_of_nobody(a_user()))
