"""The search at 1,200 and 28,800 articles of 2,500 characters, on both engines: `make bench`.

Prints for a rare word, a usual one, the commonest and two words: how many are found, whether these
are what a scan of every text finds (recall, precision), and what the first page costs (CPU of this
process and the database's together, the median of five): the whole answer, and in brackets the
search alone, with counts by section, branch, author, year and kind, without the page being drawn;
at last the same page once more, as the next page of the hits or a choice costs.
Ends with 1 where something is missed or a first page takes too long. `--rows 1200` takes one size,
`--only sqlite` one engine.
"""

import argparse
import logging
import os
import random
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import search  # noqa: E402
from articles.folding import fold  # noqa: E402
from articles.models import Article, Author, Branch, IndexedText, Section  # noqa: E402
from issues.exports import book  # noqa: E402
from issues.models import Edition, Issue, PrintedArticle  # noqa: E402
from issues.reading.searching import catalogue, finding, names  # noqa: E402
from servicejournal import generation  # noqa: E402
from servicejournal.models import User  # noqa: E402

ROOT = Path(__file__).parent.parent
SIZES = (1_200, 28_800)
AN_ISSUE = 30
LENGTH = 2_500
ROUNDS = 5
#: Milliseconds of CPU that the search of a first page may take.
MOST = 20
#: One article in four hundred has it.
RARE = "琉璃瓦"
ASKED = {
    "a rare word": RARE,
    "a usual word": "客户",
    "the commonest": "的",
    "two words": "客户 大堂",
    "a long word": "客户的",
    "a whole clause": "柜台窗口的",
}
COMMON = (
    "柜台 窗口 客户 老人 服务 大堂 经理 网点 厅堂 等候 叫号 存折 养老金 雨天 笑容 耐心 流程 手机"
    " 操作 讲解 方言 轮椅 爱心 座椅 热水 眼镜 排队 高峰 错峰 培训 晨会 夕会 案例 投诉 回访 感谢"
).split()
FACE = {
    "name": "刊",
    "name_en": "J",
    "about": "",
    "cover_file": "",
    "ground": "#fff",
    "ink": "#000",
    "seal": "#a00",
    "seal_ink": "#fff",
}


