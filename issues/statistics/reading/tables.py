"""What was read, as tables. Pure but for addresses."""

from collections.abc import Sequence

from django.urls import reverse

from ...models import Echo
from ..tables import Column, Row, Table
from .facts import MOST, Reading, ReadIssue

_COUNTED = (
    "一次来访只算一次，打开两秒钟才算；预先取页、程序和编辑部自己看的不算。不记是谁。"
    "选“期”的时候，算这一期出刊到今天。"
)
_BEHIND = "看这一期的阅读"


def _of_issue(issue: int) -> str:
    return reverse("admin:issues_issue_reading", args=[issue])


def _read(label: str = "阅读", *, total: bool = False) -> Column:
    return Column(label, "count", total=total)


def articles(told: Reading) -> Table:
    columns = (
        Column("名次", "count", width=6),
        Column("文章", width=32),
        Column("署名", width=22),
        Column("栏目", width=12),
        Column("期", width=14),
        _read(),
        _read("有帮助"),
    )
    places = _places([each.read for each in told.articles])
    rows = tuple(
        Row(
            (
                place,
                each.title,
                each.byline,
                each.section,
                each.issue_label,
                each.read,
                each.helped,
            ),
            _of_issue(each.issue),
        )
        for place, each in zip(places, told.articles, strict=True)
    )
    note = f"读得最多的，至多 {MOST} 篇。{_COUNTED}"
    return Table("read-articles", "读得最多的文章", columns, rows, note, _BEHIND)


def _places(numbers: Sequence[int]) -> list[int]:
    """Equals share a place, and those after them are moved down."""
    return [numbers.index(each) + 1 for each in numbers]


def sections(told: Reading) -> Table:
    return _shares("read-sections", "各栏目的阅读", "栏目", told.sections, "按刊出时的栏目。")


def branches(told: Reading) -> Table:
    note = "几个单位合写的一篇，各单位都算，所以没有合计。"
    columns = (Column("单位", width=24), _read())
    rows = tuple(Row(each) for each in told.branches)
    return Table("read-branches", "各单位的阅读", columns, rows, note)


def months(told: Reading) -> Table:
    rows = tuple(Row((f"{year}年{month}月", n)) for (year, month), n in told.months.items())
    return Table(
        "read-months", "逐月的阅读", (Column("月份", width=14), _read(total=True)), rows, _COUNTED
    )


def _shares(slug: str, title: str, label: str, of: list[tuple[str, int]], note: str) -> Table:
    whole = sum(number for _, number in of)
    rows = tuple(Row((name, number, round(1000 * number / whole))) for name, number in of)
    columns = (Column(label, width=24), _read(total=True), Column("占全部", "rate"))
    return Table(slug, title, columns, rows, note)


def issues(told: Reading) -> Table:
    columns = (
        Column("期", width=16), _read("打开这一期的页面", total=True), _read("读文章", total=True),
    )  # fmt: skip
    rows = tuple(
        Row((each.label, each.opened, each.read), _of_issue(each.issue)) for each in told.issues
    )
    return Table("read-issues", "各期的阅读", columns, rows, behind=_BEHIND)


def leafing(told: Reading) -> Table:
    """How far each issue was leafed through."""
    columns = (
        Column("期", width=16),
        Column("页数", "count"),
        _read("看第一页"),
        _read("看到一半"),
        _read("看到末页"),
        Column("末页比第一页", "rate", width=12),
        Column("看得最多的一页", "count", width=14),
    )
    rows = tuple(Row(_how_far(each), _of_issue(each.issue)) for each in told.issues if each.pages)
    note = (
        "翻页阅读里每一页被看了多少次；手机一次看一页，电脑一次看左右两页。"
        "从链接直接打开中间一页的，没有看第一页，所以末页可以比第一页多。"
    )
    return Table("leafing", "翻页看到第几页", columns, rows, note, _BEHIND)


def _how_far(issue: ReadIssue) -> tuple[str | int | None, ...]:
    first, last = (issue.pages.get(at, 0) for at in (1, issue.page_count))
    return (
        issue.label,
        issue.page_count,
        first,
        issue.pages.get((issue.page_count + 1) // 2, 0),
        last,
        round(1000 * last / first) if first else None,
        min(issue.pages, key=lambda page: (-issue.pages[page], page)),
    )


def letters(told: Reading) -> Table:
    kinds = (("收到", None), *((each.label, each.value) for each in Echo.Status))
    columns = (
        Column("文章", width=32), *(Column(label, "count", total=True) for label, _ in kinds),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                each.title,
                sum(each.numbers.values()),
                *(each.numbers.get(kind, 0) for _, kind in kinds if kind),
            ),
            reverse("article", args=[each.article]),
        )
        for each in told.letters
    )
    note = "按来信的日期算，处理的情况是此刻的。"
    return Table("letters", "读者来信", columns, rows, note, "看文章")


def in_vain(told: Reading) -> Table:
    columns = (Column("查的词", width=30), Column("次数", "count"))
    rows = tuple(Row(each) for each in told.in_vain)
    note = f"至多 {MOST} 个。像号码、邮箱的没有留下。常查而没有的，可以约稿。"
    return Table("in-vain", "没有查到的词", columns, rows, note)
