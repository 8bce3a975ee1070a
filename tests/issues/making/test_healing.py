"""Rows without files and files without rows: what is made again, what goes, and when."""

import hashlib
import os
import time
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Picture
from articles.pictures import renditions
from issues.exports import pages
from issues.making import make_up, page_making, publication
from issues.models import Edition, Issue
from servicejournal import files
from servicejournal.models import Discarded
from servicejournal.roles import Role
from tests.articles.post_office import worker_runs
from tests.factories import a_picture, a_user, accepted, an_article, an_issue, proofread
from tests.issues.exports.pdfs import a_pdf
from tests.issues.making.test_page_making import an_edition

pytestmark = pytest.mark.django_db


def checked(*options: str) -> str:
    out = StringIO()
    call_command("check_files", *options, stdout=out)
    return out.getvalue()


def age(media: Path, days: int) -> None:
    """All files of the storage were written so many days ago."""
    then = time.time() - days * 24 * 3600
    for path in media.rglob("*"):
        os.utime(path, (then, then))


@pytest.fixture
def edition() -> Edition:
    edition = an_edition(an_issue(), a_pdf(["one", "two", "three"]), page_count=3)
    page_making.make_pages.call(edition.pk)
    edition.refresh_from_db()
    assert edition.in_pages
    return edition


class TestPages:
    """The fault that was seen: a restore had the rows of the pages, and not their pictures."""

    def lose(self, edition: Edition) -> list[str]:
        lost = [edition.pages.get(number=2).file(width) for width in pages.WIDTHS]
        for name in lost:
            default_storage.delete(name)
        return lost

    def test_lost_pictures_are_told_and_made_again(self, edition):
        lost = self.lose(edition)
        with pytest.raises(CommandError, match="缺 4 个文件。请先运行 check_files --heal"):
            checked()
        assert "重做了翻页版面的期：1" in checked("--heal")
        worker_runs()
        assert all(map(default_storage.exists, lost))
        edition.refresh_from_db()
        assert (edition.in_pages, edition.pages.count()) == (True, 3)
        assert "记录的文件都在" in checked()

    def test_readers_get_no_leaf_without_its_picture_meanwhile(self, edition):
        self.lose(edition)
        checked("--heal")
        edition.refresh_from_db()
        assert not edition.in_pages

    def test_the_reminders_make_them_again_too(self, edition):
        lost = self.lose(edition)
        Edition.objects.update(made_at=timezone.now() - timedelta(hours=1))
        assert page_making.make_forgotten() == 1
        assert all(map(default_storage.exists, lost))

    def test_and_so_does_who_presses_the_button(self, edition):
        lost = self.lose(edition)
        page_making.order_again(edition, by=a_user())
        worker_runs()
        assert all(map(default_storage.exists, lost))

    def test_what_is_whole_is_not_made_again(self, edition):
        Edition.objects.update(made_at=timezone.now() - timedelta(hours=1))
        made = [page.pk for page in edition.pages.all()]
        assert page_making.make_forgotten() == 0
        page_making.order_again(edition, by=a_user())
        worker_runs()
        edition.refresh_from_db()
        assert edition.in_pages
        assert [page.pk for page in edition.pages.all()] == made


class TestFromTheArchive:
    @pytest.fixture
    def issue(self) -> Issue:
        """Signed, with a picture and an uploaded cover: all of it made as in life."""
        chief = a_user(Role.CHIEF_EDITOR)
        issue = an_issue(date=date(2026, 12, 18), running_number=66)
        picture = a_picture()
        shown = f'<p>灯。</p><figure><img src="{picture.get_absolute_url()}" alt=""></figure>'
        text = accepted(title="一盏灯", body=shown)
        Picture.objects.filter(pk=picture.pk).update(article=text)
        with picture.file.open() as master:
            issue.cover.save("cover.jpg", ContentFile(master.read()))
        make_up.place([text], issue, by=a_user(Role.EDITOR))
        proofread(issue)
        publication.sign_off(issue, by=chief)
        issue.refresh_from_db()
        return issue

    @pytest.mark.django_db(transaction=True)
    def test_pdf_epub_picture_and_cover_come_back_as_they_were(self, issue):
        edition = issue.standing
        names = [
            edition.pdf.name,
            edition.epub.name,
            issue.cover.name,
            Picture.objects.get().file.name,
        ]
        before = [_sha256(name) for name in names]
        for name in names:
            default_storage.delete(name)
        with pytest.raises(CommandError, match="缺 4 个文件"):
            checked()
        assert "重做了PDF、EPUB、图片和封面：4" in checked("--heal")
        assert [_sha256(name) for name in names] == before

    @pytest.mark.django_db(transaction=True)
    def test_what_is_in_no_archive_is_named_and_asks_for_a_backup(self, issue):
        default_storage.delete(issue.standing.archive.name)
        with pytest.raises(CommandError, match="请从备份恢复这些文件"):
            checked("--heal")

    @pytest.mark.django_db(transaction=True)
    def test_a_changed_archive_gives_nothing_back(self, issue):
        edition = issue.standing
        Path(default_storage.path(edition.archive.name)).write_bytes(b"PK nothing")
        default_storage.delete(edition.pdf.name)
        with pytest.raises(CommandError, match="缺 1 个文件"):
            checked("--heal")

    @pytest.mark.django_db(transaction=True)
    def test_what_is_not_what_the_row_says_is_not_given_back(self, issue):
        Edition.objects.update(pdf_sha256="0" * 64)
        default_storage.delete(issue.standing.pdf.name)
        with pytest.raises(CommandError, match="缺 1 个文件"):
            checked("--heal")


