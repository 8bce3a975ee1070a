"""What signing off, publishing, correcting 30 articles with 60 pictures cost everybody else.

Prints for each the whole time, the longest transaction (on SQLite nobody else writes meanwhile)
and what of it was work and not waiting for a processor, the queries, how long the slowest of
somebody else's small savings took, and what processors worked, here and in the compositor, in
milliseconds; and the most memory that all its processes had at once. The issue is written by
another process, so this one begins as a worker does.
On SQLite or the PostgreSQL of DATABASE_URL.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep, thread_time
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image  # noqa: E402

from articles.models import Article, Review, Section  # noqa: E402
from articles.pictures import taking  # noqa: E402
from issues.exports import archive, book  # noqa: E402
from issues.making import corrections, publication, withdrawals  # noqa: E402
from issues.models import Issue, Proof  # noqa: E402
from servicejournal import record  # noqa: E402
from servicejournal.models import RoleGrant, User  # noqa: E402

ARTICLES, PICTURES = 30, 2
SENTENCE = "傍晚，队伍散了，值班的人把雨伞一把一把收起来，数到第七把，停住了。"


class Watch:
    """Queries and transactions of this thread's connection, the longest in milliseconds."""

    def __init__(self) -> None:
        self.queries, self.longest, self.work = 0, 0.0, 0.0
        self._began = self._worked = 0.0
        self._switch = connection.set_autocommit
        connection.set_autocommit = self._autocommit  # type: ignore[method-assign]

    def _autocommit(self, autocommit: bool, **options: Any) -> None:
        """Called at the beginning of each transaction and after its end."""
        if not autocommit:
            self._began, self._worked = perf_counter(), thread_time()
        self._switch(autocommit, **options)
        if autocommit and self._began:
            self.longest = max(self.longest, (perf_counter() - self._began) * 1000)
            self.work = max(self.work, (thread_time() - self._worked) * 1000)
            self._began = 0.0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.queries += 1
        return execute(*args)

    def stop(self) -> None:
        connection.set_autocommit = self._switch  # type: ignore[method-assign]


@contextmanager
def somebody_else(by: User) -> Iterator[list[float]]:
    """Who saves something every 20 ms; the times in milliseconds, infinite for one that failed."""
    times: list[float] = []
    done = Event()

    def save() -> None:
        while not done.is_set():
            start = perf_counter()
            try:
                record.write("保存", by, by=by)
                times.append((perf_counter() - start) * 1000)
            except OperationalError:
                times.append(float("inf"))
            sleep(0.02)
        connection.close()

    thread = Thread(target=save)
    thread.start()
    try:
        yield times
    finally:
        done.set()
        thread.join()


def measure(title: str, verb: Callable[[], object], *, by: User) -> None:
    watch = Watch()
    with somebody_else(by) as waited, connection.execute_wrapper(watch):
        start, worked = perf_counter(), _worked()
        verb()
        took, worked = perf_counter() - start, _worked() - worked
    watch.stop()
    print(
        f"  {title:<14}{took * 1000:8.0f} ms   longest transaction {watch.longest:7.1f} ms"
        f" ({watch.work:.1f} ms of work)"
        f"   {watch.queries:4} queries   slowest saving {max(waited):7.0f} ms"
        f"   processors {worked * 1000:6.0f} ms"
    )


def _worked() -> float:
    """Seconds of processors, of this process and of those that it started and that ended."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


@contextmanager
def memory_watched() -> Iterator[None]:
    """Tells the most that this process and its children had at once."""
    watch = [sys.executable, str(Path(__file__).with_name("most_memory.py")), str(os.getpid())]
    watching = subprocess.Popen(watch, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield
    finally:
        watching.terminate()
        most, _ = watching.communicate()
        print(f"  at most {most.strip()} MB in all processes together")


def a_chief() -> User:
    chief = User.objects.create_user(username="bench-chief", name="何静", email="a@example.com")
    RoleGrant.objects.create(user=chief, role="chief_editor")
    return chief


def a_writer() -> User:
    return User.objects.create_user(username="bench-writer", name="方勤", email="b@example.com")


def an_issue(chief: User) -> Issue:
    """Reviewed and proofread."""
    writer = a_writer()
    issue = Issue.objects.create(year=2026, number=4, running_number=64, date=date(2026, 8, 21))
    section = Section.objects.open_to_writers().first()
    for number in range(1, ARTICLES + 1):
        _article(number, issue, section, chief, writer)
    digest = archive.digest(book.of(issue))
    for round_ in Proof.Round:
        Proof.objects.create(issue=issue, round=round_, proofreader=chief, digest=digest)
    return issue


def _article(number: int, issue: Issue, section: Section | None, chief: User, writer: User) -> None:
    paragraphs = [f"<p>第{number}篇：{SENTENCE * 4}</p>" for _ in range(18)]
    for each in range(PICTURES):
        picture = taking.take(_photograph(), by=writer)
        image = f'<img src="{picture.get_absolute_url()}" alt="雨伞">'
        paragraphs.insert(5 * each + 3, f"<figure>{image}<figcaption>雨伞</figcaption></figure>")
    article = Article.objects.create(
        title=f"第{number}篇文章",
        body="".join(paragraphs),
        contributor=writer,
        section=section,
        issue=issue,
        position=number,
        status=Article.Status.ACCEPTED,
        receipt=f"B-{number:05d}",
        submitted_at=timezone.now(),
        round=1,
    )
    taking.claim(article, by=writer)
    for stage in Review.Stage:
        article.reviews.create(
            stage=stage, decision="pass", reviewer=chief, round=1, digest=article.digest()
        )


def _photograph() -> bytes:
    """Different each time, as photographs are."""
    out = BytesIO()
    Image.effect_noise((1600, 1067), 40).convert("RGB").save(out, "JPEG", quality=60)
    return out.getvalue()


def main() -> None:
    if "--prepare" in sys.argv:
        call_command("migrate", verbosity=0)
        an_issue(a_chief())
        return
    subprocess.run([sys.executable, __file__, "--prepare"], check=True)  # noqa: S603
    chief = User.objects.get(username="bench-chief")
    issue = Issue.objects.get()
    print(f"{ARTICLES} articles with {ARTICLES * PICTURES} pictures, {connection.vendor}")
    with memory_watched():
        walk(issue, chief)


def walk(issue: Issue, chief: User) -> None:
    measure("signing off", lambda: publication.sign_off(issue, by=chief), by=chief)
    measure("publishing", lambda: publication.publish(issue, by=chief), by=chief)
    article = the_first_of(issue)
    body = article.body.replace("第七把", "第八把")
    measure(
        "correcting",
        lambda: corrections.correct(
            article, by=chief, base=corrections.base_of(article), reason="是第八把。", body=body
        ),
        by=chief,
    )
    other = issue.articles.select_related("issue").order_by("pk")[1]
    measure(
        "withdrawing",
        lambda: withdrawals.withdraw_article(other, by=chief, why="作者要求。"),
        by=chief,
    )


def the_first_of(issue: Issue) -> Article:
    return issue.articles.select_related("issue").order_by("pk")[0]


if __name__ == "__main__":
    main()
