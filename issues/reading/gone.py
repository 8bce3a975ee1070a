"""What readers hold no more, or not all of them: taken back (撤稿, 撤刊) or closed to strangers.

What was taken back answers 410, and says when, and why if wished; what is closed sends a stranger
to sign in, as a members' journal does.
"""

from django.db.models import Q
from django.urls import reverse

from servicejournal.access import (
    Anybody,
    MembersOnly,
    TakenBack,
    is_closed,
    may_read,
)

from ..models import Issue, Withdrawal
from ..numbering import Which


def refuse_strangers(access: str, user: Anybody) -> None:
    """Raises `MembersOnly` where an issue that is out, of that `access`, is closed to who asks."""
    if is_closed(access) and not may_read(user, access):
        raise MembersOnly


def look_for_issue(year: int, which: Which) -> None:
    """Raises `MembersOnly` where that issue is out and was not found, so that it must be closed;
    `TakenBack` where it was out; asked when it is not out now to who asks.
    """
    if Issue.objects.published().at(year, which).exists():
        raise MembersOnly
    told = Withdrawal.objects.filter(article=None, issue__in=Issue.objects.at(year, which))
    if withdrawal := told.first():
        raise _taken_back(withdrawal, "这一期")


def look_for_edition(issue: Issue, number: int) -> None:
    """Raises `TakenBack` where that edition of the issue was out, and a later one stands."""
    standing = issue.standing
    if standing is None or not issue.is_published or number >= standing.number:
        return
    if issue.editions.filter(number=number).exists():
        raise TakenBack(
            "这一版",
            at=standing.made_at,
            why=f"现在看到的是第 {standing.number} 版，请从这一期的页面打开。",
            back=issue.get_absolute_url(),
            back_to=f"回到{issue}",
        )


def look_for_article(pk: int) -> None:
    """Raises `TakenBack` where the article was out, alone or with its issue; as above."""
    with_its_issue = Q(
        article=None, issue__published_at=None, issue__editions__printed__article__id=pk
    )
    told = Withdrawal.objects.filter(Q(article__id=pk) | with_its_issue)
    if withdrawal := told.select_related("issue").first():
        raise _taken_back(withdrawal, "这篇文章")


def _taken_back(withdrawal: Withdrawal, what: str) -> TakenBack:
    """Of an issue that is closed to strangers neither its name nor why is told: anybody may ask."""
    issue: Issue = withdrawal.issue
    closed = is_closed(issue.access)
    to_issue = issue.is_published and not closed
    return TakenBack(
        what,
        at=withdrawal.at,
        why=withdrawal.reason if withdrawal.is_told and not closed else "",
        back=issue.get_absolute_url() if to_issue else reverse("home"),
        back_to=f"回到{issue}" if to_issue else "回到首页",
    )
