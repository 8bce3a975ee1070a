"""What became of an issue since it came out: its editions, and what readers were told of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from ..models import Edition, PrintedArticle


@dataclass(frozen=True, slots=True)
class Told:
    """A correction; `article` as it is printed now, None where the cover was corrected."""

    pk: int
    at: datetime
    reason: str
    article: PrintedArticle | None


@dataclass(frozen=True, slots=True)
class History:
    """Both the newest first; of editions what readers held."""

    editions: list[Edition]
    corrections: list[Told]


NONE = History([], [])
_OF_AN_EDITION = ("pk", "number", "made_at", "out_since", "sha256", "pdf_sha256", "epub_sha256")
_OF_A_CORRECTION = ("pk", "at", "reason", "article")


def of(issue: int, printed: Iterable[PrintedArticle]) -> History:
    """`printed` stand in it now: of others (撤稿) nothing is told. One query."""
    by_article = {each.article_id: each for each in printed}
    rows = Edition.objects.filter(issue=issue).order_by("-number")
    told = (*_OF_AN_EDITION, *(f"corrections__{name}" for name in _OF_A_CORRECTION))
    editions: dict[int, Edition] = {}
    corrections = []
    for row in rows.values_list(*told):
        facts: dict[str, Any] = dict(zip(_OF_AN_EDITION, row, strict=False))
        editions[facts["pk"]] = Edition(**facts, issue_id=issue)
        pk, at, reason, article = row[len(_OF_AN_EDITION) :]
        if pk is not None and (article is None or article in by_article):
            corrections.append(Told(pk, at, reason, by_article.get(article)))
    return History(
        [each for each in editions.values() if _was_seen(each)],
        sorted(corrections, key=lambda each: (each.at, each.pk), reverse=True),
    )


def _was_seen(edition: Edition) -> bool:
    return edition.out_since is not None and edition.out_since <= timezone.now()
