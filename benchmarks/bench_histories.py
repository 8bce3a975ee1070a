"""Twenty people at once, whose every request is written down: what was acknowledged is kept, once.

    bench_histories.py [--engine sqlite|postgres] [--clients 20] [--seconds 60] [--quiet]

They share ten accounts, so that each draft has two hands, and do at random what writers do: begin
drafts, write on in them, send pictures, hand in, take back. Meanwhile processes of the site are
killed (kill -9), the worker too, and PostgreSQL is started again; `--quiet` leaves them alone. Each
client notes what it sent, with a word of its own in it, and what came of it: acknowledged, refused,
or unknown, where the connection broke. Then the checker goes over the whole history:

- what was acknowledged is there, exactly once; what was refused is not there at all; what is
  unknown (told to come again, too) is there once at most;
- no writing was lost in another: each version of a draft was made from the one before it;
- who was told that a manuscript is handed in finds it so, with one receipt, which nobody else has;
- every picture that was acknowledged has its file.

Loopback, with the server of deploy/gunicorn.conf.py and a worker. Exits with 1 where a history does
not hold. Without `--engine` both, in turn.
"""

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from load.people import PASSWORD, Clock, Person, hidden, people, photographs
from load.serving import (
    database,
    environment,
    family,
    free_port,
    on_both_engines,
    prepared,
    running,
    wait_until_it_answers,
)


@dataclass(slots=True)
class Event:
    """`word` is in nothing else; `base` is the word that stood there when the page was opened."""

    what: str
    word: str
    draft: int = 0
    base: str = ""
    came: str = "unknown"
    told: str = ""


@dataclass(slots=True)
class Shared:
    drafts: dict[str, set[int]] = field(default_factory=dict)
    history: list[Event] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def note(self, event: Event) -> Event:
        with self.lock:
            self.history.append(event)
        return event


class Impatient(Person):
    """Asks once: what was not answered is unknown, and not sent again."""

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "", **headers: str
    ) -> tuple[int, str, str]:
        status, text, told = self._once(method, path, body, kind, headers)
        return status, text, told.get("location", "")


_WORD = re.compile(r"w[0-9a-f]{16}")


def a_word() -> str:
    return f"w{uuid.uuid4().hex[:16]}"


