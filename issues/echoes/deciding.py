"""What the desk does with a letter: it is shown, refused, taken down, or becomes a manuscript."""

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from articles import letters
from articles.authorship import Byline
from articles.models import Article, Branch, Section
from articles.writing import saving
from articles.writing.text import Text
from servicejournal import generation, record, spelling
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..models import Echo, PrintedArticle
from . import sending

#: The section that letters become articles of; editors may rename it, its address stays.
SECTION = "service-echoes"
_DECISION = ["status", "decided_at", "decided_by", "why"]


class NotAllowed(ValueError):
    """The step does not fit the letter or the person; the message (Chinese) says why."""


class Stale(NotAllowed):
    """Somebody else was there before; the message says who."""


@transaction.atomic
def pass_on(echo: Echo, *, by: User) -> Echo:
    """登出: the letter stands under its article from the end of this transaction on. The writer of
    the article is told. Raises `NotAllowed`, `Stale`.
    """
    current = _at_hand(echo, by=by, at=Echo.Status.WAITING)
    if not PrintedArticle.objects.all_out().filter(article=current.article_id).exists():
        raise NotAllowed("这篇文章已经撤下，来信登不出来了。")
    if found := sending.persons_in(current.name, current.branch, current.words):
        raise NotAllowed(f"来信里有{found[0][0]}“{found[0][1]}”，不能登。请写明理由，不登。")
    _decide(current, Echo.Status.PASSED, by=by)
    letters.echoed(current.article, occasion=current.pk)
    generation.turn()
    return current


@transaction.atomic
def refuse(echo: Echo, *, by: User, why: str) -> Echo:
    """不登: nobody but the desk sees it. Needs a reason. Raises `NotAllowed`, `Stale`."""
    return _refuse(echo, by=by, why=why, at=Echo.Status.WAITING)


@transaction.atomic
def take_down(echo: Echo, *, by: User, why: str) -> Echo:
    """撤下: it stood under its article, and does no more. As `refuse`."""
    current = _refuse(echo, by=by, why=why, at=Echo.Status.PASSED)
    generation.turn()
    return current


@transaction.atomic
def make_manuscript(echo: Echo, *, by: User) -> Article:
    """A draft of 服务回声 that names its source; it goes the way of every manuscript from there.

    Whoever makes it hands it in, so that others review it. Raises `NotAllowed`, `Stale`.
    """
    current = _at_hand(echo, by=by, at=Echo.Status.PASSED)
    if current.manuscript_id:
        raise Stale("这封来信已经改成稿件了。")
    section = Section.objects.filter(slug=SECTION).first()
    if section is None:
        raise NotAllowed("没有“服务回声”这个栏目，请先在“栏目”里建好（网址名 service-echoes）。")
    made = saving.save(_text(current, section), by=by, form_id=f"echo-{current.pk}")
    current.manuscript = made
    current.save(update_fields=["manuscript"])
    record.write("来信改成稿件", current, by=by, manuscript=made.pk, title=made.title)
    return made


def _text(echo: Echo, section: Section) -> Text:
    printed = PrintedArticle.objects.all_out().filter(article=echo.article_id)
    about = printed.select_related("edition__issue").first()
    if about is None:
        raise NotAllowed("这篇文章已经撤下，来信不能再用。")
    source = f"（读者来信，谈《{about.title}》，刊于{about.edition.issue.label}。）"
    branch = Branch.objects.filter(name=echo.branch).first() if echo.branch else None
    return Text(
        title=f"读《{about.title}》"[:120],
        section=section,
        body="".join(f"<p>{escape(line)}</p>" for line in [*echo.paragraphs, source]),
        note=f"{timezone.localdate(echo.at):%Y-%m-%d} 的读者来信，署名：{echo.signature}。",
        bylines=(Byline(echo.name, branch),) if echo.name else (),
    )


def _refuse(echo: Echo, *, by: User, why: str, at: Echo.Status) -> Echo:
    current = _at_hand(echo, by=by, at=at)
    if not spelling.line(why):
        raise NotAllowed("请写明不登的理由，编辑部以后查得到。")
    _decide(current, Echo.Status.REFUSED, by=by, why=spelling.line(why)[:300])
    return current


def _at_hand(echo: Echo, *, by: User, at: Echo.Status) -> Echo:
    """Under a lock, as it stands now."""
    if not by.has_role(*EDITORIAL):
        raise NotAllowed("您的角色不能处理来信，请交给编辑。")
    rows = Echo.objects.select_for_update(of=("self",)).select_related("article", "decided_by")
    current = rows.get(pk=echo.pk)
    if not Echo.objects.open_to(by).filter(pk=echo.pk).exists():
        raise NotAllowed("谈的是您自己的文章，请交给别的编辑。")
    if current.status != at:
        who = f"{current.decided_by}已经处理过这封来信" if current.decided_by else "还没有人处理过"
        raise Stale(f"{who}，现在是“{current.get_status_display()}”。请看过再决定。")
    return current


def _decide(echo: Echo, status: Echo.Status, *, by: User, why: str = "") -> None:
    before = echo.get_status_display()
    echo.status, echo.why = status, why
    echo.decided_at, echo.decided_by = timezone.now(), by
    echo.save(update_fields=_DECISION)
    what = {"before": before, "after": status.label, "article": echo.article_id}
    record.write("处理读者来信", echo, by=by, why=why, **what)
