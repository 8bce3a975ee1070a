"""Comments on passages: written, settled, taken up again. The only writer of `Comment`."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from servicejournal import record
from servicejournal.models import User

from ..bodies import anchors, html
from ..models import Article, Comment

MAX_WORDS = 1000


class NotAllowed(ValueError):
    """The comment cannot be made; the message (Chinese) says why."""


@transaction.atomic
def comment(
    article: Article, *, by: User, words: str, audience: str, quote: str = "", before: str = ""
) -> Comment:
    """Writes a comment on the passage `quote` that follows `before`; without one, on the whole.

    Raises `NotAllowed` where there are no words, or the passage does not stand in the text.
    """
    words = html.visible(words).strip()
    if not words:
        raise NotAllowed("请写下批注。")
    if len(words) > MAX_WORDS:
        raise NotAllowed(f"批注有 {len(words)} 个字，最多 {MAX_WORDS} 个字，请缩短。")
    if audience not in Comment.Audience.values:
        raise NotAllowed("请选批注给谁看。")
    anchor = _anchor(article, quote, before)
    made = Comment.objects.create(
        article=article,
        by=by,
        words=words,
        audience=audience,
        quote=anchor.quote,
        before=anchor.before,
        after=anchor.after,
    )
    record.write("批注", article, by=by, why=words, audience=audience, quote=anchor.quote)
    return made


def _anchor(article: Article, quote: str, before: str) -> anchors.Anchor:
    quote = html.visible(quote).strip()[: anchors.LONGEST]
    if not quote:
        return anchors.Anchor("")
    text = html.text(article.body)
    wanted = anchors.Anchor(quote, html.visible(before)[-anchors.AROUND :])
    at = anchors.find(text, wanted)
    if at is None:
        raise NotAllowed("选中的文字在稿件里找不到，请刷新页面再选。")
    return anchors.place(text, at, at + len(quote))


@transaction.atomic
def settle(comment: Comment, *, by: User) -> None:
    """已处理; doing it again changes nothing."""
    _settle(comment, by=by, at=timezone.now(), verb="处理批注")


@transaction.atomic
def reopen(comment: Comment, *, by: User) -> None:
    """The comment counts as open again."""
    _settle(comment, by=by, at=None, verb="重开批注")


def _settle(comment: Comment, *, by: User, at: datetime | None, verb: str) -> None:
    current = Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if (current.settled_at is None) != (at is None):
        current.settled_at, current.settled_by = at, by if at else None
        current.save(update_fields=["settled_at", "settled_by"])
        record.write(verb, current.article, by=by, why=current.words)
    comment.settled_at, comment.settled_by = current.settled_at, current.settled_by
