"""An edited reading copy beside the manuscript: which text it was made from, what it changes, and
each change taken or left by an editor.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from articles.models import Article
from articles.models.article import digest_of
from articles.proofreading.texts import Manuscript
from servicejournal import record
from servicejournal.models import User

from .. import editing
from ..checking import manuscript_of
from . import MARK, changes
from .changes import Change
from .coming_back import Returned

BACK = "送审稿回稿"
#: Earlier texts among which that of the paper is looked for.
_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class Beside:
    """`base` is the digest of the text as it stands; `is_old` where the paper shows an earlier one,
    `is_unknown` where none that is known: then nothing is offered.
    """

    article: Article
    base: str
    changes: tuple[Change, ...]
    is_old: bool = False
    is_unknown: bool = False


def beside(article: Article, returned: Returned) -> Beside:
    """One query more where the text was changed since the paper was made."""
    current, base = manuscript_of(article), article.digest()
    is_old = base[:MARK] != returned.mark
    printed = _printed(article, returned.mark) if is_old else current
    found = changes.between(printed or current, returned.lines, current)
    told = () if printed is None else tuple(found)
    return Beside(article, base, told, is_old, printed is None)


def _printed(article: Article, mark: str) -> Manuscript | None:
    """The text that the paper shows, where the history has it under the byline of today."""
    byline = article.byline
    for row in article.history.all()[:_VERSIONS]:
        if digest_of(row, byline)[:MARK] == mark:
            return Manuscript(
                title=row.title,
                body=row.body,
                byline=byline,
                kicker=row.kicker,
                standfirst=row.standfirst,
            )
    return None


@transaction.atomic
def take(
    article: Article,
    returned: Returned,
    codes: Set[str],
    *,
    by: User,
    base: str,
    small: bool = False,
) -> int:
    """Puts the changes with these codes into the text; of all others the record says that they were
    left. How many were taken. Raises as `editing.revise`.
    """
    current = editing.check(article, base=base)
    found = beside(current, returned).changes
    wanted = [each for each in found if each.code in codes and not each.why_not]
    if wanted:
        before = manuscript_of(current)
        after = changes.apply(before, wanted)
        parts = ("kicker", "title", "standfirst", "body")
        changed = {
            part: getattr(after, part)
            for part in parts
            if getattr(after, part) != getattr(before, part)
        }
        editing.revise(article, by=by, base=base, why=BACK, small=small, **changed)
    told: dict[str, Any] = {
        "taken": _told(wanted),
        "left": _told([each for each in found if each not in wanted]),
    }
    record.write(BACK, article, by=by, **told)
    return len(wanted)


def _told(found: Sequence[Change]) -> list[list[str]]:
    """[what went, what came], as far as a row of the record is for."""
    return [[each.old[:80], each.new[:80]] for each in found[:100]]
