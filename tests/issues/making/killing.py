"""Kills a verb at moments spread over all it does; says what is left, and what the next try makes.

    python -m tests.issues.making.killing VERB FOLDER MOMENTS

FOLDER holds the state before, old.sqlite3 and old-media; settings name try.sqlite3 and
`try-media` in it. On PostgreSQL the state before is the database «old», and settings name «try».
A moment is a query, before or after it, or a step on a file of the media folder.
Each try runs in a process of its own that SIGKILL ends. Prints one line of JSON for each.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from articles.models import Article  # noqa: E402
from issues.making import corrections, publication, withdrawals  # noqa: E402
from issues.models import Edition, Issue, Withdrawal  # noqa: E402
from servicejournal.models import Record, User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402

STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.listdir"})


def sign_off() -> None:
    publication.sign_off(Issue.objects.get(), by=_chief())


def publish() -> None:
    publication.publish(Issue.objects.get(), by=_chief())


def correct() -> None:
    article = Article.objects.select_related("issue").get(title="一盏灯")
    corrections.correct(
        article,
        by=_chief(),
        base=corrections.base_of(article),
        reason="笔误",
        body="<p>灯灭了。</p>",
    )


def publish_back_issue() -> None:
    publication.publish_back_issue(Issue.objects.get(), by=_chief())


def withdraw() -> None:
    article = Article.objects.select_related("issue").get(title="一盏灯")
    withdrawals.withdraw_article(article, by=_chief(), why="作者要求。")


def restore() -> None:
    withdrawals.restore(Issue.objects.get(), 1, by=_chief(), why="弄错了。")


VERBS = {
    verb.__name__: verb
    for verb in (sign_off, publish, correct, withdraw, restore, publish_back_issue)
}


def _chief() -> User:
    return User.objects.filter(grants__role=Role.CHIEF_EDITOR)[0]


class Killer:
    """Counts moments; at the one that is given the process is gone."""

    def __init__(self, moment: int) -> None:
        self.count, self._moment = 0, moment
        self._inside = f"{settings.MEDIA_ROOT}/"
        sys.addaudithook(self._on_step)

    def _on_step(self, event: str, args: tuple[Any, ...]) -> None:
        if event in STEPS and str(args[0]).startswith(self._inside):
            self._one_more()

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self._one_more()
        result = execute(*args)
        self._one_more()
        return result

    def _one_more(self) -> None:
        self.count += 1
        if self.count == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


def run(verb: Callable[[], None], moment: int) -> tuple[bool, int]:
    """Whether it was killed, and how many moments it had."""
    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        killer = Killer(moment)
        code = 1
        try:
            with connection.execute_wrapper(killer):
                verb()
            os.write(writing, str(killer.count).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        count = int(said.read() or 0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the verb failed")
    return os.WIFSIGNALED(status), count


def state() -> dict[str, Any]:
    """What is stored; `broken` are files that a row names and that are not what it says."""
    editions = list(Edition.objects.order_by("number"))
    named = {f.name for each in editions for f in (each.archive, each.pdf, each.epub) if f}
    there = {
        str(path.relative_to(settings.MEDIA_ROOT))
        for path in Path(settings.MEDIA_ROOT, "editions").rglob("*")
        if path.is_file()
    }
    whole = {e.archive.name for e in editions if e.archive.name in there and _is_whole(e)}
    archives = {each.archive.name for each in editions}
    return {
        "signed": Issue.objects.exclude(signed_off_at=None).count(),
        "stands": list(Issue.objects.values_list("standing__number", "standing__printed__body")),
        "published": Issue.objects.published().count(),
        "editions": [each.number for each in editions],
        "corrections": sum(each.corrections.count() for each in editions),
        "desk": list(Article.objects.order_by("pk").values_list("body", "status", "issue")),
        "withdrawn": Withdrawal.objects.count(),
        "versions": Article.history.count(),
        "records": Record.objects.count(),
        "broken": sorted((named - there) | (archives - whole)),
        "stray": sorted(there - named),
    }


def _is_whole(edition: Edition) -> bool:
    return hashlib.sha256(Path(edition.archive.path).read_bytes()).hexdigest() == edition.sha256


def begin_anew(folder: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        for beside in folder.glob("try.sqlite3*"):
            beside.unlink()
        shutil.copy(folder / "old.sqlite3", folder / "try.sqlite3")
    else:
        _copy_database()
    shutil.rmtree(folder / "try-media", ignore_errors=True)
    shutil.copytree(folder / "old-media", folder / "try-media")


def _copy_database() -> None:
    """Whoever was killed may still hold on to it for a moment."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute('DROP DATABASE IF EXISTS "try" WITH (FORCE)')
        cursor.execute('CREATE DATABASE "try" TEMPLATE "old"')


def spread(whole: int, moments: int) -> Iterable[int]:
    """So many of the moments, the first and the last among them."""
    return sorted({1 + at * (whole - 1) // (moments - 1) for at in range(moments)})


def main(name: str, folder: Path, moments: int) -> None:
    verb = VERBS[name]
    begin_anew(folder)
    old = state()
    _, whole = run(verb, 0)
    print(json.dumps({"old": old, "new": state(), "moments": whole}), flush=True)
    for moment in spread(whole, moments):
        begin_anew(folder)
        killed, _ = run(verb, moment)
        after = state()
        if {**after, "stray": []} == {**old, "stray": []}:
            run(verb, 0)
        print(json.dumps({"killed": killed, "after": after, "next": state()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
