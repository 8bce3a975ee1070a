"""Every step of what writers do fails in turn, and the process is killed there: nothing is lost.

    bench_faults.py [VERB …] [--moments N]

For each verb (save, autosave, upload, hand_in; over HTTP, as browsers send it): its n-th step fails
(a query as where the database goes away, a step on a file as where the disk is full), for every n;
and again, with the process killed at the n-th. A step is a query, before and after it, or a file of
the media folder that is opened, renamed, removed, or a folder that is made. Each try begins with
the same database (SQLite) and runs in a process of its own.

Afterwards there is the old state or the new one, whole, no row without its file; what was refused
was refused in Chinese (JSON to scripts) with the words in it; and the same thing sent again makes
the new state, once. Prints a line a verb; exits with 1 where any of that does not hold. What the
desk does to issues is tried so by `tests/issues/making/killing.py`. `--moments` takes so many of
them, spread, instead of all.
"""

import argparse
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROOM = Path(tempfile.mkdtemp(prefix="bench-faults-")) if __name__ == "__main__" else Path()
if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", uuid.uuid4().hex * 2)
    os.environ.update({"DATABASE_URL": f"sqlite:///{ROOM / 'try.sqlite3'}", "HTTPS": "off"})
    os.environ.update({"MEDIA_ROOT": str(ROOM / "try-media"), "PAGES_ROOT": str(ROOM / "pages")})
    os.environ.update({"TASK_QUEUE": "database", "EMAIL_URL": "memorymail://", "DEBUG": "off"})
    os.environ.update({"LOG_LEVEL": "CRITICAL", "ALLOWED_HOSTS": "testserver"})
    os.environ["DJANGO_SETTINGS_MODULE"] = "servicejournal.settings"
    import django

    django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402
from django.test import Client  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from articles.authorship import Byline  # noqa: E402
from articles.models import Article, Notice, Picture, Section  # noqa: E402
from articles.writing import saving  # noqa: E402
from articles.writing.text import Text  # noqa: E402
from servicejournal.models import Record, User  # noqa: E402

STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir"})
WORDS = "柜台内外的一件小事，写下来就不会忘。" * 4
FORM_ID = "6f1e6a6e-7a41-4d0e-9a5e-2f4f3c1f1a11"
JSON = {"Accept": "application/json"}


def _form(**changes: Any) -> dict[str, Any]:
    rows = {f"authors-{name}": value for name, value in (("TOTAL_FORMS", 3), ("INITIAL_FORMS", 1))}
    rows |= {"authors-MIN_NUM_FORMS": 0, "authors-MAX_NUM_FORMS": 20}
    rows |= {"authors-0-name": "沈一鸣", "authors-0-branch": "", "authors-0-ORDER": 1}
    form = {"form_id": FORM_ID, "title": "雨天的伞", "body": f"<p>{WORDS}</p>", "note": ""}
    section = Section.objects.open_to_writers()[0].pk
    return {**form, **rows, "section": section, "captions": "", "end": "1", **changes}


Click = Callable[[], Any]


def save(client: Client) -> Click:
    form = _form(action="save")
    return lambda: client.post("/submit/", form)


def autosave(client: Client) -> Click:
    form = _form(action="autosave", base="")
    return lambda: client.post("/submit/", form, headers=JSON)


def upload(client: Client) -> Click:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (640, 400), "#a4231d").save(file, "PNG")
    file.seek(0)
    file.name = "a.png"
    return lambda: client.post("/pictures/", {"upload": file}, headers=JSON)


def hand_in(client: Client) -> Click:
    draft = Article.objects.filter(title="交稿").values_list("pk", flat=True)[0]
    return lambda: client.post(f"/submissions/{draft}/hand-in/", {"declared": "on"})


VERBS = {verb.__name__: verb for verb in (save, autosave, upload, hand_in)}


class Fault:
    """Counts steps; the one that is given fails, or is the process's last."""

    def __init__(self, moment: int, *, kills: bool) -> None:
        self.count, self._moment, self._kills, self.is_on = 0, moment, kills, False
        self._inside = f"{settings.MEDIA_ROOT}/"
        sys.addaudithook(self._on_step)

    def _on_step(self, event: str, args: tuple[Any, ...]) -> None:
        if self.is_on and event in STEPS and str(args[0]).startswith(self._inside):
            self._one_more(OSError(errno.ENOSPC, "No space left on device"))

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self._one_more(OperationalError("the database went away"))
        result = execute(*args)
        if self._kills:  # a query that succeeded does not fail afterwards
            self._one_more(None)
        return result

    def _one_more(self, error: Exception | None) -> None:
        self.count += 1
        if self.count != self._moment:
            return
        if self._kills:
            os.kill(os.getpid(), signal.SIGKILL)
        if error:
            raise error


