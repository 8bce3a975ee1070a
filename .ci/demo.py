"""Serves the demo: `make demo` (PORT=8000), with SQLite and nothing else.

Every setting that could lead elsewhere is given here, so a `.env` that names a real database or a
real mail server is never touched by a demo. What the demo writes stands under var/.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
ENV_FILE = ROOT / ".env"
HOST = "127.0.0.1"
# What collected static files are made from; directories too, for what was removed.
STATIC_SOURCES = ("static", "requirements.txt", "servicejournal/settings.py")
STATIC_SOURCES += ("servicejournal/django_apps.py",)

FIRST_ENV = """\
# Made by `make demo` for this machine alone; `.env.example` explains every setting.
# 由 make demo 生成，只用于本机；各项设置的说明见 .env.example。
SECRET_KEY={key}
HTTPS=off
"""


def main() -> None:
    port = _port()
    _stop_if_taken(port)
    _make_env_file()
    os.environ.update(
        {
            "DEBUG": "off",
            "DEMO": "on",  # scenes; what was not made by `manage.py demo` knows none all the same
            "HTTPS": "off",
            "ALLOWED_HOSTS": f"{HOST},localhost",
            "CSRF_TRUSTED_ORIGINS": "",
            "DATABASE_URL": f"sqlite:///{quote(os.fspath(VAR / 'db.sqlite3'))}",
            "CACHE_URL": "locmemcache://",
            "MEDIA_ROOT": os.fspath(VAR / "media"),
            "STATIC_ROOT": os.fspath(VAR / "static"),
            "EMAIL_URL": "dummymail://",  # a demo writes to nobody; notices stand on the site
            "TASK_QUEUE": "immediate",
            "SITE_URL": f"http://{HOST}:{port}",
            "LOG_LEVEL": "WARNING",
        }
    )
    _manage("migrate", "--verbosity", "0")
    _collect_static_files()
    _manage("demo", "--address", f"http://{HOST}:{port}")
    print("Ctrl-C ends it. 按 Ctrl-C 停止。", flush=True)
    _serve(port)


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT={text} is no port: give a number from 1 to 65535. PORT 应是 1—65535 的数。")
    return int(text)


def _stop_if_taken(port: int) -> None:
    with socket.socket() as probe:
        # As the server will: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            sys.exit(
                f"Port {port} is taken: run `make demo PORT={port % 65535 + 1}`. "
                f"端口 {port} 已被占用：请运行 `make demo PORT={port % 65535 + 1}`。"
            )


def _make_env_file() -> None:
    """A file of the owner's own, there as a whole or not at all."""
    if ENV_FILE.exists():
        return
    handle, name = tempfile.mkstemp(dir=ROOT, prefix=".env.")  # mode 600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(FIRST_ENV.format(key=secrets.token_urlsafe(50)))
    os.replace(name, ENV_FILE)


def _collect_static_files() -> None:
    """Three seconds, so only when a source is newer than the last time."""
    target = VAR / "static"
    done = VAR / "static.done"
    if done.exists() and target.exists() and _newest_source() < done.stat().st_mtime:
        return
    started = VAR / "static.started"
    started.touch()
    shutil.rmtree(target, ignore_errors=True)
    _manage("collectstatic", "--noinput", "--verbosity", "0")
    os.replace(started, done)  # a file that changed meanwhile is newer than this


def _newest_source() -> float:
    paths = [ROOT / source for source in STATIC_SOURCES]
    paths += [found for path in paths for found in path.rglob("*")]
    return max(path.stat().st_mtime for path in paths)


def _manage(*arguments: str) -> None:
    code = subprocess.call([sys.executable, "manage.py", *arguments], cwd=ROOT)
    if code:
        sys.exit(code)


def _serve(port: int) -> None:
    os.chdir(ROOT)
    # One process, or each would keep a cache of its own; threads share it.
    pool = {"WEB_BIND": f"{HOST}:{port}", "READERS_BIND": "", "WEB_WORKERS": "1"}
    os.environ.update({**pool, "WEB_THREADS": "8"})
    server = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
    os.execv(sys.executable, server)  # noqa: S606  our own command, no shell wanted


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
