"""The pages of an edition: made after the signing off, in the background, each once."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from issues.exports import pages
from issues.making import page_making
from issues.models import Edition, Issue, Page
from servicejournal import files
from servicejournal.models import Record
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import a_user, an_issue
from tests.issues.exports.pdfs import a_pdf
from tests.object_store import in_no_bucket

pytestmark = pytest.mark.django_db


def an_edition(issue: Issue, data: bytes, **facts) -> Edition:
    """The next one, which stands."""
    last = issue.editions.count()
    facts = {"sha256": "ab" * 32, **facts}
    edition = Edition(issue=issue, number=last + 1, made_by=a_user(), **facts)
    edition.archive.save("archive.zip", ContentFile(b"zip"), save=False)
    edition.pdf.save("issue.pdf", ContentFile(data), save=False)
    edition.save()
    signature = {"signed_off_at": timezone.now(), "signed_off_by": edition.made_by}
    Issue.objects.filter(pk=issue.pk).update(
        **signature, signed_off_digest=edition.sha256, standing=edition
    )
    issue.refresh_from_db()
    return edition


@pytest.fixture
def edition() -> Edition:
    return an_edition(an_issue(), a_pdf([f"page {n}" for n in range(1, 7)]), page_count=6)


def test_pages_are_made_by_the_worker_with_pictures_and_words(edition):
    page_making.order(edition)
    assert page_making.progress_of(edition) == page_making.Progress(0, 6, "")
    assert page_making.progress_of(edition).is_under_way
    assert not edition.in_pages

    worker_runs()
    edition.refresh_from_db()
    assert edition.in_pages
    assert [page.text for page in edition.pages.all()] == [f"page {n}" for n in range(1, 7)]
    for page in edition.pages.all():
        assert all(default_storage.exists(page.file(width)) for width in pages.WIDTHS)
    assert page_making.progress_of(edition).is_whole


def test_a_run_that_broke_off_goes_on_where_it_stopped(edition):
    Page.objects.create(edition=edition, number=2, width=1, height=1, text="made before")
    page_making.make_pages.call(edition.pk)
    assert edition.pages.count() == 6
    assert edition.pages.get(number=2).text == "made before"


def test_a_file_that_cannot_be_read_says_so_and_can_be_tried_again(edition):
    with default_storage.open(edition.pdf.name, "rb") as file:
        whole = file.read()
    path = default_storage.path(edition.pdf.name)
    with open(path, "wb") as file:
        file.write(b"%PDF-1.7")
    page_making.make_pages.call(edition.pk)
    edition.refresh_from_db()
    assert "读不出来" in edition.without_pages
    assert not page_making.progress_of(edition).is_under_way

    with open(path, "wb") as file:
        file.write(whole)
    page_making.order_again(edition, by=a_user())
    worker_runs()
    edition.refresh_from_db()
    assert edition.without_pages == ""
    assert page_making.progress_of(edition).is_whole


def test_while_the_storage_is_away_they_are_put_off_and_not_given_up(edition, settings):
    stood = settings.STORAGES
    settings.STORAGES = in_no_bucket()
    page_making.make_pages.call(edition.pk)
    edition.refresh_from_db()
    assert edition.without_pages == ""

    settings.STORAGES = stood
    Edition.objects.update(made_at=timezone.now() - timedelta(hours=2))
    assert page_making.make_forgotten() == 1
    assert page_making.progress_of(edition).is_whole


def test_no_pages_are_made_of_an_edition_that_no_longer_stands(edition):
    an_edition(edition.issue, a_pdf(["newer"]), page_count=1)
    page_making.make_pages.call(edition.pk)
    assert not edition.pages.exists()


def test_what_nobody_made_is_made_by_the_reminders_after_a_while(edition):
    assert page_making.make_forgotten() == 0
    Edition.objects.update(made_at=timezone.now() - timedelta(minutes=11), page_count=0)
    assert page_making.make_forgotten() == 1
    edition.refresh_from_db()
    assert (edition.page_count, edition.pages.count()) == (6, 6)
    assert page_making.make_forgotten() == 0


def test_letters_of_pages_that_an_earlier_version_made_are_measured_by_the_reminders(edition):
    page_making.make_pages.call(edition.pk)
    lines = list(edition.pages.values_list("lines", flat=True))
    assert all(lines)
    edition.pages.update(lines=None)
    page_making.make_forgotten()
    assert list(edition.pages.values_list("lines", flat=True)) == lines


class TestAtTheDesk:
    @pytest.fixture
    def address(self, edition, client) -> str:
        client.force_login(a_user(Role.EDITOR))
        return f"/admin/issues/issue/{edition.issue_id}/"

    def test_the_release_page_says_how_far_they_are(self, client, edition, address, html_valid):
        page_making.order(edition)
        page = client.get(f"{address}release/").content.decode()
        assert "已做 0 / 6 页" in page
        assert 'max="6"' in page
        assert "db_worker" not in page
        html_valid(page)
        worker_runs()
        for part in ("release/", "pages/"):
            page = client.get(address + part).content.decode()
            assert "版面都做好了，共 6 页" in page
            assert "<progress" not in page

    def test_it_says_who_can_help_when_nobody_makes_them(self, client, edition, address):
        Edition.objects.update(made_at=timezone.now() - timedelta(minutes=2))
        page = client.get(f"{address}pages/").content.decode()
        assert "manage.py db_worker" in page
        assert "再做一次" in page

    def test_what_went_wrong_is_said_and_tried_again(self, client, edition, address):
        Edition.objects.update(without_pages="这个 PDF 读不出来。")
        page = client.get(f"{address}release/").content.decode()
        assert "版面没有做成：这个 PDF 读不出来。" in page
        page = client.post(f"{address}pages/", follow=True).content.decode()
        assert "已交给后台再做一次" in page
        worker_runs()
        assert page_making.progress_of(Edition.objects.get()).is_whole
        assert Record.objects.filter(verb="重做版面").count() == 1

    def test_only_editors_order_them_again(self, client, edition, address):
        client.force_login(a_user(Role.AUDITOR))
        assert "再做一次" not in client.get(f"{address}pages/").content.decode()
        assert client.post(f"{address}pages/").status_code == 403

    def test_an_issue_without_pages_has_no_progress(self, client, address):
        here = f"/admin/issues/issue/{an_issue().pk}/"
        assert client.get(f"{here}pages/").status_code == 404
        assert "翻页版面" not in client.get(f"{here}release/").content.decode()


def test_pages_of_an_earlier_edition_go_when_those_of_the_next_are_there(edition):
    page_making.make_pages.call(edition.pk)
    earlier = edition.pages.first()
    corrected = an_edition(edition.issue, a_pdf(["corrected"]), page_count=1, sha256="cd" * 32)
    page_making.make_pages.call(corrected.pk)
    assert [page.text for page in Page.objects.all()] == ["corrected"]
    assert {earlier.file(width) for width in pages.WIDTHS} <= files.discarded()
    assert default_storage.exists(corrected.pages.get().file(240))
    assert list(Edition.objects.filter(in_pages=True)) == [corrected]