def _sha256(name: str) -> str:
    with default_storage.open(name) as file:
        return hashlib.sha256(file.read()).hexdigest()


class TestStrays:
    def test_what_no_row_names_goes_late_and_never_at_once(self, media):
        stray = default_storage.save("editions/2020-1/1-abc.pdf", ContentFile(b"x" * 1_000_000))
        age(media, 40)
        assert "没有记录的文件 1 个，共 1.0 MB" in checked()
        assert not Discarded.objects.exists()
        assert "删掉了 0 个" in checked("--delete")
        assert default_storage.exists(stray)
        Discarded.objects.update(at=timezone.now() - timedelta(days=34))
        checked("--delete")
        assert default_storage.exists(stray)
        Discarded.objects.update(at=timezone.now() - timedelta(days=36))
        assert "删掉了 1 个" in checked("--delete")
        assert not default_storage.exists(stray)
        age(media, 2)
        checked("--delete")
        assert not (media / "editions").exists()
        assert not Discarded.objects.exists()

    def test_what_was_put_there_again_meanwhile_stays(self, media):
        """Under the same name: a scan that is uploaded for a second time."""
        files.put("scans/abc.pdf", b"old")
        age(media, 40)
        checked("--delete")
        Discarded.objects.update(at=timezone.now() - timedelta(days=36))
        files.put("scans/abc.pdf", b"new")
        age(media, 2)
        checked("--delete")
        assert default_storage.exists("scans/abc.pdf")

    def test_what_is_named_again_is_no_longer_noted(self, media):
        picture = a_picture(an_article())
        files.discard(picture.file.name)
        Discarded.objects.update(at=timezone.now() - timedelta(days=99))
        age(media, 99)
        checked("--delete")
        assert default_storage.exists(picture.file.name)
        assert not Discarded.objects.exists()

    def test_what_belongs_to_a_file_that_is_named_is_none(self, media, edition):
        picture = a_picture(an_article())
        assert default_storage.exists(renditions.path(picture, renditions.WIDTHS[0]))
        issue = edition.issue
        issue.cover.save("cover.jpg", ContentFile(b"master"))
        files.put(f"{issue.cover.name.removesuffix('.jpg')}.900.webp", b"small")
        age(media, 40)
        assert "没有记录的文件 0 个" in checked()

    def test_what_was_just_written_may_get_its_row_in_a_moment(self):
        default_storage.save("editions/2020-1/1-abc.pdf", ContentFile(b"x"))
        assert "没有记录的文件 0 个" in checked("--delete")

    def test_pages_of_an_earlier_edition_stay_for_the_backups_that_name_them(self, edition, media):
        """Database dumped, a correction, media copied: the old pages are among what was copied."""
        earlier = [page.file(width) for page in edition.pages.all() for width in pages.WIDTHS]
        corrected = an_edition(edition.issue, a_pdf(["new"]), page_count=1, sha256="cd" * 32)
        page_making.make_pages.call(corrected.pk)
        assert all(map(default_storage.exists, earlier))
        assert set(Discarded.objects.values_list("path", flat=True)) == set(earlier)
        age(media, 40)
        Discarded.objects.update(at=timezone.now() - timedelta(days=36))
        checked("--delete")
        assert not any(map(default_storage.exists, earlier))
        assert default_storage.exists(corrected.pages.get().file(240))

    def test_folders_of_compositors_that_were_killed_go_after_a_day(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        names = ("issue-abcd1234", "pages-a_c_1234", "issue-of-somebody", "other")
        for name in names:
            (tmp_path / name).mkdir()
            (tmp_path / name / "issue.pdf").touch()
        (tmp_path / "issue-young123").mkdir()
        then = time.time() - 2 * 24 * 3600
        for name in names:
            os.utime(tmp_path / name, (then, then))
        assert "临时目录 2 个（加上 --delete 就删）" in checked()
        assert "临时目录 2 个（已删）" in checked("--delete")
        left = {path.name for path in tmp_path.iterdir()}
        assert {"issue-of-somebody", "other", "issue-young123"} <= left
        assert not {"issue-abcd1234", "pages-a_c_1234"} & left
