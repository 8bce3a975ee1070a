"""What readers' templates ask about an issue or an article."""

from django import template
from django.urls import reverse

from articles.bodies import layout
from articles.bodies.html import picture_tokens, text
from articles.models import Article
from articles.pictures import renditions
from issues.models import Issue

register = template.Library()

register.filter("minutes", layout.minutes)


@register.filter
def cover_address(issue: Issue) -> str:
    """The address of the cover: the uploaded one, or the one drawn from the issue's data."""
    name = "issue_cover_picture" if issue.cover else "issue_cover"
    return reverse(name, args=[issue.year, issue.number])


@register.filter
def read_address(issue: Issue, page: int | None = None) -> str:
    """Where the issue is leafed through, from that page on."""
    address = reverse("read", args=[issue.year, issue.number])
    return f"{address}#p{page}" if page else address


@register.filter
def summary(article: Article) -> str:
    """One or two sentences: the standfirst, or how the text begins."""
    return layout.opening(article.standfirst or text(article.body))


@register.filter
def thumbnail(article: Article) -> str:
    """The address of the first picture that the text shows, small; "" where it shows none.

    Asked of the body, because a picture that was taken out of it may still be stored.
    """
    mine = {str(picture.token): picture for picture in article.pictures.all()}
    shown = next((mine[token] for token in picture_tokens(article.body) if token in mine), None)
    if shown is None:
        return ""
    return f"{shown.get_absolute_url()}{renditions.widths(shown.width)[0]}.webp"


@register.filter
def writers(article: Article) -> list[str]:
    """The byline, author by author, so that a line never breaks inside a name."""
    return article.byline.split("　")


@register.filter
def thousands(count: int) -> str:
    """2340 → 2,340, as lengths are printed."""
    return f"{count:,}"
