"""What was read most, on stored pages: until yesterday, because the store begins anew each day."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from ...counts import figures
from ...models import DailyCount, PrintedArticle

#: Articles that are named, fewest that make a list, and days that count on the first page.
MOST, FEWEST, DAYS = 5, 3, 30
_SHOWN = ("article", "title", "byline")


def lately() -> list[figures.Read]:
    """Over all issues. Two queries, one where nothing was read."""
    yesterday = timezone.localdate() - timedelta(days=1)
    since = yesterday - timedelta(days=DAYS - 1)
    rows = PrintedArticle.objects.out().only(*_SHOWN)
    return _list(figures.most_read(MOST, since=since, until=yesterday, among=rows))


def of(articles: Sequence[PrintedArticle]) -> list[figures.Read]:
    """Of those of one issue, since it came out. One query."""
    yesterday = timezone.localdate() - timedelta(days=1)
    by_pk = {each.article_id: each for each in articles}
    read = figures.of(DailyCount.Kind.ARTICLE, by_pk, until=yesterday)
    told = sorted(read.items(), key=lambda each: (each[1], each[0]), reverse=True)[:MOST]
    return _list([figures.Read(by_pk[key], number) for key, number in told])


def _list(found: list[figures.Read]) -> list[figures.Read]:
    return found if len(found) >= FEWEST else []
