"""What preflight finds on the pages: by the measures of the board, and by the sizes of print."""

from collections.abc import Iterator

from issues.exports import book
from issues.exports.pdf import setting, sharpness
from issues.models import Issue

from .board import cards, flat, measuring, plans
from .board.cards import Deck
from .preflight import Finding


def check(issue: Issue) -> list[Finding]:
    """A constant number of queries. Has measured what is not; nothing in what is out or a scan."""
    if issue.is_published or issue.scan:
        return []
    deck = cards.of(issue)
    plan = flat.of(issue, deck)
    measuring.order(issue, measuring.missing(deck, plan))
    return [*_pages(plan), *_lengths(issue, deck, plan), *_pictures(issue)]


def _pages(plan: flat.Plan) -> Iterator[Finding]:
    if plan.waiting:
        yield Finding(False, "版面还在画，白页、近空的页和页数画好才知道。", where="board")
        return  # the numbers of pages behind what is not drawn may be others
    for page in plan.marked:
        full = f"（排到 {page.percent}%）" if page.fill else ""
        message = f"第 {page.number} 页{page.mark}{full}：{page.hint}"
        yield Finding(False, message, where="board", anchor=f"page-{page.number}")
    if plan.total and plan.to_four:
        message = f"全期 {plan.total} 页，不是四的倍数，再加 {plan.to_four} 页，或减几页。"
        yield Finding(False, message, where="board")


def _lengths(issue: Issue, deck: Deck, plan: flat.Plan) -> Iterator[Finding]:
    """Against the plan (设想), as far as the pages are known."""
    if plan.total is None:
        return
    names = {section.pk: section.name for section in deck.sections}
    for section, planned in sorted(plans.of(issue).items()):
        pages = plan.by_section.get(section, 0) if section else plan.total
        if pages != planned:
            what = f"“{names.get(section, '')}”" if section else "全期"
            message = f"{what}排了 {pages} 页，设想是 {planned} 页。"
            yield Finding(False, message, where="board", anchor="plan")


def _pictures(issue: Issue) -> Iterator[Finding]:
    whole = book.printing_of(issue)
    tokens = {pic.token: "" for article in whole.book.articles for pic in article.pictures}
    if not tokens:
        return
    told = setting.of(whole.book, book.face_of(issue), {**tokens, "cover": ""})
    for soft in sharpness.too_soft(told):
        article = whole.rows[soft.article - 1].printed.article
        title = article.title if article else ""
        message = (
            f"“{title}”的第 {soft.number} 张图印出来只有 {soft.dots} ppi，会发虚，请换一张大的。"
        )
        yield Finding(False, message, article)
