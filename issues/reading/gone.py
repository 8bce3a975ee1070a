"""What was taken back (撤稿, 撤刊): the address answers 410, and says when, and why if wished."""

from django.db.models import Q
from django.urls import reverse

from servicejournal.access import TakenBack

from ..models import Issue, Withdrawal
from ..numbering import Which


def look_for_issue(year: int, which: Which) -> None:
    """Raises `TakenBack` where that issue was out; asked when it is not out now."""
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
    issue: Issue = withdrawal.issue
    to_issue = issue.is_published
    return TakenBack(
        what,
        at=withdrawal.at,
        why=withdrawal.reason if withdrawal.is_told else "",
        back=issue.get_absolute_url() if to_issue else reverse("home"),
        back_to=f"回到{issue}" if to_issue else "回到首页",
    )
