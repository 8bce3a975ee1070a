"""分派: who reads the present stage until when. The only writer of `Assignment`.

Assigning forbids nobody else to decide: it says whose turn it is, and whom to remind.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from ..models import Article, Assignment
from . import workflow


def usual_due() -> date:
    return timezone.localdate() + timedelta(days=settings.REVIEW_DAYS)


@transaction.atomic
def assign(article: Article, *, to: User, by: User, due: date | None = None) -> Assignment:
    """Gives the present stage to an editor, instead of whoever had it.

    Raises `workflow.NotAllowed` where the manuscript is not in review, `by` is no editor, or `to`
    may not decide this stage of it.
    """
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if reason := _why_not(current, to, by):
        raise workflow.NotAllowed(reason)
    current.assignments.current().update(ended_at=timezone.now())
    made = Assignment.objects.create(
        article=current, editor=to, assigned_by=by, due=due or usual_due()
    )
    record.write("分派", current, by=by, to=to.name, due=f"{made.due:%Y-%m-%d}")
    return made


def _why_not(article: Article, to: User, by: User) -> str:
    if not by.has_role(*EDITORIAL):
        return "您的角色不能分派稿件。"
    action = workflow.editors_step(article.status)
    if action is None:
        return f"“{article.title}”现在是“{article.get_status_display()}”，不用分派。"
    reason = workflow.why_not(article, action, to)
    return f"不能分派给{to}：{reason}" if reason else ""


@transaction.atomic
def hand_over(*, of: User, to: User, by: User) -> tuple[int, list[str]]:
    """交接: everything that waits for `of` goes to `to` with its due dates.

    Gives the number handed over, and a sentence for each that `to` may not decide.
    """
    done, refused = 0, []
    for each in of.assignments.current().select_related("article"):
        try:
            assign(each.article, to=to, by=by, due=each.due)
            done += 1
        except workflow.NotAllowed as reason:
            refused.append(f"《{each.article.title}》{reason}")
    return done, refused
