"""What came out, or came out anew, is drawn before anybody asks for it."""

import time

import pytest
from django.utils import timezone

from issues.models import Edition, Issue
from issues.reading import drawing, store, storing
from servicejournal import generation
from tests.factories import a_next_edition, a_user, an_article, an_issue, printed_anew
from tests.stored_pages import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings) -> None:
    """Pages are drawn as they would be asked for at the site's own address."""
    settings.ALLOWED_HOSTS = ["journal.example.com", "testserver"]


LISTS = {"index.html", "issues/index.html", "sections/index.html"}


def an_issue_out(number: int) -> tuple[Edition, set[str]]:
    """An edition with an article, and the names of its pages."""
    issue = an_issue(published=True, year=2026, number=number)
    article = an_article(issue=issue)
    printed_anew(issue)
    here = f"issues/2026/{number}"
    pages = {
        f"{here}/index.html",
        f"{here}/edition/index.html",
        f"{here}/card.jpg",
        f"articles/{article.pk}/index.html",
    }
    return issue.standing, pages


def drawn() -> set[str]:
    """The pages of the state that stands, once it was drawn ahead."""
    drawing.draw(store.state())
    return kept(store.state())


def test_all_pages_of_an_issue_that_came_out():
    _, pages = an_issue_out(3)
    assert drawn() == LISTS | pages


def test_after_a_correction_the_pages_of_its_issue_and_no_other():
    an_issue_out(2)
    edition, pages = an_issue_out(3)
    drawn()
    a_next_edition(edition.issue)
    generation.turn()
    assert drawn() == LISTS | pages


class TestAMembersJournal:
    @pytest.fixture(autouse=True)
    def members(self, settings) -> None:
        settings.READER_ACCESS = "members"

    def test_is_drawn_as_a_public_one_is(self):
        _, pages = an_issue_out(3)
        assert drawn() == LISTS | pages

    def test_what_is_not_there_for_a_reader_is_not_stored_and_stops_nothing(self):
        closed, _ = an_issue_out(2)
        shut = {"access": "members", "closed_at": timezone.now(), "closed_by": a_user()}
        shut["closed_why"] = "内部资料"
        Issue.objects.filter(pk=closed.issue_id).update(**shut)
        for path in ("/articles/999999/", "/issues/1990/1/", "/issues/members/"):
            assert not storing.fill(path), path

    def test_one_that_cannot_be_drawn_keeps_none_of_the_others_away(self, caplog):
        edition, _ = an_issue_out(3)
        broken, sound = edition.printed.get(), an_article(issue=edition.issue)
        printed_anew(edition.issue)
        edition.printed.filter(article=broken.article).update(authors=[{"nobody": ""}])
        assert drawn() >= LISTS | {f"articles/{sound.pk}/index.html"}
        assert f"/articles/{broken.article_id}/ is drawn by need" in caplog.text


def test_when_its_pages_can_be_leafed_through_they_are_told_of():
    edition, pages = an_issue_out(3)
    an_issue_out(2)
    drawn()
    Edition.objects.filter(pk=edition.pk).update(page_count=1, in_pages=True)
    generation.turn()
    assert drawn() == LISTS | pages | {"issues/2026/3/read/index.html"}


def test_of_a_members_journal_too_and_its_flipbook(settings):
    settings.READER_ACCESS = "members"
    edition, pages = an_issue_out(3)
    Edition.objects.filter(pk=edition.pk).update(page_count=1, in_pages=True)
    assert drawn() == LISTS | pages | {"issues/2026/3/read/index.html"}


def test_what_is_not_there_any_more_keeps_nothing_else_from_being_drawn(settings):
    settings.READER_ACCESS = "members"
    assert storing.fill("/articles/999/") is False


def test_of_many_at_once_the_newest(monkeypatch):
    monkeypatch.setattr(drawing, "MOST", 1)
    an_issue_out(1)
    _, newest = an_issue_out(2)
    assert drawn() == LISTS | newest


def test_nothing_more_is_drawn_into_a_state_that_no_longer_stands(monkeypatch):
    an_issue_out(3)
    found = store.state()
    generation.turn()
    drawing.draw(found)
    assert kept(found) == set()


def test_one_of_all_processes_draws():
    an_issue_out(3)
    found = store.state()
    assert [store.claim(found), store.claim(found)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_the_first_reader_of_a_new_state_sets_it_going(client, settings):
    _, pages = an_issue_out(3)
    settings.PAGES_AHEAD = True
    client.get("/sections/")
    for _ in range(100):
        if kept(store.state()) >= LISTS | pages:
            return
        time.sleep(0.1)
    pytest.fail("Nothing was drawn")
