"""The worker, as it stands at a bank: lives through a database that is away, and never has an
edition wait for a letter.

Letters have a queue and a thread of their own: a mail server that hangs costs other letters time
and nothing else. A task that was begun when the database went is given back and begun again.
"""

import logging
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any

from django.db import DatabaseError, InterfaceError, connections
from django_tasks_db.management.commands.db_worker import Worker

from servicejournal.errands import LETTERS

from . import hearts

logger = logging.getLogger(__name__)

#: Seconds between two tries to reach a database that is away: twice as many each time.
FIRST_WAIT, LONGEST_WAIT = 1, 30
#: How much nicer it is than the processes that answer (deploy/gunicorn.conf.py: the desk's are 5).
_PATIENT = 10
#: Seconds that a letter which is under way may take when the worker is told to end.
_PARTING = 15


class Steady(Worker):
    """Goes on where the library's own worker ends."""

    def run(self) -> None:
        wait = FIRST_WAIT
        while self.running:
            try:
                super().run()
                return
            except (DatabaseError, InterfaceError):
                logger.exception("The database is away; the worker waits %s s", wait)
            connections.close_all()
            self._sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT) if not self._came_back() else FIRST_WAIT

    def _came_back(self) -> bool:
        """Gives back what was begun, as soon as the database answers."""
        try:
            if count := hearts.give_back(of=self.worker_id):
                logger.warning("%s tasks that were begun are ready again", count)
        except (DatabaseError, InterfaceError):
            connections.close_all()
            return False
        return True

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.running and time.monotonic() < until:
            time.sleep(0.2)

    def end(self) -> None:
        self.running = False


class Postman(threading.Thread):
    """Letters, beside the worker that starts it."""

    def __init__(self, worker: Steady) -> None:
        super().__init__(name="letters", daemon=True)
        self.worker = worker

    def run(self) -> None:
        try:
            self.worker.run()
        except Exception:
            logger.exception(
                "No letters leave: the worker's own fault, it ends and is started again"
            )
            signal.raise_signal(signal.SIGTERM)
        finally:
            connections.close_all()


def run(options: dict[str, Any], *, with_letters: bool) -> None:
    """Until SIGTERM or SIGINT: then what is under way is finished."""
    worker = Steady(**options)
    postman = Postman(_for_letters(options)) if with_letters else None
    if worker.batch:
        for each in (worker, *([postman.worker] if postman else [])):
            each.run()
        return
    _stand_back()
    heart = hearts.Heart(worker.worker_id)
    _obey(worker, postman)
    heart.start()
    if postman:
        postman.start()
    try:
        worker.run()
    finally:
        _part(worker, postman, heart)


def _stand_back() -> None:
    """Whoever waits before a page goes first, unless somebody decided otherwise from outside."""
    if os.nice(0) == 0:
        os.nice(_PATIENT)


def _for_letters(options: dict[str, Any]) -> Steady:
    """Another name: what one of the two gives back the other may be at."""
    name = f"{options['worker_id'][:50]}{hearts.OF_LETTERS}"
    return Steady(**{**options, "queue_names": [LETTERS], "worker_id": name})


def _obey(worker: Steady, postman: Postman | None) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        if not worker.running:  # told twice
            sys.exit(1)
        logger.warning("The worker ends when what it is at is done")
        worker.end()
        if postman:
            postman.worker.end()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


def _part(worker: Steady, postman: Postman | None, heart: hearts.Heart) -> None:
    heart.end()
    if postman:
        postman.worker.end()
        postman.join(_PARTING)
    try:
        for each in (worker, *([postman.worker] if postman else [])):
            hearts.give_back(of=each.worker_id)
        hearts.stop(worker.worker_id)
    except (DatabaseError, InterfaceError):
        logger.warning("The database is away: others will take up what was begun")
