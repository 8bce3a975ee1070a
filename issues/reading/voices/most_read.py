"""What was read most, on stored pages: until yesterday, because the store begins anew each day."""

from datetime import timedelta

from django.utils import timezone

from ...counts import figures
from ...models import Edition, PrintedArticle

#: Articles that are named, fewest that make a list, and days that count on the first page.
MOST, FEWEST, DAYS = 5, 3, 30
_SHOWN = ("article", "title", "byline")


def lately() -> list[figures.Read]:
    """Over all issues. Two queries, one where nothing was read."""
    yesterday = timezone.localdate() - timedelta(days=1)
    since = yesterday - timedelta(days=DAYS - 1)
    rows = PrintedArticle.objects.out().only(*_SHOWN)
    return _list(figures.most_read(MOST, since=since, until=yesterday, among=rows))


def of(edition: Edition) -> list[figures.Read]:
    """In one issue, since it came out. As above."""
    yesterday = timezone.localdate() - timedelta(days=1)
    rows = PrintedArticle.objects.all_out().filter(edition=edition).only(*_SHOWN)
    return _list(figures.most_read(MOST, until=yesterday, among=rows))


def _list(found: list[figures.Read]) -> list[figures.Read]:
    return found if len(found) >= FEWEST else []
