"""Files of the storage that are written under names of our own, whole or not at all."""

import os
import uuid
from typing import BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


def put(path: str, data: bytes | BinaryIO) -> None:
    """Stores all of it; an open file is read from its beginning.

    Nobody ever reads half of it, and of two writers the second one stays.
    The storage is a folder, as `settings.STORAGES` says.
    """
    content = ContentFile(data) if isinstance(data, bytes) else File(data)
    beside = default_storage.save(f"{path}.{uuid.uuid4().hex}", content)
    os.replace(default_storage.path(beside), default_storage.path(path))
