"""Notes on passages of an issue in the making: by whom a link is for, by proofreaders. The only
writer of `PageNote`.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles.bodies import anchors, html
from articles.models import Article
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ...models import Issue, PageNote, PreviewLink, PrintedArticle
from .. import proofs, publication
from . import links

MAX_WORDS = 1000
#: Of one link: more would be a flood, and the desk is to read each.
MOST = 300
NOTED, SETTLED, REOPENED = "版面意见", "处理版面意见", "重开版面意见"

Outcome = PageNote.Outcome


class NotAllowed(ValueError):
    """The note cannot be made or settled; the message (Chinese) says why."""


class Stale(NotAllowed):
    """The passage stands there no more, or somebody was faster; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed: `quote` is a passage of the article, behind `before`."""

    words: str
    quote: str = ""
    before: str = ""


def text_of(article: Article | PrintedArticle) -> str:
    """What notes are anchored in: title, standfirst and body, a line for each block."""
    heads = [article.kicker, article.title, article.standfirst]
    return "\n".join([*(each for each in heads if each), html.text(article.body)])


@transaction.atomic
def by_link(
    link: PreviewLink, *, name: str, said: Said, article: Article | PrintedArticle | None = None
) -> PageNote:
    """A note of the one who looks; `article` is as the page showed it, None for the whole issue.

    Raises `links.Closed`, `NotAllowed`; `Stale` where the passage was changed meanwhile.
    """
    current = links.locked(link)
    name = checked_name(name)
    if current.notes.count() >= MOST:
        raise NotAllowed(f"这个链接已经写了 {MOST} 条意见，请打电话给编辑部。")
    return _made(current.issue, article, said, link=current, name=name, actor=f"{name}（送看）")


@transaction.atomic
def by_proofreader(issue: Issue, article: Article, *, by: User, said: Said, round: int) -> PageNote:
    """A correction of the proof that is due; `round` is that of the page. Raises `NotAllowed`, and
    `Stale` where another is due by now: who signed a proof has settled all of its notes.
    """
    current = publication.locked(issue)
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("校对由编辑来做，您的角色不能做这一步。")
    if current.why_frozen:
        raise NotAllowed(f"不用再校：{current.why_frozen}")
    if round != (due := proofs.of(current).due):
        now = f"现在该做{due.label}" if due else "三校都已完成"
        raise Stale(f"您打开页面之后，校次变了，{now}。请看过再记，您写的还在。")
    return _made(current, article, said, by=by, name=by.name or by.username, round=round, actor=by)


def _made(
    issue: Issue,
    article: Article | PrintedArticle | None,
    said: Said,
    *,
    actor: User | str,
    **facts: object,
) -> PageNote:
    words = html.visible(said.words).strip()
    if not words:
        raise NotAllowed("请写下意见。")
    if len(words) > MAX_WORDS:
        raise NotAllowed(f"意见有 {len(words)} 个字，最多 {MAX_WORDS} 个字，请分成几条。")
    anchor = _anchor(article, said)
    pk: int | None = None
    if article is not None:
        pk = article.article_id if isinstance(article, PrintedArticle) else article.pk
    note = PageNote.objects.create(
        issue=issue,
        article_id=pk,
        words=words,
        quote=anchor.quote,
        before=anchor.before,
        after=anchor.after,
        **facts,
    )
    what = {"note": note.pk, "quote": anchor.quote, "round": note.round}
    if article is not None:
        what["title"] = article.title
    record.write(NOTED, issue, by=actor, why=words, **what)
    return note


def _anchor(article: Article | PrintedArticle | None, said: Said) -> anchors.Anchor:
    quote = html.visible(said.quote).strip()[: anchors.LONGEST].strip()
    if not quote or article is None:
        return anchors.Anchor("")
    text = text_of(article)
    wanted = anchors.Anchor(quote, html.visible(said.before)[-anchors.AROUND :])
    found = anchors.find_as_selected(text, wanted)
    if found is None:
        raise Stale("您选的这段文字刚刚改动过，请看过现在的文字，再选一次。您写的还在。")
    return anchors.place(text, *found)


def checked_name(name: str) -> str:
    """Raises `NotAllowed`."""
    name = " ".join(html.visible(name).split())
    if not name:
        raise NotAllowed("请写上您的姓名，编辑部要知道是谁的意见。")
    if len(name) > 40:
        raise NotAllowed("姓名最多 40 个字。")
    return name


@transaction.atomic
def settle(note: PageNote, *, by: User, outcome: str, answer: str = "") -> None:
    """已照改, or 不改 with a reason, which who wrote it reads behind their link.

    Raises `NotAllowed`; `Stale` where a colleague was faster.
    """
    current = _for_the_desk(note, by)
    answer = " ".join(html.visible(answer).split())[:300]
    if outcome not in Outcome.values:
        raise NotAllowed("请点“已照改”或“不改”。")
    if outcome == Outcome.LEFT and not answer:
        raise NotAllowed("不改的，请写一句理由：提意见的人看得到。")
    if current.settled_at:
        done = current.get_outcome_display()
        lost = f"：{answer}" if answer else "。"
        raise Stale(f"{current.settled_by}刚刚处理过这条意见：{done}。您写的没有存{lost}")
    current.outcome, current.answer = outcome, answer
    current.settled_at, current.settled_by = timezone.now(), by
    current.save(update_fields=["outcome", "answer", "settled_at", "settled_by"])
    told = {"note": current.pk, "outcome": current.get_outcome_display(), "answer": answer}
    record.write(SETTLED, current.issue, by=by, why=current.words, **told)


@transaction.atomic
def reopen(note: PageNote, *, by: User) -> None:
    """The note counts as open again; doing it again changes nothing."""
    current = _for_the_desk(note, by)
    if current.settled_at is None:
        return
    current.outcome = current.answer = ""
    current.settled_at = current.settled_by = None
    current.save(update_fields=["outcome", "answer", "settled_at", "settled_by"])
    record.write(REOPENED, current.issue, by=by, why=current.words, note=current.pk)


def _for_the_desk(note: PageNote, by: User) -> PageNote:
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("意见由编辑来处理，您的角色不能做这一步。")
    return PageNote.objects.select_for_update(of=("self",)).get(pk=note.pk)


@dataclass(frozen=True, slots=True)
class Placed:
    """A note as a page shows it; `lost` where its passage stands there no more."""

    note: PageNote
    lost: bool


def placed(notes: "list[PageNote]", texts: dict[int, str]) -> list[Placed]:
    """Open ones first; `texts` by article."""
    rows = [
        Placed(
            each,
            bool(each.quote)
            and anchors.find(texts.get(each.article_id or 0, ""), each.anchor) is None,
        )
        for each in notes
    ]
    return sorted(rows, key=lambda row: row.note.settled_at is not None)
