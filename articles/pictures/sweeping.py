"""Pictures that nobody uses: uploaded and never saved in a text, or files that have lost their row.

What a manuscript once showed stays: its earlier versions still show it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.db import transaction
from django.utils import timezone

from servicejournal import files
from servicejournal.storage.interface import Stored

from ..models import Article, Picture

#: Somebody who wrote without a connection may come back with the text weeks later.
DAYS = 30
_ROOT = "pictures"


@dataclass(frozen=True, slots=True)
class Sweep:
    """What was found (and, unless it was a dry run, removed)."""

    pictures: int
    stray_folders: int
    size: int  # bytes


def sweep(*, days: int = DAYS, for_good: bool = False) -> Sweep:
    """Finds unused pictures older than so many days; removes rows and files when `for_good`.

    The row goes first: a crash in between leaves files, which the next sweep finds.
    """
    before = timezone.now() - timedelta(days=days)
    unused = list(_unused(before))
    folders = {folder_of(picture) for picture in unused}
    strays = set(_stray_folders(before))
    size = sum(_size(folder) for folder in folders | strays)
    if for_good:
        for picture in unused:
            _remove(picture)
        for folder in strays:
            _remove_folder(folder)
    return Sweep(len(unused), len(strays), size)


def folder_of(picture: Picture) -> str:
    return str(PurePosixPath(picture.file.name).parent)


def _unused(before: datetime) -> Iterator[Picture]:
    for picture in Picture.objects.filter(article=None, uploaded_at__lt=before).iterator():
        if not _is_shown(picture):
            yield picture


def _is_shown(picture: Picture) -> bool:
    """Whether a text or one of its versions names it, though it was never tied to the text."""
    address = picture.get_absolute_url()
    if Article.objects.filter(body__contains=address).exists():
        return True
    return bool(Article.history.filter(body__contains=address).exists())


@transaction.atomic
def _remove(picture: Picture) -> None:
    """Unless it was put into a text this moment."""
    found = Picture.objects.select_for_update(of=("self",)).filter(pk=picture.pk, article=None)
    if found.exists() and not _is_shown(picture):
        found.delete()
        _remove_folder(folder_of(picture))


def _stray_folders(before: datetime) -> Iterator[str]:
    """Folders that no row names, whose files are all older, and not yet discarded.

    Files first, rows after them: whoever puts one in now has a row before we ask.
    """
    discarded = files.discarded()
    left: dict[str, list[Stored]] = {}
    for stored in files.walk(_ROOT):
        if stored.name not in discarded:
            left.setdefault(str(PurePosixPath(stored.name).parent), []).append(stored)
    kept = {folder_of(picture) for picture in Picture.objects.only("file").iterator()}
    for folder, found in left.items():
        if folder not in kept and all(stored.modified < before for stored in found):
            yield folder


def _size(folder: str) -> int:
    return sum(stored.size for stored in files.walk(folder))


def discard(picture: Picture) -> None:
    """The files of a picture whose row is gone."""
    _remove_folder(folder_of(picture))


def _remove_folder(folder: str) -> None:
    """Late, by `manage.py check_files`."""
    files.discard(*(stored.name for stored in files.walk(folder)))
