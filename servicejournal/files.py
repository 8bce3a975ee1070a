"""Files of the storage, written under names of our own, whole or not at all; and walked."""

import errno
from collections.abc import Iterator
from io import BytesIO
from typing import IO, cast

from django.core.files.storage import default_storage

from .models import Discarded
from .storage.interface import Shelf, Stored

#: As a store (`storage.bucket`), a failing disk, a folder of the network tell that they are away.
_NO_ANSWER = frozenset({errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.ENOTCONN})


def are_away(reason: BaseException | None) -> bool:
    """Nobody knows whether a file is there: it may be when somebody asks again."""
    return isinstance(reason, OSError) and reason.errno in _NO_ANSWER


def shelf() -> Shelf:
    """The storage, as more than what Django asks of one: a folder, or a store that speaks S3."""
    return cast(Shelf, default_storage)


def put(path: str, data: bytes | IO[bytes]) -> None:
    """Stores all of it; an open file is read from its beginning.

    Nobody ever reads half of it, and of two writers the second one stays.
    """
    shelf().put(path, BytesIO(data) if isinstance(data, bytes) else data)


def walk(below: str = "") -> Iterator[Stored]:
    """Every file below a folder, with what a listing tells of it."""
    return shelf().walk(below)


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
