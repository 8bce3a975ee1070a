"""Workers say that they live; who fell silent left tasks behind. The only writer of `Heartbeat`."""

import logging
import socket
import threading
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from servicejournal.models import Heartbeat

logger = logging.getLogger(__name__)

#: Seconds between two beats; who has not been heard for `SILENT` is taken for dead.
EVERY = 15
SILENT = timedelta(seconds=90)
#: What the name of a worker ends with whose heart is that of the one who started it.
OF_LETTERS = ".letters"
#: A task that so many workers began and none ended is given up: it may be what kills them.
_MOST = 5
#: Those that have been dead for so long are forgotten.
_FORGOTTEN = timedelta(days=7)


def beat(worker: str) -> None:
    """One query, or two."""
    if not Heartbeat.objects.filter(worker=worker).update(seen_at=timezone.now()):
        Heartbeat.objects.bulk_create(
            [Heartbeat(worker=worker, host=socket.gethostname()[:100])], ignore_conflicts=True
        )


def alive() -> QuerySet[Heartbeat]:
    return Heartbeat.objects.filter(seen_at__gte=timezone.now() - SILENT)


def stop(worker: str) -> None:
    """It ends in an orderly way, and nobody is to miss it."""
    Heartbeat.objects.filter(worker=worker).delete()


@transaction.atomic
def give_back(*, of: str = "") -> int:
    """Tasks that nobody is at any more are ready again: how many.

    Of this worker, which has just lost its database; or of all that fell silent. Every task of ours
    may be begun twice.
    """
    living = set(alive().values_list("worker", flat=True))
    running = list(DBTaskResult.objects.running().select_for_update())
    left = [task for task in running if (_last(task) == of if of else _heart(task) not in living)]
    for task in left:
        if len(task.worker_ids) >= _MOST:
            logger.error("Task %s was begun %s times and is given up", task.task_path, _MOST)
            task.set_failed(RuntimeError("begun too often"))
        else:
            task.status, task.started_at = TaskResultStatus.READY, None
            task.save(update_fields=["status", "started_at"])
    return len(left)


def _last(task: Any) -> str:
    """Who began it last."""
    return str(task.worker_ids[-1]) if task.worker_ids else ""


def _heart(task: Any) -> str:
    return _last(task).removesuffix(OF_LETTERS)


def look_after() -> None:
    """What fell silent: its tasks go to others, and it is forgotten after a while."""
    if count := give_back():
        logger.warning("%s tasks of workers that fell silent are ready again", count)
    Heartbeat.objects.filter(seen_at__lt=timezone.now() - _FORGOTTEN).delete()


class Heart(threading.Thread):
    """Beats beside the work, which may take minutes, on a connection of its own."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="heart", daemon=True)
        self._worker, self._over = worker, threading.Event()

    def run(self) -> None:
        self._once()
        while not self._over.wait(EVERY):
            self._once()

    def _once(self) -> None:
        try:
            beat(self._worker)
            look_after()
        except (DatabaseError, InterfaceError):
            logger.warning("No heartbeat: the database is away")
        finally:
            connection.close()

    def end(self) -> None:
        self._over.set()
