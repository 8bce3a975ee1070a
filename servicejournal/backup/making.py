"""做备份: everything in one file, while people write and publish.

Rows are read in one snapshot, files after them. A file is stored before the row that names it and
goes long after (`servicejournal.files.discard`), so no row of the snapshot lacks its file.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from servicejournal import files, record
from servicejournal.models import Backup, User

from . import media, package, rows
from .package import FILES, FORMAT, Listed, NotWhole, Packing
from .sealing import Seal

logger = logging.getLogger(__name__)

#: How the backups of a folder are called; by name they are in order of time.
PATTERN = "journal-*.backup"
_NAME = "journal-%Y%m%d-%H%M%S.backup"
#: Told now and then: (what, how many).
Tell = Callable[[str, int], None]


class NotMade(RuntimeError):
    """The message (Chinese) says why there is no backup, and what to do."""


@dataclass(frozen=True, slots=True)
class Made:
    """`written` are the bytes that were added to the pool; `missing` files that rows name."""

    backup: Backup
    written: int
    missing: tuple[str, ...]


def make(
    target: Path, *, passphrase: str = "", by: User | str, tell: Tell = lambda what, count: None
) -> Made:
    """A file of that name; in a folder one that is named for the moment, with its pool.

    Writes a row of `Backup` and one in the record, after the file. Raises `NotMade`.
    """
    is_pooled = target.is_dir()
    path = target / timezone.localtime().strftime(_NAME) if is_pooled else target
    _refuse(path)
    try:
        with package.alone(target) if is_pooled else nullcontext():
            done = _written(target, path, passphrase, tell)
        backup = _noted(path, done, is_sealed=bool(passphrase), by=by)
    except package.Busy as busy:
        raise NotMade(f"{busy} 正由另一个程序写，请等它写完。") from busy
    except (OSError, NotWhole) as broken:
        raise NotMade(f"备份没有做成：{broken}") from broken
    except DatabaseError as broken:
        raise NotMade(f"备份没有做成，数据库答：{broken}") from broken
    return Made(backup, done.added, done.missing)


@dataclass(frozen=True, slots=True)
class _Written:
    """`added` are the bytes that went into the pool."""

    manifest: dict[str, Any]
    sha256: str
    missing: tuple[str, ...]
    added: int


def _written(target: Path, path: Path, passphrase: str, tell: Tell) -> _Written:
    before = _newest(target, passphrase) if target.is_dir() else None
    seal = (before.seal if before else None) or (Seal(passphrase) if passphrase else None)
    with package.written(path, seal) as beneath:
        packing = Packing(beneath)
        known = before.known if before else {}
        into = media.IntoThePool(target, seal, known) if target.is_dir() else None
        try:
            manifest, missing = _pack(packing, into or media.IntoTheFile(packing), tell)
            if into:
                into.settle()
            sha256 = packing.finish(manifest)
        except BaseException:
            packing.give_up()
            if into:
                into.give_up()
            raise
    return _Written(manifest, sha256, missing, into.written if into else 0)


def in_folder(folder: Path) -> list[Path]:
    """The whole backups of a folder, the oldest first."""
    return sorted(folder.glob(PATTERN))


def drop_all_but(newest: int, folder: Path, *, passphrase: str = "") -> int:
    """Removes older backups of the folder, and what only they had in the pool; how many.

    Raises `NotMade` where somebody else writes there, and where one of those that stay cannot be
    read: then nothing of the pool goes.
    """
    try:
        with package.alone(folder):
            return _dropped(newest, folder, passphrase)
    except package.Busy as busy:
        raise NotMade(f"{busy} 正由另一个程序写，更早的备份下次再删。") from busy
    except (OSError, NotWhole) as broken:
        raise NotMade(f"更早的备份没有删：{broken}") from broken


def _dropped(newest: int, folder: Path, passphrase: str) -> int:
    every = in_folder(folder)
    stay, gone = every[-newest:], every[:-newest]
    for path in gone:
        path.unlink()
    named = set()
    for path in stay:
        with package.opened(path, passphrase) as kept:
            named |= {package.pooled(folder, f.sha256, kept.seal) for f in kept.files()}
    for place in (folder / package.POOL).glob("*/*"):
        if place not in named:
            place.unlink()
    return len(gone)


def _refuse(path: Path) -> None:
    if path.exists():
        raise NotMade(f"{path} 已经有了，请换一个文件名，或者给一个目录。")
    if not path.parent.is_dir():
        raise NotMade(f"没有 {path.parent} 这个目录，请先建好。")
    if path.parent.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        # It would keep itself, growing while it is read; and readers could be given it.
        raise NotMade("备份不能放在媒体目录（MEDIA_ROOT）里面，请换一个目录。")


@dataclass(frozen=True, slots=True)
class _Before:
    """What the newest backup of the folder has: its files are not read again."""

    seal: Seal | None
    known: dict[str, Listed]


def _newest(folder: Path, passphrase: str) -> _Before | None:
    """Of one pool all are sealed with one key, or none is. Raises `NotMade`."""
    broken: NotWhole | OSError | None = None
    for path in reversed(in_folder(folder)):
        try:
            with package.opened(path, passphrase) as kept:
                if bool(passphrase) != bool(kept.seal):
                    raise NotMade("这个目录里的备份没有加密。加密的备份请放另一个目录。")
                return _Before(kept.seal, {file.name: file for file in kept.files()})
        except (NotWhole, OSError) as reason:  # spoilt on the disk: the one before it does as well
            broken = broken or reason
    if broken:
        raise NotMade(f"目录里的备份都打不开：{broken}") from broken
    return None


def _pack(
    packing: Packing, into: media.IntoTheFile | media.IntoThePool, tell: Tell
) -> tuple[dict[str, Any], tuple[str, ...]]:
    manifest: dict[str, Any] = {"format": FORMAT, "made_at": timezone.now().isoformat()}
    with rows.snapshot() as using:
        manifest["engine"] = connections[using].vendor
        manifest["migrations"] = applied(using)
        manifest["models"] = dict(_models(packing, using, tell))
        named = set(rows.file_names(using=using))
    manifest["files"], there = _files(packing, into, tell)
    missing = tuple(sorted(named - there))
    return {**manifest, "missing": missing}, missing


def applied(using: str) -> list[str]:
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations()
    )


def _models(packing: Packing, using: str, tell: Tell) -> Iterator[tuple[str, dict[str, Any]]]:
    for model in rows.kept_models():
        count = -1  # the names of the columns
        with packing.member(package.rows_of(rows.label(model))) as sink:
            for line in rows.lines(model, using=using):
                sink.write(line)
                count += 1
        yield rows.label(model), {"rows": count, "sha256": sink.sha256}
        tell(str(model._meta.verbose_name), count)


def _files(
    packing: Packing, into: media.IntoTheFile | media.IntoThePool, tell: Tell
) -> tuple[dict[str, Any], set[str]]:
    listed, size = [], 0
    for stored in files.walk():
        try:
            file = into.keep(stored)
        except FileNotFoundError:
            continue  # went between being listed and being read: no row of the snapshot names it
        listed.append(package.line_of(file))
        size += file.size
        if not len(listed) % 500:
            tell("文件", len(listed))
    with packing.member(FILES) as sink:
        for line in listed:
            sink.write(line)
    there = {package.listed(line).name for line in listed}
    return {"number": len(listed), "bytes": size, "sha256": sink.sha256}, there


@transaction.atomic
def _noted(path: Path, done: _Written, *, is_sealed: bool, by: User | str) -> Backup:
    backup = Backup.objects.create(
        path=str(path.resolve())[:500],
        size=path.stat().st_size,
        sha256=done.sha256,
        rows=sum(told["rows"] for told in done.manifest["models"].values()),
        files=done.manifest["files"]["number"],
        is_sealed=is_sealed,
        missing=len(done.missing),
    )
    told: dict[str, Any] = {"file": path.name, "sha256": done.sha256, "missing": len(done.missing)}
    record.write("做备份", backup, by=by, **told)
    return backup
