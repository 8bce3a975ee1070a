"""演练: a backup, restored into a database and a media folder that are thrown away behind it.

By `manage.py restore` itself, in a process of its own with settings of its own, so that nothing of
this installation can be reached; it compares all rows and files with the manifest.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.db import transaction
from django.utils import timezone

from servicejournal import record
from servicejournal.models import Backup, User

from . import beside


class NotRehearsed(RuntimeError):
    """The message (Chinese) says what is wrong with the backup, or with the try."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    backup: Backup
    said: str
    seconds: float


def rehearse(*, passphrase_file: Path | None = None, by: User | str) -> Rehearsed:
    """The newest one; what came of it is noted and in the record. Raises `NotRehearsed`."""
    backup = Backup.objects.newest()
    if backup is None:
        raise NotRehearsed("还没有做过备份。请先运行 manage.py backup。")
    began, problem = monotonic(), ""
    if Path(backup.path).exists():
        said, problem = _tried(Path(backup.path), passphrase_file)
    else:
        problem = f"备份文件不在了：{backup.path}。"
    _note(backup, problem, by=by)
    if problem:
        raise NotRehearsed(problem)
    return Rehearsed(backup, said, monotonic() - began)


def _tried(path: Path, passphrase_file: Path | None) -> tuple[str, str]:
    """(what the restore said, what was wrong)."""
    options = ["--passphrase-file", str(passphrase_file.resolve())] if passphrase_file else []
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as room:
        answer = beside.manage(Path(room), "restore", path, *options, MEDIA_ROOT=f"{room}/media")
    if answer.returncode == 0:
        return answer.stdout.splitlines()[0], ""
    return "", beside.last_words(answer) or "恢复没有做完。"


@transaction.atomic
def _note(backup: Backup, problem: str, *, by: User | str) -> None:
    backup.rehearsed_at, backup.rehearsal = timezone.now(), problem[:300]
    backup.save(update_fields=["rehearsed_at", "rehearsal"])
    record.write("演练恢复", backup, by=by, problem=problem)
