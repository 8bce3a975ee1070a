"""A command of ours beside this installation: a process with a database of its own, thrown away."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

Answer = subprocess.CompletedProcess[str]


def database(room: Path) -> Path:
    return room / "db.sqlite3"


def manage(room: Path, *arguments: str | Path, said: str = "", **told: str) -> Answer:
    """`said` is its standard input, `told` are further settings."""
    own = {
        "DATABASE_URL": f"sqlite:///{quote(str(database(room)))}",
        "STORAGE_URL": "",  # the files of this installation lie there
        "PAGES_ROOT": f"{room}/pages",
        "CACHE_URL": "locmemcache://",
        "EMAIL_URL": "dummymail://",
        "TASK_QUEUE": "database",
    }
    return subprocess.run(  # noqa: S603  our own command
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env={**os.environ, **own, **told},
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )


def last_words(answer: Answer) -> str:
    """Why it failed, as it told whoever called it."""
    last = answer.stderr.strip().splitlines()[-1:] or [""]
    return last[0].removeprefix("CommandError: ")
