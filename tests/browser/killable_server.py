"""A server of one's own on the test's database, as in production, to be killed in mid-sentence."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connection

from tests.environment import ROOT


class Server:
    """`start`, `kill` (SIGKILL, all its processes), `start` again: always the same address."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.begin(DATABASE_URL=_address(), MEDIA_ROOT=settings.MEDIA_ROOT)
        self.wait()

    def begin(self, **told: str) -> None:
        command = f"gunicorn servicejournal.wsgi --bind 127.0.0.1:{self.port} --threads 4"
        self.process = subprocess.Popen(
            [sys.executable, "-m", *command.split(), "--no-control-socket", "--log-level=error"],
            cwd=ROOT,
            env={**os.environ, **told},
            start_new_session=True,
        )

    def wait(self) -> None:
        assert self.process is not None
        while not self._answers():
            assert self.process.poll() is None, "the server did not start"
            time.sleep(0.05)

    def _answers(self) -> bool:
        """Not only listens: whoever asks while the worker still starts may be cut off."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked.request("HEAD", "/accounts/login/")
            return asked.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _address() -> str:
    """DATABASE_URL with the name of the database that the test has."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(name))}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
