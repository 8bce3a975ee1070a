"""Beside a manuscript: who can act on it today, what to do where nobody can, who may be whom."""

from typing import Any

from articles.models import Article
from articles.reviewing import deputies, namesakes, staffing
from articles.writing import endorsement
from servicejournal import small_office
from servicejournal.models import User
from servicejournal.roles import EDITORIAL


def beside(article: Article, user: User, *, to_confirm: bool) -> dict[str, Any]:
    seen = staffing.outlook(article, to_confirm=to_confirm)
    signed = endorsement.signed(article)
    return {
        "outlook": seen,
        "would_strand": seen is not None and user in seen.strand,
        "appointing": deputies.who_may_grant() if seen and seen.is_stuck else (),
        "may_appoint": deputies.may_grant(user),
        "may_switch": small_office.may_switch(user),
        "alike": _alike(article, user, seen),
        "signer_is_called_like": endorsement.signer_is_called_like(signed) if signed else "",
    }


def _alike(article: Article, user: User, seen: staffing.Outlook | None) -> list[str]:
    """Of whoever looks and may decide, and of those who passed it in this round."""
    people = {each.reviewer for each in article.reviews.standing().filter(round=article.round)}
    if seen and user.has_role(*EDITORIAL):
        people.add(user)
    wrote = staffing.writers(article)
    told = [
        sentence
        for each in sorted(people, key=lambda person: person.pk)
        if each.pk not in wrote
        for sentence in namesakes.of(article, each)
    ]
    return list(dict.fromkeys(told))
