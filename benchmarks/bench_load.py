"""The evening of a deadline: so many people sign in, write with a picture and hand in at once.

    bench_load.py [--engine sqlite|postgres] [--people 40] [--one-core] [--restart-database]
                  [--requests 2000]

Loopback and a database of its own; the server is that of deploy/gunicorn.conf.py with its two pools
and a worker beside it, in production's settings but for HTTPS. People are threads of this process
(whose work the same cores do): whoever is told to come again in so many seconds (503) does, as a
browser would; a connection that broke is tried again after two seconds. Addresses are sent to the
two sockets as the server in front would send them. Readers open stored pages meanwhile.

Prints how many manuscripts were handed in (each person's once, with the picture), how long people
took, the longest single request, how often they were told to come again, what readers waited, and
CPU; then the memory of a web process over so many mixed requests, and its time to start. Exits with
1 where a manuscript is lost, or there twice. `--one-core` gives servers one core alone,
`--restart-database` starts PostgreSQL again in the middle. Without `--engine` both, in turn.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from load.people import PASSWORD, Clock, Person, hidden, people, photographs, reads
from load.serving import (
    cpu_of,
    database,
    environment,
    family,
    free_port,
    memory_of,
    on_both_engines,
    prepared,
    replaced,
    running,
    wait_until_it_answers,
)

READERS = 4
#: Nobody waits for ever: a run that hangs is a failure, and said.
GIVEN_UP = 600.0


def once_each(names: list[str]) -> tuple[int, int, int]:
    """(handed in once with the picture, lost, twice)."""
    from django.db import connection

    from articles.models import Article

    connection.close()
    there: dict[str, list[int]] = {name: [] for name in names}
    for article in Article.objects.filter(contributor__username__in=names):
        if article.status == "submitted":
            there[article.contributor.username].append(article.pictures.count())
    once = sum(found == [1] for found in there.values())
    return once, sum(not found for found in there.values()), sum(len(f) > 1 for f in there.values())


def told(clock: Clock, done: tuple[int, int, int], took: float, cpu: dict[str, float]) -> None:
    longest, what = max(clock.requests)
    of_people = sorted(clock.people) or [0.0]
    of_readers = sorted(clock.readers) or [0.0]
    print(f"  handed in once {done[0]}, lost {done[1]}, twice {done[2]}; all in {took:.1f} s")
    print(
        f"  people: median {statistics.median(of_people):.1f} s, p95 {at(of_people, 0.95):.1f} s, "
        f"longest {of_people[-1]:.1f} s; told to come again {clock.told_to_wait} times, "
        f"connections broken {clock.broken}"
    )
    print(f"  longest single request {longest:.2f} s ({what}), of {len(clock.requests)}")
    print(
        f"  readers: median {statistics.median(of_readers) * 1000:.1f} ms, "
        f"p95 {at(of_readers, 0.95) * 1000:.1f} ms, longest {of_readers[-1] * 1000:.0f} ms, "
        f"of {len(of_readers)}"
    )
    print("  CPU: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in cpu.items()))
    for each in clock.failed[:5]:
        print(f"  FAILED: {each}")


def at(sorted_: list[float], share: float) -> float:
    return sorted_[min(len(sorted_) - 1, int(len(sorted_) * share))]


def the_evening(
    options: argparse.Namespace, ports: tuple[int, int], pids: dict[str, int], restart: Any
) -> bool:
    from articles.models import Section
    from issues.models import Issue

    names = people(options.people)
    sections = list(Section.objects.open_to_writers().values_list("pk", flat=True))
    paths = ["/", "/issues/", *(each.get_absolute_url() for each in Issue.objects.published()[:3])]
    pictures, clock, over = photographs(), Clock(), threading.Event()
    until = time.monotonic() + GIVEN_UP
    before = {name: cpu_of(pid) for name, pid in pids.items()}
    together = threading.Barrier(len(names) + 1)

    def comes(number: int, name: str) -> None:
        person = Person(ports, clock, until)
        together.wait()
        began = time.monotonic()
        try:
            person.hands_in(
                name, pictures[number % len(pictures)], sections[number % len(sections)]
            )
            with clock.lock:
                clock.people.append(time.monotonic() - began)
        except Exception as reason:
            with clock.lock:
                clock.failed.append(f"{name}: {type(reason).__name__}: {reason}")

    readers = [
        threading.Thread(target=reads, args=(ports[1], paths, clock, over)) for _ in range(READERS)
    ]
    crowd = [threading.Thread(target=comes, args=each) for each in enumerate(names)]
    for each in (*readers, *crowd):
        each.start()
    together.wait()
    began = time.monotonic()
    if options.restart_database and restart:
        threading.Timer(5, restart).start()
    for each in crowd:
        each.join()
    took = time.monotonic() - began
    over.set()
    for each in readers:
        each.join()
    cpu = {name: cpu_of(pid) - before[name] for name, pid in pids.items()}
    done = once_each(names)
    told(clock, done, took, cpu)
    return done == (len(names), 0, 0) and not clock.failed


def mixed_requests(count: int, ports: tuple[int, int], pid: int) -> None:
    """To the desk's pool, which then is one process, in four threads."""
    from issues.models import Issue

    issue = Issue.objects.published().first()
    public = ["/", "/issues/", "/search/?q=服务", "/sections/", issue.get_absolute_url()]
    own = ["/submissions/", "/submit/", "/notices/", "/accounts/login/", "/nothing/here/"]
    paths = [quote(each, safe="/?=&") for each in public + own]
    visitor = Person(ports, Clock(), time.monotonic() + 24 * 3600)
    _, page, _ = visitor.ask("GET", "/accounts/login/")
    who = {"username": "load0000", "password": PASSWORD}
    visitor.post("/accounts/login/", {**hidden(page), **who}, "signing in")

    def asks(number: int) -> None:
        for step in range(number):
            visitor.ask("GET", paths[step % len(paths)])

    process = family(pid)[1:]
    print(f"  memory (PSS of each web process) over {count} mixed requests:")
    for tenth in range(11):
        sizes = ", ".join(
            f"{memory_of(each):.0f}" for each in process if Path(f"/proc/{each}").exists()
        )
        print(f"    {count * tenth // 10:7}: {sizes} MB", flush=True)
        if tenth < 10:
            hands = [threading.Thread(target=asks, args=(count // 40,)) for _ in range(4)]
            for hand in hands:
                hand.start()
            for hand in hands:
                hand.join()


def run(options: argparse.Namespace) -> bool:
    cores = {min(os.sched_getaffinity(0))} if options.one_core else None
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-load-")))
        room.chmod(0o755)  # PostgreSQL of the wheel runs as a user of its own
        address, restart, server = stack.enter_context(database(options.engine, room))
        os.environ.update(environment(room, address))
        prepared()
        ports = (free_port(), free_port())
        binds = {"WEB_BIND": f"127.0.0.1:{ports[0]}", "READERS_BIND": f"127.0.0.1:{ports[1]}"}
        if options.one_core:
            binds["WEB_WORKERS"] = "1"
        web = stack.enter_context(
            running(["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"], cores, **binds)
        )
        began = time.monotonic()
        wait_until_it_answers(ports[1])
        of_readers = time.monotonic() - began
        wait_until_it_answers(ports[0])
        of_desk = time.monotonic() - began
        worker = stack.enter_context(running(["manage.py", "db_worker"], cores))
        pids = {"web": web.pid, "worker": worker.pid}
        if server is not None and not options.restart_database:
            pids["database"] = server.get_pid()
            if cores:
                for each in family(server.get_pid()):
                    os.sched_setaffinity(each, cores)
        load = os.getloadavg()[0]
        print(f"{options.engine}, {options.people} people, load before {load:.1f}", flush=True)
        print(
            f"  from nothing: readers are answered after {of_readers:.1f} s, "
            f"the desk after {of_desk:.1f} s"
        )
        is_well = the_evening(options, ports, pids, restart)
        if options.requests:
            mixed_requests(options.requests, ports, web.pid)
        print(f"  a process that is replaced answers after {replaced(web.pid, ports[1]):.2f} s")
        return is_well


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--one-core", action="store_true")
    parser.add_argument("--restart-database", action="store_true")
    parser.add_argument("--requests", type=int, default=2000)
    options = parser.parse_args()
    if options.engine:
        return 0 if run(options) else 1
    return on_both_engines(__file__)


if __name__ == "__main__":
    sys.exit(main())
