"""Readers' pages under axe: by light and by dark, on a phone and at a desk, in large type."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from issues.echoes import deciding, sending
from issues.making import indexing
from issues.models import Echo, Edition
from servicejournal.roles import Role
from tests.conftest import DESKTOP, PHONE
from tests.factories import a_user
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]

LOOKS = {
    "light on a phone": (PHONE, {}),
    "dark at a desk": ({**DESKTOP, "color_scheme": "dark"}, {}),
    "sepia and Song": (DESKTOP, {"theme": "sepia", "face": "song"}),
    "large type on a phone in the dark": (PHONE, {"elder": "on", "theme": "dark"}),
}


@pytest.fixture
def journal(live_server) -> Journal:
    return laid_out(a_journal)


def findings(page) -> list[str]:
    """What axe finds on the page as it stands, each with the places."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:120]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_readers_pages(open_browser, journal, look):
    options, settings = LOOKS[look]
    page = open_browser(**{**options, "reduced_motion": "reduce"})
    kept = json.dumps(json.dumps(settings))
    page.add_init_script(f"localStorage.setItem('reading', {kept})")
    indexing.index(Edition.objects.get(standing_for=journal.current))
    search = [f"/search/?q={words}" for words in (journal.rich.title, "表格", "把门开着谈话")]
    letters = f"{journal.rich.get_absolute_url()}letters/"
    sending.send(journal.rich.pk, name="林晓", branch="", words="读完想起一位老人。")
    deciding.pass_on(Echo.objects.get(), by=a_user(Role.EDITOR))
    for address in [*journal.pages, *search, letters, "/accounts/login/"]:
        page.goto(address)
        assert findings(page) == [], address


def test_axe_finds_nothing_in_the_open_settings(desktop, journal):
    desktop.goto(journal.rich.get_absolute_url())
    desktop.click("summary[aria-label=阅读设置]")
    assert findings(desktop) == []
