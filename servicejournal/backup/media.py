"""Files of the storage, packed and brought back, whatever the storage is."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

from servicejournal import files
from servicejournal.storage.interface import Stored

from . import package, sealing
from .package import Listed, NotWhole, Packing, Sink, Source


class IntoTheFile:
    """The bytes go into the backup itself."""

    def __init__(self, packing: Packing) -> None:
        self._packing, self._count = packing, 0

    def keep(self, stored: Stored) -> Listed:
        """Raises `FileNotFoundError` where it went meanwhile."""
        with default_storage.open(stored.name) as file:
            self._count += 1
            member = f"media/{self._count:06d}"
            with self._packing.member(member, packed=False) as sink:
                _copy(file, sink)
        at = stored.modified.isoformat()
        return Listed(stored.name, sink.size, sink.sha256, at, member)


class IntoThePool:
    """The bytes go into the pool beside the backup, where they are not there yet: each once."""

    def __init__(self, folder: Path, seal: sealing.Seal | None, before: dict[str, Listed]) -> None:
        self._folder, self._seal, self._before = folder, seal, before
        self._waiting: dict[Path, Path] = {}
        self.written = 0  # bytes
        self.give_up()

    def keep(self, stored: Stored) -> Listed:
        """Raises `FileNotFoundError` where it went meanwhile."""
        name, size, at = stored.name, stored.size, stored.modified.isoformat()
        known = self._before.get(name)
        if known and (known.size, known.modified) == (size, at) and self._place(known).exists():
            return Listed(name, size, known.sha256, at)
        with default_storage.open(name) as file:
            found = Listed(name, size, package.sha256_of(file), at)
            if not self._place(found).exists() and self._place(found) not in self._waiting:
                file.seek(0)
                self._put(found, file)
        return found

    def _place(self, found: Listed) -> Path:
        return package.pooled(self._folder, found.sha256, self._seal)

    def settle(self) -> None:
        """What was written bears its name only when it is on the disk: all at once, because each
        for itself takes minutes.
        """
        os.sync()
        for place, part in self._waiting.items():
            part.rename(place)
        for folder in {place.parent for place in self._waiting}:
            package.keep_names(folder)
        self._waiting.clear()

    def give_up(self) -> None:
        """Nothing half stays, of this one or of one that was killed: the disk may be full."""
        for part in (self._folder / package.POOL).glob("*/.*.part"):
            part.unlink()
        self._waiting.clear()

    def _put(self, found: Listed, file: Source) -> None:
        place = self._place(found)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stored:
            sealed = sealing.Sealing(stored, self._seal) if self._seal else None
            sink = Sink(sealed or stored)
            _copy(file, sink)
            if sealed:
                sealed.close()
        if sink.sha256 != found.sha256:
            part.unlink()
            raise NotWhole(f"{found.name} 正在被改写，请再做一次备份。")
        self._waiting[place] = part
        self.written += found.size


@contextmanager
def brought_in(kept: package.Package) -> Iterator[None]:
    """The files of a backup in the storage; those that were not there go again if it fails inside.

    A file of the same name and content stays as it is. Raises `NotWhole` for one of the same name
    and other content, before anything is written.
    """
    missing = [file for file in kept.files() if not _is_there(file)]
    written: list[str] = []
    try:
        for file in missing:
            with kept.opened(file) as found:
                written.append(file.name)
                files.put(file.name, found)
        os.sync()  # all at once; each for itself would take minutes
        yield
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def _is_there(file: Listed) -> bool:
    if not default_storage.exists(file.name):
        return False
    with default_storage.open(file.name) as found:
        is_same_size = default_storage.size(file.name) == file.size
        if is_same_size and package.sha256_of(found) == file.sha256:
            return True
    raise NotWhole(
        f"媒体目录里已经有另一个 {file.name}。"
        "请恢复到空的媒体目录（MEDIA_ROOT）或空的存储桶（STORAGE_URL）。"
    )


def _copy(file: Source, sink: Sink) -> None:
    while piece := file.read(package.PIECE):
        sink.write(piece)
