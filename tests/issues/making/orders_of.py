"""What somebody does from a page that shows the issue as it is."""

from articles.models import Article
from issues.making import make_up
from issues.models import Issue


def lead_with(issue: Issue, *articles: Article, by) -> None:
    """From a page that shows the leads as they are."""
    chosen = [article.pk for article in articles]
    make_up.lead_with(issue, chosen, by=by, made_from=make_up.leads_of(issue))
