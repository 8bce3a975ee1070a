"""合刊, 增刊 and 号外 as readers meet them: each under its own name and address, on every page."""

from datetime import date

import pytest

from issues.making import withdrawals
from issues.models import Edition, Issue, Page
from issues.reading import store
from servicejournal.roles import Role
from tests.factories import a_user, an_issue
from tests.pages import link, seen

pytestmark = pytest.mark.django_db

KINDS = [
    ({"number": 7, "last_number": 8}, "2026年第7–8期", "/issues/2026/7-8/"),
    ({"number": 1, "kind": "supplement", "after": 8}, "2026年增刊1", "/issues/2026/s1/"),
    ({"number": 1, "kind": "extra", "after": 8}, "2026年号外1", "/issues/2026/x1/"),
]


def one(**facts: object) -> Issue:
    day = date(2026, 8, 20)
    return an_issue(published=True, articles=1, year=2026, date=day, **facts)


def plain(words: str) -> str:
    return "".join(words.split())


@pytest.mark.parametrize(("facts", "label", "address"), KINDS)
class TestEachKind:
    def test_has_its_address_and_its_name_on_every_page(self, client, facts, label, address):
        issue = one(**facts)
        article = issue.articles.get()
        assert issue.get_absolute_url() == address
        pages = [address, f"{address}edition/", article.get_absolute_url()]
        for page in [*pages, "/", "/issues/", article.section.get_absolute_url()]:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert label in plain(seen(answer)), page
        assert f'href="{address}"' in client.get("/issues/").text

    def test_is_leafed_through_under_its_address(self, client, facts, label, address):
        edition = one(**facts).standing
        Edition.objects.filter(pk=edition.pk).update(
            pdf="editions/a.pdf", page_count=1, in_pages=True
        )
        Page.objects.create(edition=edition, number=1, width=1800, height=2400)
        answer = client.get(f"{address}read/")
        assert f'src="{address}pages/1/1-240.webp"' in answer.text
        assert label in plain(seen(answer))

    def test_has_a_cover_that_says_so(self, client, facts, label, address):
        one(**facts)
        svg = client.get(f"{address}cover.svg")
        assert f"{label}</title>" in svg.text

    def test_stands_in_the_store_of_pages(self, client, facts, label, address):
        assert store.name_of(address) == f"{address[1:]}index.html"
        assert store.name_of(f"{address}read/") == f"{address[1:]}read/index.html"

    def test_before_it_is_out_is_the_desks(self, client, facts, label, address):
        an_issue(year=2026, articles=1, **facts)
        assert client.get(address).status_code == 404
        client.force_login(a_user(Role.EDITOR))
        assert label in plain(seen(client.get(address)))

    def test_taken_back_is_gone(self, client, facts, label, address):
        withdrawals.withdraw(one(**facts), by=a_user(Role.CHIEF_EDITOR), why="印错了。")
        assert client.get(address).status_code == 410


class TestTheNumbersOfAJointIssue:
    @pytest.mark.parametrize("number", [7, 8])
    def test_lead_to_it(self, client, number):
        one(number=7, last_number=8)
        answer = client.get(f"/issues/2026/{number}/")
        assert (answer.status_code, answer.url) == (302, "/issues/2026/7-8/")

    @pytest.mark.parametrize("address", ["6", "9", "s7", "7-9", "6-8", "8-7"])
    def test_and_no_other_does(self, client, address):
        one(number=7, last_number=8)
        assert client.get(f"/issues/2026/{address}/").status_code == 404

    def test_do_not_betray_one_that_is_not_out(self, client):
        an_issue(year=2026, number=7, last_number=8)
        assert client.get("/issues/2026/8/").status_code == 404


def test_the_first_page_shows_the_last_in_the_order(client):
    """A 增刊 behind 第3期 is older than 第4期, whenever it came in."""
    one(number=4)
    one(number=3)
    one(number=1, kind="supplement", after=3)
    assert "2026年第4期" in plain(seen(client.get("/")))
    one(number=1, kind="extra", after=4)
    assert link(client.get("/"), "从头读起")
    assert "2026年号外1" in plain(seen(client.get("/")))
