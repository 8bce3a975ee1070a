"""The sitemap (sitemaps.org 0.9): every readers' page, with the day on which it last changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from articles.models import Author, Branch, Section
from servicejournal.access import readers_page
from servicejournal.web import site

from ...models import Edition, PrintedArticle
from .. import serving, storing
from . import freshness

#: Addresses in one file; 50,000 are allowed.
LENGTH = 40_000
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"

#: An address on this site and when it changed.
Entry = tuple[str, datetime | None]


@require_safe
@readers_page
@serving.behind_the_question
def sitemap(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`; where it grew too long for one file, an index of `/sitemap-N.xml`."""
    pages = _pages()
    if pages.num_pages == 1:
        return _answer("urlset", "url", pages.page(1).object_list)
    files = [(reverse("sitemap_part", args=[n]), None) for n in pages.page_range]
    return _answer("sitemapindex", "sitemap", files)


@require_safe
@readers_page
@serving.behind_the_question
def part(request: HttpRequest, number: int) -> HttpResponse:
    """`/sitemap-N.xml`, from 1."""
    pages = _pages()
    if pages.num_pages == 1 or number not in pages.page_range:
        raise Http404
    return _answer("urlset", "url", pages.page(number).object_list)


def _pages() -> Paginator[Entry]:
    if not settings.INDEXED:
        raise Http404
    return Paginator(list(_entries()), LENGTH)


def _answer(root: str, each: str, entries: Iterable[Entry]) -> HttpResponse:
    text = _written(root, each, entries)
    return storing.for_everybody(HttpResponse(text, "application/xml; charset=utf-8"))


def _entries() -> Iterator[Entry]:
    """Seven queries, however much was printed."""
    out = Edition.objects.out().newest_first()
    changed = {
        pk: since or at
        for pk, since, at in out.values_list("pk", "out_since", "issue__published_at")
    }
    latest = max((at for at in changed.values() if at), default=None)
    for name in ("home", "issues", "sections"):
        yield reverse(name), latest
    for edition in out.select_related("issue").only("pk", *_ADDRESS):
        yield edition.issue.get_absolute_url(), changed[edition.pk]
    yield from _articles()
    yield from _people()


_ADDRESS = ("issue__year", "issue__number", "issue__last_number", "issue__kind")


def _articles() -> Iterator[Entry]:
    rows = PrintedArticle.objects.out().newest_first()
    corrected = freshness.corrected()
    for article, out in rows.values_list("article", "edition__issue__published_at"):
        told = [at for at in (out, corrected.get(article)) if at]
        yield reverse("article", args=[article]), max(told, default=None)


def _people() -> Iterator[Entry]:
    """Sections, branches and authors that readers meet, with the day of their newest piece."""
    out = PrintedArticle.objects.out()
    newest = Max("edition__issue__published_at")
    by_section = dict(out.order_by().values_list("section").annotate(newest))
    for section in Section.objects.filter(pk__in=by_section):
        yield section.get_absolute_url(), by_section[section.pk]
    newest = Max("printings__printed__edition__issue__published_at")
    signed = out.order_by().values("pk")
    branches = Branch.objects.filter(printings__printed__in=signed).annotate(newest=newest)
    for slug, at in branches.order_by("pk").values_list("slug", "newest"):
        yield reverse("branch", args=[slug]), at
    authors = Author.objects.filter(printings__printed__in=signed).annotate(newest=newest)
    for pk, at in authors.order_by("pk").values_list("pk", "newest"):
        yield reverse("author", args=[pk]), at


def _written(root: str, each: str, entries: Iterable[Entry]) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(root, AttributesImpl({"xmlns": _SCHEMA}))
    for address, changed in entries:
        xml.startElement(each, AttributesImpl({}))
        xml.addQuickElement("loc", site.absolute(address))
        if changed:
            xml.addQuickElement("lastmod", changed.astimezone().isoformat(timespec="seconds"))
        xml.endElement(each)
    xml.endElement(root)
    xml.endDocument()
    return out.getvalue()
