"""When what readers hold last changed, for feeds and search engines."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from ...models import Correction, PrintedArticle


def of_articles(articles: Iterable[PrintedArticle]) -> dict[int, datetime]:
    """By article: the day it came out, or of its latest correction. One query.

    An edition that was made for another article's sake is no news of this one.
    """
    known = {each.article_id: _out(each) for each in articles}
    for article, latest in _latest(Correction.objects.filter(article__in=known)).items():
        known[article] = max(known[article], latest)
    return known


def corrected() -> dict[int, datetime]:
    """By article, the moment of its latest correction; of all that ever had one. One query."""
    return _latest(Correction.objects.exclude(article=None))


def _latest(corrections: "QuerySet[Correction]") -> dict[int, datetime]:
    return dict(corrections.order_by().values_list("article").annotate(latest=Max("at")))


def _out(article: PrintedArticle) -> datetime:
    out = article.edition.issue.published_at
    if out is None:
        raise ValueError("not out")
    return out
