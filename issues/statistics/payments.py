"""稿酬发放表 of a sheet as plain rows: a row for each person, with tax; for page, Excel and PDF."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from servicejournal.models import User

from ..models import Fee, FeeEntry, FeeSheet, TaxRule
from . import fee_rules
from .amounts import capitals, figures
from .contributions import UNSIGNED
from .papers import Payment
from .tables import Column, Row, Table


@dataclass
class Person:
    """What one author gets on the sheet; `branch` as printed where they signed first."""

    branch: str
    name: str
    titles: list[str] = field(default_factory=list)
    fen: int = 0
    tax: int = 0

    @property
    def net(self) -> int:
        return self.fen - self.tax


@dataclass(frozen=True)
class Paid:
    sheet: FeeSheet
    fees: list[Fee]
    people: list[Person]
    entries: list[FeeEntry]
    rule: TaxRule | None

    @property
    def fen(self) -> int:
        return sum(each.fen for each in self.people)

    @property
    def tax(self) -> int:
        return sum(each.tax for each in self.people)

    @property
    def net(self) -> int:
        return self.fen - self.tax

    @property
    def countered(self) -> int:
        return sum(each.fen for each in self.entries)

    @property
    def countered_net(self) -> int:
        """What the counter-entries pay out more or less."""
        return sum(each.net_fen for each in self.entries)

    @property
    def paid_out(self) -> int:
        """实发 with everything that was set right since."""
        return self.net + self.countered_net

    @property
    def shown(self) -> dict[str, str]:
        names = ("fen", "tax", "net", "countered", "countered_net", "paid_out")
        return {name: figures(getattr(self, name)) for name in names}

    @property
    def lines(self) -> list[tuple[Fee, str, str]]:
        return [(each, figures(each.reckoned_fen), figures(each.fen)) for each in self.fees]

    @property
    def entry_lines(self) -> list[tuple[FeeEntry, str, str]]:
        """With what it changes, and what of the tax."""
        return [
            (each, _signed(each.fen), _signed(each.tax_fen) if each.tax_fen else "")
            for each in self.entries
        ]


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else ''}{figures(fen)}"


def of(sheet: FeeSheet) -> Paid:
    """Three queries at most."""
    fees = list(sheet.fees.select_related("author", "changed_by").prefetch_related("entries"))
    rule = fee_rules.tax_of(sheet)
    people: dict[tuple[str, int], Person] = {}
    for fee in fees:
        key = (fee.branch_name, fee.author_id)
        person = people.setdefault(key, Person(fee.branch_name or UNSIGNED, fee.author_name))
        person.titles.append(fee.title)
        person.fen += fee.fen
    _tax(people, rule)
    ordered = sorted(people.values(), key=lambda each: (each.branch, each.name))
    entries = FeeEntry.objects.filter(fee__sheet=sheet).select_related("fee", "by")
    return Paid(sheet, fees, ordered, list(entries), rule)


def own(user: User) -> list[dict[str, str]]:
    """For the file of a person's own data: what was closed, and what was set right since."""
    rows = Fee.objects.filter(author__user=user, sheet__closed_at__isnull=False)
    return [
        {
            "期": each.sheet.issue.label,
            "文章": each.title,
            "元": figures(each.fen),
            "冲账": figures(sum(entry.fen for entry in each.entries.all())),
            "冲账的代扣税": figures(sum(entry.tax_fen for entry in each.entries.all())),
        }
        for each in rows.select_related("sheet__issue").prefetch_related("entries")
    ]


def _tax(people: dict[tuple[str, int], Person], rule: TaxRule | None) -> None:
    """Of all that one person gets on the sheet, under whatever branch: held back from the first."""
    sums: dict[int, int] = defaultdict(int)
    for (_, author), person in people.items():
        sums[author] += person.fen
    left = {author: fee_rules.tax(fen, rule) for author, fen in sums.items()}
    for (_, author), person in people.items():
        person.tax = min(left[author], person.fen)
        left[author] -= person.tax


def table(paid: Paid) -> Table:
    """The sheet for Excel: amounts as numbers, what is paid in capitals too."""
    rows = tuple(
        Row(
            (
                at,
                each.branch,
                each.name,
                "、".join(f"《{title}》" for title in each.titles),
                each.fen,
                each.tax,
                each.net,
                capitals(each.net),
                "",
            )
        )
        for at, each in enumerate(paid.people, start=1)
    )
    columns = (
        Column("序号", width=6),
        Column("单位", width=18),
        Column("姓名", width=10),
        Column("篇目", width=40),
        Column("应发", "fen", 12, total=True),
        Column("代扣税", "fen", 10, total=True),
        Column("实发", "fen", 12, total=True),
        Column("实发（大写）", width=32),
        Column("领款人签字", width=14),
    )
    return Table("payment", "稿酬发放表", columns, rows)


