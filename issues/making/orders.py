"""Editions are made by whoever runs the queue; the editor watches, or leaves and comes back.

What can be refused is refused at once, before anything is ordered (`editions.rehearse`). The only
writer of `Making`.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from articles.models import Article
from articles.reviewing import editing, workflow
from servicejournal import errands, files
from servicejournal.models import User

from ..exports import book, progress
from ..models import Issue, Making, ProposedCorrection
from . import corrections, editions, proposals, publication, withdrawals
from .publication import NotAllowed

logger = logging.getLogger(__name__)

Verb = Making.Verb
_UNEXPECTED = "出了意外，没有换上，读者看到的还是原来的。请再做一次；还不行，请告诉管理员。"
_AWAY = "放文件的地方暂时不回应，没有换上，读者看到的还是原来的。请过几分钟再做一次。"
_BROKEN_OFF = "制作中断了，没有换上，读者看到的还是原来的。请再做一次。"


def order(
    issue: Issue, verb: str, *, by: User, article: Article | None = None, **what: Any
) -> Making:
    """Tries whether it may be, and has it made. `what` is JSON.

    Raises what the verb raises, and `NotAllowed` where something is being made for the issue.
    """
    making = Making(issue=issue, article=article, verb=verb, asked_by=by, what=what)
    _end_silent(issue)
    if there := issue.makings.under_way().select_related("asked_by").first():
        raise NotAllowed(
            f"{there.asked_by}正在{there.get_verb_display()}，做好以前请等一等，再来做这一步。"
        )
    editions.rehearse(lambda: _VERBS[verb](making))
    try:
        with transaction.atomic():
            making.save()
            errands.send_aside(make, making.pk)
    except IntegrityError as together:
        raise NotAllowed(
            "有人刚刚开始做这一期的另一步，做好以前请等一等，再来做这一步。"
        ) from together
    return making


def _end_silent(issue: Issue) -> None:
    """Whoever began it was killed: what it left behind goes with the next edition."""
    for making in issue.makings.under_way():
        if making.is_silent:
            _end(making, problem=_BROKEN_OFF)


@task(priority=50)  # before the pages of another edition, which take longer
def make(pk: int) -> None:
    """Makes what was ordered, once."""
    related = ("issue", "article__issue", "asked_by")
    making = Making.objects.under_way().select_related(*related).filter(pk=pk).first()
    if making is None:
        return
    try:
        with progress.watched(lambda step, percent: _told(making, step, percent)):
            said = _VERBS[making.verb](making)
    except (NotAllowed, workflow.NotAllowed, editing.Stale) as refusal:
        _end(making, problem=str(refusal))
    except Exception as reason:
        logger.exception("No edition of %s", making)
        _end(making, problem=_AWAY if files.are_away(reason) else _UNEXPECTED)
    else:
        _end(making, said=said)


def _told(making: Making, step: str, percent: int) -> None:
    Making.objects.filter(pk=making.pk).update(step=step, percent=percent, seen_at=timezone.now())


def _end(making: Making, *, said: str = "", problem: str = "") -> None:
    """Unless somebody ended it before, who took it for dead."""
    Making.objects.under_way().filter(pk=making.pk).update(
        ended_at=timezone.now(), percent=100, said=said[:300], problem=problem[:300]
    )


# What is done, each with the sentence that says what came of it


def _sign_off(making: Making) -> str:
    edition = publication.sign_off(making.issue, by=making.asked_by, **making.what)
    said = f"已签发，第{edition.number}版做好了，可以发布。"
    return f"{said}这一版没有 PDF：{edition.without_pdf}" if edition.without_pdf else said


def _correct(making: Making) -> str:
    article, what = _article(making), dict(making.what)
    changes = proposals.read(what.pop("changes"))
    corrections.correct(article, by=making.asked_by, **what, **changes)
    return f"《{article.title}》已更正，读者现在看到的是新的文本。"


def _confirm(making: Making) -> str:
    proposal = ProposedCorrection.objects.get(pk=making.what["proposal"])
    proposals.confirm(proposal, by=making.asked_by)
    return f"《{proposal.article.title}》已更正，读者现在看到的是新的文本。"


def _correct_facts(making: Making) -> str:
    what = dict(making.what)
    changes = book.from_json(what.pop("changes"))
    corrections.correct_facts(making.issue, by=making.asked_by, **what, **changes)
    return "封面与版权页已更正，读者现在看到的是新的一版。"


def _withdraw(making: Making) -> str:
    article = _article(making)
    withdrawals.withdraw_article(article, by=making.asked_by, **making.what)
    return f"《{article.title}》已撤稿，新的一版里没有它。作者会收到通知。"


def _restore(making: Making) -> str:
    number = making.what["number"]
    edition = withdrawals.restore(making.issue, by=making.asked_by, **making.what)
    return f"已恢复第{number}版的内容，作为第{edition.number}版，读者现在就能看到。"


def _article(making: Making) -> Article:
    if making.article is None:
        raise NotAllowed("这篇文章已经不在了。")
    return making.article


_VERBS: dict[str, Callable[[Making], str]] = {
    Verb.SIGN_OFF: _sign_off,
    Verb.CORRECT: _correct,
    Verb.CONFIRM: _confirm,
    Verb.FACTS: _correct_facts,
    Verb.WITHDRAW: _withdraw,
    Verb.RESTORE: _restore,
}