class Client(threading.Thread):
    def __init__(self, name: str, shared: Shared, port: int, pictures: list[bytes], section: int):
        super().__init__()
        self.account, self.shared, self.section = name, shared, section
        self.pictures = pictures
        self.browser = Impatient((port, port), Clock(), time.monotonic() + 3600)
        self.chance = random.Random(f"{name}{id(self)}")  # noqa: S311  no secret

    def run(self) -> None:
        acts = [self.begins, self.writes, self.writes, self.writes, self.sends_a_picture]
        acts += [self.hands_in, self.takes_back]
        while not self.shared.over.is_set():
            try:
                if "sessionid" not in self.browser.cookies:
                    self.signs_in()
                self.chance.choice(acts)()
            except (OSError, RuntimeError, ValueError, KeyError):
                self.shared.over.wait(1)  # the site is away, or says so

    def signs_in(self) -> None:
        _, page, _ = self.browser.ask("GET", "/accounts/login/")
        told = {**hidden(page), "username": self.account, "password": PASSWORD}
        self.browser.post("/accounts/login/", told, "signing in")

    def one_of_mine(self) -> int:
        with self.shared.lock:
            return self.chance.choice(sorted(self.shared.drafts.get(self.account, set())))

    def form(self, page: str, word: str) -> dict[str, Any]:
        told = {**hidden(page), "title": f"雨伞{word}", "section": self.section, "note": ""}
        told |= {"body": f"<p>{word} 柜台内外的一件小事。</p>", "captions": "", "end": "1"}
        return {**told, "authors-0-name": "沈一鸣", "authors-0-ORDER": 1, "action": "save"}

    def sent(self, event: Event, path: str, told: dict[str, Any]) -> str:
        """Where it leads. Only a redirect acknowledges, and only a page refuses."""
        from urllib.parse import urlencode

        self.shared.note(event)
        kind = "application/x-www-form-urlencoded"
        status, text, to = self.browser.ask("POST", path, urlencode(told).encode(), kind)
        event.told = str(status)
        if status in (302, 303) and "/login/" not in to:
            event.came = "acknowledged"
        elif status in (302, 303, 403, 409, 422, 429):
            event.came = "refused"
        elif status >= 500:
            title = re.search(r"<title>(.*?)</title>", text)
            event.told = f"{status} {title and title[1]}"
        return to

    def begins(self) -> None:
        status, page, _ = self.browser.ask("GET", "/submit/")
        if status != 200:
            raise RuntimeError(status)
        event = Event("begins", a_word())
        to = self.sent(event, "/submit/", self.form(page, event.word))
        if event.came == "acknowledged" and (at := re.search(r"/submissions/(\d+)/", to)):
            event.draft = int(at[1])
            with self.shared.lock:
                self.shared.drafts.setdefault(self.account, set()).add(event.draft)

    def writes(self) -> None:
        """From what stands there; who wrote in between is not to be written over."""
        draft = self.one_of_mine() if self.shared.drafts.get(self.account) else 0
        if not draft:
            return self.begins()
        path = f"/submissions/{draft}/edit/"
        status, page, _ = self.browser.ask("GET", path)
        there = _WORD.search(page)
        if status != 200 or not there:
            raise RuntimeError(status)
        self.shared.over.wait(self.chance.random() / 2)
        event = Event("writes", a_word(), draft, there[0])
        self.sent(event, path, self.form(page, event.word))
        return None

    def sends_a_picture(self) -> None:
        event = self.shared.note(Event("picture", a_word()))
        try:
            event.told = self.browser.uploads(self.chance.choice(self.pictures))
            event.came = "acknowledged"
        except RuntimeError as refused:
            event.came, event.told = "refused", str(refused)[:60]

    def hands_in(self) -> None:
        draft = self.one_of_mine() if self.shared.drafts.get(self.account) else 0
        path = f"/submissions/{draft}/hand-in/"
        status, page, _ = self.browser.ask("GET", path)
        if not draft or status != 200:
            return
        told = {**hidden(page), "declared": "on", "look": "on"}
        self.sent(Event("hands in", "", draft), path, told)

    def takes_back(self) -> None:
        draft = self.one_of_mine() if self.shared.drafts.get(self.account) else 0
        if draft and self.chance.random() < 0.3:
            path = f"/submissions/{draft}/withdraw/"
            _, page, _ = self.browser.ask("GET", path)
            if "csrfmiddlewaretoken" in page:
                self.sent(Event("takes back", "", draft), path, {**hidden(page), "why": "重写。"})


def checked(shared: Shared) -> list[str]:
    """What of the history does not hold."""
    from django.db import connection

    from articles.models import Article

    connection.close()
    versions = versions_of_drafts()
    standing = {pk: _WORD.search(body) for pk, body in Article.objects.values_list("pk", "body")}
    wrong = [
        f"draft {draft} does not stand at its last version"
        for draft, chain in versions.items()
        if chain and ((now := standing.get(draft)) is None or now[0] != chain[-1])
    ]
    for event in shared.history:
        wrong += of_a_text(event, versions) if event.what in ("begins", "writes") else []
    return wrong + of_receipts(shared) + of_pictures(shared)


def versions_of_drafts() -> dict[int, list[str]]:
    """Draft → the words that it held, one after the other."""
    from articles.models import Article

    versions: dict[int, list[str]] = {}
    rows = Article.history.order_by("history_id").values_list("id", "body")
    for draft, body in rows:
        word, chain = _WORD.search(body), versions.setdefault(draft, [])
        if word and (not chain or chain[-1] != word[0]):
            chain.append(word[0])
    return versions


def of_a_text(event: Event, versions: dict[int, list[str]]) -> list[str]:
    at = [
        (draft, place)
        for draft, chain in versions.items()
        for place, word in enumerate(chain)
        if word == event.word
    ]
    if len(at) > 1 or (event.came == "acknowledged" and not at):
        return [f"there {len(at)} times: {event}"]
    if event.came == "refused" and at:
        return [f"there all the same: {event}"]
    if at and event.what == "writes":
        draft, place = at[0]
        before = versions[draft][place - 1] if place else ""
        if before != event.base:
            return [f"written over {before}, which it had not seen: {event}"]
    return []


