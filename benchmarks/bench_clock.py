"""The clock goes ahead, back, over midnight and over the year: people go on, nobody stays outside.

    bench_clock.py

libfaketime (Debian: `faketime`) tells this process its time, by a file that is written anew at each
step. A writer signs in, saves, sends a picture, searches, hands in, and the worker's task is done,
at each of these moments, with the cookies of before: now; a year ahead; back again; a day behind;
a second before midnight and after it; before and after the turn of the year. Nothing may answer
with a fault of the program; who is sent to the sign-in page (a visit ends with its time) must come
in there; what was saved is there once. Prints a line a moment; exits with 1 where it does not hold,
and says so where libfaketime is missing.
"""

import os
import re
import sys
import tempfile
import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LIBRARY = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1")
PASSWORD = "雨天的伞-2026"  # noqa: S105  of an account that is gone with the run
MOMENTS = (
    ("now", "+0"),
    ("a year ahead", "+365d"),
    ("now again", "+0"),
    ("a day behind", "-1d"),
    ("now, once more", "+0"),
    ("before midnight", "@2027-03-01 23:59:58"),
    ("after midnight", "@2027-03-02 00:00:01"),
    ("before the new year", "@2027-12-31 23:59:58"),
    ("in the new year", "@2028-01-01 00:00:01"),
    ("now, at the end", "+0"),
)


def again(room: Path) -> None:
    """This program once more, with a clock that listens to a file."""
    clock = room / "clock"
    clock.write_text("+0\n")
    told = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "CLOCK_ROOM": str(room),
        "SECRET_KEY": uuid.uuid4().hex * 2,
        "DJANGO_SETTINGS_MODULE": "servicejournal.settings",
        "DATABASE_URL": f"sqlite:///{room / 'db.sqlite3'}",
        "MEDIA_ROOT": str(room / "media"),
        "PAGES_ROOT": str(room / "pages"),
        "TASK_QUEUE": "database",
        "EMAIL_URL": "memorymail://",
        "DEBUG": "off",
        "HTTPS": "off",
        "PASSWORD_DAYS": "0",  # who comes after a year would have to choose a new one
        "LOG_LEVEL": "ERROR",
        "ALLOWED_HOSTS": "testserver",
    }
    os.environ.update(told)


class Writer:
    def __init__(self) -> None:
        from django.test import Client

        self.client, self.faults, self.saved = Client(raise_request_exception=False), [], 0
        self.was_sent_to_sign_in = False

    def signs_in(self) -> None:
        told = {"username": "writer", "password": PASSWORD}
        answer = self.client.post("/accounts/login/", told)
        if answer.status_code != 302:
            self.faults.append(f"signing in: {answer.status_code}")

    def asks(self, what: str, path: str, data: Any = None, *, wants: tuple[int, ...]) -> Any:
        def once() -> Any:
            return self.client.get(path) if data is None else self.client.post(path, data())

        answer = once()
        # Who sent words gets them back on a page; who only looks is led to the sign-in page.
        is_out = answer.status_code == 403 or "/login/" in answer.headers.get("Location", "")
        if is_out:
            self.was_sent_to_sign_in = True
            self.signs_in()
            answer = once()
        if answer.status_code not in wants:
            title = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)
            where = answer.headers.get("Location") or (title and title[1])
            self.faults.append(f"{what}: {answer.status_code} {where}")
        return answer

    def goes_on(self) -> None:
        from articles.models import Section

        section = Section.objects.open_to_writers()[0].pk
        title = f"第{self.saved}把伞"
        form = {"title": title, "body": f"<p>{'柜台内外的一件小事。' * 9}</p>", "note": ""}
        form |= {"section": section, "captions": "", "end": "1", "action": "save"}
        form |= {"form_id": str(uuid.uuid4()), "authors-TOTAL_FORMS": 1}
        form |= {"authors-INITIAL_FORMS": 0, "authors-0-name": "沈一鸣", "authors-0-ORDER": 1}
        saved = self.asks("saving", "/submit/", lambda: form, wants=(302,))
        self.saved += 1
        self.asks("a picture", "/pictures/", lambda: {"upload": a_picture()}, wants=(201,))
        self.asks("searching", "/search/?q=伞", wants=(200,))
        self.asks("my manuscripts", "/submissions/", wants=(200,))
        if saved.status_code == 302:
            path = saved.headers["Location"].replace("/edit/", "/hand-in/")
            self.asks("handing in", path, lambda: {"declared": "on", "look": "on"}, wants=(302,))


def a_picture() -> BytesIO:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (640, 400), "#a4231d").save(file, "PNG")
    file.seek(0)
    file.name = "a.png"
    return file


def works() -> None:
    """What the worker would do, until nothing waits."""
    from django.core.management import call_command

    # Python does not sleep under libfaketime.
    call_command("db_worker", batch=True, startup_delay=False, queue_name="*", verbosity=0)


def tried(room: Path) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from articles.models import Article
    from servicejournal.models import RoleGrant, User
    from tests import migrated, static_files

    settings.STATIC_ROOT = str(static_files.folder(ROOT))
    static_files.collect(Path(settings.STATIC_ROOT))
    migrated.lay_out(migrated.file(ROOT), room / "db.sqlite3")
    call_command("migrate", verbosity=0)
    user = User.objects.create_user(username="writer", name="沈一鸣", password=PASSWORD)
    RoleGrant.objects.create(user=user, role="contributor")
    writer, failed = Writer(), 0
    for name, moment in MOMENTS:
        (room / "clock").write_text(f"{moment}\n")
        writer.goes_on()
        works()
        once = Article.objects.filter(title=f"第{writer.saved - 1}把伞", status="submitted").count()
        if once != 1:
            writer.faults.append(f"handed in {once} times")
        told = "; ".join(writer.faults) or "as ever"
        came = ", signed in once more" if writer.was_sent_to_sign_in else ""
        print(f"  {name:<20} {told}{came}", flush=True)
        failed += len(writer.faults)
        writer.faults.clear()
        writer.was_sent_to_sign_in = False
    return 1 if failed else 0


def main() -> int:
    if room := os.environ.get("CLOCK_ROOM"):
        return tried(Path(room))
    if not LIBRARY.exists():
        print("  not tried: libfaketime is missing (Debian: faketime)")
        return 0
    with tempfile.TemporaryDirectory(prefix="bench-clock-") as name:
        again(Path(name))
        return os.spawnv(os.P_WAIT, sys.executable, [sys.executable, __file__])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
