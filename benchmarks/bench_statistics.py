"""What a report of the statistics costs at 20,000 manuscripts: `make bench`.

Fills the database (ten years, 250 issues, 20,000 manuscripts of which 6,000 are out, 48,000
decisions of 20 reviewers, 100 branches, 2,000 authors, a manuscript in five by two people), then
makes every table of a quarter, of a year and of all ten years at once, and prints wall-clock
milliseconds (the median of five), the number of queries, and the load of the machine.
"""

import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Author, Authorship, Branch, Review, Section  # noqa: E402
from issues.models import (  # noqa: E402
    Edition,
    Issue,
    PointRule,
    PrintedArticle,
    PrintedAuthor,
    Quota,
)
from issues.statistics import gallery, periods  # noqa: E402
from issues.statistics.report import Report  # noqa: E402
from servicejournal.models import User  # noqa: E402

ROWS, ROUNDS, MOST = 20_000, 5, 300
YEARS = range(2016, 2026)
Status = Article.Status


def fill() -> None:
    dice = random.Random(7)  # noqa: S311
    chief = User.objects.create_user("bench", name="程砚")
    reviewers = [User(username=f"r{n}", name=f"审稿人{n}") for n in range(20)]
    reviewers = User.objects.bulk_create(reviewers)
    branches = [Branch(name=f"第{n}支行", slug=f"branch-{n}") for n in range(100)]
    branches = Branch.objects.bulk_create(branches)
    authors = [Author(name=f"作者{n}", branch=branches[n % 100]) for n in range(2000)]
    authors = Author.objects.bulk_create(authors)
    sections, issues = list(Section.objects.all()), the_issues(chief)
    articles = []
    for number in range(ROWS):
        day = date(YEARS[0], 1, 1) + timedelta(days=3650 * number // ROWS)
        came = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 10))
        status = dice.choices(
            [Status.ACCEPTED, Status.REJECTED, Status.FIRST_REVIEW, Status.WITHDRAWN], [7, 9, 2, 2]
        )[0]
        place = {"issue": issues[number * 250 // ROWS], "position": number + 1}
        articles.append(
            Article(
                title=f"第{number}篇",
                body="<p>一件小事。</p>",
                contributor=chief,
                section=dice.choice(sections),
                status=status,
                stage_since=came + timedelta(days=9),
                submitted_at=came,
                receipt=f"T-{number:06d}",
                round=1,
                **(place if status == Status.ACCEPTED and number % 7 else {}),
            )
        )
    articles = Article.objects.bulk_create(articles, batch_size=1000)
    signatures = [
        Authorship(article=each, author=who, branch=who.branch, position=at)
        for each in articles
        for at, who in enumerate(dice.sample(authors, 2 if each.pk % 5 == 0 else 1), start=1)
    ]
    Authorship.objects.bulk_create(signatures, batch_size=1000)
    Review.objects.bulk_create(decisions(articles, reviewers, dice), batch_size=1000)
    print_all(articles, signatures)
    PointRule.objects.create(since=date(2000, 1, 1), what="printed", hundredths=200)
    PointRule.objects.create(since=date(2000, 1, 1), what="handed", hundredths=100)
    for branch in branches[:60]:
        Quota.objects.create(branch=branch, year=2025, pieces=6)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def the_issues(chief: User) -> list[Issue]:
    """25 a year, all out."""
    made = Issue.objects.bulk_create(
        Issue(year=year, number=n + 1, date=date(year, 1, 1) + timedelta(days=14 * n))
        for year in YEARS
        for n in range(25)
    )
    editions = Edition.objects.bulk_create(
        Edition(issue=each, number=1, made_by=chief, sha256="0" * 64) for each in made
    )
    now = timezone.now()
    for issue, edition in zip(made, editions, strict=True):
        issue.standing, issue.signed_off_by, issue.signed_off_digest = edition, chief, "a" * 64
        issue.published_by, issue.signed_off_at, issue.published_at = chief, now, now
    fields = ["standing", "signed_off_by", "signed_off_digest", "published_by"]
    Issue.objects.bulk_update(made, [*fields, "signed_off_at", "published_at"], batch_size=100)
    return made


def decisions(articles: list[Article], reviewers: list[User], dice: random.Random):
    ends = {Status.ACCEPTED: 3, Status.REJECTED: 2, Status.WITHDRAWN: 1}
    for each in articles:
        stages = list(Review.Stage)[: ends.get(each.status, 0)]
        for at, stage in enumerate(stages, start=1):
            is_last = each.status == Status.REJECTED and at == len(stages)
            yield Review(
                article=each,
                stage=stage,
                decision="reject" if is_last else "pass",
                opinion="不合栏目。",
                reviewer=dice.choice(reviewers),
                decided_at=each.submitted_at + timedelta(days=2 * at, hours=dice.randrange(40)),
                digest="a" * 64,
            )


def print_all(articles: list[Article], signatures: list[Authorship]) -> None:
    signed: dict[int, list[Authorship]] = {}
    for each in signatures:
        signed.setdefault(each.article_id, []).append(each)
    out = [each for each in articles if each.issue]
    printed = PrintedArticle.objects.bulk_create(
        (
            PrintedArticle(
                edition=each.issue.standing,
                place=each.position,
                article=each,
                section=each.section,
                section_slug=each.section.slug,
                section_name=each.section.name,
                title=each.title,
                length=1200,
                byline="署名",
                authors=[
                    {
                        "name": one.author_name,
                        "branch": one.branch_name,
                        "author": one.author_id,
                        "branch_slug": "",
                    }
                    for one in signed[each.pk]
                ],
            )
            for each in out
        ),
        batch_size=1000,
    )
    PrintedAuthor.objects.bulk_create(
        (
            PrintedAuthor(printed=row, author_id=one.author_id, branch_id=one.branch_id)
            for row in printed
            for one in signed[row.article_id]
        ),
        batch_size=1000,
    )


def measured(period: periods.Period, make) -> tuple[float, float, int]:
    """Milliseconds by the clock and of this process's CPU, and queries."""
    with CaptureQueriesContext(connection) as captured:
        make(Report(period))
        queries = len(captured)
    wall, cpu = [], []
    for _ in range(ROUNDS):
        began, spent = perf_counter(), process_time()
        make(Report(period))
        wall.append((perf_counter() - began) * 1000)
        cpu.append((process_time() - spent) * 1000)
    return median(wall), median(cpu), queries


def main() -> None:
    call_command("migrate", verbosity=0)
    if not User.objects.filter(username="bench").exists():
        fill()
    print(f"{connection.vendor}, {Article.objects.count()} manuscripts,", end=" ")
    print(f"{PrintedArticle.objects.count()} out, {Review.objects.count()} decisions")
    ten_years = periods.between(date(2016, 1, 1), date(2025, 12, 31))
    for period in (periods.quarter(2025, 2), periods.year(2025), ten_years):
        for slug in (*Report(period).slugs, "charts"):
            make = gallery.of if slug == "charts" else lambda report, slug=slug: report.table(slug)
            wall, cpu, queries = measured(period, make)
            slow = "  slow" if cpu > MOST else ""
            print(
                f"  {period.label:<24}{slug:<16}{wall:7.0f} ms{cpu:7.0f} ms CPU{queries:4} queries"
                f"  load {os.getloadavg()[0]:.1f}{slow}",
                flush=True,
            )


if __name__ == "__main__":
    main()
