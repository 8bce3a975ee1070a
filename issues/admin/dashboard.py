"""What the dashboard says of issues."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from articles.models import Article
from articles.reviewing import staffing
from issues import contents
from issues.making import preflight
from issues.models import Issue, ProposedCorrection, Withdrawal
from servicejournal import admin_site
from servicejournal.access import who_acts

#: Issues that are shown whole; of further ones a line each, so that the page stays quick.
_WHOLE = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """An issue in the making: how full each section is, and what stands in the way."""

    issue: Issue
    contents: contents.Contents
    length: int
    blocking: list[preflight.Finding]


def in_the_making(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Every issue that is not out: being assembled, taken back, or imported and not checked yet."""
    if not who_acts(request).on_the_desk:
        return None
    unpublished = list(Issue.objects.in_the_making().select_related("intake"))
    gone = {each.issue_id: each for each in _withdrawals(unpublished)}
    making = [each for each in unpublished if each.pk not in gone and not _is_back_issue(each)]
    context: dict[str, Any] = {
        "sheets": [_sheet(each) for each in making[:_WHOLE]],
        "further": making[_WHOLE:],
        "taken_back": [(each, gone[each.pk]) for each in unpublished if each.pk in gone],
        "back_issues": [
            each for each in unpublished if each.pk not in gone and _is_back_issue(each)
        ],
        "placeable": Article.objects.placeable().count(),
        "last": Issue.objects.published().newest_first().first(),
    }
    return "admin/panels/in_the_making.html", context


def _withdrawals(issues: list[Issue]) -> list[Withdrawal]:
    """The last of each, of a whole issue, comes last."""
    told = Withdrawal.objects.filter(issue__in=issues, article=None)
    return list(told.order_by("at", "pk"))


def _is_back_issue(issue: Issue) -> bool:
    return hasattr(issue, "intake")


def _sheet(issue: Issue) -> Sheet:
    whole = contents.of(issue, with_bodies=True)
    articles = whole.articles
    length = sum(article.length for article in articles)
    return Sheet(issue, whole, length, preflight.blocking(issue, articles, ""))


def corrections_to_confirm(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """更正 that wait for the chief editor (`making.proposals`)."""
    if not staffing.acts_as_chief(who_acts(request)):
        return None
    waiting = ProposedCorrection.objects.waiting().select_related("article", "proposed_by")
    rows = list(waiting.defer("article__body").order_by("pk"))
    return ("admin/panels/corrections_to_confirm.html", {"rows": rows}) if rows else None


admin_site.current().panels += [corrections_to_confirm, in_the_making]
