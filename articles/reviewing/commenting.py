"""Comments on passages: written, mended, settled, taken up again. The only writer of `Comment`.

Who wrote one mends its words, or takes it away, until anybody else has seen it; for whom it is,
until the manuscript's writer has.
"""

from collections.abc import Iterable
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
    words = _checked(words, audience)
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


def _checked(words: str, audience: str) -> str:
    words = html.visible(words).replace("\0", "").strip()
    if not words:
        raise NotAllowed("请写下批注。")
    if len(words) > MAX_WORDS:
        raise NotAllowed(f"批注有 {len(words)} 个字，最多 {MAX_WORDS} 个字，请缩短。")
    if audience not in Comment.Audience.values:
        raise NotAllowed("请选批注给谁看。")
    return words


@transaction.atomic
def mend(comment: Comment, *, by: User, words: str, audience: str, mark: str) -> None:
    """改批注. `mark` is that of the comment on the page. Raises `NotAllowed`."""
    current = _own(comment, by, mark)
    words = _checked(words, audience)
    before = {"words": current.words, "audience": current.audience}
    if words != current.words and current.read_at:
        raise NotAllowed("这条批注已经有人看过，字不能再改；可以另写一条。")
    if audience != current.audience and current.told_at:
        raise NotAllowed("作者已经看过这条批注，不能再改给谁看；可以另写一条。")
    current.words, current.audience = words, audience
    current.save(update_fields=["words", "audience"])
    if before != {"words": words, "audience": audience}:
        record.write("改批注", current.article, by=by, why=words, audience=audience, before=before)


@transaction.atomic
def take_away(comment: Comment, *, by: User, mark: str) -> None:
    """删批注: its words stay in the record. `mark` as in `mend`. Raises `NotAllowed`."""
    current = _own(comment, by, mark)
    if current.read_at:
        raise NotAllowed("这条批注已经有人看过，不能删了；可以点“已处理”，或另写一条。")
    record.write("删批注", current.article, by=by, why=current.words, audience=current.audience)
    current.delete()


def _own(comment: Comment, by: User, mark: str) -> Comment:
    """The comment as it is stored, under a lock, to its own writer."""
    current = Comment.objects.select_for_update(of=("self",)).filter(pk=comment.pk).first()
    if current is None:
        raise NotAllowed("这条批注已经删了。")
    if current.by_id != by.pk:
        raise NotAllowed("只能改自己写的批注。")
    if current.mark != mark:
        raise NotAllowed("这条批注刚刚在别的页面上改过，请看过再改。")
    if current.settled_at:
        raise NotAllowed("这条批注已经处理，要改请先“重新打开”。")
    return current


def shown(comments: Iterable[Comment], *, to: User) -> None:
    """Whoever is shown a comment has seen it as it is on their page: not what it became since."""
    for each in comments:
        is_writer = each.article.contributor_id == to.pk and to.pk != each.by_id
        if each.by_id == to.pk or (each.read_at and (each.told_at or not is_writer)):
            continue
        now = timezone.now()
        as_shown = Comment.objects.filter(pk=each.pk, words=each.words, audience=each.audience)
        facts = {"read_at": each.read_at or now}
        as_shown.update(**facts, **({"told_at": now} if is_writer else {}))


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
