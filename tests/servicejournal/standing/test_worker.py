"""The worker: lives through a lost database, keeps letters apart, ends in an orderly way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from articles.models import Notice
from issues.making import page_making
from servicejournal.models import Heartbeat
from servicejournal.standing import hearts
from tests.articles.filling_in import handed_in
from tests.browser.killable_server import _address
from tests.environment import ROOT
from tests.factories import a_user, an_issue
from tests.issues.exports.pdfs import a_pdf
from tests.issues.making.test_page_making import an_edition
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts the real command on the test's database; what still runs in the end is killed."""
    running = []

    def start(**more: str) -> subprocess.Popen:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--interval=0.2"],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": _address(),
                "MEDIA_ROOT": settings.MEDIA_ROOT,
                **more,
            },
            stderr=subprocess.DEVNULL,
        )
        running.append(worker)
        return worker

    yield start
    for worker in running:
        worker.kill()
        worker.wait()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def pages_to_make() -> Callable[[], bool]:
    """Orders the pages of an edition; says whether they are there."""
    edition = an_edition(an_issue(), a_pdf(["one"]), page_count=1)
    page_making.order(edition)
    return lambda: page_making.progress_of(edition).is_whole


def test_a_mail_server_that_hangs_keeps_no_pages_waiting(started):
    handed_in(a_user(email="xie@example.com"))
    with mail_server(hangs=True) as server:
        started(EMAIL_URL=f"smtp://127.0.0.1:{server.port}", EMAIL_TIMEOUT="60")
        assert server.connected.wait(60)
        until(pages_to_make())
        letter = Notice.objects.get()
        assert (letter.attempts, letter.error) == (1, "")  # the first try has not ended yet


def test_it_says_that_it_lives_and_when_it_ends(started):
    worker = started()
    until(hearts.alive().exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert not Heartbeat.objects.exists()


def test_told_to_end_in_mid_letter_it_finishes_the_try(started):
    handed_in(a_user(email="xie@example.com"))
    with mail_server(hangs=True) as server:
        worker = started(EMAIL_URL=f"smtp://127.0.0.1:{server.port}", EMAIL_TIMEOUT="3")
        assert server.connected.wait(60)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert not DBTaskResult.objects.running().exists()
    assert Notice.objects.get().due_at is not None  # tried again later


@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="is never away")
def test_it_lives_through_a_database_that_is_away_for_a_while(started):
    worker = started()
    until(hearts.alive().exists)
    with _away():
        time.sleep(4)
        assert worker.poll() is None
    until(pages_to_make(), 90)
    assert worker.poll() is None


class _away:
    """Everybody is cut off, and nobody is let in."""

    def __enter__(self) -> None:
        self._name = connection.settings_dict["NAME"]
        connection.close()
        self._let_in("false")
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [self._name],
            )

    def __exit__(self, *_: object) -> None:
        self._let_in("true")

    def _let_in(self, whether: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS {whether}')


class TestWhatWasLeftBehind:
    @pytest.fixture
    def task(self) -> DBTaskResult:
        """Begun by somebody who is not there."""
        pages_to_make()
        task = DBTaskResult.objects.get()
        task.claim("worker-a")
        return task

    def test_goes_to_others_once_a_worker_fell_silent(self, task):
        hearts.beat("worker-a")
        assert hearts.give_back() == 0
        Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
        assert hearts.give_back() == 1
        assert DBTaskResult.objects.ready().get() == task

    def test_of_letters_belongs_to_the_heart_of_their_worker(self, task):
        hearts.beat("worker-b")
        task.claim("worker-b.letters")
        assert hearts.give_back() == 0
        assert hearts.give_back(of="worker-b") == 0
        assert hearts.give_back(of="worker-b.letters") == 1

    def test_is_given_up_when_it_was_begun_too_often(self, task):
        for _ in range(4):
            task.claim("worker-a")
        assert hearts.give_back() == 1
        assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no server that hangs up")
def test_a_heart_beats_on_after_its_connection_was_closed_under_it():
    connection.ensure_connection()
    connection.connection.close()
    heart = hearts.Heart("worker-a")
    heart._once()
    heart._once()
    assert Heartbeat.objects.get().worker == "worker-a"
