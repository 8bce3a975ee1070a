"""The site that is attacked: served for the run, with the surroundings that the run was given.

Imported before anything of `tests`, which sets surroundings of its own for the suite: a server
that inherits those has another key and other limits, knows no visit, and shows nothing.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

_SURROUNDINGS = dict(os.environ)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from servicejournal.models import User  # noqa: E402


@contextmanager
def served(log: Path | None = None) -> Iterator[str]:
    """The address of the site, as long as it is needed; what it was asked goes to a `log`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}"]
    if log:
        command += ["--access-logfile", str(log), "--access-logformat", "%(m)s %(s)s %(U)s"]
    server = subprocess.Popen(  # noqa: S603
        [*command, "--log-level", "error", "servicejournal.wsgi"],
        env=_SURROUNDINGS,
        stderr=subprocess.DEVNULL,
    )
    site = f"http://127.0.0.1:{port}"
    try:
        _await(site)
        yield site
    finally:
        server.terminate()
        server.wait()


def _await(site: str) -> None:
    for _ in range(120):
        try:
            if status(site + "/healthz") == 200:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the site did not start")


def status(url: str, cookie: str = "") -> int:
    """What the site answers, redirects not followed."""
    told = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"} if cookie else {}
    request = urllib.request.Request(url, headers=told)  # noqa: S310
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def session(user: User | None) -> str:
    client = Client()
    if user is None:
        return ""
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def is_known(site: str, cookie: str) -> bool:
    """Whether the site takes whoever sends this for somebody: an attack as nobody shows nothing."""
    return status(f"{site}/accounts/", cookie) == 200
