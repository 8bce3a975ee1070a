"""核对文件: rows that lack their files, and files that no row names.

What can be made again is made again. What nobody names is noted, and goes only when it has been
noted for `LATE`: the rows of a backup that is kept may name it still. The apps above say by
`register` what their rows need beside the columns for files, and how it is made again.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from servicejournal import files
from servicejournal.models import Discarded
from servicejournal.storage.interface import Stored

from . import rows

#: Nobody names a file for so long before it goes; backups that are older ask for the pool.
LATE = timedelta(days=35)
GOES_LATE = f"文件再留 {LATE.days} 天（备份可能还要用），由 check_files --delete 删。"
#: So young may be what somebody is making, whose row comes in a moment.
YOUNG = timedelta(days=1)
#: Folders of compositors that were killed, as `tempfile` names them.
_BENCH = re.compile(r"(issue|pages|scan|sheet)-[a-z0-9_]{8}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What rows of one kind have in the storage beside the columns for files.

    `names` are files that must be there. `heal` is given all that are missing, also those of other
    claims, and makes again what it can: how many it made or ordered. `is_beside` says of a file
    that no row names whether it belongs to one that is named (a rendition to its master).
    """

    what: str
    names: Callable[[], Iterable[str]] = tuple
    heal: Callable[[frozenset[str]], int] = lambda missing: 0
    is_beside: Callable[[str, frozenset[str]], bool] = lambda name, named: False


_claims: list[Claim] = []


def register(claim: Claim) -> None:
    """The order is that in which is healed."""
    _claims.append(claim)


@dataclass(slots=True)
class Found:
    """`healed` counts by what was made again; `strays` are files and their bytes."""

    missing: list[str] = field(default_factory=list)
    healed: dict[str, int] = field(default_factory=dict)
    strays: dict[str, int] = field(default_factory=dict)
    swept: int = 0
    benches: int = 0


def look(*, heal: bool = False, sweep: bool = False) -> Found:
    """Compares rows and files; `missing` is what is missing in the end."""
    found = Found(missing=_missing())
    if heal and found.missing:
        for claim in _claims:
            if count := claim.heal(frozenset(_missing())):
                found.healed[claim.what] = count
        found.missing = _missing()
    found.strays = {stored.name: stored.size for stored in _strays()}
    benches = list(_benches())
    found.benches = len(benches)
    if sweep:
        found.swept = _sweep(found.strays)
        for bench in benches:
            shutil.rmtree(bench, ignore_errors=True)
    return found


def _named() -> frozenset[str]:
    claimed = (name for claim in _claims for name in claim.names())
    return frozenset([*rows.file_names(), *claimed])


def _missing() -> list[str]:
    """Names first, files after them: who stores one now names it after that."""
    named = _named()
    return sorted(named.difference(stored.name for stored in files.walk()))


def _strays() -> Iterator[Stored]:
    """Files first, names after them: whoever puts one in now names it before we ask."""
    before = timezone.now() - YOUNG
    there = [stored for stored in files.walk() if stored.modified < before]
    named = _named()
    for stored in there:
        name = stored.name
        if name not in named and not any(claim.is_beside(name, named) for claim in _claims):
            yield stored


def _is_older(name: str, than: timedelta) -> bool:
    try:
        return default_storage.get_modified_time(name) < timezone.now() - than
    except FileNotFoundError:
        return False


def _sweep(strays: Iterable[str]) -> int:
    """Notes what is stray; removes what has been for long. How many went."""
    strays, now = set(filter(_can_be_noted, strays)), timezone.now()
    noted = list(Discarded.objects.all())
    named_again = [each.pk for each in noted if each.path not in strays and each.at < now - YOUNG]
    due = [each for each in noted if each.path in strays and each.at < now - LATE]
    # What was put there anew under the same name is as young as its file says.
    gone = [each.path for each in due if _is_older(each.path, LATE)]
    for path in gone:
        default_storage.delete(path)
    Discarded.objects.filter(pk__in=[*named_again, *(each.pk for each in due)]).delete()
    files.discard(*strays.difference(gone))
    _remove_empty_folders()
    return len(gone)


def _can_be_noted(name: str) -> bool:
    """Not where it is no UTF-8, or behind a link to another folder: then it may be somebody else's,
    and it stays.
    """
    is_text = name.isascii() or os.fsencode(name).decode(errors="replace") == name
    return is_text and not _is_behind_a_link(name)


def _is_behind_a_link(name: str) -> bool:
    root = files.shelf().folder
    folder = os.path.dirname(name)
    return root is not None and os.path.realpath(os.path.join(root, folder)) != os.path.normpath(
        os.path.join(os.path.realpath(root), folder)
    )


def _remove_empty_folders() -> None:
    """Of a storage that has folders: old ones, for somebody may be about to write into a young."""
    root = files.shelf().folder
    if root is None:
        return
    before = (timezone.now() - YOUNG).timestamp()
    every = [Path(folder) for folder, _, _ in os.walk(root, topdown=False)]
    for path in [each for each in every if each != root and each.stat().st_mtime < before]:
        if not any(path.iterdir()):
            path.rmdir()


def _benches() -> Iterator[Path]:
    before = (timezone.now() - YOUNG).timestamp()
    for path in Path(tempfile.gettempdir()).iterdir():
        if not _BENCH.fullmatch(path.name) or path.is_symlink():
            continue
        told = path.stat()
        if path.is_dir() and told.st_uid == os.geteuid() and told.st_mtime < before:
            yield path
