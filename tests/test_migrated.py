"""The kept database is one of today's migrations, or none."""

import shutil
import sqlite3
from pathlib import Path

from tests import migrated
from tests.environment import ROOT


def _checkout(folder: Path) -> Path:
    shutil.copy(ROOT / "requirements.txt", folder)
    for app in migrated.APPS:
        (folder / app / "migrations").mkdir(parents=True)
    (folder / "articles" / "migrations" / "0001_initial.py").write_text("operations = []\n")
    return folder


def test_a_changed_or_new_migration_means_another_file(tmp_path: Path) -> None:
    root = _checkout(tmp_path)
    first = migrated.file(root)
    (root / "articles" / "migrations" / "0001_initial.py").write_text("operations = [1]\n")
    second = migrated.file(root)
    (root / "issues" / "migrations" / "0002_more.py").write_text("operations = []\n")
    assert len({first, second, migrated.file(root)}) == 3


def test_what_was_kept_is_laid_out_in_place_of_what_was_there(tmp_path: Path) -> None:
    made, kept, place = tmp_path / "made", tmp_path / "kept" / "it.sqlite3", tmp_path / "place"
    connection = sqlite3.connect(made)
    connection.execute("CREATE TABLE sections (name)")
    connection.close()
    place.write_text("of another run")
    assert not migrated.lay_out(kept, place)
    assert not place.exists()
    migrated.keep(kept, made)
    assert migrated.lay_out(kept, place)
    assert sqlite3.connect(place).execute("SELECT name FROM sqlite_master").fetchall() == [
        ("sections",)
    ]
