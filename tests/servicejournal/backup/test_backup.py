"""A backup and a restore: all comes back, nothing half, nothing over what is there."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, Picture
from servicejournal import files, generation
from servicejournal.backup import making, package, restoring, rows
from servicejournal.models import Backup, Masthead, Record, User
from tests.backups import BY_THE_RESTORE, everything, killed_at, spread
from tests.environment import ROOT
from tests.factories import a_user, an_article

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "correct horse battery"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one.backup"


def made(target: Path, **options: Any) -> making.Made:
    return making.make(target, by="命令行", **options)


def restored(path: Path, **options: Any) -> restoring.Restored:
    return restoring.restore(path, by="命令行", **options)


def manage(*arguments: str | Path, **settings: str) -> str:
    """The real command, in a process of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


class TestWhatComesBack:
    @pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
    def test_every_row_and_every_file(self, journal, path, emptied, passphrase):
        before, files_before = everything()
        assert all(f"articles.{name}" in before for name in ("article", "historicalarticle"))
        made(path, passphrase=passphrase)
        emptied()
        restored(path, passphrase=passphrase)
        after, files_after = everything()
        assert files_after == files_before
        for label in before.keys() - set(BY_THE_RESTORE):
            assert after[label] == before[label], label
        *old, last = after["servicejournal.record"]
        assert old == before["servicejournal.record"]
        assert "恢复备份" in last.decode()

    def test_what_is_added_behind_it_takes_no_number_that_is_taken(self, journal, path, emptied):
        last = Article.objects.latest("pk").pk
        made(path)
        emptied()
        restored(path)
        assert an_article().pk > last
        assert a_user().pk > journal.pk

    def test_stored_pages_of_before_are_not_taken_for_those_of_now(self, journal, path, emptied):
        made(path)
        before = generation.current()
        emptied()
        restored(path)
        assert generation.current() != before

    def test_who_was_signed_in_signs_in_again(self, journal, path, client):
        client.force_login(journal)
        made(path)
        with ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if "session" in name]

    def test_dates_are_those_of_then_and_bodies_are_not_cleaned_again(self, journal, path, emptied):
        """As they were stored, though today's cleaner would change them."""
        with connection.cursor() as cursor:
            cursor.execute("UPDATE articles_article SET body = %s", ["<p onclick=x>旧</p>"])
        uploaded = Picture.objects.values_list("uploaded_at", flat=True).first()
        made(path)
        emptied()
        restored(path)
        assert set(Article.objects.values_list("body", flat=True)) == {"<p onclick=x>旧</p>"}
        assert Picture.objects.values_list("uploaded_at", flat=True).first() == uploaded

    @pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="no other")
    def test_another_engine_and_back(self, journal, path, emptied, tmp_path):
        """To SQLite, and from there to what this suite runs on."""
        before, files_before = everything()
        made(path)
        other = {
            "DATABASE_URL": f"sqlite:///{quote(str(tmp_path / 'other.sqlite3'))}",
            "MEDIA_ROOT": str(tmp_path / "other-media"),
        }
        assert "逐条一致" in manage("restore", path, **other)
        back = tmp_path / "back.backup"
        manage("backup", back, **other)
        emptied()
        restored(back)
        after, files_after = everything()
        assert files_after == files_before
        by_both = {*BY_THE_RESTORE, "servicejournal.backup"}
        for label in before.keys() - by_both:
            assert after[label] == before[label], label


class TestWhilePeopleWork:
    def test_rows_are_of_one_moment_and_writers_do_not_wait(self, journal, path, monkeypatch):
        """Somebody writes between two tables; nothing of it is in the backup, and it is done."""
        before = Article.objects.count()
        told = []

        def tell(what: str, count: int) -> None:
            if not told:
                told.append(an_article(title="后来的"))

        made(path, tell=tell)
        assert told[0].pk in Article.objects.values_list("pk", flat=True)
        with package.opened(path) as kept:
            assert kept.manifest["models"]["articles.article"]["rows"] == before
            assert not any("后来的".encode() in line for line in kept.lines("articles.article"))

    def test_no_row_of_it_lacks_its_file_though_the_row_was_taken_away_meanwhile(
        self, journal, path, emptied
    ):
        picture = Picture.objects.first()

        def tell(what: str, count: int) -> None:
            files.discard(picture.file.name)

        assert made(path, tell=tell).missing == ()
        emptied()
        restored(path)
        assert default_storage.exists(Picture.objects.get(pk=picture.pk).file.name)

    def test_a_file_that_was_gone_before_is_said(self, journal, path):
        picture = Picture.objects.first()
        default_storage.delete(picture.file.name)
        said = StringIO()
        call_command("backup", path, stdout=StringIO(), stderr=said)
        assert f"有 1 个文件本来就不在了，如 {picture.file.name}" in said.getvalue()
        assert Backup.objects.newest().missing == 1