def branch_table(paid: Paid) -> Table:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in paid.people:
        for at, value in enumerate((each.fen, each.tax, each.net)):
            sums[each.branch][at] += value
    rows = tuple(Row((name, *sums[name])) for name in sorted(sums))
    columns = (
        Column("单位", width=20),
        Column("应发", "fen", 12, total=True),
        Column("代扣税", "fen", 10, total=True),
        Column("实发", "fen", 12, total=True),
    )
    return Table("payment-branches", "各单位小计", columns, rows)


def line_table(paid: Paid) -> Table:
    """Each article and author: by the rules, as it stands, and why it differs."""
    rows = tuple(
        Row(
            (
                each.title, each.branch_name or UNSIGNED, each.author_name, each.reckoned_fen,
                each.fen, each.how, each.why,
            )
        )
        for each in paid.fees
    )  # fmt: skip
    columns = (
        Column("文章", width=30),
        Column("单位", width=18),
        Column("姓名", width=10),
        Column("按标准", "fen", 12, total=True),
        Column("金额", "fen", 12, total=True),
        Column("怎样算的", width=40),
        Column("改动的理由", width=24),
    )
    return Table("fee-lines", "逐篇", columns, rows)


def entry_table(paid: Paid) -> Table:
    rows = tuple(Row(cells) for cells in _entries(paid))
    columns = (
        Column("日期", width=12),
        Column("单位", width=18),
        Column("姓名", width=10),
        Column("文章", width=30),
        Column("增减", "fen", 12, total=True),
        Column("代扣税增减", "fen", 12, total=True),
        Column("实发增减", "fen", 12, total=True),
        Column("理由", width=30),
        Column("经手人", width=10),
    )
    return Table("fee-entries", "冲账", columns, rows)


def _entries(paid: Paid) -> list[tuple[str, str, str, str, int, int, int, str, str]]:
    return [
        (
            f"{timezone.localtime(each.at):%Y-%m-%d}",
            each.fee.branch_name or UNSIGNED,
            each.fee.author_name,
            each.fee.title,
            each.fen,
            each.tax_fen,
            each.net_fen,
            each.why,
            str(each.by),
        )
        for each in paid.entries
    ]


def foot(paid: Paid) -> tuple[str, ...]:
    """Below the table: the sums in capitals, and who signs."""
    told = [
        f"应发合计（大写）：人民币{capitals(paid.fen)}",
        f"实发合计（大写）：人民币{capitals(paid.net)}",
    ]
    if paid.rule:
        told.append(f"代扣税：{paid.rule.name}，以财务部门核定为准。")
    if paid.entries:
        told.append(
            f"关账以后冲账 {figures(paid.countered)} 元，见“冲账”。"
            f"冲账以后实发合计 {figures(paid.paid_out)} 元，人民币{capitals(paid.paid_out)}"
        )
    checked, closed = _who(paid.sheet)
    told.append(f"核对：{checked}　　关账：{closed}　　部门负责人：　　　　　　财务：　　　　　　")
    return tuple(told)


def _who(sheet: FeeSheet) -> tuple[str, str]:
    return str(sheet.checked_by or ""), str(sheet.closed_by or "")


def paper(paid: Paid, journal: str) -> Payment:
    numbers = {id(each): at for at, each in enumerate(paid.people, start=1)}
    groups: dict[str, list[Person]] = defaultdict(list)
    for each in paid.people:
        groups[each.branch].append(each)
    checked, closed = _who(paid.sheet)
    now = timezone.localtime()
    return Payment(
        journal=journal,
        heading=f"{paid.sheet.issue.full_label}稿酬发放表",
        state=_state(paid.sheet),
        groups=tuple(
            (
                branch,
                tuple(_line(numbers[id(each)], each) for each in people),
                _sums(people),
            )
            for branch, people in sorted(groups.items())
        ),
        total=_sums(paid.people),
        capitals=capitals(paid.fen),
        net_capitals=capitals(paid.net),
        entries=tuple(
            (*cells[:4], *(figures(fen) for fen in cells[4:7]), *cells[7:])
            for cells in _entries(paid)
        ),
        after=f"冲账以后实发合计（大写）：人民币{capitals(paid.paid_out)}" if paid.entries else "",
        tax=f"代扣税：{paid.rule.name}，以财务部门核定为准。" if paid.rule else "",
        checked=checked,
        closed=closed,
        printed_on=f"{now:%Y-%m-%d %H:%M} 印",
    )


def _state(sheet: FeeSheet) -> str:
    if sheet.closed_at:
        return f"已关账 {timezone.localtime(sheet.closed_at):%Y-%m-%d}"
    return f"{sheet.state}，不作付款依据"


def _line(number: int, each: Person) -> tuple[str, ...]:
    titles = "、".join(f"《{title}》" for title in each.titles)
    sums = (figures(each.fen), figures(each.tax), figures(each.net))
    return (str(number), each.branch, each.name, titles, *sums, capitals(each.net))


def _sums(people: list[Person]) -> tuple[str, str, str]:
    return (
        figures(sum(each.fen for each in people)),
        figures(sum(each.tax for each in people)),
        figures(sum(each.net for each in people)),
    )
