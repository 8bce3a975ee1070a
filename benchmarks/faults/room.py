"""The room in which is tried: a database and a media folder, put back before each try.

The settings name `try`; what verbs begin from is kept beside it under the name of its scene.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections


class Room:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept: set[str] = set()

    def migrated(self) -> None:
        call_command("migrate", verbosity=0)
        self.keep("empty")

    def scene(self, name: str, makes: Callable[[], None], *, begins: str = "empty") -> None:
        """Made once, from the scene `begins`."""
        if name in self._kept:
            return
        self.put_back(begins)
        makes()
        self.keep(name)

    def keep(self, name: str) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections.close_all()
            shutil.copy(self.folder / "try.sqlite3", self.folder / f"{name}.sqlite3")
        else:
            self._copied("try", name)
        for each in ("media", "kept"):
            (self.folder / "try" / each).mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.folder / "try", self.folder / name)
        self._kept.add(name)

    def put_back(self, name: str) -> None:
        connections.close_all()
        if connection.vendor == "sqlite":
            for beside in self.folder.glob("try.sqlite3*"):
                beside.unlink()
            shutil.copy(self.folder / f"{name}.sqlite3", self.folder / "try.sqlite3")
        else:
            self._copied(name, "try")
        shutil.rmtree(self.folder / "try", ignore_errors=True)
        shutil.copytree(self.folder / name, self.folder / "try")

    def _copied(self, old: str, new: str) -> None:
        """Whoever was killed may still hold on to it for a moment."""
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{new}" TEMPLATE "{old}"')
        connections.close_all()
