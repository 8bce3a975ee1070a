"""Covers as screens show them: kept with an edition, and drawn for those of earlier versions."""

import pytest

from issues import covers
from issues.making import outlining
from issues.models import Edition, OutlinedCover
from tests.factories import an_issue

pytestmark = pytest.mark.django_db

FACTS = covers.CoverFacts("服务文化专刊", "Service culture", 2026, 3, 63, ("河堤上的灯",))


@pytest.fixture
def edition() -> Edition:
    edition = an_issue(published=True, year=2026, number=3, running_number=63).standing
    edition.cover_svg = covers.draw(FACTS)
    edition.save()
    return edition


def test_of_an_earlier_version_is_drawn_once_by_the_reminders_and_shown(client, edition):
    address = f"{edition.issue.get_absolute_url()}cover.svg"
    assert "<text" in client.get(address).text
    assert outlining.draw_older() == 1
    shown = client.get(address).text
    assert "<text" not in shown
    assert shown.count("<path") > edition.cover_svg.count("<path")
    assert outlining.draw_older() == 0


def test_without_type_the_words_stay_live(client, edition, settings, tmp_path):
    settings.FONT_DIR = str(tmp_path)
    assert outlining.draw_older() == 0
    assert not OutlinedCover.objects.exists()
    assert "<text" in client.get(f"{edition.issue.get_absolute_url()}cover.svg").text


def test_an_uploaded_cover_has_none(edition):
    assert outlining.draw("") == ""
    Edition.objects.update(cover_svg="")
    assert outlining.draw_older() == 0
