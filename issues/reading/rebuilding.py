"""The whole store at once, page by page, instead of by need."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from articles.models import Author, Branch, Call, Section

from ..models import Edition, PrintedArticle
from . import leafing, storing


def addresses() -> Iterator[str]:
    """Of all readers' pages (of lists, the first), what is asked for most first."""
    yield from (reverse("home"), reverse("issues"), reverse("sections"))
    editions = Edition.objects.out().select_related("issue")
    for edition in editions.newest_first().defer(
        "facts", "face", "cover_svg", "outline", "contents"
    ):
        yield from of_issue(edition)
    out = PrintedArticle.objects.out()
    for pk in out.newest_first().values_list("article", flat=True):
        yield reverse("article", args=[pk])
    yield from (each.get_absolute_url() for each in Section.objects.all())
    signed = out.values("pk")
    branches = Branch.objects.filter(printings__printed__in=signed).distinct()
    yield from (each.get_absolute_url() for each in branches)
    authors = Author.objects.filter(printings__printed__in=signed).distinct()
    yield from (each.get_absolute_url() for each in authors)
    yield from (each.get_absolute_url() for each in Call.objects.all())
    yield from (reverse("offline"), reverse("accessibility"))
    yield from (reverse("feed"), *([reverse("sitemap")] if settings.INDEXED else []))


def of_issue(edition: Edition) -> Iterator[str]:
    """The pages of an issue but its articles'."""
    yield edition.issue.get_absolute_url()
    yield reverse("edition", args=[edition.issue.year, edition.issue.slug])
    if address := leafing.address_in(edition):
        yield address
    yield reverse("issue_card", args=[edition.issue.year, edition.issue.slug])


def rebuild() -> Iterator[tuple[int, int, bool]]:
    """Fills the store; (done, of how many, whether this one is stored) after each page."""
    paths = list(addresses())
    for done, path in enumerate(paths, start=1):
        yield done, len(paths), storing.fill(path)
