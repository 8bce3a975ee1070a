"""What stands around an article in its issue: the issue's front, what is linked before and behind,
and whether readers wrote to it or something in it was corrected.

Most articles of an issue are drawn one after the other, so this is read once for all of them.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from ..models import Correction, Echo, Edition, PrintedArticle
from . import fronts, once, sheets
from .voices import letters


@dataclass(frozen=True, slots=True)
class Around:
    edition: Edition
    front: fronts.Front
    articles: tuple[PrintedArticle, ...]

    def beside(
        self, article: PrintedArticle
    ) -> tuple[PrintedArticle | None, PrintedArticle | None]:
        return sheets.neighbours(article, self.articles)

    def told_of(self, article: PrintedArticle) -> dict[str, Any]:
        """`letters`, `helped` and `corrections`, for its page. No query where there is none."""
        row = vars(next(each for each in self.articles if each.article_id == article.article_id))
        found = letters.of(article.article_id) if row["written"] else []
        return {
            "letters": found,
            "helped": row["helped"],
            "corrections": _corrections(article.article_id) if row["corrected"] else [],
        }


def of(edition: int) -> Around:
    """Two queries for the first who asks in a state; afterwards none."""
    return once.in_a_state(("around", edition), lambda: _read(edition))


_SHOWN_OF_AN_EDITION = (
    *("facts", "face", "outline", "in_pages"),
    *(f"issue__{name}" for name in ("year", "kind", "number", "last_number")),
)


def _read(pk: int) -> Around:
    rows = Edition.objects.filter(pk=pk).order_by().select_related("issue")
    edition = rows.only(*_SHOWN_OF_AN_EDITION).get()
    printed = letters.with_helped(PrintedArticle.objects.filter(edition=pk).order_by("place"))
    about = OuterRef("article_id")
    printed = printed.annotate(
        written=Exists(Echo.objects.shown().filter(article=about)),
        corrected=Exists(Correction.objects.filter(article=about)),
    )
    told = printed.only("place", "article", "title", "section_name", "byline")
    return Around(edition, fronts.of(edition), tuple(told))


def _corrections(article: int) -> list[Correction]:
    return list(Correction.objects.filter(article=article).only("at", "reason"))
