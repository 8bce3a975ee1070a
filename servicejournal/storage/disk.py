"""Files in a folder of this machine."""

import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from .interface import Stored

#: The location of the server in front that leads to the folder (`deploy/nginx.conf`).
LOCATION = "/protected/"


class Disk(FileSystemStorage):
    @property
    def folder(self) -> Path:
        return Path(self.location)

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        """Named as in the storage, as everywhere else."""
        return File(open(self.path(name), mode), name=name)

    def put(self, name: str, content: IO[bytes]) -> None:
        beside = f"{name}.{uuid.uuid4().hex}"
        try:
            self.save(beside, File(content))
        except BaseException:  # the disk is full: half a file is not to take what is left of it
            self.delete(beside)
            raise
        os.replace(self.path(beside), self.path(name))

    def walk(self, below: str) -> Iterator[Stored]:
        try:
            with os.scandir(self.path(below)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:  # nothing was ever stored, or the folder went this moment
            return
        before = f"{below}/" if below else ""
        folders = [entry.name for entry in entries if entry.is_dir()]
        for entry in entries:
            if entry.name not in folders and (told := _stat(entry)):
                at = datetime.fromtimestamp(told.st_mtime, tz=UTC)
                yield Stored(before + entry.name, told.st_size, at)
        for name in folders:
            yield from self.walk(before + name)

    def internal_address(self, name: str) -> str:
        return LOCATION + quote(name)


def _stat(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat()
    except FileNotFoundError:  # it went meanwhile
        return None
