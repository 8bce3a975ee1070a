"""Long work without a worker: aside of the click, and done before a command ends."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks import task

from servicejournal import errands

pytestmark = pytest.mark.django_db(transaction=True)

IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@task
def write(path: str) -> None:
    """As the making of pages does, which begins threads of its own."""
    time.sleep(0.2)
    with ThreadPoolExecutor(1) as hands:
        hands.submit(Path(path).write_text, "done").result()


@task
def fail() -> None:
    raise RuntimeError("on purpose")


def test_the_click_does_not_wait_and_a_command_does(settings, tmp_path):
    settings.TASKS = IMMEDIATE
    written = tmp_path / "written"
    with transaction.atomic():
        errands.send_aside(write, str(written))
        assert not written.exists()
    assert not written.exists()
    errands.finish()
    assert written.read_text() == "done"


def test_one_that_fails_keeps_nobody_waiting(settings, tmp_path, caplog):
    settings.TASKS = IMMEDIATE
    written = tmp_path / "written"
    errands.send_aside(fail)
    errands.send_aside(write, str(written))
    errands.finish()
    assert written.exists()
    assert "on purpose" in caplog.text


def test_what_is_taken_back_sends_nobody(settings, tmp_path):
    settings.TASKS = IMMEDIATE
    written = tmp_path / "written"
    with transaction.atomic():
        errands.send_aside(write, str(written))
        transaction.set_rollback(True)
    errands.finish()
    assert not written.exists()
