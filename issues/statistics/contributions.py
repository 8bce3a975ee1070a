"""来稿与采用: what branches and authors handed in, and what became of it. Sums in, tables out.

How it is reckoned (`NOTE`): each thing by its own day; a piece is one, in hundredths, shared among
those who signed it, so that the shares of a table are the whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from .facts import Decided, Facts, Step
from .periods import Period
from .sharing import PIECE
from .tables import Column, Row, Table

NOTE = (
    "投稿按首次收稿的日期算，采用、退修、退稿按作出决定的日期算，刊出按出刊日期算；过刊导入不算投稿。"
    "采用率＝采用÷（采用＋退稿）。几个人合写的，一篇平分，除不尽的归署名在前的；"
    "单位按当时的署名，不按作者现在的单位。"
)
UNSIGNED = "（没有署单位）"
#: What each action decides, in the counts of a period.
_OUTCOMES = {("final", "pass"): "accepted", ("return",): "returned", ("reject",): "rejected"}


@dataclass
class Counts:
    """In hundredths of a piece; `characters` and `pictures` are those that were printed."""

    handed: int = 0
    accepted: int = 0
    returned: int = 0
    rejected: int = 0
    withdrawn: int = 0
    printed: int = 0
    characters: int = 0
    pictures: int = 0

    @property
    def rate(self) -> int | None:
        """Per mille of what was decided; None where nothing was."""
        decided = self.accepted + self.rejected
        return (2000 * self.accepted + decided) // (2 * decided) if decided else None

    @property
    def is_nothing(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Counted:
    """Of a period: by branch, author and section (their keys; 0 for none), and all together."""

    period: Period
    total: Counts
    branches: dict[int | None, Counts]
    authors: dict[int, Counts]
    sections: dict[int, Counts]
    #: Printed pieces (hundredths) by branch and section.
    heat: dict[tuple[int | None, int], int]
    branch_names: dict[int | None, str]
    author_names: dict[int, str]


def outcome_of(decided: Decided | Step) -> str:
    """accepted, returned, rejected, or "" for a step on the way."""
    if decided.decision == "pass":
        return "accepted" if decided.stage == "final" else ""
    return _OUTCOMES.get((decided.decision,), "")


def outcomes(facts: Facts) -> dict[tuple[int, str], Decided]:
    """Of the period, each kind once for a manuscript: the last."""
    return {(each.article, what): each for each in facts.decided if (what := outcome_of(each))}


def ranked(values: Iterable[int]) -> list[int]:
    """Places by value, the largest first; equals share the place: 1, 2, 2, 4."""
    listed = list(values)
    order = sorted(listed, reverse=True)
    place: dict[int, int] = {}
    for at, value in enumerate(order, start=1):
        place.setdefault(value, at)
    return [place[value] for value in listed]


_COUNTS = (
    Column("投稿", "share", 8, total=True),
    Column("采用", "share", 8, total=True),
    Column("刊出", "share", 8, total=True),
    Column("退修", "share", 8, total=True),
    Column("退稿", "share", 8, total=True),
    Column("撤稿", "share", 8, total=True),
    Column("采用率", "rate", 9),
    Column("刊出字数", "count", 10, total=True),
    Column("图片", "count", 8, total=True),
)


#: What the first six of these columns count.
_WHATS = ("handed", "accepted", "printed", "returned", "rejected", "withdrawn")


def _behind(of: Counts, period: Period, first: int, **whose: object) -> dict[int, str]:
    """Where each figure of a line leads; `first` is the place of the first one."""
    return {
        first + at: link(period, what=what, **whose)
        for at, what in enumerate(_WHATS)
        if getattr(of, what)
    }


def _cells(of: Counts) -> tuple[int | None, ...]:
    return (
        of.handed, of.accepted, of.printed, of.returned, of.rejected, of.withdrawn, of.rate,
        of.characters, of.pictures,
    )  # fmt: skip


def link(period: Period, **told: object) -> str:
    """The address, below that of the statistics, of the rows behind a figure."""
    return "rows/?" + urlencode({"period": period.slug, **told})


def total_table(now: Counted, before: Counted, year_before: Counted) -> Table:
    """The period beside the one before and that of the year before."""
    rows = []
    for name, label in (
        ("handed", "投稿"), ("accepted", "采用"), ("printed", "刊出"), ("returned", "退修"),
        ("rejected", "退稿"), ("withdrawn", "撤稿"), ("characters", "刊出字数"),
        ("pictures", "图片"),
    ):  # fmt: skip
        unit = 1 if name in ("characters", "pictures") else PIECE
        here, last, then = (
            getattr(each.total, name) // unit for each in (now, before, year_before)
        )
        behind = link(now.period, what=name) if unit == PIECE and here else ""
        cells = (label, here, last, _growth(here, last), then, _growth(here, then))
        rows.append(Row(cells, behind))
    columns = (
        Column("", width=12),
        Column(now.period.label, "count", 16),
        Column(f"上期（{before.period.label}）", "count", 16),
        Column("环比", "rate", 9),
        Column(f"上年同期（{year_before.period.label}）", "count", 18),
        Column("同比", "rate", 9),
    )
    rate = [each.total.rate for each in (now, before, year_before)]
    said = [f"{each / 10:.1f}%" if each is not None else "—" for each in rate]
    note = f"采用率：{said[0]}，上期 {said[1]}，上年同期 {said[2]}。{NOTE}"
    return Table("total", "总览", columns, tuple(rows), note)


def _growth(now: int, then: int) -> int | None:
    """Per mille; None from nothing."""
    return round((now - then) * 1000 / then) if then else None


def branch_table(now: Counted, before: Counted, silent: Mapping[int, str]) -> Table:
    """Ranked by what was printed, then accepted, then handed in. `silent` are branches of today
    (name by key): those without anything stand at the end, with nothing.
    """
    rows = _ranking(now.branches, now.branch_names, before.branches, now.period, "branch")
    known = {key for key in now.branches if key is not None}
    nothing = _cells(Counts())
    rows += [
        Row((None, name, *nothing, before.branches.get(key, Counts()).printed))
        for key, name in silent.items()
        if key not in known
    ]
    columns = (
        Column("名次", "count", 6),
        Column("单位", width=20),
        *_COUNTS,
        Column("上期刊出", "share", 10, total=True),
    )
    return Table("branches", "各单位", columns, tuple(rows), NOTE)


def author_table(now: Counted, before: Counted) -> Table:
    rows = _ranking(now.authors, now.author_names, before.authors, now.period, "author")
    columns = (
        Column("名次", "count", 6),
        Column("作者", width=24),
        *_COUNTS,
        Column("上期刊出", "share", 10, total=True),
    )
    return Table("authors", "作者", columns, tuple(rows), NOTE)


def _ranking(
    counts: Mapping[int | None, Counts] | Mapping[int, Counts],
    names: Mapping[int | None, str] | Mapping[int, str],
    before: Mapping[int | None, Counts] | Mapping[int, Counts],
    period: Period,
    role: str,
) -> list[Row]:
    keys = [key for key in counts if not counts[key].is_nothing]  # type: ignore[index]
    merit = {key: (counts[key].printed, counts[key].accepted, counts[key].handed) for key in keys}  # type: ignore[index]
    keys.sort(key=lambda key: ([-each for each in merit[key]], names[key]))  # type: ignore[index]
    places: dict[tuple[int, ...], int] = {}
    rows = []
    for at, key in enumerate(keys, start=1):
        place = places.setdefault(merit[key], at)
        earlier = before[key].printed if key in before else 0  # type: ignore[index]
        cells = (place, names[key], *_cells(counts[key]), earlier)  # type: ignore[index]
        whose = {role: key or "none"}
        behind = _behind(counts[key], period, 2, **whose)  # type: ignore[index]
        rows.append(Row(cells, link(period, what="printed", **whose), behind))
    return rows


def section_table(now: Counted, names: Mapping[int, str]) -> Table:
    order = {key: at for at, key in enumerate(names)}
    rows = []
    for key in sorted(now.sections, key=lambda each: order.get(each, len(order))):
        counts = now.sections[key]
        if counts.is_nothing:
            continue
        whose = {"section": key or "none"}
        cells = (names.get(key, "（没有栏目）"), *_cells(counts))
        behind = _behind(counts, now.period, 1, **whose)
        rows.append(Row(cells, link(now.period, what="printed", **whose), behind))
    columns = (Column("栏目", width=16), *_COUNTS)
    return Table("sections", "栏目", columns, tuple(rows), NOTE)


def heat_table(now: Counted, names: Mapping[int, str]) -> Table:
    """Printed pieces of each branch in each section."""
    sections = [key for key in names if any(each == key for _, each in now.heat)]
    totals: dict[int | None, int] = {
        branch: sum(now.heat.get((branch, each), 0) for each in sections) for branch, _ in now.heat
    }
    rows = []
    for branch in sorted(totals, key=lambda key: (-totals[key], now.branch_names[key])):
        cells = (now.heat.get((branch, each), 0) for each in sections)
        behind = link(now.period, what="printed", branch=branch or "none")
        rows.append(Row((now.branch_names[branch], *cells, totals[branch]), behind))
    columns = (
        Column("单位", width=20),
        *(Column(names[each], "share", 10, total=True) for each in sections),
        Column("共", "share", 8, total=True),
    )
    return Table("heat", "单位与栏目", columns, tuple(rows), "刊出的篇数。")


def silent_table(silent: Mapping[int, str], counted: Counted) -> Table:
    """未投稿单位: active branches from which nothing came in the period."""
    wrote = {key for key, counts in counted.branches.items() if counts.handed}
    rows = tuple(Row((name,)) for key, name in silent.items() if key not in wrote)
    note = "在用的单位里，这段时间没有投过稿的。"
    return Table("silent", "没有投稿的单位", (Column("单位", width=24),), rows, note)


def quota_table(quotas: Mapping[int, tuple[str, int]], year: Counted) -> Table:
    """考核任务 (branch → its name and pieces) beside what was printed in the year."""
    rows = []
    for branch, (name, pieces) in quotas.items():
        done = year.branches[branch].printed if branch in year.branches else 0
        wanted = pieces * PIECE
        rows.append(
            Row(
                (name, wanted, done, max(wanted - done, 0), min(round(done * 1000 / wanted), 9999)),
                link(year.period, what="printed", branch=branch),
            )
        )
    rows.sort(key=lambda row: (-row.cells[3], row.cells[0]))
    columns = (
        Column("单位", width=20),
        Column("任务", "share", 8, total=True),
        Column("刊出", "share", 8, total=True),
        Column("还差", "share", 8, total=True),
        Column("完成", "rate", 9),
    )
    return Table("quotas", f"{year.period.label}考核任务", columns, tuple(rows), "按刊出的篇数算。")
