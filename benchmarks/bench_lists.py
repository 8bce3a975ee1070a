"""What every list of the desk and its first page cost at 20,000 manuscripts: `make bench`.

Fills the database (960 issues, 20,000 manuscripts with their text in the search, 40,000 versions,
55,000 decisions, 60,000 notices, 120,000 lines of the record, 3,000 accounts,
10,000 letters of readers), asks each page as a
chief editor with every right, and prints the CPU in milliseconds (this process's and the database
server's together, so that other work on the machine counts less) and the number of queries; of five
rounds the median. On SQLite, and then on PostgreSQL once more. `--rows 2000` fills a tenth.
"""

import argparse
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicejournal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles import search  # noqa: E402
from articles.bodies import html  # noqa: E402
from articles.models import (  # noqa: E402
    Article,
    Assignment,
    Author,
    Authorship,
    Branch,
    BranchHead,
    Call,
    HouseTerm,
    Notice,
    Review,
    Section,
    Waiver,
)
from articles.reviewing import finding  # noqa: E402
from issues.models import BackIssueImport, Correction, Echo, Edition, Issue, Proof  # noqa: E402
from servicejournal.models import Record, RoleGrant, User  # noqa: E402
from servicejournal.roles import Role  # noqa: E402

ROOT = Path(__file__).parent.parent
ROUNDS = 5
MOST = 150  # milliseconds that a page may take
Status = Article.Status
NOW = timezone.now()
#: Out of a hundred manuscripts that stand in no issue.
ASIDE = {
    Status.DRAFT: 4,
    Status.SUBMITTED: 6,
    Status.FIRST_REVIEW: 5,
    Status.SECOND_REVIEW: 3,
    Status.FINAL_REVIEW: 2,
    Status.REVISING: 4,
    Status.HELD: 6,
    Status.WITHDRAWN: 4,
    Status.ACCEPTED: 6,
    Status.REJECTED: 60,
}
WORDS = (
    "柜台 窗口 客户 老人 服务 大堂 经理 网点 厅堂 等候 叫号 存折 养老金 雨天 笑容 耐心 流程 手机"
    " 操作 讲解 方言 轮椅 爱心 座椅 热水 眼镜 排队 高峰 错峰 培训 晨会 夕会 案例 投诉 回访 感谢"
    " 细节 温度 专业 规范 风险 提示 合规 核对 身份 授权 复核 现金 零钱 整点 押运 盘库 年终 决算"
).split()


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def a_body(dice: random.Random) -> str:
    """About a thousand characters in eight paragraphs; a word in five is a rare one."""
    rare = [chr(0x4E00 + dice.randrange(4000)) + chr(0x4E00 + dice.randrange(4000)) for _ in "rare"]
    paragraphs = (
        "，".join(dice.choices(WORDS, k=12) + rare + dice.choices(WORDS, k=26)) for _ in range(8)
    )
    return "".join(f"<p>{each}。</p>" for each in paragraphs)


