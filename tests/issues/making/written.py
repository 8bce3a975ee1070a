"""What publication writes."""

from articles.models import Article
from issues.models import BackIssueImport, Correction, Edition, Issue
from servicejournal.models import Record


def everything() -> list[list]:
    """All that publication writes."""
    return [
        list(rows.order_by("pk").values())
        for rows in (Issue.objects, Article.objects, BackIssueImport.objects)
    ] + [[rows.count()] for rows in (Edition.objects, Correction.objects, Record.objects)]
