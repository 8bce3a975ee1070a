"""分派: who reads the present stage until when. The only writer of `Assignment`.

Assigning forbids nobody else to decide: it says whose turn it is, and whom to remind. Whoever gets
a manuscript, or has it taken off them, by somebody else is told at once.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from .. import letters
from ..models import Article, Assignment
from . import seen, staffing, workflow
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
    decide this stage of it; `workflow.Stale` where somebody assigned it or decided meanwhile. Who
    has it already is told only of another date.
    """
    if reason := staffing.why_not_steer(article, by):
        raise workflow.NotAllowed(reason)
    current = workflow.locked(article, made_from or seen.of(article, text=False), by)
    if instead_of is not None:
        _refuse_stale(current, instead_of, by)
    if reason := why_not(current, to, by):
        raise workflow.NotAllowed(reason)
    due = due or usual_due()
    had = current.assignments.current().select_related("editor").first()
    if had and (had.editor_id, had.due) == (to.pk, due):
        return had  # the second of two clicks
    if had:
        _end(had)
    made = Assignment.objects.create(article=current, editor=to, assigned_by=by, due=due)
    record.write("分派", current, by=by, to=to.name, due=f"{made.due:%Y-%m-%d}")
    if had and had.editor_id != to.pk:
        letters.taken_off(had, by=by, how=f"改由{to}审")
    letters.assigned(made, by=by)
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


def why_not(article: Article, to: User, by: User) -> str:
    """Why `by` may not give it to `to` as it stands, in Chinese; empty where they may."""
    if not by.has_role(*EDITORIAL):
        return "您的角色不能分派稿件。"
    if own := staffing.why_not_steer(article, by):
        return own
    action = workflow.editors_step(article.status)
    if action is None:
        return f"“{article.title}”现在是“{article.get_status_display()}”，不用分派。"
    reason = workflow.why_not(article, action, to)
    return f"不能分派给{to}：{reason}" if reason else ""


@transaction.atomic
def take_back(article: Article, *, by: User) -> None:
    """收回分派: it waits for everybody again. Raises `workflow.NotAllowed`."""
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if not by.has_role(*EDITORIAL):
        raise workflow.NotAllowed("您的角色不能收回分派。")
    if reason := staffing.why_not_steer(current, by):
        raise workflow.NotAllowed(reason)
    had = current.assignments.current().select_related("editor").first()
    if had is None:
        raise workflow.NotAllowed("现在没有分派给谁，不用收回。")
    _end(had)
    record.write("收回分派", current, by=by, before=had.editor.name)
    letters.taken_off(had, by=by, how="收回了分派")


def _end(assignment: Assignment) -> None:
    assignment.ended_at = timezone.now()
    assignment.save(update_fields=["ended_at"])


@transaction.atomic
def hand_over(*, of: User, to: Mapping[int, User], by: User) -> tuple[int, list[str]]:
    """交接: assignments of `of` go to the people that `to` names (by the key of the assignment),
    each with its due date.

    Gives the number handed over, and a sentence for each that stays: somebody may not decide it, or
    it was decided or given to somebody else meanwhile.
    """
    done, refused = 0, []
    chosen = of.assignments.filter(pk__in=to).select_related("article")
    for each in chosen.order_by("due", "pk"):
        try:
            _still_current(each)
            assign(each.article, to=to[each.pk], by=by, due=each.due)
            done += 1
        except workflow.NotAllowed as reason:
            refused.append(f"《{each.article.title}》{reason}")
    return done, refused


def _still_current(assignment: Assignment) -> None:
    """Under the manuscript's lock, which whoever assigns or decides takes first."""
    Article.objects.select_for_update(of=("self",)).get(pk=assignment.article_id)
    if not Assignment.objects.current().filter(pk=assignment.pk).exists():
        raise workflow.NotAllowed("已经不在这个人手里，没有交接。")
