"""Making up an issue (编排): manuscripts in, in their order, out again. The only writer of places.

Every verb is one transaction, takes `by=` the person who acts, and adds a row to the record.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Max

from articles import letters
from articles.models import Article, Section
from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..models import Issue
from .publication import NotAllowed, locked, require

#: Lifts places out of the way while new ones are written; more than any issue holds.
_ASIDE = 1_000_000


def _open_for_make_up(issue: Issue) -> Issue:
    """The issue under a lock. Raises from its signing off on."""
    current = locked(issue)
    if current.why_frozen:
        raise NotAllowed(current.why_frozen)
    return current


@transaction.atomic
def place(
    articles: Iterable[Article], issue: Issue, *, by: User, section: Section | None = None
) -> int:
    """编入: accepted manuscripts to the end of their section (or of the one given). The count.

    Raises `NotAllowed` for one that is not accepted, stands in an issue already or has no section.
    """
    require(by, *EDITORIAL)
    if _open_for_make_up(issue).scan:
        raise NotAllowed(f"{issue}的 PDF 是当年的原件，不能再编入稿件。")
    order = [article.pk for article in articles]
    chosen = Article.objects.select_for_update(of=("self",)).in_bulk(order)
    for article in (chosen[pk] for pk in order):
        if article.status != Article.Status.ACCEPTED or article.issue_id:
            raise NotAllowed(f"“{article.title}”不是待编入的已采用稿件，请刷新页面。")
        target = section or article.section
        if target is None:
            raise NotAllowed(f"“{article.title}”还没有栏目，请先选栏目。")
        article.section, article.issue = target, issue
        article.position = _last_position(issue, target) + 1
        article.store("section", "issue", "position", by=by)
        record.write("编入", article, by=by, issue=str(issue), section=target.name)
        letters.placed(article)
    return len(chosen)


def _last_position(issue: Issue, section: Section) -> int:
    last = Article.objects.filter(issue=issue, section=section).aggregate(last=Max("position"))
    return last["last"] or 0


def place_back_issue(article: Article, issue: Issue, position: int, *, by: User) -> None:
    """The place where an article of a back issue was printed; part of the import's transaction."""
    article.issue, article.position = issue, position
    article.store("issue", "position", by=by)


@transaction.atomic
def take_out(article: Article, *, by: User) -> None:
    """移出本期: the manuscript is accepted and waits for an issue again."""
    require(by, *EDITORIAL)
    if article.issue is None:
        return
    issue = _open_for_make_up(article.issue)
    article.issue = article.position = None
    article.store("issue", "position", by=by)
    record.write("移出", article, by=by, issue=str(issue))


def drop_printed(article: Article, *, by: User) -> None:
    """Out of an issue that is out: part of the withdrawal that makes the edition without it."""
    article.issue = article.position = None
    article.store("issue", "position", by=by)


def put_back_printed(article: Article, issue: Issue, section: Section, *, by: User) -> None:
    """Into the issue again, of which an earlier edition is restored; last in its section."""
    if article.issue_id == issue.pk and article.section_id == section.pk:
        return
    article.issue, article.section = issue, section
    article.position = _last_position(issue, section) + 1
    article.store("issue", "section", "position", by=by)


@transaction.atomic
def arrange(issue: Issue, order: list[tuple[int, int]], *, by: User) -> None:
    """编排: `order` is (article id, section id) of every article of the issue, in print order.

    Raises `NotAllowed` where `order` does not name exactly the articles of the issue, which is what
    happens when somebody else changed it meanwhile.
    """
    require(by, *EDITORIAL)
    _open_for_make_up(issue)
    ids = [article_id for article_id, _ in order]
    present = set(issue.articles.values_list("pk", flat=True))
    known = set(Section.objects.values_list("pk", flat=True))
    if len(ids) != len(set(ids)) or set(ids) != present:
        raise NotAllowed("目录刚刚被别人改动过，请刷新页面再排。")
    if not {section for _, section in order} <= known:
        raise NotAllowed("有的栏目已不存在，请刷新页面再排。")
    # Two steps: the places are unique, and the database looks at each row as it is written.
    issue.articles.update(position=F("position") + _ASIDE)
    for position, (article_id, section_id) in enumerate(order, start=1):
        issue.articles.filter(pk=article_id).update(section_id=section_id, position=position)
    record.write("编排", issue, by=by, order=order)
