"""What the board costs with 10, 60 and 300 manuscripts, and a text's pages: `make bench`.

Half of the manuscripts stand in the issue, half wait. Prints, as wall clock
of this process (say how busy the machine is when you quote it): the page, its renewal after a step,
a question whether anything is new, and a step, each with its queries and the median of five; then
what measuring costs a text, and what a move costs the flat plan until it is drawn anew (at 10 and
60). `--most 60` leaves the largest out.
"""

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")
os.environ["TASK_QUEUE"] = "database"  # rows that nobody takes: measured below, by hand

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Author, Authorship, Branch, Section  # noqa: E402
from issues.making import make_up  # noqa: E402
from issues.making.board import cards, flat, measuring  # noqa: E402
from issues.models import Issue  # noqa: E402
from servicejournal.models import RoleGrant, User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402

SIZES = (10, 60, 300)
#: Until the flat plan is measured: a larger issue than this is none.
DRAWN = 60
ROUNDS = 5
SENTENCE = "清早开门以前，先把昨天的登记簿翻一遍，看看还有谁的事没有办完。"


def fill(size: int, user: User) -> Issue:
    """So many manuscripts of 1,000 to 3,000 characters, by twenty branches."""
    Article.objects.all().delete()
    issue = Issue.objects.create(year=2030, number=size // 10)
    sections = list(Section.objects.filter(is_preamble=False, retired=False))
    for number in range(size):
        branch = Branch.objects.named(f"第{number % 20}支行")
        body = "".join(f"<p>{SENTENCE * 6}</p>" for _ in range(5 + number % 11))
        stands = number % 2 == 0
        article = Article.objects.create(
            title=f"第 {size} 本里的第 {number} 件小事",
            body=body,
            contributor=user,
            status=Article.Status.ACCEPTED,
            receipt=f"B-{size}-{number}",
            submitted_at=timezone.now(),
            round=1,
            section=sections[number % len(sections)],
            issue=issue if stands else None,
            position=number + 1 if stands else None,
        )
        author = Author.objects.of_byline(f"作者{number}", branch)
        Authorship.objects.create(article=article, author=author, branch=branch, position=1)
    return issue


def timed(ask: object) -> tuple[float, int]:
    """Milliseconds, the median of five, and queries."""
    seconds, queries = [], 0
    for _ in range(ROUNDS):
        with CaptureQueriesContext(connection) as caught:
            begin = perf_counter()
            ask()  # type: ignore[operator]
            seconds.append(perf_counter() - begin)
        queries = len(caught)
    return 1000 * median(seconds), queries


def step(client: Client, issue: Issue, address: str) -> None:
    """The first one of the issue goes behind the last of its section."""
    order = make_up.order_of(issue)
    article, section = order[0]
    seen = " ".join(f"{pk}:{at}" for pk, at in order)
    client.post(f"{address}step/", {"seen": seen, "articles": article, "to": section})


def measure(issue: Issue, user: User, size: int) -> None:
    begin = perf_counter()
    measuring.measure.call(issue.pk)
    whole = perf_counter() - begin
    plan = flat.of(issue, cards.of(issue))
    print(
        f"  measured and drawn from nothing: {whole:.1f} s, {whole / size:.2f} s a text,", end=" "
    )
    print(f"{plan.total} pages in {len(plan.parts)} parts")
    order = make_up.order_of(issue)
    to = Section.objects.get(pk=order[-1][1])
    begin = perf_counter()
    make_up.move(issue, [order[0][0]], to=to, by=user, made_from=order)
    measuring.measure.call(issue.pk)
    print(f"  a move to another section, drawn anew: {perf_counter() - begin:.1f} s")


def main(most: int) -> None:
    call_command("migrate", verbosity=0)
    user = User.objects.create_user("bench", name="周以宁")
    RoleGrant.objects.create(user=user, role=Role.CHIEF_EDITOR)
    client = Client()
    client.force_login(user, "servicejournal.backends.RoleBackend")
    print(f"load {os.getloadavg()[0]:.1f}")
    for size in (each for each in SIZES if each <= most):
        issue = fill(size, user)
        address = f"/admin/issues/issue/{issue.pk}/board/"
        version = client.get(f"{address}state/").json()["version"]
        print(f"{size} manuscripts")
        for name, ask in {
            "page": lambda at=address: client.get(at),
            "renewal": lambda at=address: client.get(f"{at}state/"),
            "nothing new": lambda at=address, v=version: client.get(f"{at}state/?version={v}"),
            "step": lambda at=address, of=issue: step(client, of, at),
        }.items():
            took, queries = timed(ask)
            print(f"  {name}: {took:.0f} ms, {queries} queries")
        if size <= DRAWN:
            measure(issue, user, size)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        connection.settings_dict["NAME"] = f"{folder}/board.sqlite3"
        with override_settings(RATE_LIMITS=0, MEDIA_ROOT=f"{folder}/media", ALLOWED_HOSTS=["*"]):
            main(asked.most)
