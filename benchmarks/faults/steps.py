"""Counts what a process does to files and to the database; one such step fails, or is its last.

A step is a query, a COMMIT, or on the files of a room: opening, writing, fsync, renaming,
removing, linking, making and listing folders, copying, and the start of another program. Python
tells of most of them (audit events); what it does not tell of is patched, in the child that tries
and nowhere else. A write that is the last is written half.
"""

import builtins
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

#: (event, what it fails with)
EVENTS = {
    "open": errno.ENOSPC,
    "os.rename": errno.ENOSPC,
    "os.mkdir": errno.ENOSPC,
    "os.link": errno.ENOSPC,
    "os.remove": errno.EIO,
    "os.rmdir": errno.EIO,
    "os.truncate": errno.EIO,
    "os.listdir": errno.EIO,
    "os.scandir": errno.EIO,
    "subprocess.Popen": errno.EAGAIN,
}


class How(Enum):
    FAILS = "fails"  # this once
    STAYS = "stays away"  # from there on: the disk is full and remains so, the database is gone
    KILLED = "killed"


class Steps:
    def __init__(self, room: str, moment: int, how: How) -> None:
        self.count, self._room, self._moment, self._how = 0, f"{room}/", moment, how
        self._is_on = False

    @contextmanager
    def counted(self) -> Iterator[None]:
        """For the rest of the process, as far as files go: no audit hook is ever taken back."""
        sys.addaudithook(self._on_event)
        self._patch()
        with connection.execute_wrapper(self._on_query):
            self._is_on = True
            yield
            self._is_on = False

    def step(self, error: Exception, half: Callable[[], Any] | None = None) -> None:
        if not self._is_on:
            return
        self.count += 1
        at = self._moment
        if self._how is How.KILLED:
            if self.count == at:
                if half:
                    half()
                os.kill(os.getpid(), signal.SIGKILL)
        elif self.count == at or (at and self.count > at and self._how is How.STAYS):
            raise error

    def _on_event(self, event: str, args: tuple[Any, ...]) -> None:
        if not self._is_on or (number := EVENTS.get(event)) is None:
            return
        if event == "subprocess.Popen" or self.is_inside(args[0]):
            self.step(OSError(number, os.strerror(number)))

    def is_inside(self, file: Any) -> bool:
        if isinstance(file, int):
            try:
                file = os.readlink(f"/proc/self/fd/{file}")
            except OSError:
                return False
        path = os.fsdecode(file) if isinstance(file, (str, bytes, os.PathLike)) else ""
        return path.startswith(self._room)

    def _on_query(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step(OperationalError("the database went away"))
        result = execute(*args)
        if self._how is How.KILLED:  # what succeeded does not fail afterwards
            self.step(OperationalError())
        return result

    def _patch(self) -> None:
        steps = self

        class Written(io.FileIO):
            def write(self, data: Any) -> int:
                told = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                view = memoryview(data).cast("B")
                steps.step(told, lambda: super(Written, self).write(view[: len(view) // 2]))
                return super().write(data) or 0

        opened = io.open

        def watched(
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            closefd: bool = True,
            opener: Any = None,
        ) -> Any:
            # A folder with an opener is how `tempfile` asks for a file in it.
            if not set(mode) & set("wxa+") or not steps.is_inside(file):
                return opened(file, mode, buffering, encoding, errors, newline, closefd, opener)
            raw = Written(file, mode.replace("b", "").replace("t", ""), closefd, opener)
            if buffering == 0:
                return raw
            buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            if "b" in mode:
                return buffer
            return io.TextIOWrapper(buffer, encoding, errors, newline)

        builtins.open = io.open = sys.modules["_io"].open = watched  # type: ignore[attr-defined]
        os.fsync = self._before(os.fsync)
        os.sendfile = self._before(os.sendfile)
        commits = BaseDatabaseWrapper._commit

        def commit(database: Any) -> None:
            steps.step(OperationalError("the database went away"))
            commits(database)
            if steps._how is How.KILLED:
                steps.step(OperationalError())

        BaseDatabaseWrapper._commit = commit  # type: ignore[method-assign]

    def _before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(to: Any, *args: Any) -> Any:
            if self.is_inside(to):
                self.step(OSError(errno.EIO, os.strerror(errno.EIO)))
            return call(to, *args)

        return counted
