"""Work that no click should wait for: done by a worker, where the queue is a table of ours."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from django.db import connections, transaction
from django_tasks import default_task_backend

logger = logging.getLogger(__name__)

#: The queue of letters: a mail server that hangs has no edition wait (`standing.worker`).
LETTERS = "letters"
#: Where there is no worker: an edition does not wait for the pages of another to be drawn.
_hands = ThreadPoolExecutor(2, thread_name_prefix="errands")
_under_way: "set[Future[None]]" = set()


def has_worker() -> bool:
    """Whether a task is a row: part of the transaction, and able to wait for its time."""
    return default_task_backend.supports_defer


def send(task: Any, *args: Any) -> None:
    """Part of the transaction where a worker does it, else right after it, within the click."""
    if has_worker():
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args), robust=True)


def send_aside(task: Any, *args: Any) -> None:
    """As `send`, for what takes longer than a click may: without a worker, in its own thread."""
    if has_worker():
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(_submit, task, *args), robust=True)


def finish() -> None:
    """Waits for what was sent aside: a command ends when its work is done.

    At the end of the process itself it would be too late: threads cannot begin others then.
    """
    while _under_way:
        wait(list(_under_way))


def _submit(task: Any, *args: Any) -> None:
    errand = _hands.submit(_do, task, *args)
    _under_way.add(errand)
    errand.add_done_callback(_under_way.discard)


def _do(task: Any, *args: Any) -> None:
    try:
        task.enqueue(*args)
    except Exception:
        logger.exception("An errand was not done: %s", task)
    finally:
        connections.close_all()
