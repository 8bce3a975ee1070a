"""Backup, restore and the comparison of rows and files, where files lie in a store of S3."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.utils import timezone

from servicejournal import files
from servicejournal.backup import keeping, making, rehearsing, restoring
from servicejournal.models import Discarded
from tests.backups import BY_THE_RESTORE, everything
from tests.object_store import in_a_bucket, object_store


@pytest.fixture(scope="module")
def store_url() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture
def bucket(settings, store_url, tmp_path) -> None:
    settings.STORAGES = in_a_bucket(store_url, tmp_path.name)


def test_from_a_folder_into_a_store_is_one_backup_and_one_restore(
    journal, emptied, settings, store_url, tmp_path
):
    before, files_before = everything()
    making.make(tmp_path / "a.backup", by=journal)
    emptied()
    settings.STORAGES = in_a_bucket(store_url, tmp_path.name)
    restoring.restore(tmp_path / "a.backup", by="test")
    after, files_after = everything()
    assert files_after == files_before
    for label in before.keys() - set(BY_THE_RESTORE):
        assert after[label] == before[label], label


def test_files_of_a_store_are_written_into_the_pool_once(bucket, journal, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    first = making.make(folder, by=journal)
    assert first.written
    next(folder.glob("*.backup")).rename(folder / "journal-20200101-000000.backup")
    files.put("covers/new.jpg", b"new")
    assert making.make(folder, by=journal).written == len(b"new")


def test_a_rehearsal_never_reaches_the_store_of_the_journal(
    bucket, journal, store_url, tmp_path, monkeypatch
):
    making.make(tmp_path / "a.backup", by=journal)
    there = store_url.replace("/media?", f"/{tmp_path.name}-its-own?")
    monkeypatch.setenv("STORAGE_URL", there)  # what this installation is told by its surroundings
    rehearsing.rehearse(by=journal)
    assert not list(storages.create_storage(in_a_bucket(there)["default"]).walk(""))


def test_a_restore_that_fails_leaves_the_store_as_it_was(bucket, journal, tmp_path):
    making.make(tmp_path / "a.backup", by=journal)
    before = everything()[1]
    with pytest.raises(restoring.NotRestored):
        restoring.restore(tmp_path / "a.backup", by="test")  # into a database with people in it
    assert everything()[1] == before


def test_rows_and_files_are_compared(bucket, journal, monkeypatch):
    name = next(each.name for each in files.walk() if each.name.startswith("attachments/"))
    default_storage.delete(name)
    default_storage.save("covers/stray.jpg", ContentFile(b"stray"))
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    found = keeping.look(sweep=True)
    assert found.missing == [name]
    assert found.strays == {"covers/stray.jpg": 5}
    assert default_storage.exists("covers/stray.jpg")  # noted, and goes late
    much_later = later + timedelta(days=36)
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    assert keeping.look(sweep=True).swept == 1
    assert not default_storage.exists("covers/stray.jpg")
    assert not Discarded.objects.exists()


def test_pictures_that_lost_their_rows_are_found(bucket, journal, monkeypatch):
    files.put("pictures/ab/stray/master.jpg", b"x" * 100)
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("sweep_pictures", "--delete")
    assert "pictures/ab/stray/master.jpg" in files.discarded()
    kept = {each.name for each in files.walk("pictures")} - files.discarded()
    assert kept  # those of the journal
