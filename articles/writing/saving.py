"""What a writer does with a manuscript: write, save, hand in. Its state is changed by `workflow`.

Every verb is one transaction and takes `by=` the writer.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import escape

from articles.pictures import pixels
from servicejournal import record
from servicejournal.models import Record, User

from .. import authorship
from ..authorship import Byline
from ..bodies import html
from ..models import Article, Call, Picture, Section
from ..pictures import taking
from ..reviewing import workflow
from . import attachments, endorsement

UNTITLED = "未命名草稿"
#: Characters below which a text is not finished: two short sentences.
MIN_LENGTH = 50
#: Versions that nobody asked for stand at least so far apart.
BETWEEN_VERSIONS = timedelta(minutes=10)
_STARTED = "新建草稿"
_AUTOMATIC = "自动保存"
#: What a writer answers for when handing in; the record keeps the words.
DECLARATIONS = {
    "original": "这是原创稿件，没有在别处发表过，署名属实，文责自负。",
    "no_secrets": "稿中没有国家秘密、商业秘密，也没有能认出客户的姓名、账号、照片等信息。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the writer's form holds."""

    title: str
    section: Section | None
    body: str
    note: str
    bylines: tuple[Byline, ...]
    call: Call | None = None
    attachments: tuple[UUID, ...] = ()  # tokens of Word files that were brought in


class Overwritten(ValueError):
    """The manuscript holds another text than the one that the writer went on from."""

    def __init__(self, article: Article) -> None:
        super().__init__("这篇稿件在别处改过，您这一页写的还没有存。")
        self.article = article
        self.base = fingerprint(article)
        last = article.history.first()
        self.at: datetime = article.updated_at
        self.by_the_writer = last is None or last.history_user_id in (None, article.contributor_id)


