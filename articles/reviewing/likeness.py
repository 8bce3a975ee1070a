"""查重: the same passage in an earlier article of ours, or in another manuscript on the desk.

Fingerprints are made when somebody asks and the text has changed since: nothing has to run for it,
and drafts, which are their writers' alone, have none.
"""

import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F, Q
from django.utils import timezone

from ..models import Article, Fingerprint
from ..proofreading import Finding, Manuscript, similarity
from ..proofreading.texts import Text, of_manuscript

#: Texts that are fingerprinted in one query's worth.
_CHUNK = 100


def shared_with_others(article: Article, text: Text) -> list[Finding]:
    """A finding for each passage that stands elsewhere too; three queries when all is fresh."""
    _refresh()
    found = similarity.overlaps(text.string, _Others(article.pk))
    keys = [overlap.key for overlap in found]
    others = Article.objects.select_related("issue").defer("body").in_bulk(keys)
    return similarity.findings(text, found, {pk: _name(each) for pk, each in others.items()})


def _name(article: Article) -> str:
    where = article.issue.label if article.issue else article.get_status_display()
    return f"《{article.title}》（{where}）"


def _refresh() -> None:
    """Makes the fingerprints that are missing or older than their text."""
    stale = Q(fingerprint=None) | Q(updated_at__gt=F("fingerprint__made_at"))
    due = Article.objects.handed_in().filter(stale)
    now = timezone.now()
    rows = due.values_list("pk", "body").iterator(chunk_size=_CHUNK)
    for pk, body in list(rows):
        facts = {"made_at": now, "numbers": _packed(body)}
        Fingerprint.objects.update_or_create(article_id=pk, defaults=facts)


def _packed(body: str) -> bytes:
    numbers = array("I", similarity.fingerprint(of_manuscript(Manuscript(body=body)).string))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


class _Others:
    """Who else has a shingle: `similarity.Holders` over the table."""

    def __init__(self, pk: int) -> None:
        self._pk = pk

    def holders(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        wanted, found = set(numbers), defaultdict(list)
        others = Fingerprint.objects.exclude(article=self._pk)
        others = others.filter(article__in=Article.objects.handed_in())
        rows = others.values_list("article_id", "numbers").order_by("article_id")
        for pk, packed in rows.iterator(chunk_size=2000):
            for number in wanted.intersection(_unpacked(packed)):
                found[number].append(pk)
        return found


def _unpacked(packed: bytes | memoryview) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(bytes(packed))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
