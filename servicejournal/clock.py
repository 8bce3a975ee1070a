"""The time that the record is written with. Only the demo, which tells of months, sets it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    return _set.get() or timezone.now()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """What is recorded inside is dated so."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
