"""A filled database of an earlier version as a backup of that day: `tests/files/versions/`.

    DATABASE_URL=sqlite:///OLD.sqlite3 python -m tests.older_versions OUT.backup

OLD.sqlite3 is what the program of that version made: `migrate` and `demo` in a worktree at its
commit, with the demo's folders of texts but one or two taken away so that the file stays small.
Versions that have the command `backup` make theirs by it. Files of the media folder are left out.
"""

import os
import sys
from pathlib import Path
from typing import Any

import django


def pack(out: Path) -> None:
    from django.db import DEFAULT_DB_ALIAS, connection
    from django.db.migrations.loader import MigrationLoader

    from servicejournal.backup import package, rows
    from servicejournal.backup.making import applied

    loader = MigrationLoader(connection)
    old = loader.project_state(list(loader.applied_migrations)).apps
    manifest: dict[str, Any] = {"format": package.FORMAT, "made_at": "", "engine": "sqlite"}
    manifest["migrations"] = applied(DEFAULT_DB_ALIAS)
    manifest["models"], manifest["missing"] = {}, []
    with package.written(out) as beneath:
        packing = package.Packing(beneath)
        for model in rows.kept_models(old):
            count = -1
            with packing.member(package.rows_of(rows.label(model))) as sink:
                for line in rows.lines(model):
                    sink.write(line)
                    count += 1
            manifest["models"][rows.label(model)] = {"rows": count, "sha256": sink.sha256}
        with packing.member(package.FILES) as sink:
            manifest["files"] = {"number": 0, "bytes": 0, "sha256": sink.sha256}
        packing.finish(manifest)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
    django.setup()
    pack(Path(sys.argv[1]))