def of_receipts(shared: Shared) -> list[str]:
    from articles.models import Article

    receipts = dict(Article.objects.filter(receipt__gt="").values_list("pk", "receipt"))
    lacking = [
        f"handed in, without a receipt: {event}"
        for event in shared.history
        if (event.what, event.came) == ("hands in", "acknowledged") and event.draft not in receipts
    ]
    twice = [each for each, count in Counter(receipts.values()).items() if count > 1]
    return lacking + [f"a receipt given twice: {each}" for each in twice]


def of_pictures(shared: Shared) -> list[str]:
    from django.core.files.storage import default_storage

    from articles.models import Picture

    kept = {each.get_absolute_url(): each.file.name for each in Picture.objects.all()}
    sent = [
        each for each in shared.history if (each.what, each.came) == ("picture", "acknowledged")
    ]
    return [
        f"a picture is gone: {event}"
        for event in sent
        if event.told not in kept or not default_storage.exists(kept[event.told])
    ]


def disturbs(shared: Shared, web: int, restart: Any, worker: list[subprocess.Popen]) -> None:
    """One mishap every few seconds, in turn."""
    turn = 0
    while not shared.over.wait(6):
        turn += 1
        if turn % 4 == 3 and restart:
            restart()
        elif turn % 4 == 1:
            worker[0].kill()
            worker[0].wait()
            worker[0] = subprocess.Popen(worker[0].args)  # noqa: S603
        else:
            serving = [each for each in family(web) if each != web]
            if serving:
                os.kill(random.choice(serving), signal.SIGKILL)  # noqa: S311


def run(options: argparse.Namespace) -> bool:
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-histories-")))
        room.chmod(0o755)
        address, restart, _ = stack.enter_context(database(options.engine, room))
        os.environ.update(environment(room, address))
        os.environ["RATE_LIMITS"] = "1000"  # twenty hands that never rest are no people
        prepared()
        from articles.models import Section

        port = free_port()
        command = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        web = stack.enter_context(running(command, None, WEB_BIND=f"127.0.0.1:{port}"))
        wait_until_it_answers(port)
        os.chdir(Path(__file__).resolve().parent.parent)
        worker = [subprocess.Popen([sys.executable, "manage.py", "db_worker"])]
        names, pictures = people(max(1, options.clients // 2)), photographs()
        section = Section.objects.open_to_writers().values_list("pk", flat=True)[0]
        shared, load = Shared(), os.getloadavg()[0]
        clients = [
            Client(names[number % len(names)], shared, port, pictures, section)
            for number in range(options.clients)
        ]
        try:
            for each in clients:
                each.start()
            if not options.quiet:
                threading.Thread(
                    target=disturbs, args=(shared, web.pid, restart, worker), daemon=True
                ).start()
            time.sleep(options.seconds)
        finally:
            shared.over.set()
            for each in clients:
                each.join()
            worker[0].terminate()
            worker[0].wait()
        wait_until_it_answers(port)
        return told(options, shared, load)


def told(options: argparse.Namespace, shared: Shared, load: float) -> bool:
    print(f"{options.engine}, {options.clients} clients, {options.seconds} s, load {load:.1f}")
    came = Counter((event.what, event.came) for event in shared.history)
    for (what, how), count in sorted(came.items()):
        print(f"  {what:<10} {how:<12} {count:5}")
    unforeseen = Counter(event.told for event in shared.history if event.told.startswith("5"))
    print(f"  answers of 5xx: {dict(unforeseen)}")
    wrong = checked(shared)
    print(f"  the history: {len(wrong)} faults", flush=True)
    for each in wrong[:10]:
        print(f"    {each}")
    return not wrong


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=["sqlite", "postgres"])
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    if options.engine:
        return 0 if run(options) else 1
    return on_both_engines(__file__)


if __name__ == "__main__":
    sys.exit(main())
