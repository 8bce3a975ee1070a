"""较早版本的备份: carried forward by the migrations of today, in a database beside.

The tables are made as they were when the backup was made, its rows come in, and what every
installation goes through that is updated is done to them. The restore takes them from there in one
transaction, so that a backup of yesterday comes back whole or not at all, as one of today does.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import load_backend

from . import beside, package, rows
from .package import NotWhole, Package

_ALIAS = "carried"


class NotCarried(RuntimeError):
    """The message (Chinese) says why the backup could not be brought to today's version."""


@contextmanager
def carried(path: Path, passphrase: str) -> Iterator[str]:
    """The alias of a database (SQLite) that holds the rows of the backup as today has them.

    In a process of its own: migrations speak to the default database. The files must be in their
    places already, because migrations read them. Raises `NotCarried`.
    """
    with tempfile.TemporaryDirectory(prefix="carried-") as folder:
        room = Path(folder)
        options = ["--passphrase-file", "/dev/stdin"] if passphrase else []
        media = str(settings.MEDIA_ROOT)
        answer = beside.manage(
            room, "carry_forward", path.resolve(), *options, said=passphrase, MEDIA_ROOT=media
        )
        if answer.returncode:
            raise NotCarried(f"没有恢复。{beside.last_words(answer) or '升级备份的程序中断了。'}")
        with _opened(beside.database(room)):
            yield _ALIAS


@contextmanager
def _opened(database: Path) -> Iterator[None]:
    told: dict[str, Any] = {
        **connections[DEFAULT_DB_ALIAS].settings_dict,
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(database),
        "OPTIONS": {},
    }
    second = load_backend(told["ENGINE"]).DatabaseWrapper(told, _ALIAS)
    connections[_ALIAS] = second
    try:
        yield
    finally:
        second.close()
        del connections[_ALIAS]


def carry_forward(path: Path, *, passphrase: str = "") -> int:
    """Into an empty database, whose tables it makes; how many migrations the rows went through.

    Raises `NotCarried`. The database is then good for nothing.
    """
    if connection.introspection.table_names():
        raise NotCarried("这个数据库不是空的。")
    try:
        with package.opened(path, passphrase) as kept:
            old = _as_it_was(kept)
            _bring_in(kept, old)
            executor = MigrationExecutor(connection)
            steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
            call_command("migrate", interactive=False, verbosity=0)
            return len(steps)
    except NotWhole as broken:
        raise NotCarried(str(broken)) from broken
    except DatabaseError as broken:
        raise NotCarried(f"较早版本的备份升级不到这个版本，数据库答：{broken}") from broken


def _as_it_was(kept: Package) -> Apps:
    """Makes the tables of the day when the backup was made."""
    executor, there = MigrationExecutor(connection), _nodes(kept)
    if strange := there - executor.loader.graph.nodes.keys():
        name = ".".join(min(strange))
        raise NotCarried(f"备份经过的升级 {name} 这个版本没有。请用做备份时的版本恢复。")
    lasts = [
        node
        for node in there
        if not any(child.key in there and child.key[0] == node[0]
                   for child in executor.loader.graph.node_map[node].children)
    ]  # fmt: skip
    executor.migrate(lasts)
    executor.loader.build_graph()
    try:
        executor.loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as strange_order:
        raise NotCarried("备份经过的升级次序与这个版本不同。") from strange_order
    if set(executor.loader.applied_migrations) != there:
        raise NotCarried("备份经过的升级次序与这个版本不同。请用做备份时的版本恢复。")
    return executor.loader.project_state(lasts).apps


def _nodes(kept: Package) -> set[tuple[str, str]]:
    found = (told.partition(".") for told in kept.manifest["migrations"])
    return {(app, name) for app, _, name in found}


@transaction.atomic
def _bring_in(kept: Package, old: Apps) -> None:
    models = {rows.label(model): model for model in rows.kept_models(old)}
    if models.keys() != kept.manifest["models"].keys():
        raise NotCarried("备份里的表与它自己说的版本不符。请用做备份时的版本恢复。")
    rows.clear([*models.values()])
    for label, model in models.items():
        try:
            rows.load(model, kept.lines(label))
        except ValueError as other:
            raise NotCarried(f"备份里 {label} 的各列与它自己说的版本不符。") from other
    rows.set_sequences([*models.values()])
    connection.check_constraints()
    for label, model in models.items():
        if rows.sha256(model) != kept.manifest["models"][label]["sha256"]:
            raise NotCarried(f"备份里的 {label} 读出来与清单不符。")
    ContentType.objects.clear_cache()