class TestTheFile:
    def test_is_noted_and_in_the_record(self, journal, path):
        sha256 = made(path).backup.sha256
        noted = Backup.objects.newest()
        assert (noted.path, noted.sha256, noted.size) == (str(path), sha256, path.stat().st_size)
        assert Record.objects.filter(verb="做备份").get().what["sha256"] == sha256

    def test_is_for_its_owner_alone(self, journal, path):
        made(path)
        assert path.stat().st_mode & 0o077 == 0

    def test_is_never_written_over(self, journal, path):
        path.write_bytes(b"something dear")
        with pytest.raises(CommandError, match="已经有了"):
            call_command("backup", path)
        assert path.read_bytes() == b"something dear"

    def test_two_at_once_do_not_write_into_each_other(self, journal, path):
        with package.written(path) as beneath:
            beneath.write(b"whole")
            with pytest.raises(making.NotMade, match="等它写完"):
                made(path)
        assert path.read_bytes() == b"whole"

    def test_sealed_says_nothing_to_who_lacks_the_pass_phrase(self, journal, path):
        made(path, passphrase=PASSPHRASE)
        data = path.read_bytes()
        assert "谷淳".encode() not in data
        assert b"manifest.json" not in data
        for given in ("", "another pass phrase"):
            with pytest.raises(restoring.NotRestored, match="口令"):
                restored(path, passphrase=given)

    def test_a_pass_phrase_is_read_from_a_file_and_is_not_short(self, journal, path, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("short\n")
        with pytest.raises(CommandError, match="至少要 12 个字"):
            call_command("backup", path, passphrase_file=secret)
        assert not path.exists()


class TestAFolder:
    def test_holds_every_file_once_however_many_backups(self, journal, tmp_path, emptied):
        folder = tmp_path / "backups"
        folder.mkdir()
        first = made(folder)
        before = {place: place.stat().st_mtime_ns for place in (folder / "pool").rglob("*.*")}
        Backup.objects.update(path="")
        os.rename(first.backup.path, folder / "journal-20200101-000000.backup")
        default_storage.save("covers/new.jpg", ContentFile(b"new"))
        second = made(folder)
        assert second.written == 3
        for place, at in before.items():
            assert place.stat().st_mtime_ns == at
        _, found = everything()
        emptied()
        restored(Path(second.backup.path))
        assert everything()[1] == found
        emptied()
        restored(folder / "journal-20200101-000000.backup")
        assert not default_storage.exists("covers/new.jpg")

    def test_keeps_the_newest_and_drops_what_only_older_ones_had(self, journal, tmp_path, emptied):
        name = default_storage.save("covers/old.jpg", ContentFile(b"old"))
        folder = tmp_path / "backups"
        folder.mkdir()
        first = made(folder)
        os.rename(first.backup.path, folder / "journal-20200101-000000.backup")
        default_storage.delete(name)
        call_command("backup", folder, keep=1, stdout=(said := StringIO()))
        assert "删掉了更早的备份 1 份" in said.getvalue()
        (left,) = making.in_folder(folder)
        contents = [place.read_bytes() for place in (folder / "pool").glob("*/*")]
        assert b"old" not in contents
        emptied()
        restored(left)

    def test_one_that_is_spoilt_keeps_no_other_from_being_made(self, journal, tmp_path):
        folder = tmp_path / "backups"
        folder.mkdir()
        os.rename(made(folder).backup.path, folder / "journal-20200101-000000.backup")
        (folder / "journal-20200102-000000.backup").write_bytes(b"spoilt")
        assert made(folder).written == 0

    def test_two_at_once_do_not_throw_away_what_the_other_writes(self, journal, tmp_path):
        folder = tmp_path / "backups"
        folder.mkdir()
        with package.alone(folder):
            with pytest.raises(making.NotMade, match="等它写完"):
                made(folder)
            with pytest.raises(making.NotMade, match="下次再删"):
                making.drop_all_but(1, folder)

    def test_sealed_tells_neither_contents_nor_their_hashes(self, journal, tmp_path, emptied):
        folder = tmp_path / "backups"
        folder.mkdir()
        first = Path(made(folder, passphrase=PASSPHRASE).backup.path)
        os.rename(first, folder / "journal-20200101-000000.backup")
        second = made(folder, passphrase=PASSPHRASE)
        assert second.written == 0
        sha256 = Picture.objects.values_list("sha256", flat=True).first()
        assert not [place for place in folder.rglob("*") if sha256 in place.name]
        _, found = everything()
        emptied()
        restored(Path(second.backup.path), passphrase=PASSPHRASE)
        assert everything()[1] == found
        os.rename(second.backup.path, folder / "journal-20210101-000000.backup")
        with pytest.raises(making.NotMade, match="口令"):
            made(folder)

    def test_a_pool_that_lacks_a_file_is_found_before_anything_is_touched(
        self, journal, tmp_path, emptied
    ):
        folder = tmp_path / "backups"
        folder.mkdir()
        path = Path(made(folder).backup.path)
        next((folder / "pool").glob("*/*")).unlink()
        emptied()
        with pytest.raises(restoring.NotRestored, match="pool 里没有"):
            restored(path)
        assert not User.objects.exists()
        assert everything()[1] == {}


class TestRefusals:
    def test_a_database_with_something_in_it_is_left_as_it_is(self, journal, path):
        made(path)
        before = everything()
        with pytest.raises(CommandError, match="已经有内容"):
            call_command("restore", path)
        assert everything() == before

    @pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
    def test_a_changed_or_cut_file_is_refused_before_anything_is_touched(
        self, journal, path, emptied, passphrase
    ):
        made(path, passphrase=passphrase)
        whole = path.read_bytes()
        emptied()
        spoilt = [whole[: len(whole) // 2], whole[:-30], b"", b"PK\3\4 nothing"]
        spoilt += [_flipped(whole, at) for at in _within_members(path, passphrase)]
        for data in spoilt:
            path.write_bytes(data)
            with pytest.raises(restoring.NotRestored):
                restored(path, passphrase=passphrase)
            assert not User.objects.exists()
            assert everything()[1] == {}

    def test_a_row_that_was_changed_with_its_checksum_left_is_found(self, journal, path, emptied):
        """Somebody unpacked, changed and packed it again."""
        made(path)
        other = path.with_name("other.backup")
        with ZipFile(path) as old, ZipFile(other, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, data.replace("谷淳".encode(), "谷醇".encode()))
            new.comment = old.comment
        emptied()
        with pytest.raises(restoring.NotRestored, match="与清单不符"):
            restored(other)

    def test_a_backup_of_a_later_version_waits_for_the_program(self, journal, path, emptied):
        made(path)
        with package.opened(path) as kept:
            migrations = [*kept.manifest["migrations"], "servicejournal.0999_from_tomorrow"]
        other = _with_manifest(path, migrations=migrations)
        emptied()
        with pytest.raises(
            restoring.NotRestored, match=r"更新的版本做的（多了 1 步升级.*0999.*请先把程序更新"
        ):
            restored(other)
        assert not User.objects.exists()

    def test_an_earlier_one_that_cannot_be_carried_forward_leaves_all_as_it_was(
        self, journal, path, emptied
    ):
        """Its migrations are of a day that never was: the last one went before the first."""
        made(path)
        with package.opened(path) as kept:
            migrations = kept.manifest["migrations"]
        first = "issues.0001_initial"
        other = _with_manifest(path, migrations=[each for each in migrations if each != first])
        emptied()
        with pytest.raises(restoring.NotRestored, match="次序与这个版本不同"):
            restored(other)
        assert not User.objects.exists()
        assert everything()[1] == {}

    def test_a_file_of_another_content_is_not_written_over(self, journal, path, emptied):
        name = Picture.objects.first().file.name
        made(path)
        emptied()
        default_storage.save(name, ContentFile(b"somebody's"))
        with pytest.raises(restoring.NotRestored, match="另一个"):
            restored(path)
        assert everything()[1] == {name: b"somebody's"}

    def test_what_fails_at_the_end_leaves_an_empty_database_and_no_file(
        self, journal, path, emptied
    ):
        """The masthead may stand once: the second one is refused when all else is there."""
        made(path)
        with package.opened(path) as kept:
            columns, row = list(kept.lines("servicejournal.user"))[:2]
            told = json.loads(row)
        told[json.loads(columns).index("username")] = None
        other = _with_rows(path, "servicejournal.user", [columns, json.dumps(told).encode()])
        emptied()
        with pytest.raises(restoring.NotRestored, match="没有恢复"):
            restored(other)
        assert not User.objects.exists()
        assert not Masthead.objects.exists()
        assert everything()[1] == {}


def _within_members(path: Path, passphrase: str) -> list[int]:
    """Places of a file at which something is told: a zip repeats what it says between members."""
    if passphrase:
        return [path.stat().st_size * part // 7 for part in range(7)]
    with ZipFile(path) as archive:
        every = sorted(archive.infolist(), key=lambda each: -each.compress_size)
        return [each.header_offset + 80 + each.compress_size // 2 for each in every[:5]]


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]


def _with_manifest(path: Path, **changes: Any) -> Path:
    return _repacked(path, {}, changes)


def _with_rows(path: Path, label: str, lines: list[bytes]) -> Path:
    return _repacked(path, {label: b"".join(lines)}, {})


def _repacked(path: Path, contents: dict[str, bytes], changes: dict[str, Any]) -> Path:
    """A backup that is consistent with itself, with other rows or another manifest."""
    other = path.with_name("repacked.backup")
    with ZipFile(path) as old, other.open("wb") as file:
        packing = package.Packing(file)
        manifest = {**json.loads(old.read("manifest.json")), **changes}
        for name in old.namelist():
            if name == "manifest.json":
                continue
            label = name.removeprefix("rows/").removesuffix(".jsonl")
            with packing.member(name) as sink:
                sink.write(contents.get(label, old.read(name)))
            if label in manifest["models"]:
                manifest["models"][label]["sha256"] = sink.sha256
        packing.finish(manifest)
    return other


class TestKilled:
    """SIGKILL at moments spread over all that is done; a loop over more is in the benchmarks."""

    MOMENTS = 6

    def test_no_half_backup_is_taken_for_a_whole_one(self, journal, path, media):
        whole = killed_at(0, lambda tell: made(path, tell=tell), path.parent, media)
        assert whole > 50
        for moment in spread(whole, self.MOMENTS):
            path.unlink(missing_ok=True)
            assert killed_at(moment, lambda tell: made(path, tell=tell), path.parent, media) == -1
            if path.exists():
                with package.opened(path) as kept:
                    kept.verify()
                continue
            made(path)  # what was left behind is in nobody's way
            assert [each.name for each in path.parent.glob("*.part")] == []

    def test_a_restore_leaves_nothing_or_all_and_the_next_one_succeeds(
        self, journal, path, emptied, media
    ):
        before, files_before = everything()
        made(path)
        emptied()
        whole = killed_at(0, lambda _: restored(path), media)
        assert whole > 100
        for moment in spread(whole, self.MOMENTS):
            emptied()
            assert killed_at(moment, lambda _: restored(path), media) == -1
            if not User.objects.exists():
                assert not Article.objects.exists()
                restored(path)
            after, files_after = everything()
            assert files_after == files_before
            assert after["articles.article"] == before["articles.article"]


def test_every_model_is_in_a_backup_or_left_out_on_purpose():
    models = apps.get_models(include_auto_created=True)
    every = {model._meta.label_lower for model in models if not model._meta.proxy}
    kept = {rows.label(model) for model in rows.kept_models()}
    assert every - kept == rows.LEFT_OUT


def test_its_rows_can_be_read_without_this_program(journal, path):
    """Rows are lines of JSON, to be read in ten years by anybody."""
    made(path)
    with ZipFile(path) as archive, archive.open("rows/articles.author.jsonl") as member:
        columns, *lines = map(json.loads, member)
    names = {line[columns.index("name")] for line in lines}
    assert {"谷淳", "程砚"} <= names
