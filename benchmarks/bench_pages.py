"""How long readers' pages take in process, on the demo and with many issues: `make bench`.

Prints the median and the slowest of 30 requests in milliseconds, after one that is not counted.
"""

import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Authorship  # noqa: E402
from issues.demo import fill  # noqa: E402
from issues.making import indexing  # noqa: E402
from issues.models import Issue  # noqa: E402

ROUNDS = 30
COPIES = 40


def multiply() -> None:
    """More issues like the demo's longest one: 40 times its articles, as a journal of years."""
    model = max(Issue.objects.published(), key=lambda issue: issue.articles.count())
    articles = list(model.articles.prefetch_related("authorships"))
    for number in range(COPIES):
        issue = Issue.objects.create(
            year=2000 + number // 6,
            number=number % 6 + 1,
            date=model.date,
            signed_off_at=timezone.now(),
            signed_off_by=model.signed_off_by,
            signed_off_digest="0" * 64,
            published_at=timezone.now(),
            published_by=model.published_by,
        )
        for article in articles:
            authorships = list(article.authorships.all())
            copied = Article.objects.get(pk=article.pk)
            copied.pk, copied.receipt, copied.issue = None, f"B{number}-{article.pk}", issue
            copied.save()
            Authorship.objects.bulk_create(
                Authorship(article=copied, author=each.author, branch=each.branch, position=place)
                for place, each in enumerate(authorships, start=1)
            )
        indexing.index(issue)


def measure(title: str) -> None:
    out = Issue.objects.published().newest_first().first()
    article = out.articles.order_by("-length").first()
    branch = article.authorships.first().branch
    paths = [
        "/",
        "/issues/",
        out.get_absolute_url(),
        article.get_absolute_url(),
        article.section.get_absolute_url(),
        branch.get_absolute_url(),
        "/search/?q=柜台",
    ]
    print(f"{title}: {Issue.objects.count()} issues, {Article.objects.count()} articles")
    client = Client(headers={"host": "127.0.0.1"})
    for path in paths:
        times = [timed(client, path) for _ in range(ROUNDS + 1)][1:]
        print(f"  {path:<36}{median(times):7.1f} ms   slowest {max(times):7.1f} ms")


def timed(client: Client, path: str) -> float:
    start = perf_counter()
    answer = client.get(path)
    elapsed = (perf_counter() - start) * 1000
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
    multiply()
    measure("a journal of years")


if __name__ == "__main__":
    main()
