"""What readers' templates ask about an issue or an article."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from articles.bodies import layout
from issues.exports import phrases as breaking
from issues.models import Issue
from issues.reading.fronts import Front
from issues.reading.outside import metadata

register = template.Library()


@register.filter
def minutes(length: int) -> str:
    """Reading time of so many characters; in letters, or each would be looked up how a language
    writes its numbers.
    """
    return str(layout.minutes(length))


@register.filter
def phrases(title: str) -> tuple[str, ...]:
    """The pieces of a large title, between which it may break."""
    return breaking.of(title)


@register.filter
def linked_data(told: dict[str, Any]) -> SafeString:
    """As a script element of a type that is not run; `metadata.written` lets nothing out of it."""
    text = metadata.written(told)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


@register.filter
def read_address(issue: Issue | Front, page: int | None = None) -> str:
    """Where the issue is leafed through, from that page on."""
    address = reverse("read", args=[issue.year, issue.slug])
    return f"{address}#p{page}" if page else address


@register.filter
def thousands(count: int) -> str:
    """2340 → 2,340, as lengths are printed."""
    return f"{count:,}"
