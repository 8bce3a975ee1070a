"""Two machines, each with a web process, a worker and a disk of its own; they share a PostgreSQL, a
server that speaks Redis's protocol and a store that speaks S3, and nothing else.
"""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as told
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult
from fakeredis import TcpFakeServer

from issues.making import page_making
from issues.models import Edition, Issue
from servicejournal.accounts import failures
from servicejournal.models import User
from servicejournal.roles import Role
from tests.browser.killable_server import Server, _address
from tests.environment import ROOT
from tests.factories import a_picture, a_user, an_article, an_issue, release_page, signed_by
from tests.issues.exports.pdfs import a_pdf
from tests.object_store import in_a_bucket, object_store

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in told.DATABASES["default"]["ENGINE"], reason="lies on one machine"
    ),
]


@dataclass
class Machine:
    web: Server
    worker: subprocess.Popen

    def ask(
        self, path: str, cookies: str = "", sent: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        headers = {"Cookie": cookies}
        if sent is not None:
            csrf = re.findall(r"csrftoken=(\w+)", cookies)[0]
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": csrf,
            }
        connected = HTTPConnection("127.0.0.1", self.web.port, timeout=60)
        try:
            body = urlencode(sent) if sent is not None else None
            connected.request("GET" if sent is None else "POST", path, body, headers)
            answer = connected.getresponse()
            return answer, answer.read()
        finally:
            connected.close()


@pytest.fixture
def shared(settings) -> Iterator[dict[str, str]]:
    """What both machines are told; this process uses the same store and the same cache."""
    redis = TcpFakeServer(("127.0.0.1", 0))
    redis.daemon_threads = True
    threading.Thread(target=redis.serve_forever, daemon=True).start()
    with object_store() as store:
        there = {
            "STORAGE_URL": store,
            "CACHE_URL": f"redis://127.0.0.1:{redis.server_address[1]}/1",
            "DATABASE_URL": _address(),
        }
        settings.STORAGES = in_a_bucket(store)
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": there["CACHE_URL"],
            }
        }
        yield there
    redis.shutdown()
    redis.server_close()


@pytest.fixture
def machines(shared, tmp_path: Path) -> Iterator[list[Machine]]:
    with ExitStack() as stack:
        found = [_started(shared, tmp_path / name, stack) for name in ("one", "two")]
        for machine in found:
            machine.web.wait()
        yield found


def _started(shared: dict[str, str], disk: Path, stack: ExitStack) -> Machine:
    own = {**shared, "MEDIA_ROOT": f"{disk}/media", "PAGES_ROOT": f"{disk}/pages"}
    web = Server()
    stack.callback(web.kill)
    web.begin(**own)
    command = "manage.py db_worker --no-startup-delay --interval=0.2"
    worker = subprocess.Popen(
        [sys.executable, *command.split()],
        cwd=ROOT,
        env={**os.environ, **own},
        stderr=subprocess.DEVNULL,
    )
    stack.callback(worker.wait)
    stack.callback(worker.kill)
    return Machine(web, worker)


def to_be_published(chief: User) -> Issue:
    issue = an_issue(theme="雪夜里的灯", date=date(2026, 6, 24))
    a_picture(an_article(issue=issue, title="一盏灯"), by=chief)
    return signed_by(chief, issue)


def with_pages_to_draw(issue: Issue) -> Edition:
    """As signing does it: the file lies in the store, the pages are a task of any worker."""
    edition: Edition = issue.standing
    edition.pdf.save("issue.pdf", ContentFile(a_pdf(["one", "two"])), save=False)
    edition.page_count = 2
    edition.save()
    with transaction.atomic():
        page_making.order(edition)
    return edition


def until(true, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def test_what_one_machine_publishes_the_other_shows_within_a_second(machines, client):
    one, two = machines
    chief = a_user(Role.CHIEF_EDITOR)
    client.force_login(chief)
    issue = to_be_published(chief)
    editions = [with_pages_to_draw(each) for each in (issue, signed_by(chief, an_issue()))]
    signed_in = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"
    release = f"/admin/issues/issue/{issue.pk}/release/"

    for machine in machines:  # one session holds on both; the issue is out on neither
        assert machine.ask(release, signed_in)[0].status == 200
        assert "雪夜里的灯" not in machine.ask("/")[1].decode()
        sent = {"username": chief.username, "password": "no"}
        machine.ask("/accounts/login/", signed_in, sent)
    assert failures.before_this(chief) == 2  # counted together

    until(lambda: all(page_making.progress_of(edition).is_whole for edition in editions))
    assert {len(task.worker_ids) for task in DBTaskResult.objects.all()} == {1}

    answer, _ = one.ask(release, signed_in, {"step": "publish", **release_page(issue)})
    assert answer.status == 302
    time.sleep(1)
    answer, page = two.ask("/")
    assert "雪夜里的灯" in page.decode()
    edition = editions[0]
    shown = f"{issue.get_absolute_url()}pages/{edition.number}/1-800.webp"
    for machine in machines:  # whoever drew it
        answer, picture = machine.ask(shown)
        with default_storage.open(edition.pages.get(number=1).file(800)) as drawn:
            assert (answer.status, picture) == (200, drawn.read())
    connection.close()


def test_two_that_look_for_work_at_once_find_different_tasks():
    """Neither waits for the other (`FOR UPDATE SKIP LOCKED`)."""
    for issue in (an_issue(), an_issue()):
        with_pages_to_draw(signed_by(a_user(Role.CHIEF_EDITOR), issue))
    found: list[DBTaskResult | None] = []

    def look() -> None:
        try:
            with transaction.atomic():
                found.append(DBTaskResult.objects.ready().get_locked())
        finally:
            connection.close()

    with transaction.atomic():
        first = DBTaskResult.objects.ready().get_locked()
        other = threading.Thread(target=look)
        other.start()
        other.join(20)
    assert first
    assert [each.pk for each in found if each] != [first.pk]
    assert len(found) == 1
    assert found[0] is not None
