"""Killed while the store is built: what is there is whole, and the next rebuild completes it."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import conf
from django.db import connection

from issues.reading import rebuilding, store

pytestmark = pytest.mark.django_db(transaction=True)

#: Spread over all steps on files, unless `--moments` says more.
MOMENTS = 5


def rebuild() -> None:
    for _ in rebuilding.rebuild():
        pass


def killed_at(moment: int) -> int:
    """Builds the store in a child that dies at that step on a file of it; the steps it took."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            count = _count_and_die(moment)
            rebuild()
            os.write(writing, str(count()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        steps = int(said.read() or 0)
    os.waitpid(child, 0)
    return steps


def _count_and_die(moment: int) -> Callable[[], int]:
    steps = 0

    def look(event: str, args: tuple[Any, ...]) -> None:
        nonlocal steps
        if event in ("open", "os.rename", "os.mkdir") and conf.settings.PAGES_ROOT in str(args[0]):
            steps += 1
            if steps == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)
    return lambda: steps


def whole_pages() -> dict[str, bytes]:
    """What a server in front would send, by name."""
    live = Path(conf.settings.PAGES_ROOT, "live")
    return {str(path.relative_to(live)): path.read_bytes() for path in live.rglob("*.html")}


def test_each_page_is_whole_or_not_there_and_the_rest_follows(journal, settings, request):
    settings.ALLOWED_HOSTS = ["journal.example.com"]
    steps = killed_at(0)
    expected = whole_pages()
    assert len(expected) > 10
    moments = request.config.getoption("--moments") or MOMENTS
    for moment in range(2, steps - 5, max(1, steps // moments)):
        store.throw_away()
        assert not killed_at(moment), "it was killed and said nothing"

        left = whole_pages()
        assert left.items() <= expected.items()
        store.forget()
        for name in left:
            page = store.get(store.state(), name)
            assert page is None or page.bodies[""] == expected[name]

        rebuild()
        assert whole_pages() == expected
