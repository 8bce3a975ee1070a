"""What the dashboard says of issues."""

from typing import Any

from django.http import HttpRequest

from articles.models import Article
from issues import contents
from issues.making import preflight
from issues.models import Issue
from servicejournal import admin_site
from servicejournal.access import who_acts


def in_the_making(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The issue being assembled: how full each section is, and what stands in the way."""
    if not who_acts(request).on_the_desk:
        return None
    unpublished = Issue.objects.in_the_making()
    issue = unpublished.filter(intake=None).first()
    context: dict[str, Any] = {
        "issue": issue,
        "back_issues": unpublished.exclude(intake=None),
        "placeable": Article.objects.placeable().count(),
        "last": Issue.objects.published().newest_first().first(),
    }
    if issue:
        whole = contents.of(issue)
        found = preflight.check(issue)
        context |= {
            "contents": whole,
            "length": sum(article.length for article in whole.articles),
            "blocking": [finding for finding in found if finding.blocks],
        }
    return "admin/panels/in_the_making.html", context


admin_site.current().panels.append(in_the_making)
