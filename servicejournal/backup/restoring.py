"""恢复备份: into an empty database of either engine, whole or not at all.

All of the backup is read and compared first. Then come its files, then its rows in one transaction,
which are read again and compared before it ends: a crash leaves files that no row names, and an
empty database, which the next try finds as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction

from servicejournal import generation, masthead, record
from servicejournal.models import Record, User

from . import media, older, package, rows
from .making import applied
from .package import NotWhole, Package


class NotRestored(RuntimeError):
    """The message (Chinese) says why nothing was changed, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`steps` are the migrations that a backup of an earlier version went through."""

    made_at: str
    rows: int
    files: int
    missing: tuple[str, ...]
    steps: int


def restore(path: Path, *, passphrase: str = "", by: User | str) -> Restored:
    """Makes the tables first, where there are none. Turns the generation; a row in the record.

    A backup of an earlier version is carried forward beside. Raises `NotRestored`, with everything
    as it was.
    """
    try:
        with package.opened(path, passphrase) as kept:
            kept.verify()
            _make_tables()
            steps = _refuse(kept)
            with media.brought_in(kept), _source(kept, steps, passphrase) as source:
                _bring_in_rows(source, kept, by=by)
            cache.clear()
            return _told(kept, steps)
    except (NotWhole, older.NotCarried) as broken:
        raise NotRestored(str(broken)) from broken
    except OSError as broken:
        raise NotRestored(f"没有恢复：{broken}") from broken
    except SuspiciousFileOperation as outside:
        raise NotRestored(f"备份里有指到媒体目录外面的文件名，没有恢复：{outside}") from outside
    except DatabaseError as broken:
        raise NotRestored(f"没有恢复，数据库答：{broken}") from broken


def _told(kept: Package, steps: int) -> Restored:
    models, files = kept.manifest["models"], kept.manifest["files"]
    count = sum(told["rows"] for told in models.values())
    made_at, missing = kept.manifest["made_at"], tuple(kept.manifest["missing"])
    return Restored(made_at, count, files["number"], missing, steps)


def _make_tables() -> None:
    """All of them, or those that are missing since somebody was killed while he made them."""
    if not _is_somebody_here():
        call_command("migrate", interactive=False, verbosity=0)


def _is_somebody_here() -> bool:
    """Whatever anybody made here has an account behind it, or stands in the record."""
    tables = set(connection.introspection.table_names())
    kinds = [kind for kind in (User, Record) if kind._meta.db_table in tables]
    return any(kind._base_manager.exists() for kind in kinds)


def _refuse(kept: Package) -> int:
    """How many migrations the backup is behind."""
    if _is_somebody_here():
        raise NotRestored("这个数据库里已经有内容，没有恢复。请先建一个空的数据库，再恢复进去。")
    here, there = set(applied(DEFAULT_DB_ALIAS)), set(kept.manifest["migrations"])
    if there - here:
        raise NotRestored(
            f"备份是更新的版本做的（多了 {len(there - here)} 步升级，如 {min(there - here)}），"
            "没有恢复。请先把程序更新到做备份的那个版本或更新的版本，再恢复。"
        )
    models = {rows.label(model) for model in rows.kept_models()}
    if here == there and models != set(kept.manifest["models"]):
        raise NotRestored("备份是别的版本的程序做的，请用做备份时的版本恢复。")
    return len(here - there)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where rows come from, as lines of JSON."""

    lines: Callable[[rows.Model], Iterator[bytes]]
    sha256: Callable[[rows.Model], str]


@contextmanager
def _source(kept: Package, steps: int, passphrase: str) -> Iterator[_Source]:
    if not steps:
        models = kept.manifest["models"]
        yield _Source(
            lambda model: kept.lines(rows.label(model)),
            lambda model: str(models[rows.label(model)]["sha256"]),
        )
        return
    with older.carried(kept.path, passphrase) as using:
        yield _Source(
            lambda model: rows.lines(model, using=using),
            lambda model: rows.sha256(model, using=using),
        )


def _bring_in_rows(source: _Source, kept: Package, *, by: User | str) -> None:
    with transaction.atomic():
        rows.clear(rows.kept_models())
        for model in rows.kept_models():
            _bring_in(model, source)
        rows.set_sequences(rows.kept_models())
        try:
            connection.check_constraints()
        except DatabaseError as broken:
            raise NotRestored(f"备份里的数据前后不一致，没有恢复：{broken}") from broken
        _compare(source)
        ContentType.objects.clear_cache()
        generation.turn()
        record.write("恢复备份", masthead.current(), by=by, **_in_the_record(kept))


def _in_the_record(kept: Package) -> dict[str, Any]:
    return {"file": kept.path.name, "sha256": kept.sha256, "made_at": kept.manifest["made_at"]}


def _bring_in(model: rows.Model, source: _Source) -> None:
    try:
        rows.load(model, source.lines(model))
    except ValueError as other:
        raise NotRestored("备份是别的版本的程序做的，请用做备份时的版本恢复。") from other
    except DatabaseError as refused:
        name = model._meta.verbose_name
        raise NotRestored(f"“{name}”里有这个数据库不收的内容，没有恢复：{refused}") from refused


def _compare(source: _Source) -> None:
    """What came in, read as a backup would read it."""
    for model in rows.kept_models():
        if rows.sha256(model) != source.sha256(model):
            raise NotRestored(f"“{model._meta.verbose_name}”恢复后与备份不符，已全部撤回。")
