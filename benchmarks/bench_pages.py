"""How long readers' pages take in process, rendered afresh and out of the store: `make bench`.

On the demo, with 40 more issues of 30 articles, and (`--long`) with 960. Prints the CPU time of 30
requests in milliseconds, after one that is not counted: the third lowest (what a page takes where
nothing else is done), the median, the slowest; and how long the store takes to be built. Afresh is
a page that the store lacks: the first in its state reads what it shares with others, as
`issues.reading.once` keeps it.
"""

import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Authorship  # noqa: E402
from issues.demo import fill  # noqa: E402
from issues.exports import book  # noqa: E402
from issues.making import editions  # noqa: E402
from issues.models import Edition, Issue  # noqa: E402
from issues.reading import rebuilding, store  # noqa: E402

ROUNDS = 30
ARTICLES = 30


def multiply(copies: int) -> None:
    """More issues of 30 articles like those of the demo, as a journal of many years."""
    model = Issue.objects.published().first()
    articles = list(Article.objects.filter(issue__in=Issue.objects.published()))
    articles = [articles[n % len(articles)] for n in range(ARTICLES)]
    begun = Issue.objects.filter(year__lt=2020).count()
    for number in range(begun, begun + copies):
        with transaction.atomic():
            _copy(model, articles, number)


def _copy(model: Issue, articles: list[Article], number: int) -> None:
    issue = Issue.objects.create(year=1980 + number // 24, number=number % 24 + 1, date=model.date)
    for place, article in enumerate(articles, start=1):
        authorships = list(article.authorships.all())
        copied = Article.objects.get(pk=article.pk)
        copied.pk, copied.receipt = None, f"B{number}-{place}"
        copied.issue, copied.position, copied.lead = issue, place, None
        copied.save_base(raw=True, force_insert=True)
        Authorship.objects.bulk_create(
            Authorship(article=copied, author=each.author, branch=each.branch, position=at)
            for at, each in enumerate(authorships, start=1)
        )
    edition = Edition(
        issue=issue,
        number=1,
        made_by=model.published_by,
        sha256="0" * 64,
        out_since=timezone.now(),
    )
    face = book.face_of(issue)
    editions.keep(edition, editions.Planned(issue, book.printing_of(issue), face))
    issue.signed_off_at, issue.signed_off_by = timezone.now(), model.signed_off_by
    issue.signed_off_digest = "0" * 64
    issue.published_at, issue.published_by = timezone.now(), model.published_by
    issue.save()


def measure(title: str) -> None:
    out = Issue.objects.published().order_by("year", "number").first()
    article = out.articles.order_by("-length").first()
    branch = article.authorships.first().branch
    paths = [
        "/",
        "/issues/",
        "/sections/",
        out.get_absolute_url(),
        article.get_absolute_url(),
        article.section.get_absolute_url(),
        branch.get_absolute_url(),
        "/search/?q=柜台",
    ]
    print(f"{title}: {Issue.objects.count()} issues, {Article.objects.count()} articles")
    client = Client(headers={"host": "127.0.0.1"})
    for path in paths:
        afresh = [timed(client, path, afresh=True) for _ in range(ROUNDS + 1)][1:]
        stored = [timed(client, path) for _ in range(ROUNDS + 1)][1:]
        with CaptureQueriesContext(connection) as asked:
            timed(client, path, afresh=True)
        print(
            f"  {path:<36}afresh {sorted(afresh)[ROUNDS // 10]:7.1f} ms"
            f"  median {median(afresh):7.1f} ms  slowest {max(afresh):7.1f} ms"
            f"  {len(asked):3} queries   stored {median(stored):6.2f} ms"
        )


def timed(client: Client, path: str, *, afresh: bool = False) -> float:
    """CPU of this thread: other work on the machine counts less, and what is drawn ahead not."""
    state = store.state()
    if afresh and (name := store.name_of(path.partition("?")[0])):
        store.forget_page(state, name)
    start = thread_time()
    answer = client.get(path)
    elapsed = (thread_time() - start) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return elapsed


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    start = perf_counter()
    fill.fill(lambda line: None)
    print(f"the demo is made in {perf_counter() - start:.1f} s")
    measure("the demo")
    multiply(40)
    measure("a journal of years")
    start, worked = perf_counter(), thread_time()
    pages = [total for _, total, _ in rebuilding.rebuild()][-1]
    took, worked = perf_counter() - start, thread_time() - worked
    print(f"  the store of {pages} pages is built in {took:.1f} s, {worked:.1f} s of them work")
    if "--long" in sys.argv:
        multiply(920)
        measure("a journal of eighty years")


if __name__ == "__main__":
    main()