def fill(rows: int) -> User:
    dice = random.Random(7)  # noqa: S311
    chief = User.objects.create_user("bench", name="程砚", is_superuser=True)
    for role in (Role.CHIEF_EDITOR, Role.AUDITOR, Role.ADMINISTRATOR):
        RoleGrant.objects.create(user=chief, role=role)
    branches = [Branch(name=f"第{n}支行", slug=f"branch-{n}") for n in range(rows // 100)]
    branches = Branch.objects.bulk_create(branches)
    people = User.objects.bulk_create(
        [
            User(username=f"u{n}", name=f"职员{n}", branch=branches[n % len(branches)])
            for n in range(rows // 7)
        ]
    )
    grants = [RoleGrant(user=each, role=Role.CONTRIBUTOR) for each in people]
    grants += [RoleGrant(user=each, role=Role.EDITOR) for each in people[:20]]
    RoleGrant.objects.bulk_create(grants)
    authors = Author.objects.bulk_create(
        [
            Author(name=f"作者{n}", branch=branches[n % len(branches)], user=person)
            for n, person in enumerate(people)
        ]
    )
    issues = the_issues(max(rows * 48 // 1000, 6), chief)
    calls = Call.objects.bulk_create(
        [Call(theme=f"主题{n}", words="请来稿。", deadline=ago(30 * n).date()) for n in range(100)]
    )
    articles = list(the_articles(rows, dice, people, issues, calls))
    for begin in range(0, len(articles), 1000):
        Article.objects.bulk_create(articles[begin : begin + 1000])
    Authorship.objects.bulk_create(
        [
            Authorship(
                article=each,
                author=(author := dice.choice(authors)),
                branch=author.branch,
                author_name=author.name,
                branch_name=author.branch.name,
            )
            for each in articles
        ],
        batch_size=1000,
    )
    what_happened(articles, dice, chief, people)
    Article.objects.update(updated_at=F("stage_since"))  # not everything in this last hour
    finding.index_everything()
    for begin in range(0, len(articles), 500):
        out = [each for each in articles[begin : begin + 500] if each.issue]
        texts = [search.Text(each.pk, title=each.title, body=html.text(each.body)) for each in out]
        search.put(finding.PRINTED, texts)
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself within minutes.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return chief


def the_issues(count: int, chief: User) -> list[Issue]:
    """All out but the last three."""
    made = Issue.objects.bulk_create(
        [
            Issue(year=2025 - n // 24, number=n % 24 + 1, theme=f"主题{n}", date=date(2020, 1, 1))
            for n in range(count)
        ]
    )
    out = made[3:]
    editions = Edition.objects.bulk_create(
        [Edition(issue=each, number=1, made_by=chief, sha256="0" * 64) for each in out]
    )
    for number, (issue, edition) in enumerate(zip(out, editions, strict=True)):
        issue.standing, issue.signed_off_by, issue.signed_off_digest = edition, chief, "a" * 64
        issue.published_by = chief
        issue.signed_off_at = issue.published_at = ago(15 * (number + 1))
    fields = ["standing", "signed_off_by", "signed_off_digest", "published_by"]
    Issue.objects.bulk_update(out, [*fields, "signed_off_at", "published_at"], batch_size=100)
    proofs = [
        Proof(issue=each, round=n, proofreader=chief, digest="a" * 64)
        for each in out
        for n in (1, 2, 3)
    ]
    Proof.objects.bulk_create(proofs, batch_size=1000)
    BackIssueImport.objects.bulk_create(
        [
            BackIssueImport(
                issue=each, file_name=f"{each.pk}.txt", sha256=f"{each.pk:064d}", imported_by=chief
            )
            for each in out[: count // 2]
        ]
    )
    return made


def the_articles(
    rows: int, dice: random.Random, people: list[User], issues: list[Issue], calls: list[Call]
) -> Iterator[Article]:
    sections = list(Section.objects.all())
    for number in range(rows):
        placed = number < rows * 3 // 4
        [status] = dice.choices(list(ASIDE), weights=list(ASIDE.values()))
        since = ago(number / rows * 5000)
        facts = {
            "title": f"第{number}篇：{''.join(dice.choices(WORDS, k=4))}",
            "body": a_body(dice),
            "contributor": dice.choice(people),
            "status": Status.ACCEPTED if placed else status,
            "section": dice.choice(sections),
            "call": dice.choice(calls) if number % 9 == 0 else None,
            "stage_since": since,
            "created_at": since,
        }
        if placed:
            facts |= {"issue": issues[number % len(issues)], "position": number + 1}
        if facts["status"] != Status.DRAFT:
            facts |= {"receipt": f"2026-{number:06d}", "submitted_at": since, "round": 1}
        yield Article(**facts)


def what_happened(
    articles: list[Article], dice: random.Random, chief: User, people: list[User]
) -> None:
    """Versions, decisions, notices, assignments, the record, and the small tables."""
    for begin in range(0, len(articles), 1000):
        some = articles[begin : begin + 1000]
        versions(some)
        reviews(some, chief)
        notices(some)
        records(some)
    given = [each for each in articles if each.status in Article.IN_REVIEW]
    Assignment.objects.bulk_create(
        Assignment(article=each, editor=dice.choice(people[:20]), due=NOW.date(), assigned_by=chief)
        for each in given[::2]
    )
    HouseTerm.objects.bulk_create(HouseTerm(word=f"词{n}", preferred="词") for n in range(500))
    few = articles[:2000]
    Waiver.objects.bulk_create(a_waiver(each, chief) for each in few)
    editions = {each.issue_id: each for each in Edition.objects.all()}
    Correction.objects.bulk_create(
        Correction(article=each, edition=editions[each.issue_id], reason="更正人名", by=chief)
        for each in few
        if each.issue_id in editions
    )
    letters(articles[: len(articles) // 2], dice, chief)
    BranchHead.objects.bulk_create(
        BranchHead(user=each, branch=each.branch, appointed_by=chief) for each in people[:400]
    )


def letters(articles: list[Article], dice: random.Random, chief: User) -> None:
    """服务回声; the newest forty wait."""
    Echo.objects.bulk_create(
        Echo(
            article=each,
            name=f"读者{number}",
            words="，".join(dice.choices(WORDS, k=40)),
            at=each.stage_since,
            **({} if number < 40 else {"status": "passed", "decided_at": NOW, "decided_by": chief}),
        )
        for number, each in enumerate(articles)
    )


def versions(articles: list[Article]) -> None:
    Version = Article.history.model
    names = [each.attname for each in Version.tracked_fields]
    Version.objects.bulk_create(
        Version(
            **{name: getattr(each, name) for name in names},
            history_date=each.stage_since,
            history_type=kind,
            history_user=each.contributor,
        )
        for each in articles
        for kind in "+~"
    )


def reviews(articles: list[Article], chief: User) -> None:
    Review.objects.bulk_create(
        Review(
            article=each,
            stage=stage,
            decision="pass",
            reviewer=chief,
            opinion="写得扎实，细节多。",
            decided_at=each.stage_since,
            digest=each.digest() if stage == "final" and is_compared(each) else "a" * 64,
        )
        for each in articles
        for stage in ("first", "second", "final")
        if stage != "final" or each.status == Status.ACCEPTED
    )


def is_compared(article: Article) -> bool:
    """With what was passed, to see whether a change waits for the chief editor."""
    return article.status == Status.ACCEPTED and not (article.issue and article.issue.signed_off_at)


def notices(articles: list[Article]) -> None:
    Notice.objects.bulk_create(
        Notice(
            key=f"{each.pk}:{kind}",
            recipient=each.contributor,
            kind=kind,
            article=each,
            subject=f"稿件收到了：《{each.title}》",
            words="您现在不用做什么。",
            path="/submissions/1/",
        )
        for each in articles
        for kind in ("received", "accepted", "out")
    )


def records(articles: list[Article]) -> None:
    Record.objects.bulk_create(
        Record(
            actor=each.contributor.name,
            actor_pk=each.contributor_id,
            verb=verb,
            subject_type="articles.article",
            subject_pk=each.pk,
            subject=each.title,
            at=each.stage_since,
        )
        for each in articles
        for verb in ("投稿", "开始初审", "通过", "分派", "编入", "发布")
    )


def a_waiver(article: Article, by: User) -> Waiver:
    return Waiver(
        article=article,
        by=by,
        rule="M01",
        level="error",
        anchor=f"{article.pk:016d}",
        quote="词",
        reason="引文",
    )


def pages() -> dict[str, str]:
    """Name and address of what is measured."""
    manuscripts = "/admin/articles/article/"
    middle = Article.objects.exclude(issue=None)[99]
    found = {
        "first page of the desk": "/admin/",
        "manuscripts": manuscripts,
        "… of one state": f"{manuscripts}?status__exact=rejected",
        "… overdue": f"{manuscripts}?overdue=yes",
        "… mine": f"{manuscripts}?queue=mine",
        "… of one branch": f"{manuscripts}?branch={Branch.objects.all()[0].pk}",
        "… of one issue": f"{manuscripts}?issue__id__exact={middle.issue_id}",
        "… in a year": f"{manuscripts}?submitted_at__year={NOW.year - 3}",
        "… by title": f"{manuscripts}?o=1",
        "… by state": f"{manuscripts}?o=2",
        "… by due date": f"{manuscripts}?o=4",
        "… page 300": f"{manuscripts}?p=300",
        "… search, one text": f"{manuscripts}?q=第777篇",
        "… search, a common word": f"{manuscripts}?q=柜台",
        "… search, a phrase": f"{manuscripts}?q=柜台窗口客户",
        "… search, an author": f"{manuscripts}?q=作者77",
        "hand over": f"{manuscripts}hand-over/",
    }
    others = (
        "articles.review articles.historicalarticle articles.notice articles.branch"
        " articles.author articles.section articles.call articles.houseterm articles.waiver"
        " articles.branchhead articles.deputy issues.echo issues.feerule issues.pointrule"
        " issues.issue issues.edition issues.correction issues.proof issues.backissueimport"
        " issues.taxrule servicejournal.user servicejournal.record servicejournal.claimrule"
    ).split()
    for each in others:
        app, model = each.split(".")
        found[model] = f"/admin/{app}/{model}/"
    searched = "review historicalarticle notice author user record issue echo".split()
    for each in searched:
        found[f"{each}, search"] = f"{found[each]}?q=作者77"
    for each, field in (("review", "decided_at"), ("record", "at"), ("notice", "created_at")):
        found[f"{each}, a year"] = f"{found[each]}?{field}__year={NOW.year}"
    return found


def measured(ask: Callable[[], object]) -> tuple[float, int]:
    """Milliseconds of CPU, here and in the database's process; and queries."""
    with CaptureQueriesContext(connection) as captured:
        ask()
        queries = len(captured)
    costs = []
    for _ in range(ROUNDS):
        began = cpu_time()
        ask()
        costs.append((cpu_time() - began) * 1000)
    return median(costs), queries


def cpu_time() -> float:
    """Seconds. PostgreSQL works for each connection in a process of its own, on this machine."""
    if connection.vendor == "sqlite":
        return process_time()
    pid = connection.connection.get_backend_pid()
    nanoseconds = int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
    return process_time() + nanoseconds / 1e9


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--only", choices=["sqlite", "postgresql"])
    told = options.parse_args()
    if told.only != "postgresql":
        report(told.rows)
    if not told.only:
        again = [sys.executable, "-m", "tests.postgres", "--", sys.executable, __file__]
        command = [*again, "--rows", str(told.rows), "--only", "postgresql"]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
    elif told.only == "postgresql":
        report(told.rows)


def report(rows: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    begun = perf_counter()
    chief = User.objects.filter(username="bench").first() or fill(rows)
    print(f"{connection.vendor}, {Article.objects.count()} manuscripts", end="")
    print(f", {Issue.objects.count()} issues (filled in {perf_counter() - begun:.0f} s)")
    client = Client()
    client.force_login(chief)
    for name, address in pages().items():
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} does not answer")
        cost, queries = measured(lambda address=address: client.get(address))
        slow = "  slow" if cost > MOST else ""
        print(f"  {name:<28}{cost:6.0f} ms{queries:4} queries{slow}", flush=True)


if __name__ == "__main__":
    main()
