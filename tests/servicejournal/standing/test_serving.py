"""The server process of deploy/gunicorn.conf.py: two pools, and nobody is left to hang."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.killable_server import _address
from tests.environment import ROOT
from tests.factories import an_issue
from tests.servicejournal.standing.test_worker import until

pytestmark = pytest.mark.django_db(transaction=True)


class Served:
    def __init__(self, **environment: str) -> None:
        self.desk, self.readers = self._free(), self._free()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"],
            cwd=ROOT,
            env={
                **os.environ,
                "DATABASE_URL": _address(),
                "MEDIA_ROOT": settings.MEDIA_ROOT,
                "PAGES_ROOT": settings.PAGES_ROOT,
                "WEB_BIND": f"127.0.0.1:{self.desk}",
                "READERS_BIND": f"127.0.0.1:{self.readers}",
                "WEB_WORKERS": "1",
                "WEB_THREADS": "1",
                "LOG_LEVEL": "ERROR",
                **environment,
            },
        )
        until(lambda: self.status(self.desk, "/healthz") == 200)
        until(lambda: self.status(self.readers, "/healthz") == 200)

    @staticmethod
    def _free() -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            return free.getsockname()[1]

    def status(self, port: int, path: str) -> int:
        try:
            return self.asked(port, path).status
        except (OSError, http.client.HTTPException):
            return 0

    def asked(self, port: int, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path, headers={"Connection": "close"})
        return connection.getresponse()

    def children(self) -> dict[int, int]:
        """Process → how nice it is."""
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {int(each): os.getpriority(os.PRIO_PROCESS, int(each)) for each in found}


@pytest.fixture
def served() -> Iterator[Served]:
    server = Served()
    yield server
    server.process.terminate()
    server.process.wait()


def test_a_desk_that_is_busy_keeps_no_reader_waiting_and_says_so_itself(served):
    an_issue(published=True)
    with socket.create_connection(("127.0.0.1", served.desk)) as slow:
        # The only thread of the desk reads what does not come.
        head = "POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n"
        slow.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
        time.sleep(0.5)
        with socket.create_connection(("127.0.0.1", served.desk)) as waiting:
            waiting.sendall(b"GET /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            began = time.monotonic()
            assert served.status(served.readers, "/") == 200
            time.sleep(max(0.0, 2.5 - (time.monotonic() - began)))
            slow.sendall(b"username=")
            answer = http.client.HTTPResponse(waiting)
            answer.begin()
            assert answer.status == 503
            assert 4 <= int(answer.headers["Retry-After"]) <= 12
            assert "现在人很多" in answer.read().decode()
    assert served.status(served.desk, "/accounts/login/") == 200


def test_a_readers_process_that_is_killed_is_followed_by_another(served):
    (mine,) = [
        pid for pid, nice in served.children().items() if nice == min(served.children().values())
    ]
    os.kill(mine, signal.SIGKILL)
    until(lambda: served.status(served.readers, "/healthz") == 200)
    nice = sorted(served.children().values())
    assert mine not in served.children()
    assert len(nice) == 2
    assert nice[1] - nice[0] == 5


@pytest.fixture
def counted(tmp_path) -> Iterator[Served]:
    server = Served(METRICS="on", TMPDIR=str(tmp_path))
    yield server
    server.process.terminate()
    server.process.wait()
    assert not list(tmp_path.glob("servicejournal-figures-*"))


@pytest.mark.parametrize("how", ["a process is renewed", "reload"])
def test_requests_are_counted_on_when(counted, how):
    before = counted.children()
    if how == "reload":
        counted.process.send_signal(signal.SIGHUP)
    else:
        for pid in before:
            os.kill(pid, signal.SIGTERM)
    until(lambda: len(counted.children()) == 2 and not before.keys() & counted.children().keys())
    for port in (counted.desk, counted.readers):
        until(lambda port=port: counted.status(port, "/healthz") == 200)
        assert counted.status(port, "/accounts/login/") == 200
    figures = counted.asked(counted.desk, "/metrics").read().decode()
    assert figures.count('pattern="/accounts/login/",status="200"') == 1
    assert 'pattern="/accounts/login/",status="200"} 2.0' in figures
