"""Pictures that nobody uses: uploaded and never saved in a text, or files that have lost their row.

What a manuscript once showed stays: its earlier versions still show it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from servicejournal import files

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
    """Folders that no row names, whose files are all older, and not yet discarded."""
    if not default_storage.exists(_ROOT):
        return
    discarded = files.discarded()
    for shelf in default_storage.listdir(_ROOT)[0]:
        tokens = default_storage.listdir(f"{_ROOT}/{shelf}")[0]
        kept = {str(token) for token in _tokens_of(shelf)}
        for token in set(tokens) - kept:
            folder = f"{_ROOT}/{shelf}/{token}"
            left = [path for path in _files(folder) if path not in discarded]
            if left and all(_modified(path) < before for path in left):
                yield folder


def _tokens_of(shelf: str) -> Iterable[UUID]:
    named = Picture.objects.filter(file__startswith=f"{_ROOT}/{shelf}/")
    return named.values_list("token", flat=True)


def _files(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def _modified(path: str) -> datetime:
    return default_storage.get_modified_time(path)


def _size(folder: str) -> int:
    if not default_storage.exists(folder):
        return 0
    return sum(default_storage.size(path) for path in _files(folder))


def discard(picture: Picture) -> None:
    """The files of a picture whose row is gone."""
    _remove_folder(folder_of(picture))


def _remove_folder(folder: str) -> None:
    """Late, by `manage.py check_files`."""
    if default_storage.exists(folder):
        files.discard(*_files(folder))
