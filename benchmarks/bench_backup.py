"""What a backup, a second one of the same folder, a restore and kills in the middle cost.

    python benchmarks/bench_backup.py [MEGABYTES] [KILLS]

1,200 articles with two pictures and their versions each, and media of so many megabytes (500; the
goals are told for 5,000). Prints the seconds, what of them was work and not waiting, and the most
memory of each process of its own; then how each of so many kills (20) at random moments of a backup
and of a restore came out: no half backup may be taken for a whole one, and a restore that was
killed leaves nothing, or all. On SQLite or the PostgreSQL of DATABASE_URL, which must be empty;
into SQLite.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Picture, Section  # noqa: E402
from servicejournal.backup import package  # noqa: E402
from servicejournal.models import User  # noqa: E402

ARTICLES, PICTURES = 1200, 2
SENTENCE = "傍晚，队伍散了，值班的人把雨伞一把一把收起来，数到第七把，停住了。"
ROOT = Path(__file__).parent.parent


def fill(megabytes: int) -> None:
    """Files are noise: what is packed already does not pack again."""
    call_command("migrate", verbosity=0)
    by = User.objects.create(username="bench", name="试")
    section = Section.objects.all()[0]
    size = megabytes * 1_000_000 // (ARTICLES * PICTURES)
    for number in range(ARTICLES):
        article = Article.objects.create(
            title=f"第{number}篇", body=f"<p>{SENTENCE * 40}</p>", section=section, contributor=by
        )
        for _ in range(PICTURES):
            picture = Picture(article=article, uploaded_by=by, width=1, height=1, sha256="")
            picture.file.save("master.jpg", ContentFile(os.urandom(size)), save=False)
            picture.save()
    now = timezone.localtime()
    print(f"{ARTICLES} articles, {ARTICLES * PICTURES} files, {megabytes} MB, {now:%H:%M:%S}")


def manage(*arguments: str | Path, **told: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env={**os.environ, **told}, stdout=quiet, stderr=quiet)  # noqa: S603


def measured(what: str, *arguments: str | Path, **told: str) -> float:
    began = time.perf_counter()
    process = manage(*arguments, **told)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    said = "" if not process.returncode else f"  FAILED: {process.returncode}"
    worked, most = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    print(f"{what:20} {seconds:7.1f} s  {worked:6.1f} s of work {most:6.0f} MB{said}", flush=True)
    return seconds


def killed(process: subprocess.Popen[bytes], within: float) -> bool:
    """Whether it still ran at a random moment of so many seconds."""
    try:
        process.wait(random.uniform(0.3, within))  # noqa: S311  a moment, no secret
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def kill_backups(room: Path, times: int, within: float) -> None:
    none = whole = half = 0
    path = room / "killed.backup"
    for _ in range(times):
        path.unlink(missing_ok=True)
        killed(manage("backup", path), within)
        if not path.exists():
            none += 1
            continue
        try:
            with package.opened(path) as kept:
                kept.verify()
            whole += 1
        except package.NotWhole:
            half += 1
    path.unlink(missing_ok=True)
    print(f"{times} kills of a backup: {none} left none, {whole} a whole one, {half} a half one")


def kill_restores(room: Path, backup: Path, times: int, within: float) -> None:
    """Behind each kill the same command is to bring all back, or to find that all is there."""
    empty, there, broken = 0, 0, 0
    for at in range(times):
        told = elsewhere(room / f"kill-{at}")
        shutil.copy(room / "migrated.sqlite3", room / f"kill-{at}" / "db.sqlite3")
        killed(manage("restore", backup, **told), within)
        again = manage("restore", backup, **told).wait()
        rehearsed = manage("check_files", **told).wait()
        empty += not again
        there += bool(again) and not rehearsed
        broken += bool(rehearsed)
        shutil.rmtree(room / f"kill-{at}")
    print(
        f"{times} kills of a restore: {empty} left an empty database, {there} all, "
        f"{broken} something else"
    )


def elsewhere(folder: Path) -> dict[str, str]:
    folder.mkdir()
    return {
        "DATABASE_URL": f"sqlite:///{quote(str(folder / 'db.sqlite3'))}",
        "MEDIA_ROOT": str(folder / "media"),
    }


def main(megabytes: int, kills: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path(settings.MEDIA_ROOT).parent) as name:
        room = Path(name)
        fill(megabytes)
        folder, path = room / "backups", room / "one.backup"
        folder.mkdir()
        seconds = measured("backup, one file", "backup", path)
        measured("backup, a folder", "backup", folder)
        measured("the same again", "backup", folder)
        there = elsewhere(room / "there")
        measured("(migrate)", "migrate", **there)
        shutil.copy(room / "there" / "db.sqlite3", room / "migrated.sqlite3")
        back = measured("restore", "restore", path, **there)
        measured("check_files", "check_files", **there)
        shutil.rmtree(room / "there")
        kill_backups(room, kills, seconds)
        kill_restores(room, path, kills, back)


if __name__ == "__main__":
    main(*(int(each) for each in [*sys.argv[1:3], *("500", "20")[len(sys.argv) - 1 :]]))
