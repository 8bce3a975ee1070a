"""What the desk changes in a manuscript's text: never over somebody else's change, never unseen.

The only way in which an editor's hand reaches title, byline, section or body of a manuscript.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from servicejournal import record

from . import passes, pictures, submissions, workflow
from .models import Article


class Stale(ValueError):
    """Somebody changed the text after it was opened; nothing was written.

    `article` is as it stands now; the message (Chinese) says what to do.
    """

    def __init__(self, article: Article) -> None:
        last = article.history.select_related("history_user").first()
        who = last.history_user if last and last.history_user else "别人"
        super().__init__(
            f"您打开之后，{who}改动了这篇稿件，为了不盖掉，这次没有保存。您写的都还在下面："
            "请打开新的文本，把您的改动补上去。"
        )
        self.article = article


@transaction.atomic
def revise(
    article: Article,
    *,
    by,
    base: str,
    why: str = "",
    small: bool = False,
    also: Callable[[], Any] | None = None,
    **changes: Any,
) -> bool:
    """Writes `changes` (fields of the text); `also` writes what else belongs to it: the byline.

    `base` is the digest of the text that was opened. True where anything became different. A change
    takes the manuscript back to the stage whose pass it voids, unless it is a `small` one
    (`passes.text_changed`). Raises `Stale` and `workflow.NotAllowed`.
    """
    current = check(article, base=base)
    if reason := why_not(current, by):
        raise workflow.NotAllowed(reason)
    section_before, byline_before = current.section_id, current.byline
    for name, value in changes.items():
        setattr(current, name, value)
    current.save()
    if also:
        also()
    pictures.claim(current, by=by)
    submissions.note_byline(current, byline_before, by=by)
    article.refresh_from_db()
    after = Article.objects.get(pk=article.pk).digest()
    if after != base:
        record.write("编辑文本", article, by=by, why=why, before=base, after=after)
        passes.text_changed(article, by=by, why=why, small=small)
    elif article.section_id != section_before:
        record.write("转栏目", article, by=by, why=why, section=article.section.name)
    return after != base


def check(article: Article, *, base: str) -> Article:
    """The manuscript under a lock, where its text is still `base`; otherwise raises `Stale`."""
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if current.digest() != base:
        raise Stale(current)
    return current


def why_not(article: Article, user) -> str:
    """Why the user may not edit the text now, in Chinese; empty where they may."""
    if not user.has_role(*workflow.EDITORIAL):
        return "您的角色不能编辑稿件。"
    if article.is_published:
        return "文章已经刊出，请用“更正文章”。"
    if article.with_the_writer and article.contributor_id != user.pk:
        return f"稿件在作者手里（{article.get_status_display()}），等作者交回来再改。"
    return ""
