"""To a printed page by its number."""

import pytest

from issues.models import Edition
from tests.factories import an_article, an_issue, printed_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    issue = an_issue(published=True, year=2026, number=3)
    first, second = (an_article(issue=issue, title=title) for title in ("甲", "乙"))
    printed_anew(issue)
    starts = [(first, 3), (second, 6)]
    edition = Edition.objects.get(standing_for=issue)
    edition.page_count, edition.in_pages = 10, True
    edition.outline = [{"title": a.title, "page": at, "article": a.pk} for a, at in starts]
    edition.save()
    return edition


def led(client, asked: str) -> str:
    answer = client.get("/issues/2026/3/page/", {"n": asked})
    assert answer.status_code == 302
    return answer["Location"]


def test_a_page_leads_to_the_article_that_stands_there(client, edition):
    first, second = (each["article"] for each in edition.outline)
    told = {n: led(client, n) for n in ("3", "5", " 6 ", "10", "99999")}
    assert told == {
        "3": f"/articles/{first}/",
        "5": f"/articles/{first}/",
        " 6 ": f"/articles/{second}/",
        "10": f"/articles/{second}/",
        "99999": f"/articles/{second}/",
    }


def test_before_the_first_article_it_is_the_page_itself(client, edition):
    assert led(client, "2") == led(client, "2") == "/issues/2026/3/read/#p2"
    assert led(client, "0") == "/issues/2026/3/read/#p1"


@pytest.mark.parametrize("asked", ["", "x", "-1", "٣", "1e3", "123456"])
def test_what_is_no_number_leads_to_the_contents(client, edition, asked):
    assert led(client, asked) == "/issues/2026/3/#contents"


def test_the_page_of_the_issue_asks_for_the_number(client, edition):
    assert 'action="/issues/2026/3/page/"' in client.get("/issues/2026/3/").text
    assert client.get("/issues/2026/4/page/?n=1").status_code == 404
