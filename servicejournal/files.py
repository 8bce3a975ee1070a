"""Files of the storage that are written under names of our own, whole or not at all."""

import os
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def put(path: str, data: bytes) -> None:
    """Nobody ever reads half of it, and of two writers the second one stays.

    The storage is a folder, as `settings.STORAGES` says.
    """
    beside = default_storage.save(f"{path}.{uuid.uuid4().hex}", ContentFile(data))
    os.replace(default_storage.path(beside), default_storage.path(path))
