"""Which charts a period has: each with its table, whose lines lead to the rows behind."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from . import charts, contributions, durations, facts, periods
from .facts import Facts, moment
from .report import Report
from .sharing import PIECE
from .tables import Column, Row, Table

#: Branches in the heat map; more make it illegible, and stand in the table.
_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    svg: str
    table: Table

    @property
    def address(self) -> str:
        return charts.as_address(self.svg)


def of(report: Report) -> list[Chart]:
    months = periods.months_of(report.period)
    return [
        *_over_the_year(report.facts, months),
        _heat(report),
        _waiting(report),
        _growth(report),
    ]


def _by_month(report_facts: Facts, months: list[periods.Period]) -> list[dict[str, int]]:
    """Pieces of each month: handed, accepted, rejected, printed."""
    starts = [int(moment(each.start).timestamp()) for each in months]
    found = [dict.fromkeys(("handed", "accepted", "rejected", "printed"), 0) for _ in months]

    def count(what: str, moments: Iterable[int]) -> None:
        for month, number in Counter(bisect_right(starts, at) - 1 for at in moments).items():
            if month >= 0:
                found[month][what] += number

    count("handed", (each.at for each in report_facts.handed))
    ended = contributions.outcomes(report_facts)
    for what in ("accepted", "rejected"):
        count(what, (each.at for (_, which), each in ended.items() if which == what))
    days = Counter(each.day for each in report_facts.printed)
    for day, number in days.items():
        count("printed", [int(moment(day).timestamp())] * number)
    return found


def _over_the_year(told: Facts, months: list[periods.Period]) -> list[Chart]:
    counts = _by_month(told, months)
    labels = [f"{each.start.month}月" for each in months]
    series = [
        charts.Series(name, tuple(each[key] for each in counts))
        for key, name in (("handed", "投稿"), ("accepted", "采用"), ("printed", "刊出"))
    ]
    rates = tuple(_rate(each) for each in counts)
    rows = tuple(
        Row(
            (month.label, each["handed"], each["accepted"], each["printed"], rate),
            contributions.link(month, what="handed"),
        )
        for month, each, rate in zip(months, counts, rates, strict=True)
    )
    columns = (
        Column("月份", width=12),
        Column("投稿", "count", total=True),
        Column("采用", "count", total=True),
        Column("刊出", "count", total=True),
        Column("采用率", "rate"),
    )
    table = Table("months", "逐月", columns, rows)
    shown = charts.Series(
        "采用率", tuple(each / 10 if each is not None else None for each in rates)
    )
    few = tuple(
        Row((row.cells[0], row.cells[4]), row.link.replace("handed", "accepted")) for row in rows
    )
    of_rates = Table("rates", "逐月采用率", (columns[0], columns[4]), few)
    return [
        Chart(
            "逐月投稿、采用、刊出（篇）", charts.bars("逐月投稿、采用、刊出", labels, series), table
        ),
        Chart("逐月采用率（%）", charts.lines("逐月采用率", labels, shown), of_rates),
    ]


def _rate(counts: dict[str, int]) -> int | None:
    decided = counts["accepted"] + counts["rejected"]
    return round(1000 * counts["accepted"] / decided) if decided else None


def _heat(report: Report) -> Chart:
    table = contributions.heat_table(report.out, report.sections)
    names = [str(row.cells[0]) for row in table.rows[:_MOST_ROWS]]
    values = [[cell / PIECE for cell in row.cells[1:-1]] for row in table.rows[:_MOST_ROWS]]
    columns = [each.label for each in table.columns[1:-1]]
    return Chart("单位与栏目（刊出篇数）", charts.heat("单位与栏目", names, columns, values), table)


def _waiting(report: Report) -> Chart:
    """How long decisions took, by stage: half of them, and the longest."""
    table = durations.duration_table(report.course)
    whole = [row for row in table.rows if row.cells[1] in ("", "全部")]
    labels = [str(row.cells[0]) for row in whole]
    series = [
        charts.Series("一半在几天内", tuple(row.cells[3] / 10 for row in whole)),
        charts.Series("最长", tuple(row.cells[4] / 10 for row in whole)),
    ]
    return Chart("审稿用时（天）", charts.bars("审稿用时", labels, series), table)


def _growth(report: Report) -> Chart:
    """Pieces that came out in this year and the four before."""
    last = report.period.last.year
    counts: dict[int, int] = defaultdict(int)
    for year, count in facts.printed_by_year(last - 4, last):
        counts[year] = count
    years = list(range(last - 4, last + 1))
    rows = tuple(
        Row((f"{year}年", counts[year]), contributions.link(periods.year(year), what="printed"))
        for year in years
    )
    table = Table("growth", "历年刊出", (Column("年"), Column("刊出", "count", total=True)), rows)
    series = [charts.Series("刊出", tuple(counts[year] for year in years))]
    labels = [f"{year}" for year in years]
    return Chart("历年刊出（篇）", charts.bars("历年刊出", labels, series), table)
