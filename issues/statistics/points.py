"""考核积分: reckoned anew whenever they are asked for, each traced to its article. Facts in, rows
out; nothing is stored, so that a rule or a byline that was wrong is right the next time.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from ..models import PointRule
from .contributions import UNSIGNED, link, ranked
from .facts import Facts, Printed, Signature, offset
from .periods import Period
from .sharing import equally
from .tables import Column, Row, Table

What = PointRule.What
NOTE = (
    "投稿按收稿日期、刊出按出刊日期，用那一天的积分办法；写了栏目的办法优先。几个人合写的，"
    "一篇的积分平分，除不尽的归署名在前的。每次打开都重新计算。"
)


class Point(NamedTuple):
    """What one signature of one article got, in hundredths, and what for."""

    article: int
    title: str
    why: str
    signed: Signature
    hundredths: int


class _Rules:
    """Which rule holds for what: asked of every row, and the answers are few."""

    def __init__(self, rules: Iterable[PointRule]) -> None:
        self._rules = list(rules)
        self._since = sorted({rule.since for rule in self._rules})
        self._found: dict[tuple[str, int, int | None, str], PointRule | None] = {}

    def best(
        self, what: str, day: date, section: int | None, *, grade: str = ""
    ) -> PointRule | None:
        asked = (what, bisect_right(self._since, day), section, grade)
        if asked not in self._found:
            self._found[asked] = _best(self._rules, what, day, section, grade=grade)
        return self._found[asked]


def of(
    facts: Facts, rules: Iterable[PointRule], grades: Mapping[int, Iterable[str]]
) -> list[Point]:
    """`grades` are those of each printed article."""
    known, found, ahead = _Rules(rules), list[Point](), offset()
    for handed in facts.handed:
        rule = known.best(What.HANDED, _day(handed.at + ahead), handed.section)
        if rule:
            signed = facts.signed.get(handed.article, [])
            found += _points(handed.article, "", "投稿", signed, rule.hundredths)
    for out in facts.printed:
        signed = facts.print_signed.get(out.article, [])
        for why, hundredths in _of_printed(known, out, sorted(grades.get(out.article, ()))):
            found += _points(out.article, out.title, why, signed, hundredths)
    return found


def _of_printed(rules: _Rules, out: Printed, grades: Iterable[str]) -> Iterable[tuple[str, int]]:
    if rule := rules.best(What.PRINTED, out.day, out.section):
        yield f"刊出（{out.section_name}）", rule.hundredths
    for grade in grades:
        if rule := rules.best(What.GRADE, out.day, out.section, grade=grade):
            yield rule.get_grade_display(), rule.hundredths
    length = rules.best(What.LENGTH, out.day, out.section)
    if length and out.length >= length.at_least:
        yield f"满 {length.at_least} 字", length.hundredths
    shown = rules.best(What.PICTURES, out.day, out.section)
    if shown and out.pictures >= max(shown.at_least, 1):
        yield f"图文稿（{out.pictures} 幅）", shown.hundredths
    late = rules.best(What.LATE, out.day, out.section)
    if late and out.late:
        yield "过了征稿截止", -late.hundredths


def _best(
    rules: list[PointRule], what: str, day: date, section: int | None, *, grade: str
) -> PointRule | None:
    holding = [
        rule
        for rule in rules
        if rule.what == what
        and rule.since <= day
        and rule.grade == grade
        and rule.section_id in (None, section)
    ]
    key = lambda rule: (rule.section_id is not None, rule.since, rule.pk or 0)  # noqa: E731
    return max(holding, key=key, default=None)


def _day(at: int) -> date:
    return _ordinal(at // 86_400)


@cache
def _ordinal(days: int) -> date:
    return date(1970, 1, 1) + timedelta(days)


def _points(
    article: int, title: str, why: str, signed: list[Signature], hundredths: int
) -> list[Point]:
    shares = equally(hundredths, len(signed))
    return [
        Point(article, title, why, each, share)
        for each, share in zip(signed, shares, strict=True)
        if share
    ]


def _summed(rows: Mapping[object, int], names: Mapping[object, str]) -> list[tuple[int, object]]:
    keys = sorted(rows, key=lambda key: (-rows[key], names[key]))
    return list(zip(ranked(rows[key] for key in keys), keys, strict=True))


def branch_table(points: Iterable[Point], period: Period) -> Table:
    sums: dict[object, int] = defaultdict(int)
    pieces: dict[object, set[int]] = defaultdict(set)
    names: dict[object, str] = {}
    for each in points:
        sums[each.signed.branch] += each.hundredths
        pieces[each.signed.branch].add(each.article)
        names[each.signed.branch] = each.signed.branch_name or UNSIGNED
    rows = tuple(
        Row(
            (place, names[key], len(pieces[key]), sums[key]),
            link(period, what="points", branch=key or "none"),
        )
        for place, key in _summed(sums, names)
    )
    return Table("points", "单位积分", _columns("单位"), rows, NOTE)


def author_table(points: Iterable[Point], period: Period) -> Table:
    sums: dict[object, int] = defaultdict(int)
    pieces: dict[object, set[int]] = defaultdict(set)
    names: dict[object, str] = {}
    for each in points:
        key = each.signed.author
        sums[key] += each.hundredths
        pieces[key].add(each.article)
        names[key] = f"{each.signed.branch_name} {each.signed.author_name}".strip()
    rows = tuple(
        Row(
            (place, names[key], len(pieces[key]), sums[key]),
            link(period, what="points", author=key),
        )
        for place, key in _summed(sums, names)
    )
    return Table("point-authors", "作者积分", _columns("作者"), rows, NOTE)


def _columns(who: str) -> tuple[Column, ...]:
    return (
        Column("名次", "count", 6),
        Column(who, width=24),
        Column("有积分的稿件", "count", 14),
        Column("积分", "share", 10, total=True),
    )


def article_table(points: Iterable[Point], period: Period) -> Table:
    """Every point, with what it is for. What is not out has no title here."""
    rows = tuple(
        Row(
            (
                each.title or f"（投稿 {each.article} 号）",
                each.why,
                each.signed.branch_name or UNSIGNED,
                each.signed.author_name,
                each.hundredths,
            ),
            f"/articles/{each.article}/" if each.title else "",
        )
        for each in points
    )
    columns = (
        Column("文章", width=30),
        Column("项目", width=20),
        Column("单位", width=18),
        Column("作者", width=10),
        Column("积分", "share", 8, total=True),
    )
    return Table("point-articles", "逐篇积分", columns, rows, NOTE)
