"""Steps taken with several manuscripts at once: each goes through or is refused by itself.

A page that shows manuscripts says how each stood (`seen`); one that has moved on since is left as
it is, with the reason, and the others go on.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from servicejournal.models import User

from ..models import Article, Section
from . import assigning, workflow
from .seen import of


@dataclass(slots=True)
class Outcome:
    """What was done, in order; and a sentence (Chinese) for each that was not."""

    done: list[Article] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def as_seen(article: Article) -> str:
    """How a manuscript stands, for a page to hand back."""
    return str(of(article, text=False))


def receive(
    chosen: Iterable[int],
    *,
    by: User,
    seen: Mapping[int, str],
    to: User | None = None,
    due: date | None = None,
) -> Outcome:
    """开始初审; and the next step with it, where `to` is to read them: 分派."""

    def step(article: Article) -> None:
        workflow.receive(article, by=by)
        if to:
            assigning.assign(article, to=to, by=by, due=due)

    return _each(chosen, seen, step)


def assign(
    chosen: Iterable[int], *, to: User, by: User, seen: Mapping[int, str], due: date
) -> Outcome:
    return _each(chosen, seen, lambda article: assigning.assign(article, to=to, by=by, due=due))


def take_back(chosen: Iterable[int], *, by: User, seen: Mapping[int, str]) -> Outcome:
    return _each(chosen, seen, lambda article: assigning.take_back(article, by=by))


def transfer(
    chosen: Iterable[int], *, to: Section, by: User, seen: Mapping[int, str], why: str
) -> Outcome:
    return _each(chosen, seen, lambda article: _transfer(article, to=to, by=by, why=why))


def _transfer(article: Article, *, to: Section, by: User, why: str) -> None:
    if article.section_id == to.pk:
        raise workflow.NotAllowed(f"已经在“{to}”里，不用转。")
    workflow.transfer(article, to=to, by=by, why=why)


def _each(
    chosen: Iterable[int], seen: Mapping[int, str], step: Callable[[Article], object]
) -> Outcome:
    outcome = Outcome()
    for pk in chosen:
        try:
            outcome.done.append(_one(pk, seen, step))
        except workflow.NotAllowed as refused:
            title = Article.objects.values_list("title", flat=True).get(pk=pk)
            outcome.refused.append(f"《{title}》：{refused}")
    return outcome


@transaction.atomic
def _one(pk: int, seen: Mapping[int, str], step: Callable[[Article], object]) -> Article:
    article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
    if as_seen(article) != seen.get(pk):
        state = article.get_status_display()
        raise workflow.NotAllowed(f"您打开页面之后有了变动，现在是“{state}”，这次没有动它。")
    step(article)
    return article
