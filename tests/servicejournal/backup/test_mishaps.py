"""What fate does to a backup: a full disk, a wrong place, a spoilt file, a database away."""

import hashlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from servicejournal import files, record
from servicejournal.backup import keeping, making, package, restoring
from servicejournal.models import Discarded, Record, User
from tests.backups import everything
from tests.environment import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def made(target: Path) -> Path:
    return Path(making.make(target, by="命令行").backup.path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """A write beyond it fails, as it does on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refused(*arguments: str | Path, **settings: str) -> str:
    """The real command, in a process of its own: the one sentence with which it says no."""
    answer = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr


class TestWhereItLies:
    def test_never_among_the_files_that_it_keeps(self, media):
        """It would read itself while it grows, until the disk is full."""
        default_storage.save("covers/a.jpg", ContentFile(b"a"))
        inside = media / "backups"
        inside.mkdir()
        for target in (media / "one.backup", inside, media):
            with no_file_longer_than(9_000_000), pytest.raises(making.NotMade, match="媒体目录"):
                made(target)
        assert everything()[1] == {"covers/a.jpg": b"a"}

    def test_not_by_another_name_of_the_folder_either(self, media, tmp_path):
        default_storage.save("covers/a.jpg", ContentFile(b"a"))
        (tmp_path / "link").symlink_to(media)
        with no_file_longer_than(9_000_000), pytest.raises(making.NotMade, match="媒体目录"):
            made(tmp_path / "link" / "one.backup")


class TestAFullDisk:
    def test_takes_nothing_of_what_is_left(self, folder):
        default_storage.save("a.bin", ContentFile(b"a" * 1000))
        default_storage.save("z.bin", ContentFile(b"z" * 3_000_000))
        with no_file_longer_than(2_000_000), pytest.raises(making.NotMade, match="没有做成"):
            made(folder)
        assert [each for each in folder.rglob("*") if each.is_file()] == []

    def test_what_somebody_killed_left_goes_with_the_next_backup(self, folder):
        default_storage.save("a.bin", ContentFile(b"a"))
        left = folder / "pool" / "ab" / ".abcd.1234.part"
        left.parent.mkdir(parents=True)
        left.write_bytes(b"half")
        made(folder)
        assert not left.exists()

    def test_no_half_file_lies_among_the_media(self):
        with no_file_longer_than(1000), pytest.raises(OSError, match="too large"):
            files.put("editions/one.pdf", b"x" * 5000)
        assert everything()[1] == {}


class TestASpoiltFile:
    @pytest.mark.parametrize("at", [6, 8, 10])
    def test_is_named_so_whatever_byte_it_is(self, folder, at):
        """The version, the flags and the method of a member: not of this zip, says the library."""
        path = made(folder)
        data = bytearray(path.read_bytes())
        data[data.rindex(b"PK\1\2") + at] ^= 0x41
        path.write_bytes(data)
        with pytest.raises(restoring.NotRestored, match="备份"):
            restoring.restore(path, by="命令行")
        path.rename(folder / "journal-20200101-000000.backup")
        with pytest.raises(making.NotMade, match="打不开"):
            made(folder)

    def test_one_that_cannot_be_read_keeps_no_other_from_being_made(self, folder):
        made(folder).rename(folder / "journal-20200101-000000.backup")
        (folder / "journal-20200102-000000.backup").mkdir()
        assert made(folder).exists()

    def test_names_that_lead_out_of_the_folder_are_refused(self, tmp_path, emptied):
        default_storage.save("a.bin", ContentFile(b"a"))
        path = made(tmp_path / "one.backup")
        other = _with_first_file(path, name="../../out.png")
        emptied()
        with pytest.raises(restoring.NotRestored, match=r"媒体目录外面"):
            restoring.restore(other, by="命令行")
        assert everything()[1] == {}


class TestRareCharacters:
    @pytest.mark.skipif(connection.vendor == "postgresql", reason="it takes none itself")
    def test_half_a_character_in_a_record_keeps_no_backup_from_being_made(self, tmp_path):
        record.write("试", User.objects.create(username="a1"), by="命令行", text="half \ud83d")
        path = made(tmp_path / "one.backup")
        with package.opened(path) as kept:
            kept.verify()
            line = list(kept.lines("servicejournal.record"))[-1]
        assert Record.objects.earliest("pk").what in json.loads(line)

    def test_a_name_in_the_encoding_of_an_old_computer_is_kept_as_it_is(
        self, tmp_path, media, emptied
    ):
        name = "编辑.jpg".encode("gbk")
        (media / "covers").mkdir(parents=True)
        (media / "covers" / os.fsdecode(name)).write_bytes(b"a")
        path = made(tmp_path / "one.backup")
        emptied()
        restoring.restore(path, by="命令行")
        assert os.listdir(os.fsencode(media / "covers")) == [name]

    def test_a_file_that_no_row_can_name_keeps_no_other_from_going(self, media):
        (media / "covers").mkdir(parents=True)
        old = (timezone.now() - timedelta(days=50)).timestamp()
        for name in ("a.jpg", os.fsdecode("编辑.jpg".encode("gbk")), f"{'长' * 80}.jpg"):
            (media / "covers" / name).write_bytes(b"a")
            os.utime(media / "covers" / name, (old, old))
        assert len(keeping.look(sweep=True).strays) == 3
        Discarded.objects.update(at=timezone.now() - timedelta(days=40))
        assert keeping.look(sweep=True).swept == 2
        assert len(os.listdir(media / "covers")) == 1


def test_what_lies_behind_a_link_to_another_folder_is_never_swept(tmp_path, media):
    """It may be somebody else's."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    theirs, ours = elsewhere / "theirs.jpg", media / "ours.jpg"
    media.mkdir(exist_ok=True)
    (media / "linked").symlink_to(elsewhere)
    long_ago = (timezone.now() - timedelta(days=100)).timestamp()
    for file in (theirs, ours):
        file.write_bytes(b"x")
        os.utime(file, (long_ago, long_ago))
    keeping.look(sweep=True)
    Discarded.objects.update(at=timezone.now() - timedelta(days=60))
    keeping.look(sweep=True)
    assert (theirs.exists(), ours.exists()) == (True, False)


class TestADatabaseThatIsAway:
    def test_is_said_in_a_sentence(self, tmp_path):
        path = made(tmp_path / "one.backup")
        away = {"DATABASE_URL": f"sqlite:///{tmp_path}/no folder/db.sqlite3"}
        assert "数据库" in refused("backup", tmp_path / "two.backup", **away)
        assert "数据库" in refused("restore", path, **away)
        assert "数据库" in refused("check_files", **away)
        assert "数据库" in refused("rehearse", **away)

    def test_before_its_tables_are_made_the_next_step_is_said(self, tmp_path):
        empty = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
        assert "manage.py migrate" in refused("start", **empty)

    def test_folders_that_lead_into_themselves_are_named(self, media):
        media.mkdir(exist_ok=True)
        (media / "loop").symlink_to(".")
        with pytest.raises(CommandError, match="loop"):
            call_command("check_files")
        with pytest.raises(making.NotMade, match="loop"):
            made(media.parent / "one.backup")


def test_a_restore_killed_while_it_made_the_tables_goes_on(tmp_path):
    path = made(tmp_path / "one.backup")
    there = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3",
        "MEDIA_ROOT": str(tmp_path / "other"),
    }
    for arguments in (["migrate", "servicejournal", "0001", "-v0"], ["restore", str(path)]):
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**os.environ, **there},
            check=True,
        )


def _with_first_file(path: Path, **changes: str) -> Path:
    """The backup, consistent with itself, but for what it says of its first file."""
    other = path.with_name("other.backup")
    with ZipFile(path) as old, other.open("wb") as file:
        packing = package.Packing(file)
        manifest = json.loads(old.read("manifest.json"))
        first, *rest = old.read("files.jsonl").splitlines(keepends=True)
        told = b"".join([json.dumps({**json.loads(first), **changes}).encode() + b"\n", *rest])
        for name in set(old.namelist()) - {"manifest.json"}:
            with packing.member(name) as sink:
                sink.write(told if name == "files.jsonl" else old.read(name))
        manifest["files"]["sha256"] = hashlib.sha256(told).hexdigest()
        packing.finish(manifest)
    return other
