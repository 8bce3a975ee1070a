"""The versions of a manuscript that its writer knows, and two of them compared.

Those are the writer's own saves, what was handed in, and the text as it came back; not what the
desk does to it while it is under review.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models.functions import MD5

from servicejournal import record
from servicejournal.models import Record

from ..authorship import SIGNED
from ..bodies import differences
from ..models import Article
from ..reviewing.workflow import Action
from . import endorsement, telling

Status = Article.Status
#: The text as it is now, where no version holds it yet.
NOW = 0
_LINES = ("title", "kicker", "standfirst", "section_id")
_SENT = "送单位签审的文字"
_TAKEN_BACK = {Status.REVISING: "退回给您时的文字", Status.DRAFT: "撤回时的文字"}


@dataclass(frozen=True, slots=True)
class Version:
    pk: int  # of the row of the history, or NOW
    at: datetime
    label: str
    length: int
    byline: str
    text: tuple[Any, ...]  # the same for the same text
    left_the_writer: bool = False  # handed in, or sent to the head of the branch

    def __str__(self) -> str:
        return f"{self.label} · {self.length} 字"


def of(article: Article) -> list[Version]:
    """The oldest first; each differs from the one before it. No body is loaded."""
    found: list[Version] = []
    for version in [*_from_history(article), *_now(article)]:
        if found and (found[-1].text, found[-1].byline) == (version.text, version.byline):
            found[-1] = _one(found[-1], version)
        else:
            found.append(version)
    return found


def _one(before: Version, version: Version) -> Version:
    """The same text twice: that it was handed in says more than that it was saved."""
    if not version.left_the_writer:
        return before
    label = f"{before.label}，{version.label}" if before.left_the_writer else version.label
    return replace(version, label=label)


def _from_history(article: Article) -> Iterable[Version]:
    signed = list(record.of(article).filter(verb=SIGNED).order_by("at", "pk"))
    rows = article.history.annotate(fingerprint=MD5("body")).order_by("history_date", "history_id")
    unsaid = _unsaid(article)
    before, rounds = "", 0
    shown = ("pk", "history_date", "history_change_reason", "status", "length", "fingerprint")
    for row in rows.values(*shown, *_LINES):
        status, came_from, before = row["status"], before, row["status"]
        handed_in = status == Status.SUBMITTED and came_from in ("", *Article.WITH_THE_WRITER)
        rounds += handed_in
        if not handed_in and status not in Article.WITH_THE_WRITER:
            continue
        if _is_back(status, came_from) and unsaid(row["history_date"]):
            continue
        asked = row["history_change_reason"] == endorsement.ASKED
        label = _SENT if asked else _label(status, came_from)
        yield Version(
            row["pk"],
            row["history_date"],
            f"第 {rounds} 次提交" if handed_in else label,
            row["length"],
            _byline_at(row["history_date"], signed, article),
            (*(row[name] for name in _LINES), row["fingerprint"]),
            handed_in or asked,
        )


def _is_back(status: str, came_from: str) -> bool:
    with_the_desk = bool(came_from) and came_from not in Article.WITH_THE_WRITER
    return with_the_desk and status in Article.WITH_THE_WRITER


def _label(status: str, came_from: str) -> str:
    return _TAKEN_BACK[Status(status)] if _is_back(status, came_from) else "您的保存"


def _unsaid(article: Article) -> Callable[[datetime], bool]:
    """Whether the return that left a version at a moment is not told yet, or was taken back."""
    returns = list(record.of(article).filter(verb=Action.RETURN.label).order_by("at", "pk"))
    said = {row.pk for row in telling.course(article)} if returns else set()

    def is_unsaid(moment: datetime) -> bool:
        step = next((row for row in returns if row.at >= moment), None)
        return step is not None and step.pk not in said

    return is_unsaid


def _byline_at(moment: datetime, signed: list[Record], article: Article) -> str:
    """The history of a text does not hold its authors; the record says when they changed."""
    later = next((row for row in signed if row.at > moment), None)
    return later.what["before"] if later else article.byline


def _now(article: Article) -> Iterable[Version]:
    if not article.with_the_writer:
        return
    lines = (getattr(article, name) for name in _LINES)
    fingerprint = hashlib.md5(article.body.encode(), usedforsecurity=False).hexdigest()
    text = (*lines, fingerprint)
    yield Version(NOW, article.updated_at, "现在的文字", article.length, article.byline, text)


def compare(article: Article, old: Version, new: Version) -> differences.Difference:
    return differences.between(_text(article, old), _text(article, new))


def _text(article: Article, version: Version) -> differences.Text:
    source: Any = article if version.pk == NOW else article.history.get(pk=version.pk)
    return differences.text_of(source, byline=version.byline)


def as_the_writer_left_it(article: Article) -> Article:
    """The text that the writer may see: not what the desk makes of it before it is out."""
    if article.with_the_writer or article.is_published:
        return article
    last = next(reversed(of(article)), None)
    if last is None:
        return article
    row = article.history.get(pk=last.pk)
    return Article(pk=article.pk, title=row.title, body=row.body, length=row.length)