def run(verb: Callable[[Client], Click], moment: int, *, kills: bool) -> dict[str, Any]:
    """`count` of steps, and what was answered; nothing but `killed` where it was."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            client = Client(raise_request_exception=False)
            client.force_login(User.objects.get(username="writer"))
            click, fault = verb(client), Fault(moment, kills=kills)
            with connection.execute_wrapper(fault):
                fault.is_on = True
                answer = click()
                fault.is_on = False
            told = {"count": fault.count, "status": answer.status_code, "text": answer.text}
            told["type"] = answer.headers.get("Content-Type", "")
            with os.fdopen(writing, "w") as out:
                json.dump(told, out)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        text = said.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"killed": True}
    if status:
        raise RuntimeError("the verb failed otherwise than foreseen")
    found: dict[str, Any] = json.loads(text)
    return found


def state() -> dict[str, Any]:
    """What is stored, without keys and times; `broken` are rows whose file is not there."""
    drafts = Article.objects.order_by("title").values_list(
        "title", "body", "status", "authors__name"
    )
    pictures = list(Picture.objects.values_list("file", flat=True))
    return {
        "texts": [list(each) for each in drafts],
        "versions": Article.history.count(),
        "pictures": len(pictures),
        "notices": Notice.objects.count(),
        "records": Record.objects.exclude(verb="登录").count(),
        "tasks": DBTaskResult.objects.count(),
        "broken": [name for name in pictures if not Path(settings.MEDIA_ROOT, name).is_file()],
    }


def begin_anew() -> None:
    connection.close()
    for beside in ROOM.glob("try.sqlite3*"):
        beside.unlink()
    shutil.copy(ROOM / "old.sqlite3", ROOM / "try.sqlite3")
    shutil.rmtree(ROOM / "try-media", ignore_errors=True)
    (ROOM / "try-media").mkdir()


def prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    writer = User.objects.create_user(username="writer", name="沈一鸣", email="a@example.com")
    section = Section.objects.open_to_writers()[0]
    text = Text(
        title="交稿", section=section, body=f"<p>{WORDS}</p>", note="", bylines=(Byline("沈一鸣"),)
    )
    saving.save(text, by=writer)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(ROOM / "try.sqlite3", ROOM / "old.sqlite3")


def spread(whole: int, moments: int) -> Iterable[int]:
    if not moments or moments >= whole:
        return range(1, whole + 1)
    return sorted({1 + at * (whole - 1) // max(1, moments - 1) for at in range(moments)})


def faults_of(
    name: str, old: dict[str, Any], new: dict[str, Any], moment: int, *, kills: bool
) -> list[str]:
    """What does not hold when that step fails."""
    verb, how = VERBS[name], "killed" if kills else "failed"
    begin_anew()
    answer = run(verb, moment, kills=kills)
    after, found = state(), []
    if after not in (old, new):
        found.append(f"{how} at {moment}: neither the old state nor the new one: {after}")
    if not kills and after == old:
        found += [f"failed at {moment}: {each}" for each in ill_told(name, answer)]
    if after == old:
        run(verb, 0, kills=False)
        if state() != new:
            found.append(f"{how} at {moment}: sent again it is {state()}")
    return found


def ill_told(name: str, answer: dict[str, Any]) -> list[str]:
    found = []
    if answer["status"] != 503:
        found.append(f"answered {answer['status']}")
    if name in ("autosave", "upload"):
        if not answer["type"].startswith("application/json"):
            found.append("no JSON")
    elif name == "save" and WORDS not in answer["text"]:
        found.append("the words are not in the page")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("verbs", nargs="*", choices=[*VERBS, []])
    parser.add_argument("--moments", type=int, default=0)
    options = parser.parse_args()
    failed = 0
    try:
        prepare()
        for name in options.verbs or VERBS:
            for kills in (False, True):
                failed += told(name, options.moments, kills=kills)
    finally:
        connection.close()
        shutil.rmtree(ROOM, ignore_errors=True)
    return 1 if failed else 0


def told(name: str, moments: int, *, kills: bool) -> int:
    begin_anew()
    old = state()
    whole = run(VERBS[name], 0, kills=kills)
    new = state()
    if whole["status"] not in (200, 201, 302) or new == old:
        raise RuntimeError(f"{name}: {whole['status']}")
    tried = spread(whole["count"], moments)
    found = [each for at in tried for each in faults_of(name, old, new, at, kills=kills)]
    what = "killed at" if kills else "failing step"
    print(f"  {name:<9} {what} {len(list(tried)):3} of {whole['count']:3}: {len(found)} faults")
    for each in found[:20]:
        print(f"    {each[:400]}", flush=True)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
