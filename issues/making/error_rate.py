"""差错率 before signing: the open findings of an issue, counted as an inspection counts.

It is what the proofreading aid sees, not what is there: a person finds more, and lets some stand.
The characters are those of the texts, not of set pages, which an inspection counts; so the rate is
rather too high than too low.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from articles.proofreading import Manuscript, proofread, weights
from articles.proofreading.weights import Count, Found, Weight
from articles.reviewing import checking

from .. import announced
from ..models import Issue

_CERTAIN = (Weight.MUST, Weight.SURE)


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """`certain` are the findings that are surely wrong; `likely` those and the doubtful ones."""

    certain: Count
    likely: Count
    characters: int

    @property
    def rate(self) -> Decimal:
        return weights.rate(self.certain.faults, self.characters) or Decimal(0)

    @property
    def at_most(self) -> Decimal:
        return weights.rate(self.likely.faults, self.characters) or Decimal(0)

    @property
    def passes(self) -> bool:
        return self.rate <= weights.PASSES_AT

    @property
    def line(self) -> Decimal:
        return weights.PASSES_AT


def of(issue: Issue) -> ErrorRate | None:
    """A constant number of queries. None of an issue without texts, or that is out."""
    if issue.is_published or issue.scan:
        return None
    articles = list(issue.articles.with_bylines())
    characters = sum(article.length for article in articles)
    if not characters:
        return None
    found = [Found(each) for rows in checking.open_in(articles).values() for each in rows]
    found += _of_the_cover(issue)
    certain = [each for each in found if weights.weight_of(each.finding) in _CERTAIN]
    return ErrorRate(weights.count(certain), weights.count(found), characters)


def _of_the_cover(issue: Issue) -> Iterator[Found]:
    """What is printed on the cover: theme, cover lines, slogan."""
    lines = [issue.theme, *announced.lines(issue), issue.slogan]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    for finding in proofread(Manuscript(body=body), checking.house_terms()):
        yield Found(finding, on_cover=True)
