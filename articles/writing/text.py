"""What the writer's form holds, and whether a manuscript holds the same."""

import hashlib
import json
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from ..authorship import Byline, bylines_of
from ..bodies import differences
from ..models import Article, Call, Section

UNTITLED = "未命名草稿"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    title: str
    section: Section | None
    body: str  # from the form an `html.CleanBody`, which no field cleans again
    note: str
    bylines: tuple[Byline, ...]
    call: Call | None = None
    attachments: tuple[UUID, ...] = ()  # tokens of Word files that were brought in

    @classmethod
    def of(cls, article: Article) -> Self:
        """What the form would show."""
        return cls(
            title="" if article.title == UNTITLED else article.title,
            section=article.section,
            body=article.body,
            note=article.note,
            bylines=bylines_of(article),
            call=article.call,
        )

    @property
    def stored_title(self) -> str:
        return self.title or UNTITLED


def fingerprint(article: Article, bylines: tuple[Byline, ...]) -> str:
    """SHA-256 (hex) of all that the writer's form shows of a manuscript that is signed so."""
    rows = [[each.name, each.branch and each.branch.pk] for each in bylines]
    chosen = [article.section_id, article.call_id]
    shown = [article.title, *chosen, article.body, article.note, rows]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def difference(article: Article | None, text: Text) -> differences.Difference:
    """What stands in the manuscript, if there is one, against another text of it."""
    stored = _compared(Text.of(article)) if article else differences.Text("", "")
    here = _compared(text)
    return differences.between(stored, here)


def _compared(text: Text) -> differences.Text:
    bylines = [f"{each.branch or ''} {each.name}".strip() for each in text.bylines]
    return differences.Text(
        title=text.title,
        body=text.body,
        byline="　".join(bylines),
        section=text.section.name if text.section else "",
        call=str(text.call or ""),
        note=text.note,
    )
