"""All that a backup holds, to compare; and verbs that are killed at a moment."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, connections

from servicejournal import files
from servicejournal.backup import rows

#: Written by a restore itself, after everything was compared.
BY_THE_RESTORE = ("servicejournal.generation", "servicejournal.record")
_STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.listdir"})


def everything() -> tuple[dict[str, list[bytes]], dict[str, bytes]]:
    """All rows and all files, to compare."""
    told = {rows.label(model): list(rows.lines(model)) for model in rows.kept_models()}
    found = {}
    for stored in files.walk():
        with default_storage.open(stored.name) as file:
            found[stored.name] = file.read()
    return told, found


class _Killer:
    """Counts steps on files and questions to the database; at one of them the process is gone."""

    def __init__(self, moment: int, folders: tuple[Path, ...]) -> None:
        self.count, self._moment = 0, moment
        self._inside = tuple(f"{folder}/" for folder in folders)
        sys.addaudithook(self._on_step)

    def _on_step(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _STEPS and str(args[0]).startswith(self._inside):
            self.one_more()

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.one_more()
        result = execute(*args)
        self.one_more()
        return result

    def one_more(self, *_: Any) -> None:
        self.count += 1
        if self.count == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


def killed_at(moment: int, verb: Callable[[Callable[..., None]], Any], *folders: Path) -> int:
    """Does it in a process of its own. How many moments it had; -1 where it was killed.

    What `verb` is given is a moment too, whenever it is called.
    """
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            killer = _Killer(moment, folders)
            with connection.execute_wrapper(killer):
                verb(killer.one_more)
            os.write(writing, str(killer.count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        count = int(said.read() or 0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -1
    assert os.WEXITSTATUS(status) == 0, "the verb failed"
    return count


def spread(whole: int, moments: int) -> list[int]:
    """So many of the moments, the first and the last among them."""
    return sorted({1 + at * (whole - 1) // (moments - 1) for at in range(moments)})
