"""What a 通报 says of a period, before people write around it: figures, ranking, praise."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from servicejournal import masthead

from ..models import Bulletin, Praise, PrintedArticle
from . import contributions, facts, periods
from .contributions import Counts
from .merits import TEXTS
from .periods import Period
from .report import Report
from .sharing import PIECE
from .tables import Row, Table

if TYPE_CHECKING:
    from .bulletins import Paper, Praised

#: Columns of the ranking that fit a page of an office paper: place, branch, handed, accepted,
#: printed, rate.
_RANKING = (0, 1, 2, 3, 4, 8)


def beginning(period: Period) -> Bulletin:
    """A first version that nobody has saved."""
    journal = masthead.current()
    following = periods.quarter(period.last.year, (period.last.month + 2) // 3 + 1)
    return Bulletin(
        period=period.slug,
        version=0,
        heading=f"关于{period.label}《{journal.name}》投稿用稿情况的通报",
        addressed="各支行、各部门",
        opening=f"现将{period.label}《{journal.name}》投稿、用稿情况通报如下。",
        call=f"请没有投稿的单位抓紧组稿，{following.label}至少报送一篇；已有计划的单位按考核任务完成。",
        signed=journal.compiled_by,
        dated=timezone.localdate(),
    )


def of(period: Period) -> Bulletin:
    return Bulletin.objects.filter(period=period.slug).first() or beginning(period)


def paper(bulletin: Bulletin, report: Report) -> "Paper":
    from .bulletins import Paper  # brings python-docx, for whoever takes the paper away

    texts = {name: getattr(bulletin, name) for name in TEXTS}
    return Paper(
        **texts,
        dated=bulletin.dated,
        figures=figures(report),
        ranking=ranking(report),
        praised=praised(report.period),
        silent=tuple(str(row.cells[0]) for row in _table(report, "silent").rows),
    )


def _table(report: Report, slug: str) -> Table:
    found = report.table(slug)
    if found is None:
        raise LookupError(slug)
    return found


def figures(report: Report) -> tuple[str, ...]:
    now, before = report.now.total, report.before_total.total
    wrote = sum(1 for key, each in report.now.branches.items() if key and each.handed)
    printed = [each for key, each in report.now.branches.items() if key and each.printed]
    first = (
        f"{report.period.label}共收到稿件 {_n(now.handed)} 篇，{wrote} 个单位投稿；"
        f"采用 {_n(now.accepted)} 篇，退稿 {_n(now.rejected)} 篇{_rate(now)}。"
        f"与上期相比，投稿{_than(now.handed, before.handed)}，"
        f"采用{_than(now.accepted, before.accepted)}。"
    )
    second = (
        f"刊出 {_n(now.printed)} 篇、{now.characters:,} 字、图片 {now.pictures:,} 幅，"
        f"涉及 {len(printed)} 个单位。"
    )
    return first, second


def _n(hundredths: int) -> str:
    return str(hundredths // PIECE)


def _rate(counts: Counts) -> str:
    return f"，采用率 {counts.rate / 10:.1f}%" if counts.rate is not None else ""


def _than(now: int, before: int) -> str:
    difference = (now - before) // PIECE
    if not difference:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'} {abs(difference)} 篇"


def ranking(report: Report) -> Table:
    """Branches that wrote, by place; nobody's branch is none."""
    signed: dict[int | None, Counts] = {
        key: each for key, each in report.now.branches.items() if key is not None
    }
    now = replace(report.now, branches=signed)
    whole = contributions.branch_table(now, report.before, {})
    rows = tuple(Row(tuple(row.cells[at] for at in _RANKING)) for row in whole.rows)
    columns = tuple(replace(whole.columns[at], total=False) for at in _RANKING)
    return Table("ranking", "各单位名次", columns, rows)


def praised(period: Period) -> tuple["Praised", ...]:
    """What was chosen among the articles that came out in the period, as they are printed."""
    rows = {
        each.article_id: each for each in facts.printed(period).select_related("edition__issue")
    }
    told = Praise.objects.filter(article__in=list(rows)).order_by("-grade", "at", "pk")
    return tuple(_praised(each, rows[each.article_id]) for each in told)


def _praised(told: Praise, printed: PrintedArticle) -> "Praised":
    from .bulletins import Praised

    return Praised(
        told.get_grade_display(),
        printed.title,
        printed.byline,
        printed.edition.issue.label,
        told.reason,
    )
