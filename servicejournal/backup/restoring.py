"""恢复备份: into an empty database of either engine, whole or not at all.

All of the backup is read and compared first. Then come its files, then its rows in one transaction,
which are read again and compared before it ends: a crash leaves files that no row names, and an
empty database, which the next try finds as it was.
"""

import hashlib
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

from . import media, package, rows
from .making import applied
from .package import NotWhole, Package


class NotRestored(RuntimeError):
    """The message (Chinese) says why nothing was changed, and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    made_at: str
    rows: int
    files: int
    missing: tuple[str, ...]


def restore(path: Path, *, passphrase: str = "", by: User | str) -> Restored:
    """Makes the tables first, where there are none. Turns the generation; a row in the record.

    Raises `NotRestored`, with everything as it was.
    """
    try:
        with package.opened(path, passphrase) as kept:
            kept.verify()
            _make_tables()
            _refuse(kept)
            with media.brought_in(kept):
                _bring_in_rows(kept, by=by)
            cache.clear()
            return _told(kept)
    except NotWhole as broken:
        raise NotRestored(str(broken)) from broken
    except OSError as broken:
        raise NotRestored(f"没有恢复：{broken}") from broken
    except SuspiciousFileOperation as outside:
        raise NotRestored(f"备份里有指到媒体目录外面的文件名，没有恢复：{outside}") from outside
    except DatabaseError as broken:
        raise NotRestored(f"没有恢复，数据库答：{broken}") from broken


def _told(kept: Package) -> Restored:
    models, files = kept.manifest["models"], kept.manifest["files"]
    count = sum(told["rows"] for told in models.values())
    made_at, missing = kept.manifest["made_at"], tuple(kept.manifest["missing"])
    return Restored(made_at, count, files["number"], missing)


def _make_tables() -> None:
    """All of them, or those that are missing since somebody was killed while he made them."""
    if not _is_somebody_here():
        call_command("migrate", interactive=False, verbosity=0)


def _is_somebody_here() -> bool:
    """Whatever anybody made here has an account behind it, or stands in the record."""
    tables = set(connection.introspection.table_names())
    kinds = [kind for kind in (User, Record) if kind._meta.db_table in tables]
    return any(kind._base_manager.exists() for kind in kinds)


def _refuse(kept: Package) -> None:
    if _is_somebody_here():
        raise NotRestored("这个数据库里已经有内容，没有恢复。请先建一个空的数据库，再恢复进去。")
    here, there = set(applied(DEFAULT_DB_ALIAS)), set(kept.manifest["migrations"])
    models = {rows.label(model) for model in rows.kept_models()}
    if here == there and models == set(kept.manifest["models"]):
        return
    if there - here:
        raise NotRestored("备份是别的版本的程序做的，请用做备份时的版本恢复，再升级。")
    raise NotRestored(
        "备份是较早版本的程序做的（少了"
        f"{len(here - there)}步升级），请用那个版本恢复，再运行 manage.py migrate。"
    )


def _bring_in_rows(kept: Package, *, by: User | str) -> None:
    with transaction.atomic():
        rows.clear()
        for model in rows.kept_models():
            _bring_in(model, kept)
        rows.set_sequences()
        try:
            connection.check_constraints()
        except DatabaseError as broken:
            raise NotRestored(f"备份里的数据前后不一致，没有恢复：{broken}") from broken
        _compare(kept)
        ContentType.objects.clear_cache()
        generation.turn()
        record.write("恢复备份", masthead.current(), by=by, **_in_the_record(kept))


def _in_the_record(kept: Package) -> dict[str, Any]:
    return {"file": kept.path.name, "sha256": kept.sha256, "made_at": kept.manifest["made_at"]}


def _bring_in(model: rows.Model, kept: Package) -> None:
    try:
        rows.load(model, kept.lines(rows.label(model)))
    except ValueError as other:
        raise NotRestored("备份是别的版本的程序做的，请用做备份时的版本恢复。") from other
    except DatabaseError as refused:
        name = model._meta.verbose_name
        raise NotRestored(f"“{name}”里有这个数据库不收的内容，没有恢复：{refused}") from refused


def _compare(kept: Package) -> None:
    """What came in, read as a backup would read it."""
    for model in rows.kept_models():
        told = hashlib.sha256()
        for line in rows.lines(model):
            told.update(line)
        if told.hexdigest() != kept.manifest["models"][rows.label(model)]["sha256"]:
            raise NotRestored(f"“{model._meta.verbose_name}”恢复后与备份不符，已全部撤回。")
