"""What this installation needs in order to stand, each asked in a moment: for probes and doctor."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from servicejournal import errands

#: So long a task may wait for its turn. Letters that are tried again have a time of their own.
PATIENCE = timedelta(minutes=10)
_PROBE = "probes"


class NotReady(Exception):
    """The message says what, in words for the log alone."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    if missing := missing_migrations():
        raise NotReady(f"{len(missing)} migrations are not applied")


def missing_migrations() -> set[tuple[str, str]]:
    return set(_on_disk()) - set(MigrationRecorder(connection).applied_migrations())


@lru_cache(maxsize=1)
def _on_disk() -> frozenset[tuple[str, str]]:
    """Read once: what lies on the disk changes with the process."""
    return frozenset(MigrationLoader(None).disk_migrations)


def storage() -> None:
    """Something can be written, is the same when it is read, and can be taken away."""
    said = secrets.token_bytes(8)
    name = default_storage.save(f"{_PROBE}/{secrets.token_hex(8)}", ContentFile(said))
    try:
        with default_storage.open(name) as file:
            if file.read() != said:
                raise NotReady("the storage gives back something else")
    finally:
        default_storage.delete(name)


def shared_cache() -> None:
    key, said = f"{_PROBE}-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, said, 10)
    if cache.get(key) != said:
        raise NotReady("the cache forgets at once")
    cache.delete(key)


def queue() -> None:
    oldest = oldest_waiting()
    if oldest and oldest < timezone.now() - PATIENCE:
        raise NotReady(f"a task waits since {oldest:%H:%M}")


def oldest_waiting() -> datetime | None:
    """Since when the task waits that is due longest; none where the queue is no table."""
    if not errands.has_worker():
        return None
    due = DBTaskResult.objects.ready().order_by()
    at_once = due.filter(run_after=get_date_max()).order_by("enqueued_at")
    for_later = due.exclude(run_after=get_date_max()).order_by("run_after")
    found = [
        at_once.values_list("enqueued_at", flat=True).first(),
        for_later.values_list("run_after", flat=True).first(),
    ]
    return min(filter(None, found), default=None)


#: By the names that a probe is told: nothing of why, which is in the log.
CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "migrations": migrations,
    "storage": storage,
    "cache": shared_cache,
    "queue": queue,
}
#: Not asked where the database does not answer: each would wait for it anew.
OF_THE_DATABASE = frozenset({"migrations", "queue"})
