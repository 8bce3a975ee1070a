"""Charts of what was read, each with its table. Pure."""

from .. import charts
from ..gallery import Chart
from . import tables
from .facts import Reading, ReadIssue

#: Lying bars of one chart: the rest stands in the table.
_MOST = 12


def of(told: Reading) -> list[Chart]:
    most = [(each.title, float(each.read)) for each in told.articles[:_MOST]]
    sections = [(name, float(number)) for name, number in told.sections[:_MOST]]
    months = list(told.months.items())[-24:]
    series = charts.Series("阅读", tuple(float(number) for _, number in months))
    labels = [f"{month}月" for (_, month), _ in months]
    return [
        Chart("逐月的阅读（次）", charts.bars("逐月的阅读", labels, [series]), tables.months(told)),
        Chart("读得最多的文章（次）", charts.across("读得最多的文章", most), tables.articles(told)),
        Chart("各栏目的阅读（次）", charts.across("各栏目的阅读", sections), tables.sections(told)),
        *(_leafing(told, each) for each in told.issues[:1] if each.pages),
    ]


def _leafing(told: Reading, issue: ReadIssue) -> Chart:
    """Of the newest issue that was read, page after page."""
    pages = range(1, max(issue.page_count, *issue.pages) + 1)
    step = max(len(pages) // 20, 1)
    seen = charts.Series("看过", tuple(float(issue.pages.get(page, 0)) for page in pages))
    labels = [str(page) if page == 1 or page % step == 0 else "" for page in pages]
    svg = charts.bars(f"{issue.label}翻页", labels, [seen])
    return Chart(f"{issue.label}翻页看到第几页（次）", svg, tables.leafing(told))
