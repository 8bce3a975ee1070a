"""What preflight finds on the pages: by the measures of the board, and by the sizes of print."""

from collections.abc import Iterator
from unicodedata import east_asian_width

from articles.models import Article
from issues.exports import book
from issues.exports.pdf import setting, sharpness
from issues.models import Issue

from .board import cards, flat, measuring, plans
from .board.cards import Deck
from .preflight import Finding

#: Points of a line of the contents, of a character in its title and in its byline; and the
#: characters of a byline that still stands beside its title.
LINE, TITLE, BYLINE, BESIDE = 318.0, 11.2, 8.0, 16


def check(issue: Issue) -> list[Finding]:
    """A constant number of queries. Has measured what is not; nothing in what is out or a scan."""
    if issue.is_published or issue.scan:
        return []
    deck = cards.of(issue)
    plan = flat.of(issue, deck)
    measuring.order(issue, measuring.missing(deck, plan))
    found = [
        *_texts(deck),
        *_pages(plan),
        *_lengths(issue, deck, plan),
        *_pictures(issue),
        *_contents(deck),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def _texts(deck: Deck) -> Iterator[Finding]:
    """What cannot be set, and what must not go out."""
    for card in deck.placed:
        title = card.article.title
        if card.laid and card.laid.problem:
            message = f"“{title}”排不成版，全期的 PDF 因此做不出来，请改正文里的表格、图片或公式。"
            yield Finding(True, message, card.article)
        is_new = card.article.origin != Article.Origin.BACK_ISSUE  # the other one was printed once
        if is_new and card.findings and card.findings.blocking:
            message = (
                f"“{title}”里有 {card.findings.blocking} 处不得刊出的内容，请改正，或写明理由放行。"
            )
            yield Finding(True, message, card.article)


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


def _contents(deck: Deck) -> Iterator[Finding]:
    """Lines of the contents that are longer than their place: the page sets them in two."""
    long = [each for each in (card.article for card in deck.placed) if _breaks(each)]
    if long:
        titles = "、".join(f"“{each.title}”" for each in long[:5])
        more = f"等 {len(long)} 篇" if len(long) > 5 else ""
        yield Finding(False, f"目录里要折行的标题：{titles}{more}。", where="board")


def _breaks(article: Article) -> bool:
    """As the template sets it on A4: a long byline stands below its title."""
    title, byline = _cells(article.title) * TITLE, _cells(article.byline)
    return title > LINE if byline > BESIDE else title + byline * BYLINE > LINE


def _cells(words: str) -> float:
    return sum(1 if east_asian_width(char) in "WF" else 0.55 for char in words)
