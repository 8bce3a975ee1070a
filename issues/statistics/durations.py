"""审稿用时: how long decisions took, how many rounds, and where manuscripts wait. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median

from .contributions import outcome_of, outcomes
from .facts import Course, Facts, Step, Waiting, seconds
from .tables import Column, Row, Table


def _came(each: Step, before: Step | None, again: Iterable[int]) -> int:
    """Since when the manuscript waited for this decision: it was handed in (again), or decided on
    at the stage before."""
    came = min(each.came, each.at)
    if before is not None:
        came = max(came, before.at)
    return max([came, *(at for at in again if at <= each.at)]) if again else came


def waits(course: Course) -> list[tuple[Step, int]]:
    """Decisions of the period, with seconds since the manuscript came to whoever made it."""
    found, before = [], None
    first, end = seconds(course.period)
    for each in course.decided:
        if before is not None and before.article != each.article:
            before = None
        if first <= each.at < end:
            found.append((each, each.at - _came(each, before, course.again.get(each.article, ()))))
        before = each
    return found


def _wholes(told: Iterable[tuple[Step, int]]) -> list[int]:
    """From hand-in to 采用 or 退稿, each manuscript once for either: the last."""
    last = {
        (each.article, what): each.at - min(each.came, each.at)
        for each, _ in told
        if (what := outcome_of(each)) in ("accepted", "rejected")
    }
    return list(last.values())


def tenths(seconds: float) -> int:
    """Of a day."""
    return round(seconds / 8640)


_STAGES = {"first": "初审", "second": "复审", "final": "终审"}


def duration_table(course: Course) -> Table:
    """From hand-in to the decision (采用 or 退稿), then each stage, then each reviewer at it."""
    of_stage: dict[str, list[int]] = defaultdict(list)
    of_reviewer: dict[tuple[str, int], list[int]] = defaultdict(list)
    names, told = course.reviewers, waits(course)
    for each, wait in told:
        of_stage[each.stage].append(wait)
        of_reviewer[each.stage, each.reviewer].append(wait)
    whole = _wholes(told)
    rows = [_durations("从投稿到采用或退稿", "", whole)] if whole else []
    for stage, label in _STAGES.items():
        if of_stage[stage]:
            rows.append(_durations(label, "全部", of_stage[stage]))
        mine = ((who, waited) for (at, who), waited in of_reviewer.items() if at == stage)
        rows += [
            _durations(label, names[who], waited)
            for who, waited in sorted(mine, key=lambda x: names[x[0]])
        ]
    columns = (
        Column("审级", width=20),
        Column("审稿人", width=12),
        Column("决定", "count", 8),
        Column("一半在几天内", "days", 14),
        Column("最长（天）", "days", 12),
    )
    note = "每一级从稿件到这一级（投稿、修改后再投、上一级作出决定）算到这一级作出决定。"
    return Table("durations", "审稿用时", columns, tuple(rows), note)


def _durations(stage: str, who: str, told: list[int]) -> Row:
    return Row((stage, who, len(told), tenths(median(told)), tenths(max(told))))


def waiting_table(waiting: Iterable[Waiting], label: Callable[[str], str], now: int) -> Table:
    rows = tuple(
        Row(
            (label(each.status), each.number, tenths(now - each.oldest)),
            f"rows/?what=waiting&status={each.status}",
        )
        for each in waiting
    )
    columns = (
        Column("状态", width=12),
        Column("稿件", "count", 8, total=True),
        Column("最久（天）", "days", 12),
    )
    return Table("waiting", "现在等在哪里", columns, rows, "此刻的情形，与上面选的时段无关。")


def round_table(facts: Facts) -> Table:
    """How many rounds it took until a manuscript was taken or not."""
    rounds: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for (_, what), each in outcomes(facts).items():
        if what != "returned":
            rounds[each.round][what == "rejected"] += 1
    rows = tuple(Row((f"第 {number} 轮", *rounds[number])) for number in sorted(rounds))
    columns = (
        Column("定稿时", width=12),
        Column("采用", "count", 8, total=True),
        Column("退稿", "count", 8, total=True),
    )
    return Table("rounds", "几轮定稿", columns, rows, "退修后再投一次，加一轮。")
