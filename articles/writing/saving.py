"""A writer's text is kept, and never over another one that the writer has not seen.

Every verb is one transaction and takes `by=` the writer.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from servicejournal import record
from servicejournal.models import Record, User

from ..authorship import Byline, bylines_of, note_byline, printed, sign
from ..models import Article, Section
from ..pictures import taking
from ..reviewing import workflow
from . import attachments, telling
from .text import Text, fingerprint

#: Versions that nobody asked for stand at least so far apart.
BETWEEN_VERSIONS = timedelta(minutes=10)
_STARTED = "新建草稿"
_AUTOMATIC = "自动保存"


class Overwritten(ValueError):
    """The manuscript holds another text than the one that the writer went on from."""

    def __init__(self, article: Article, base: str) -> None:
        super().__init__("这篇稿件在别处改过，您这一页写的还没有存。")
        self.article, self.base = article, base
        last = article.history.first()
        self.at: datetime = article.updated_at
        self.by_the_writer = last is None or last.history_user_id in (None, article.contributor_id)


@transaction.atomic
def save(
    text: Text,
    *,
    by: User,
    article: Article | None = None,
    form_id: str = "",
    base: str | None = None,
    automatic: bool = False,
) -> Article:
    """Stores the text in the draft, or in a new one; ties the pictures that it shows to it.

    A form that is sent twice makes one manuscript: `form_id` names the form. `base` is the
    `fingerprint` of the text that the writer went on from ("" of a form that was empty); where the
    manuscript holds another text by now, `Overwritten` is raised and nothing stored. Without
    `base` nothing is compared. Every save is a version; of `automatic` ones some are dropped again.
    Raises `workflow.NotAllowed` where the text is not the writer's to change any more.
    """
    current = _locked(article) if article else _made_by(form_id, by)
    if current is None:
        current = _start(text, by=by, form_id=form_id)
    else:
        _go_on(current, text, by=by, base=base, automatic=automatic)
    taking.claim(current, by=by)
    attachments.claim(current, text.attachments, by=by)
    return current


def choose_section(article: Article, section: Section, *, by: User) -> Article:
    """Saves the text as it is with a section. Raises as `save` does."""
    text = replace(Text.of(article), section=section)
    return save(text, by=by, article=article, base=fingerprint(article, text.bylines))


@transaction.atomic
def set_aside(text: Text, *, by: User, article: Article) -> None:
    """Keeps a text that the writer gave up as a version; the manuscript stays as it is.

    Raises `workflow.NotAllowed` as `save` does.
    """
    current = _locked(article)
    if _holds(current, text, bylines_of(current)):
        return
    _refuse_if_locked(current)
    stays = (current.title, current.section, current.call, current.body, current.note)
    _put(current, text)
    _store(current, by=by)
    current.title, current.section, current.call, current.body, current.note = stays
    _store(current, by=by)


def _locked(article: Article) -> Article:
    """The manuscript as it is now, after its writer: the order in which a new form takes them.

    Without their keys: what only refers to the writer, such as a notice that another click makes
    while it holds the manuscript, must not wait for this in turn.
    """
    locked = Article.objects.select_for_update(of=("contributor", "self"), no_key=True)
    return locked.select_related("contributor").get(pk=article.pk)


def _starts() -> QuerySet[Record]:
    return Record.objects.filter(subject_type=Article._meta.label_lower, verb=_STARTED)


def _made_by(form_id: str, by: User) -> Article | None:
    """The manuscript that this form made before, under a lock; the second click waits here."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    mine = Article.objects.of(by)
    made = _starts().filter(subject_pk__in=mine.values("pk"), what__form=form_id)
    found = mine.filter(pk__in=made.values("subject_pk")) if form_id else mine.none()
    return found.select_for_update(of=("self",), no_key=True).first()


def _start(text: Text, *, by: User, form_id: str) -> Article:
    article = Article(contributor=by)
    article._history_user = by
    _put(article, text)
    article.save()
    sign(article, text.bylines)
    record.write(_STARTED, article, by=by, form=form_id, text=fingerprint(article, text.bylines))
    return article


def _go_on(article: Article, text: Text, *, by: User, base: str | None, automatic: bool) -> None:
    signed = bylines_of(article)
    if _holds(article, text, signed):
        return
    _refuse_if_locked(article)
    _refuse_if_overwritten(article, signed, base)
    if signed != text.bylines:  # first: `versions` reads who signed a version by time
        before = printed(article)
        sign(article, text.bylines)
        note_byline(article, before, by=by)
    _put(article, text)
    _store(article, by=by, why=_AUTOMATIC if automatic else "")
    if automatic:
        _thin_out(article)


def _holds(article: Article, text: Text, signed: tuple[Byline, ...]) -> bool:
    chosen = (text.section and text.section.pk, text.call and text.call.pk)
    kept = (article.title, article.section_id, article.call_id, article.body, article.note)
    sent = (text.stored_title, *chosen, text.body, text.note)
    return kept == sent and signed == text.bylines


def _refuse_if_locked(article: Article) -> None:
    told = telling.as_told(article)
    if not told.with_the_writer:
        raise workflow.NotAllowed(
            f"“{told.title}”现在是“{told.get_status_display()}”，文字已经锁定，这次的改动没有保存。"
            "需要改动，请先撤稿，或与编辑部联系。"
        )


def _refuse_if_overwritten(article: Article, signed: tuple[Byline, ...], base: str | None) -> None:
    if base is None:
        return
    # A new form knows no text; the one that it sent first may have come in without its knowing.
    known, present = base or _started_with(article), fingerprint(article, signed)
    if present != known:
        raise Overwritten(article, present)


def _started_with(article: Article) -> str:
    """The fingerprint of the draft's first text."""
    start = _starts().filter(subject_pk=article.pk).first()
    return start.what.get("text", "") if start else ""


def _put(article: Article, text: Text) -> None:
    article.title, article.section, article.call = text.stored_title, text.section, text.call
    article.body, article.note = text.body, text.note


def _store(article: Article, *, by: User, why: str = "") -> None:
    """Writes text and version."""
    article.store("title", "section", "call", "body", "length", "note", by=by, why=why)


def _thin_out(article: Article) -> None:
    """Drops the version before the newest where it was automatic and followed another closely.

    So the newest version is always the present text, and an afternoon of writing leaves one
    every ten minutes, not one every few seconds.
    """
    newest, *earlier = article.history.defer("body", "note")[:3]
    if len(earlier) < 2:
        return
    before, still_earlier = earlier
    is_close = before.history_date - still_earlier.history_date < BETWEEN_VERSIONS
    is_same_hand = before.history_user_id == newest.history_user_id
    if before.history_change_reason == _AUTOMATIC and is_close and is_same_hand:
        before.delete()