@transaction.atomic
def save(
    text: Text,
    *,
    by,
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
    # The second click waits for the first. Without the key: what only refers to the person, such as
    # a notice of the first click's handing in, must not wait for this in turn.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    current = _locked(article) if article else _made_by(form_id, by)
    if current is None:
        current = _start(text, by=by, form_id=form_id)
    elif not _holds(current, text):
        _refuse_if_locked(current)
        _refuse_if_overwritten(current, base)
        _change(current, text, by=by, automatic=automatic)
    taking.claim(current, by=by)
    attachments.claim(current, text.attachments, by=by)
    return current


@transaction.atomic
def set_aside(text: Text, *, by, article: Article) -> None:
    """Keeps a text that the writer gave up as a version; the manuscript stays as it is.

    Raises `workflow.NotAllowed` as `save` does.
    """
    current = _locked(article)
    if _holds(current, text):
        return
    _refuse_if_locked(current)
    stays = (current.title, current.section, current.call, current.body, current.note)
    _put(current, text)
    _store(current, by=by)
    current.title, current.section, current.call, current.body, current.note = stays
    _store(current, by=by)


def fingerprint(article: Article) -> str:
    """SHA-256 (hex) of all that the writer's form shows."""
    bylines = [
        [each.name, each.branch and each.branch.pk] for each in authorship.bylines_of(article)
    ]
    chosen = [article.section_id, article.call_id]
    shown = [article.title, *chosen, article.body, article.note, bylines]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _starts() -> QuerySet[Record]:
    return Record.objects.filter(subject_type=Article._meta.label_lower, verb=_STARTED)


def _made_by(form_id: str, by) -> Article | None:
    """The manuscript that this form made before, under a lock."""
    mine = Article.objects.of(by)
    made = _starts().filter(subject_pk__in=mine.values("pk"), what__form=form_id)
    found = mine.filter(pk__in=made.values("subject_pk")) if form_id else mine.none()
    return found.select_for_update(of=("self",)).first()


def _start(text: Text, *, by, form_id: str) -> Article:
    article = Article(contributor=by)
    article._history_user = by
    _put(article, text)
    article.save()
    authorship.sign(article, text.bylines)
    record.write(_STARTED, article, by=by, form=form_id, text=fingerprint(article))
    return article


def _holds(article: Article, text: Text) -> bool:
    kept = (article.title, article.section, article.call, article.body, article.note)
    sent = (_title(text), text.section, text.call, html.clean(text.body), text.note)
    return kept == sent and authorship.bylines_of(article) == text.bylines


def _refuse_if_locked(article: Article) -> None:
    if not article.with_the_writer:
        raise workflow.NotAllowed(
            f"“{article.title}”现在是“{article.get_status_display()}”，文字已经锁定，这次的改动没有保存。"
            "需要改动，请先撤稿，或与编辑部联系。"
        )


def _refuse_if_overwritten(article: Article, base: str | None) -> None:
    if base is None:
        return
    # A new form knows no text; the one that it sent first may have come in without its knowing.
    known = base or _started_with(article)
    if fingerprint(article) != known:
        raise Overwritten(article)


def _started_with(article: Article) -> str:
    """The fingerprint of the draft's first text."""
    start = _starts().filter(subject_pk=article.pk).first()
    return start.what.get("text", "") if start else ""


def _change(article: Article, text: Text, *, by, automatic: bool) -> None:
    # First the byline: `versions` reads who signed a version by time.
    if authorship.bylines_of(article) != text.bylines:
        before = authorship.printed(article)
        authorship.sign(article, text.bylines)
        authorship.note_byline(article, before, by=by)
    _put(article, text)
    _store(article, by=by, why=_AUTOMATIC if automatic else "")
    if automatic:
        _thin_out(article)


def _store(article: Article, *, by, why: str = "") -> None:
    """Writes text and version."""
    article._history_user, article._change_reason = by, why or None
    article.save(update_fields=["title", "section", "call", "body", "length", "note", "updated_at"])


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


def _title(text: Text) -> str:
    return text.title or UNTITLED


def _put(article: Article, text: Text) -> None:
    article.title, article.section, article.call = _title(text), text.section, text.call
    article.body, article.note = text.body, text.note


def text_of(article: Article) -> Text:
    """What the form would show."""
    return Text(
        title="" if article.title == UNTITLED else article.title,
        section=article.section,
        body=article.body,
        note=article.note,
        bylines=authorship.bylines_of(article),
        call=article.call,
    )


def missing(article: Article) -> dict[str, str]:
    """What still has to be written before it can be handed in: form field → what to do."""
    lacking = {}
    if article.title in ("", UNTITLED):
        lacking["title"] = "请写上标题。"
    if article.section_id is None:
        lacking["section"] = "请选一个栏目；拿不准就选最接近的，编辑会调整。"
    if not article.authorships.exists():
        lacking["authors"] = "请至少写一位作者的姓名。"
    if article.length < MIN_LENGTH:
        lacking["body"] = f"正文现在有 {article.length} 个字，至少写 {MIN_LENGTH} 个字再提交。"
    return lacking


class Incomplete(ValueError):
    """Something is missing; `lacking` says what, as `missing` does."""

    def __init__(self, lacking: dict[str, str]) -> None:
        super().__init__("".join(lacking.values()))
        self.lacking = lacking


class NotDeclared(ValueError):
    """The writer has not answered for the text (DECLARATIONS)."""

    def __init__(self) -> None:
        super().__init__("提交之前，请先看过两条声明，并在前面打勾。")


@transaction.atomic
def hand_in(article: Article, *, by, declared: bool) -> Article:
    """Hands in a whole manuscript; the second of two clicks changes nothing.

    Where the branch has to sign first (BRANCH_ENDORSEMENT) and has not signed exactly this text, it
    is asked to, and the manuscript stays the writer's. Raises `NotDeclared`, `Incomplete` and
    `workflow.NotAllowed`.
    """
    current = _locked(article)
    if current.status == Article.Status.SUBMITTED and current.contributor_id == by.pk:
        return current
    if not declared:
        raise NotDeclared
    if lacking := missing(current):
        raise Incomplete(lacking)
    words = list(DECLARATIONS.values())
    if endorsement.lets_leave(current):
        what = {"declared": words, "digest": current.digest()}
        workflow.hand_in(current, by=by, what=what)
    else:
        endorsement.ask(current, by=by, declared=words)
    return current


def figures(files: Iterable[File], captions: str, *, by) -> tuple[str, list[str]]:
    """Takes uploads; each line of `captions` is one's caption, in their order.

    Gives the figures as HTML for the end of a body, and a sentence for each file that is refused.
    What was taken is kept, whatever becomes of the rest of the form.
    """
    lines = [line.strip() for line in captions.splitlines()]
    taken, problems = [], []
    for number, file in enumerate(files):
        try:
            picture = taking.take_file(file, by=by)
        except pixels.PictureRefused as refusal:
            problems.append(f"“{file.name}”没有上传：{refusal}")
        else:
            taken.append(_figure(picture, lines[number] if number < len(lines) else ""))
    return "\n".join(taken), problems


def _figure(picture: Picture, caption: str) -> str:
    words = escape(caption)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{picture.get_absolute_url()}" alt="{words}">{below}</figure>'
