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
from . import seen, workflow
from .seen import Seen


def usual_due() -> date:
    return timezone.localdate() + timedelta(days=settings.REVIEW_DAYS)


@transaction.atomic
def assign(
    article: Article,
    *,
    to: User,
    by: User,
    due: date | None = None,
    made_from: Seen | None = None,
    instead_of: int | None = None,
) -> Assignment:
    """Gives the present stage to an editor, instead of whoever had it.

    `instead_of` is the number of the assignment that the page showed, 0 for none. Raises
    `workflow.NotAllowed` where the manuscript is not in review, `by` is no editor, or `to` may not
    decide this stage of it; `workflow.Stale` where somebody assigned it or decided meanwhile.
    """
    current = workflow.locked(article, made_from or seen.of(article, text=False), by)
    if instead_of is not None:
        _refuse_stale(current, instead_of, by)
    if reason := _why_not(current, to, by):
        raise workflow.NotAllowed(reason)
    current.assignments.current().update(ended_at=timezone.now())
    made = Assignment.objects.create(
        article=current, editor=to, assigned_by=by, due=due or usual_due()
    )
    record.write("分派", current, by=by, to=to.name, due=f"{made.due:%Y-%m-%d}")
    return made


def _refuse_stale(article: Article, instead_of: int, by: User) -> None:
    there = article.assignments.current().select_related("editor", "assigned_by").first()
    if (there.pk if there else 0) == instead_of:
        return
    if there is None:
        raise workflow.Stale(f"《{article.title}》现在没有分派给谁，请看过再分派。")
    who = "您" if there.assigned_by_id == by.pk else there.assigned_by
    raise workflow.Stale(
        f"《{article.title}》已由{who}分派给{there.editor}，{there.due:%-m月%-d日}前。"
        "您这一次没有算数，要改派请再选一次。"
    )


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
            assign(each.article, to=to, by=by, due=each.due, instead_of=each.pk)
            done += 1
        except workflow.NotAllowed as reason:
            refused.append(f"《{each.article.title}》{reason}")
    return done, refused
