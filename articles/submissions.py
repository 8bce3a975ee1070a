"""What a writer does with a manuscript: write, save, hand in. Its state is changed by `workflow`.

Every verb is one transaction and takes `by=` the writer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils.html import escape

from servicejournal import record
from servicejournal.models import Record, User

from . import html, people, pictures, workflow
from .models import Article, Author, Authorship, Branch, Picture

UNTITLED = "未命名草稿"
#: Characters below which a text is not finished: two short sentences.
MIN_LENGTH = 50
_STARTED = "新建草稿"


@dataclass(frozen=True, slots=True)
class Byline:
    name: str
    branch: Branch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the writer's form holds; `section` is an `issues.Section` or None."""

    title: str
    section: Any
    body: str
    note: str
    bylines: tuple[Byline, ...]


@transaction.atomic
def save(text: Text, *, by, article: Article | None = None, form_id: str = "") -> Article:
    """Stores the text in the draft, or in a new one; ties the pictures that it shows to it.

    A form that is sent twice makes one manuscript: `form_id` names the form. Raises
    `workflow.NotAllowed` where the text is not the writer's to change any more.
    """
    User.objects.select_for_update().get(pk=by.pk)  # the second click waits for the first
    current = _locked(article) if article else _made_by(form_id, by)
    if current is None:
        current = _start(text, by=by, form_id=form_id)
    elif not _holds(current, text):
        _change(current, text)
    pictures.claim(current, by=by)
    return current


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(of=("self",)).get(pk=article.pk)


def _made_by(form_id: str, by) -> Article | None:
    """The manuscript that this form made before, under a lock."""
    mine = Article.objects.of(by)
    made = Record.objects.filter(
        subject_type=Article._meta.label_lower, subject_pk__in=mine.values("pk"), verb=_STARTED
    ).filter(what__form=form_id)
    found = mine.filter(pk__in=made.values("subject_pk")) if form_id else mine.none()
    return found.select_for_update(of=("self",)).first()


def _start(text: Text, *, by, form_id: str) -> Article:
    article = Article(contributor=by)
    _put(article, text)
    article.save()
    _sign(article, text.bylines)
    record.write(_STARTED, article, by=by, form=form_id)
    return article


def _holds(article: Article, text: Text) -> bool:
    kept = (article.title, article.section, article.body, article.note, bylines_of(article))
    return kept == (_title(text), text.section, html.clean(text.body), text.note, text.bylines)


def _change(article: Article, text: Text) -> None:
    if not article.with_the_writer:
        raise workflow.NotAllowed(
            f"“{article.title}”现在是“{article.get_status_display()}”，文字已经锁定，这次的改动没有保存。"
            "需要改动，请先撤稿，或与编辑部联系。"
        )
    _put(article, text)
    article.save(update_fields=["title", "section", "body", "length", "note", "updated_at"])
    if bylines_of(article) != text.bylines:
        _sign(article, text.bylines)


def _title(text: Text) -> str:
    return text.title or UNTITLED


def _put(article: Article, text: Text) -> None:
    article.title, article.section = _title(text), text.section
    article.body, article.note = text.body, text.note


def bylines_of(article: Article) -> tuple[Byline, ...]:
    """The names and branches as they are printed, in order."""
    rows = article.authorships.select_related("author", "branch").order_by("position", "pk")
    return tuple(Byline(row.author.name, row.branch) for row in rows)


def _sign(article: Article, bylines: tuple[Byline, ...]) -> None:
    """Replaces the authors. A name that only ever was a slip in a draft is not kept."""
    before = list(article.authorships.values_list("author_id", flat=True))
    article.authorships.all().delete()
    authors = _authors(bylines, article.contributor)
    Authorship.objects.bulk_create(
        Authorship(article=article, author=author, branch=byline.branch, position=position)
        for position, (byline, author) in enumerate(zip(bylines, authors, strict=True), start=1)
    )
    Author.objects.filter(pk__in=before, user=None, authorships=None, namesake="").delete()


def _authors(bylines: tuple[Byline, ...], writer) -> list[Author]:
    """Writers who sign with another branch than before stay the same person."""
    own = _own_author(bylines, writer)
    alone = own and [byline.name for byline in bylines].count(own.name) == 1
    return [
        own
        if alone and byline.name == own.name
        else Author.objects.of_byline(byline.name, byline.branch)
        for byline in bylines
    ]


def _own_author(bylines: tuple[Byline, ...], writer) -> Author | None:
    """An account that the office knows becomes an author with the first byline of its own."""
    signs = bylines.count(Byline(writer.name, writer.branch)) == 1
    if signs and writer.branch and not writer.is_unconfirmed:
        return people.claim_author(writer, by=writer)
    return people.author_of(writer)


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


@transaction.atomic
def hand_in(article: Article, *, by) -> Article:
    """Hands in a whole manuscript; the second of two clicks changes nothing.

    Raises `Incomplete` and `workflow.NotAllowed`.
    """
    current = _locked(article)
    if current.status == Article.Status.SUBMITTED and current.contributor_id == by.pk:
        return current
    if lacking := missing(current):
        raise Incomplete(lacking)
    workflow.hand_in(current, by=by)
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
            picture = pictures.take_file(file, by=by)
        except pictures.PictureRefused as refusal:
            problems.append(f"“{file.name}”没有上传：{refusal}")
        else:
            taken.append(_figure(picture, lines[number] if number < len(lines) else ""))
    return "\n".join(taken), problems


def _figure(picture: Picture, caption: str) -> str:
    words = escape(caption)
    below = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{picture.get_absolute_url()}" alt="{words}">{below}</figure>'
