"""How far the making of files is: whoever watches is told, and whoever makes need not know them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Is told the step (Chinese) that begins, and how much is done before it, in percent.
Watcher = Callable[[str, int], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(step: str, percent: int) -> None:
    if watcher := _watcher.get():
        watcher(step, percent)
