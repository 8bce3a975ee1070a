"""The figures of a period, counted by plain loops over rows, as somebody with a pencil would."""

from collections import Counter, defaultdict
from dataclasses import asdict
from statistics import median

from django.utils import timezone

from articles.models import Article, Review
from issues.models import FeeRule, Issue
from issues.statistics.report import Report

KINDS = (
    "handed", "accepted", "returned", "rejected", "withdrawn", "printed", "characters", "pictures",
)  # fmt: skip


def hundredths(whole: int, people: int) -> list[int]:
    """As much for each; what is left, one by one to those in front."""
    return [whole // people + (at < whole % people) for at in range(people)]


class Count:
    """By kind: all, by branch, by author, by section."""

    def __init__(self) -> None:
        self.total: Counter[str] = Counter()
        self.of: dict[str, dict[object, Counter[str]]] = {
            name: defaultdict(Counter) for name in ("branches", "authors", "sections")
        }

    def add(
        self, kind: str, signed: list[tuple[object, object]], section: object, whole: int = 100
    ):
        self.total[kind] += whole
        self.of["sections"][section or 0][kind] += whole
        if not signed:
            self.of["branches"][None][kind] += whole
        for (branch, author), share in zip(
            signed, hundredths(whole, len(signed)) if signed else [], strict=True
        ):
            self.of["branches"][branch][kind] += share
            self.of["authors"][author][kind] += share


def day_of(moment):
    return timezone.localtime(moment).date()


def is_in(period, day) -> bool:
    return day is not None and period.start <= day < period.end


def count(period) -> Count:
    told = Count()
    for article in Article.objects.all():
        signed = [
            (each.branch_id, each.author_id) for each in article.authorships.order_by("position")
        ]
        at_desk = article.receipt is not None and article.status != "draft"
        if at_desk and article.submitted_at and is_in(period, day_of(article.submitted_at)):
            told.add("handed", signed, article.section_id)
        if article.status == "withdrawn" and is_in(period, day_of(article.stage_since)):
            told.add("withdrawn", signed, article.section_id)
        decided = set()
        for review in standing(article):
            if is_in(period, day_of(review.decided_at)):
                decided |= {
                    ("pass", "final"): {"accepted"},
                    ("return", review.stage): {"returned"},
                    ("reject", review.stage): {"rejected"},
                }.get((review.decision, review.stage), set())
        for kind in decided:
            told.add(kind, signed, article.section_id)
    for issue in Issue.objects.all():
        if not issue.is_published or not is_in(period, issue.date):
            continue
        for printed in issue.standing.printed.all():
            signed = [(each.branch_id, each.author_id) for each in printed.signed_by.order_by("pk")]
            told.add("printed", signed, printed.section_id)
            told.add("characters", signed, printed.section_id, printed.length)
            told.add("pictures", signed, printed.section_id, printed.shows.count())
    return told


def standing(article):
    return [
        each
        for each in article.reviews.order_by("decided_at", "pk")
        if not hasattr(each, "retraction")
    ]


def same(report: Report) -> None:
    """Every figure of the contributions of a period is what the pencil found."""
    told = count(report.period)
    assert {kind: told.total[kind] for kind in KINDS} == asdict(report.now.total)
    for name, counts in told.of.items():
        found = getattr(report.now, name)
        assert {key: asdict(each) for key, each in found.items() if not each.is_nothing} == {
            key: {kind: each[kind] for kind in KINDS}
            for key, each in counts.items()
            if any(each.values())
        }, name
    durations(report)


def durations(report: Report) -> None:
    """Half and longest of each stage, in tenths of a day, of a journal without second rounds."""
    waits: dict[str, list[int]] = defaultdict(list)
    for article in Article.objects.exclude(submitted_at=None):
        came = article.submitted_at
        for review in standing(article):
            if is_in(report.period, day_of(review.decided_at)):
                seconds = int(review.decided_at.timestamp()) - int(came.timestamp())
                waits[review.get_stage_display()].append(max(seconds, 0))
            came = review.decided_at
    rows = {
        row.cells[0]: row.cells[2:]
        for row in report.table("durations").rows
        if row.cells[1] == "全部"
    }
    assert rows == {
        stage: (len(each), round(median(each) / 8640), round(max(each) / 8640))
        for stage, each in waits.items()
    }
    assert Review.Stage.FIRST.label in rows or not rows


def fees_of(sheet) -> dict[int, int]:
    """By article: what the demo's rules give, worked out here once more."""
    found = {}
    for printed in sheet.edition.printed.all():
        rules = FeeRule.objects.filter(since__lte=sheet.issue.date)
        own = rules.filter(basis="thousand", section=printed.section_id).first()
        rule = own or rules.get(basis="thousand", section=None)
        yuan = int(printed.length * rule.fen / 100_000 + 0.5)
        fen = min(max(yuan * 100, rule.at_least_fen), rule.at_most_fen)
        fen += min(1_000 * len(printed.pictures), 5_000)
        for praise in printed.article.praises.all():
            fen += rules.get(basis="bonus", grade=praise.grade).fen
        found[printed.article_id] = fen
    return found


def points_of(report: Report) -> int:
    """All of a period by the demo's rules, in hundredths."""
    total = 100 * count(report.period).total["handed"] // 100
    for printed in report.facts.printed:
        article = Article.objects.get(pk=printed.article)
        total += 200 + 100 * (printed.length >= 2000) + 50 * (printed.pictures > 0)
        total += 300 * article.praises.filter(grade="excellent").count() - 50 * article.is_late
    return total
