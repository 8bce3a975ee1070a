"""What many tests begin with, built once by each process and laid out anew for each of them.

An issue that was signed off costs a second, a whole small journal half of one; its rows and files
come back in a few hundredths. It is laid out before anything else of the test is written.
"""

import os
import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from django.conf import settings
from django.core import mail
from django.core.cache import cache as django_cache
from django.db import connection, transaction

from servicejournal.models import User
from tests.environment import OWN

Made = TypeVar("Made")
Rows = dict[str, list[tuple[Any, ...]]]

#: SQLite's own tables of the full-text index; its triggers fill them.
_INDEX = "articles_search"
_ROOTS = ("MEDIA_ROOT", "PAGES_ROOT")


@dataclass(frozen=True)
class _State:
    rows: Rows
    files: Path
    made: bytes


_states: dict[str, _State] = {}


def laid_out(build: Callable[[], Made]) -> Made:
    """What `build` made and gave, on a database and folders that hold nothing yet.

    What it gave is a copy each time: nobody changes another test's. Letters that went out
    meanwhile are nobody's.
    """
    assert not User.objects.exists(), "lay it out before anything else is written"
    name = f"{build.__module__}.{build.__qualname__}"
    if name not in _states:
        _states[name] = _built(build)
    else:
        _lay_out(_states[name])
    return pickle.loads(_states[name].made)  # noqa: S301 - written above


def _built(build: Callable[[], Any]) -> _State:
    before = _rows()
    made = pickle.dumps(build())
    mail.outbox.clear()
    django_cache.clear()
    rows = {table: rows for table, rows in _rows().items() if rows != before[table]}
    folder = _folder() / str(len(_states))
    for root in _ROOTS:
        _copy(Path(getattr(settings, root)), folder / root)
    return _State(rows, folder, made)


@transaction.atomic
def _lay_out(state: _State) -> None:
    with connection.cursor() as cursor:
        for table, rows in state.rows.items():
            name = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own tables
            if rows:
                places = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608
    for root in _ROOTS:
        _copy(state.files / root, Path(getattr(settings, root)))


def _rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: _of(cursor, table) for table in _tables(cursor)}


def _tables(cursor: Any) -> list[str]:
    named = connection.introspection.table_names(cursor)
    return [name for name in named if name != _INDEX and not name.startswith(f"{_INDEX}_")]


def _of(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    """As they are stored: a sign before the column keeps SQLite's driver from reading dates."""
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE FALSE")  # noqa: S608
    columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
    sign = "+" if connection.vendor == "sqlite" else ""
    wanted = ", ".join(f"{sign}{column}" for column in columns)
    cursor.execute(f"SELECT {wanted} FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchall()


@cache
def _folder() -> Path:
    """Beside the suite's own; tests.environment takes it away at the end."""
    return Path(mkdtemp(dir=OWN))


def _copy(source: Path, target: Path) -> None:
    """By links: what is written later takes the place of a file, it never goes into one."""
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link, dirs_exist_ok=True)
