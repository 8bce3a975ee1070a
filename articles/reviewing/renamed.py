"""Manuscripts whose bylines hold a name that a branch or an author bore when they were written.

A new name changes no manuscript: what was passed stays passed. An editor may bring those that are
not out up to date, one by one, and is told what each costs.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from servicejournal.models import User

from .. import authorship
from ..models import Article, Author, Authorship, Branch
from ..naming import rules
from . import approvals, editing, workflow

Status = Article.Status


@dataclass(frozen=True, slots=True)
class Outdated:
    """`costs` says in Chinese what bringing it up to date means; `why_not` why it cannot be."""

    article: Article
    costs: str = ""
    why_not: str = ""

    @property
    def is_free(self) -> bool:
        return not self.costs and not self.why_not


def of(row: Branch | Author, *, by: User) -> list[Outdated]:
    """Those that are not out and print another name than the row's; the oldest first."""
    articles = Article.objects.filter(pk__in=_signed(row).values("article"))
    over = articles.filter(status__in=[Status.REJECTED, Status.WITHDRAWN]).values("pk")
    standing = articles.exclude(pk__in=Article.objects.published().values("pk"))
    rows = standing.exclude(pk__in=over).select_related("issue").with_bylines()
    return [_outdated(article, by) for article in rows.order_by("pk").defer("body", "note")]


def _signed(row: Branch | Author) -> QuerySet[Authorship]:
    """The bylines that hold another name of the row than today's."""
    if isinstance(row, Branch):
        return Authorship.objects.filter(branch=row).exclude(branch_name=row.name)
    return Authorship.objects.filter(author=row).exclude(author_name=row.name)


def _outdated(article: Article, by: User) -> Outdated:
    if article.why_frozen:
        return Outdated(article, why_not=article.why_frozen)
    if article.status == Status.ACCEPTED:
        return Outdated(article, costs="已采用：改了要等终审人（主编）看过、确认")
    if stage := approvals.falls_back_to(article, by):
        return Outdated(article, costs=f"改了之后，从“{Status(stage).label}”重新审")
    return Outdated(article)


@transaction.atomic
def bring_up_to_date(
    row: Branch | Author, articles: Collection[int], *, by: User
) -> tuple[int, list[str]]:
    """Their bylines take the name that the row bears today: how many, and a sentence for each that
    was refused. Each is a change of the text as any other, so passes are worth what they are worth
    after one (`approvals.text_changed`).
    """
    rules.require(by)
    wanted = Article.objects.filter(
        pk__in=_signed(row).filter(article__in=articles).values("article")
    )
    done, refused = 0, []
    for article in wanted.order_by("pk"):
        try:
            with transaction.atomic():
                _bring(article, row, by=by)
            done += 1
        except (workflow.NotAllowed, editing.Stale) as reason:
            refused.append(f"《{article.title}》：{reason}")
    return done, refused


def _bring(article: Article, row: Branch | Author, *, by: User) -> None:
    if article.with_the_writer:
        current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        before = authorship.printed(current)
        _print_todays_name(current, row)
        authorship.note_byline(current, before, by=by)
        return
    editing.revise(
        article,
        by=by,
        base=article.digest(),
        why=f"署名随“{row}”改名"[:100],
        small=article.status == Status.ACCEPTED,
        also=lambda: _print_todays_name(article, row),
    )


def _print_todays_name(article: Article, row: Branch | Author) -> None:
    mine = _signed(row).filter(article=article)
    if isinstance(row, Branch):
        mine.update(branch_name=row.name)
    else:
        mine.update(author_name=row.name)
