"""What the desk finds by the words of a text: manuscripts, and articles by what is printed.

As with fingerprints (`likeness`), nothing has to run for it: a manuscript comes into the index when
somebody looks for one and the text has changed since. Drafts, their writers' alone, do not.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .. import search
from ..bodies import html
from ..models import Article, IndexedText

#: The kinds of entries: `key` is the manuscript's in both.
MANUSCRIPT, PRINTED = "manuscript", "article"
#: Manuscripts that one look may bring in, some tenths of a second; `reindex` brings in all.
MOST = 100
#: A change is dated when it is made, and seen when its transaction ends.
_OVERLAP = timedelta(hours=1)
_FIELDS = ("pk", "kicker", "title", "standfirst", "body", "updated_at")


def holding(query: str) -> RawSQL | None:
    """The keys of manuscripts and articles that hold every word, for a query of the caller's.

    What is found is not what may be seen. None where there is no word to look up.
    """
    _index(_due()[:MOST])
    return search.keys(query, MANUSCRIPT, PRINTED)


def forget(keys: Iterable[int]) -> None:
    search.forget(MANUSCRIPT, keys)


def index_everything() -> None:
    """Also what was never looked for."""
    rows = _of_the_desk().order_by("updated_at", "pk")
    for begin in range(0, rows.count(), MOST):
        _index(rows[begin : begin + MOST])
    search.forget_others(MANUSCRIPT, rows.values_list("pk", flat=True))


def _of_the_desk() -> QuerySet[Article]:
    """No drafts, and nothing that is out: that is found by what is printed."""
    out = Q(issue__published_at__lte=timezone.now())
    return Article.objects.handed_in().exclude(out)


def _due() -> QuerySet[Article]:
    """Those that are not in the index as they are now, the oldest change first.

    Looks only at changes since the newest in the index: what is before was taken in in this order.
    """
    entries = IndexedText.objects.filter(kind=MANUSCRIPT)
    newest = entries.order_by("-made_at").values_list("made_at", flat=True).first()
    rows = _of_the_desk()
    if newest:
        rows = rows.filter(updated_at__gt=newest - _OVERLAP)
    made = entries.filter(key=OuterRef("pk")).values("made_at")
    stale = rows.annotate(made=Subquery(made)).exclude(made=F("updated_at"), made__isnull=False)
    return stale.order_by("updated_at", "pk")


def _index(rows: QuerySet[Article]) -> None:
    search.put(MANUSCRIPT, [_text(each) for each in rows.only(*_FIELDS)])


def _text(article: Article) -> search.Text:
    return search.Text(
        article.pk,
        title=f"{article.kicker} {article.title}",
        body=f"{article.standfirst}\n{html.text(article.body)}",
        made_at=article.updated_at,
    )
