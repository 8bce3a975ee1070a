"""What the desk changes in a manuscript's text: never over somebody else's change, never unseen.

The only way in which an editor's hand reaches title, byline, section or body of a manuscript.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from servicejournal import record
from servicejournal.models import User
from servicejournal.roles import EDITORIAL

from .. import authorship, proofreading
from ..bodies import differences
from ..models import Article
from ..pictures import taking
from . import approvals, checking, workflow

#: Characters, written and struck out together, up to which a change is a 文字订正.
MOST_CORRECTED = 60
_PARTS = ("kicker", "title", "standfirst", "body")


class Stale(ValueError):
    """Somebody changed the text after it was opened; nothing was written.

    `article` is as it stands now; the message (Chinese) says what to do.
    """

    def __init__(self, article: Article) -> None:
        last = article.history.select_related("history_user").first()
        who = last.history_user if last and last.history_user else "别人"
        #: Where a button was pressed and nothing was typed.
        self.in_short = f"您打开之后，{who}改动了这篇稿件。请看过现在的文本，再按一次。"
        super().__init__(
            f"您打开之后，{who}改动了这篇稿件，为了不盖掉，这次没有保存。您写的都还在下面："
            "请打开新的文本，把您的改动补上去。"
        )
        self.article = article


@transaction.atomic
def revise(
    article: Article,
    *,
    by: User,
    base: str,
    why: str = "",
    small: bool = False,
    also: Callable[[], Any] | None = None,
    **changes: Any,
) -> bool:
    """Writes `changes` (fields of the text); `also` writes what else belongs to it: the byline.

    `base` is the digest of the text that was opened. True where anything became different. A change
    takes the manuscript back to the stage whose pass it voids, unless it is a `small` one
    (`approvals.text_changed`). Raises `Stale` and `workflow.NotAllowed`.
    """
    current = check(article, base=base)
    too_large = why_not_small(current, changes) if small else ""
    if reason := why_not(current, by) or why_not_with(current, changes) or too_large:
        raise workflow.NotAllowed(reason)
    section_before, byline_before = current.section_id, current.byline
    for name, value in changes.items():
        setattr(current, name, value)
    current._history_user, current._change_reason = by, why[:100] or None
    current.save()
    if also:
        also()
    taking.claim(current, by=by)
    authorship.note_byline(current, byline_before, by=by)
    article.refresh_from_db()
    after = Article.objects.get(pk=article.pk).digest()
    if after != base:
        record.write("编辑文本", article, by=by, why=why, before=base, after=after)
        approvals.text_changed(article, by=by, why=why, small=small)
    elif article.section_id != section_before:
        section = article.section.name if article.section else ""
        record.write("转栏目", article, by=by, why=why, section=section)
    return after != base


def why_not_with(article: Article, changes: Mapping[str, Any]) -> str:
    """Why these changes cannot be, in Chinese: an issue prints every article under a section."""
    if article.issue_id and "section" in changes and changes["section"] is None:
        return "稿件已编入一期，不能没有栏目。"
    return ""


def why_not_small(article: Article, changes: Mapping[str, Any]) -> str:
    """Why these changes are no 文字订正, in Chinese: that is for slips of the pen.

    What is more, at once or since the final pass, goes through the reviews again, or, while the
    issue is proofread, says so.
    """
    if article.status != Article.Status.ACCEPTED:
        return ""
    now = {part: getattr(article, part) for part in _PARTS}
    after = {part: changes.get(part, words) for part, words in now.items()}
    # Against what was passed: ten times sixty characters are no slips of the pen either.
    passed = approvals.passed_version(article) or article
    before = {part: getattr(passed, part) for part in _PARTS}
    difference = differences.between(differences.Text(**before), differences.Text(**after))
    changed = difference.added + difference.removed
    if changed <= MOST_CORRECTED:
        return ""
    together = "" if before == now else "连同终审以后还没有确认的改动，"
    then = "稿件留在本期，等终审人看过改动后确认" if article.issue_id else "稿件会退回重审"
    return (
        f"{together}这次改动了 {changed} 个字，超过 {MOST_CORRECTED} 个就不算文字订正。"
        f"请去掉“只是文字订正”的勾再保存，{then}。"
    )


def check(article: Article, *, base: str) -> Article:
    """The manuscript under a lock, and its issue, where its text is still `base`.

    Otherwise raises `Stale`; `NotAllowed` where it came into an issue, or out, at that moment.
    """
    # The issue first, as every verb of an issue does: whoever signs it off waits for this change,
    # or this change for them, and nobody for each other.
    place = Article.objects.values_list("issue", flat=True).get(pk=article.pk)
    issues = Article.issue.get_queryset().filter(pk=place)
    list(issues.select_for_update(of=("self",)).values_list("pk"))
    current = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if current.issue_id != place:
        raise workflow.NotAllowed("稿件刚刚被编入一期或移出，请刷新页面再保存。")
    if current.digest() != base:
        raise Stale(current)
    return current


def why_not(article: Article, user: User) -> str:
    """Why the user may not edit the text now, in Chinese; empty where they may."""
    if not user.has_role(*EDITORIAL):
        return "您的角色不能编辑稿件。"
    if article.why_frozen:
        return article.why_frozen
    if article.with_the_writer and article.contributor_id != user.pk:
        return f"稿件在作者手里（{article.get_status_display()}），等作者交回来再改。"
    return ""


#: In the history: a version that suggestions of the proofreading aid made.
SUGGESTED = "采纳校对建议"


@transaction.atomic
def apply_suggestions(article: Article, anchors: set[str], *, by: User, base: str) -> int:
    """Puts the suggestions of these findings into the text. How many were still there.

    Raises as `revise`. `undo_suggestions` is the way back.
    """
    wanted = [
        each
        for each in checking.check(article).open
        if each.anchor in anchors and each.suggestion is not None
    ]
    wanted = [each for each in wanted if each.place.part in _PARTS]
    before = checking.manuscript_of(article)
    after = proofreading.amend(before, wanted)
    changes = {part: getattr(after, part) for part in _PARTS}
    if revise(article, by=by, base=base, why=SUGGESTED, small=_is_small(article), **changes):
        return sum(each.place.part in _PARTS for each in proofreading.unfolded(wanted))
    return 0


def may_undo(article: Article, user: User) -> bool:
    """The newest version came from suggestions that this person took, and is the present text."""
    newest = article.history.first()
    is_ours = newest is not None and newest.history_user_id == user.pk
    return is_ours and newest.history_change_reason == SUGGESTED and not why_not(article, user)


@transaction.atomic
def undo_suggestions(article: Article, *, by: User, base: str) -> None:
    """撤销: the text as it was before. Raises as `revise`."""
    if not may_undo(article, by):
        raise workflow.NotAllowed("采纳之后稿件又有改动，不能撤销；旧文字在“版本对照”里。")
    _newest, before = article.history.all()[:2]
    changes = {part: getattr(before, part) for part in _PARTS}
    revise(article, by=by, base=base, why="撤销校对建议", small=_is_small(article), **changes)


def _is_small(article: Article) -> bool:
    """Suggestions claim to be slips of the pen; in an issue, where there is no way back through the
    reviews, however many are taken at once wait for the final reviewer.
    """
    return article.issue_id is None