class Writer:
    """Texts of words as unevenly common as those of a language, 的 and 在 between them."""

    def __init__(self) -> None:
        self.dice = random.Random(5)  # noqa: S311
        chars = [chr(0x4E00 + at) for at in self.dice.sample(range(20_000), 3500)]
        weights = [1 / (at + 3) for at in range(len(chars))]
        made = ("".join(self.dice.choices(chars, weights, k=2)) for _ in range(30_000))
        rare = set(RARE)
        self.words = [*COMMON, *(each for each in made if not rare & set(each))]
        self.weights, total = [], 0.0
        for at in range(len(self.words)):
            total += 1 / (at + 250)
            self.weights.append(total)

    def some(self, count: int) -> list[str]:
        return self.dice.choices(self.words, cum_weights=self.weights, k=count)

    def body(self) -> str:
        words = iter(self.some(LENGTH // 2))
        parts, length = [], 0
        for one, two, three, four, five in zip(*[words] * 5, strict=False):
            parts.append(f"{one}{two}的{three}，{four}在{five}。")
            length += len(parts[-1])
            if length >= LENGTH:
                break
        if self.dice.random() < 1 / 400:
            parts.insert(len(parts) // 2, RARE)
        return "".join(parts)


def fill(rows: int) -> None:
    writer = Writer()
    chief = User.objects.create_user("bench", name="程砚", is_superuser=True)
    sections = list(Section.objects.all())
    branches = Branch.objects.bulk_create(
        [Branch(name=f"第{at}支行", slug=f"branch-{at}") for at in range(max(rows // 100, 9))]
    )
    authors = Author.objects.bulk_create(
        [Author(name=f"作者{at}", branch=branches[at % len(branches)]) for at in range(rows // 10)]
    )
    for number in range(rows // AN_ISSUE):
        _an_issue(number, writer, chief, sections, authors)
    generation.turn()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _an_issue(
    number: int, writer: Writer, chief: User, sections: list[Section], authors: list[Author]
) -> None:
    now = timezone.now() - timedelta(days=number)
    edition = _out(number, chief, now)
    made = [(writer.dice.choice(sections), writer.dice.choice(authors)) for _ in range(AN_ISSUE)]
    rows = Article.objects.bulk_create(
        Article(
            title="".join(writer.some(4)),
            contributor=chief,
            section=section,
            status=Article.Status.ACCEPTED,
            issue=edition.issue,
            position=place,
            receipt=f"{number:04d}-{place:06d}",
            submitted_at=now,
            round=1,
        )
        for place, (section, _) in enumerate(made, start=1)
    )
    printed = PrintedArticle.objects.bulk_create(
        _printed(edition, article, author, writer.body())
        for article, (_, author) in zip(rows, made, strict=True)
    )
    search.put(
        "article",
        [
            search.Text(each.article_id, each.body[3:-4], each.title, each.byline)
            for each in printed
        ],
    )


def _out(number: int, chief: User, now: datetime) -> Edition:
    """The standing edition of an issue that is out, with nothing in it yet."""
    issue = Issue.objects.create(
        year=2025 - number // 24,
        number=number % 24 + 1,
        theme=f"主题{number}",
        date=date(2020, 1, 1),
    )
    facts = book.facts_for(book.of(issue))
    edition = Edition.objects.create(
        issue=issue, number=1, made_by=chief, sha256="0" * 64, facts=facts, face=FACE
    )
    Issue.objects.filter(pk=issue.pk).update(
        standing=edition,
        signed_off_by=chief,
        signed_off_at=now,
        signed_off_digest="a" * 64,
        published_by=chief,
        published_at=now,
    )
    return edition


def _printed(edition: Edition, article: Article, author: Author, body: str) -> PrintedArticle:
    section = article.section
    return PrintedArticle(
        edition=edition,
        place=article.position,
        article=article,
        section=section,
        section_slug=section.slug,
        section_name=section.name,
        title=article.title,
        body=f"<p>{body}</p>",
        byline=f"{author.branch} {author.name}",
        authors=[_signature(author)],
    )


def _signature(author: Author) -> dict[str, object]:
    branch = author.branch
    told = {"branch": branch.name, "branch_slug": branch.slug}
    return {"name": author.name, "author": author.pk, **told}


def by_walking(query: str) -> set[int]:
    """The articles that hold every word, found by reading each of them."""
    asked = [fold(word) for word in query.split()]
    held = set()
    rows = PrintedArticle.objects.values_list("article", "title", "byline", "body")
    for pk, title, byline, body in rows.iterator(chunk_size=500):
        parts = [fold(title), fold(byline), fold(body[3:-4])]
        if all(any(word in part for part in parts) for word in asked):
            held.add(pk)
    return held


def by_the_search(query: str) -> list[int]:
    """All pages of it, one after the other."""
    hits = finding.look_up(query)
    return [IndexedText.named(number)[1] for number in hits[0 : len(hits)]]


def alone(query: str) -> None:
    """All that a first page shows, not drawn; the index is asked as if for the first time."""
    catalogue.current().found.clear()
    hits = finding.look_up(query)
    finding.show(hits[0:20], hits.asked)
    names.of(hits.known).holding(hits.asked)
    for name in catalogue.FACETS:
        hits.choices(name)


def drawn(client: Client, query: str, *, anew: bool = True) -> None:
    if anew:
        catalogue.current().found.clear()
    answer = client.get("/search/", {"q": query}, secure=True)
    if answer.status_code != 200 or "<mark>" not in answer.text:
        raise SystemExit(f"The page of {query} was not drawn: {answer.status_code}")


def measured(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of CPU, and by the clock."""
    cpu, clock = [], []
    ask()
    for _ in range(ROUNDS):
        began, begun = cpu_time(), perf_counter()
        ask()
        cpu.append((cpu_time() - began) * 1000)
        clock.append((perf_counter() - begun) * 1000)
    return median(cpu), median(clock)


def cpu_time() -> float:
    """Seconds. PostgreSQL works for each connection in a process of its own, on this machine."""
    if connection.vendor == "sqlite":
        return process_time()
    pid = connection.connection.get_backend_pid()
    nanoseconds = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    return process_time() + nanoseconds / 1e9


def report(rows: int) -> bool:
    """Whether all is found, in time."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begun = perf_counter()
    if not PrintedArticle.objects.exists():
        fill(rows)
    filled = perf_counter() - begun
    began = cpu_time()
    known = catalogue.current()
    names.of(known)
    read = (cpu_time() - began) * 1000
    print(
        f"{connection.vendor}, {len(known.numbers)} articles (filled in {filled:.0f} s; after each"
        f" publication the catalogue is read once: {read:.0f} ms); load {os.getloadavg()[0]:.1f}"
    )
    settings.RATE_LIMITS, settings.ALLOWED_HOSTS = 0, ["testserver"]
    logging.disable(logging.INFO)  # a line for each request
    client, is_well = Client(), True
    for what, query in ASKED.items():
        held, found = by_walking(query), by_the_search(query)
        if not held and not found:
            print(f"  {what:<14} {query:<6} is in no text of this size")
            continue
        recall = len(held & set(found)) / len(held)
        precision = len(held & set(found)) / len(found) if found else 0
        cost, clock = measured(lambda query=query: alone(query))
        page, _ = measured(lambda query=query: drawn(client, query))
        again, _ = measured(lambda query=query: drawn(client, query, anew=False))
        is_well &= recall == 1 == precision and len(found) == len(set(found)) and cost <= MOST
        slow = "  slow" if cost > MOST else ""
        print(
            f"  {what:<14} {query:<6} {len(found):6} found, recall {recall:.3f}, precision"
            f" {precision:.3f}, page {page:5.1f} ms (search {cost:5.1f}, by the clock"
            f" {clock:5.1f}), once more {again:5.1f}{slow}",
            flush=True,
        )
    return is_well


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int)
    options.add_argument("--only", choices=["sqlite", "postgresql"])
    told = options.parse_args()
    if told.rows and told.only:
        return 0 if report(told.rows) else 1
    failed = 0
    for rows in [told.rows] if told.rows else SIZES:
        for engine in [told.only] if told.only else ("sqlite", "postgresql"):
            failed |= _in_a_database_of_its_own(rows, engine)
    return failed


def _in_a_database_of_its_own(rows: int, engine: str) -> int:
    command = [sys.executable, __file__, "--rows", str(rows), "--only", engine]
    environment = dict(os.environ)
    if engine == "postgresql":
        command = [sys.executable, "-m", "tests.postgres", "--", *command]
    else:
        name = settings.DATABASES["default"]["NAME"]
        environment["DATABASE_URL"] = f"sqlite:///{name}.search-{rows}"
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main())
