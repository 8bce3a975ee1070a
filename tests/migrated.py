"""The empty database as the migrations leave it, made once and copied from then on (SQLite).

126 migrations cost a run eight seconds before its first test. The result is kept under var/, in a
file named after what it was made from. Migrations are run on the copy all the same: it saves
time, it decides nothing.
"""

import hashlib
import os
import shutil
import sqlite3
import time
from pathlib import Path

from tests.static_files import DAY

APPS = ("servicejournal", "articles", "issues")


def file(root: Path) -> Path:
    """Where the database made by today's migrations of the checkout `root` belongs."""
    digest = hashlib.sha256((root / "requirements.txt").read_bytes())
    for app in APPS:
        for path in sorted((root / app / "migrations").glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return root / "var" / "test-database" / f"{digest.hexdigest()[:16]}.sqlite3"


def lay_out(kept: Path, database: Path) -> bool:
    """Puts a copy of `kept` where the tests' database belongs; says whether there was one."""
    database.unlink(missing_ok=True)
    try:
        shutil.copyfile(kept, database)
    except FileNotFoundError:
        return False
    return True


def keep(kept: Path, database: Path) -> None:
    """Keeps `database`, just migrated and empty; drops what was made days ago."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    making = kept.with_suffix(f".{os.getpid()}")
    source, target = sqlite3.connect(database), sqlite3.connect(making)
    source.backup(target)  # what still stands beside it in the write-ahead log comes along
    source.close()
    target.close()
    os.replace(making, kept)  # all or nothing: two suites may run at the same time
    for path in kept.parent.iterdir():
        if path.stat().st_mtime < time.time() - DAY:
            path.unlink(missing_ok=True)
