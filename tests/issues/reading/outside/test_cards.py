"""The picture beside a link that was passed on."""

import re
from io import BytesIO

import pytest
from PIL import Image

from issues.models import Issue
from issues.reading import rebuilding, store
from tests.factories import printed_anew
from tests.prepared import laid_out
from tests.readers_journal import Journal, a_journal

pytestmark = pytest.mark.django_db


@pytest.fixture
def journal() -> Journal:
    return laid_out(a_journal)


def drawn(client, path: str) -> Image.Image:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    return Image.open(BytesIO(response.content))


def test_pages_name_theirs_and_it_is_there(client, journal):
    for path in ("/", "/issues/2026/3/", journal.rich.get_absolute_url()):
        (address,) = re.findall(
            r'property="og:image" content="https://journal.example.com([^"]+)"',
            client.get(path).text,
        )
        assert drawn(client, address).size == (1200, 630)


def test_shows_the_articles_picture_or_else_the_cover(client, journal):
    own = drawn(client, f"/articles/{journal.rich.pk}/card.jpg")
    cover = drawn(client, f"/articles/{journal.plain.pk}/card.jpg")
    at = (1150, 300)
    assert own.getpixel(at) != cover.getpixel(at)


def test_is_another_once_the_title_is(client, journal):
    path = f"/articles/{journal.plain.pk}/card.jpg"
    before = client.get(path).content
    assert client.get(path).content == before
    journal.plain.title = "另一个题目"
    journal.plain.save()
    printed_anew(Issue.objects.get(pk=journal.current.pk))
    assert client.get(path).content != before


def test_what_is_not_out_has_none(client, journal):
    for path in (
        f"/articles/{journal.unpublished.pk}/card.jpg",
        f"/articles/{journal.manuscript.pk}/card.jpg",
        "/issues/2026/4/card.jpg",
    ):
        assert client.get(path).status_code == 404


def test_a_picture_that_is_lost_or_broken_costs_no_card(client, journal, settings):
    file = journal.rich.pictures.get().file
    file.storage.delete(file.name)
    assert drawn(client, f"/articles/{journal.rich.pk}/card.jpg").size == (1200, 630)


def test_without_type_it_is_the_seal(client, journal, settings, tmp_path):
    settings.FONT_DIR = str(tmp_path)
    response = client.get("/issues/2026/3/card.jpg")
    assert response.status_code == 302
    assert "icons/seal-512" in response["Location"]


def test_of_an_issue_is_drawn_with_its_pages(journal):
    edition = Issue.objects.get(pk=journal.current.pk).standing
    assert "/issues/2026/3/card.jpg" in list(rebuilding.of_issue(edition))
    assert store.name_of("/issues/2026/3/card.jpg") == "issues/2026/3/card.jpg"
