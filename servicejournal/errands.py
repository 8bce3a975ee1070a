"""Work that no click should wait for: done by a worker, where the queue is a table of ours."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import default_task_backend


def has_worker() -> bool:
    """Whether a task is a row: part of the transaction, and able to wait for its time."""
    return default_task_backend.supports_defer


def send(task: Any, *args: Any) -> None:
    """Part of the transaction where a worker does it, else right after it, within the click."""
    if has_worker():
        task.enqueue(*args)
    else:
        transaction.on_commit(partial(task.enqueue, *args), robust=True)
