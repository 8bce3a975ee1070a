"""责任编辑 and 校对 of an issue by the record: who passed its texts, who read its proofs."""

from collections.abc import Iterable

from articles.models import Review

from .models import Issue

#: Between two names, as print has it.
_BETWEEN = "　"


def editors(issue: Issue) -> str:
    """Who passed the articles in 初审, which is the 责任编辑's, in the order in which they began.
    What an editor typed goes before it; a back issue has no record. One query.
    """
    if issue.editors:
        return issue.editors
    first = Review.objects.standing().filter(article__issue=issue, stage=Review.Stage.FIRST)
    passed = first.filter(decision=Review.Decision.PASS).order_by("pk")
    return _named(passed.values_list("reviewer__name", flat=True))


def proofreaders(issue: Issue) -> str:
    """Who read the proofs, likewise."""
    if issue.proofreaders:
        return issue.proofreaders
    return _named(issue.proofs.standing().values_list("proofreader__name", flat=True))


def _named(names: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(names))
