"""Files of the storage that are written under names of our own, whole or not at all."""

import os
import uuid
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from .models import Discarded


def put(path: str, data: bytes | IO[bytes]) -> None:
    """Stores all of it; an open file is read from its beginning.

    Nobody ever reads half of it, and of two writers the second one stays.
    The storage is a folder, as `settings.STORAGES` says.
    """
    content = ContentFile(data) if isinstance(data, bytes) else File(data)
    beside = f"{path}.{uuid.uuid4().hex}"
    try:
        default_storage.save(beside, content)
    except BaseException:  # the disk is full: half a file is not to take what is left of it
        default_storage.delete(beside)
        raise
    os.replace(default_storage.path(beside), default_storage.path(path))


def discard(*paths: str) -> None:
    """Nobody names these any more. They go late (`manage.py check_files --delete`): the rows of a
    backup may name them still, and one that is made this moment copies files after rows.

    Part of the transaction of the caller. One query.
    """
    gone = [Discarded(path=path) for path in paths]
    Discarded.objects.bulk_create(gone, ignore_conflicts=True)


def discarded() -> set[str]:
    """What goes late, and need not be found again. One query."""
    return set(Discarded.objects.values_list("path", flat=True))
