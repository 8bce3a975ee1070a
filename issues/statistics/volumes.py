"""合订本: contents and indexes of the issues of a period, and those issues bound into one PDF.

Everything is as it was printed (`PrintedArticle`), and in Chinese order: by the sound of names.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pypdfium2

from servicejournal.papers.fonts import Faces

from ..models import Edition, PrintedArticle
from ..models.issue import place_in_order
from . import facts, papers
from .periods import Period


@dataclass(frozen=True, slots=True)
class Entry:
    """`page` is that of its own issue, 0 where nobody knows; `issue` is its place in the volume."""

    title: str
    byline: str
    issue: int
    page: int
    address: str


@dataclass
class Bound:
    """One issue of the volume: its articles by section, in print order."""

    label: str
    short: str
    edition: Edition
    sections: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return self.edition.page_count if self.edition.pdf else 0


@dataclass(frozen=True, slots=True)
class Index:
    title: str
    entries: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True)
class Volume:
    period: Period
    issues: list[Bound]
    indexes: tuple[Index, ...]

    @property
    def without_pdf(self) -> list[str]:
        """Issues that cannot be bound."""
        return [each.label for each in self.issues if not each.pages]

    def first_page(self, issue: int, front: int) -> int:
        """The page of the bound PDF before the first of that issue; `front` pages come first."""
        return front + sum(each.pages for each in self.issues[:issue])


def of(period: Period) -> Volume:
    """Two queries."""
    editions = Edition.objects.out().select_related("issue").order_by(*place_in_order("issue__"))
    rows = facts.printed(period).order_by("edition_id", "place")
    printed: dict[int, list[PrintedArticle]] = defaultdict(list)
    for row in rows.defer("body"):
        printed[row.edition_id].append(row)
    bound: list[Bound] = []
    names: dict[str, dict[str, list[Entry]]] = {"author": {}, "branch": {}, "section": {}}
    for edition in editions.filter(pk__in=list(printed)):
        issue = Bound(edition.issue.full_label, _short(edition.issue.label), edition)
        pages = {each["article"]: each["page"] for each in edition.outline}
        for row in printed[edition.pk]:
            page = pages.get(row.article_id, 0)
            entry = Entry(row.title, row.byline, len(bound), page, row.get_absolute_url())
            issue.sections.setdefault(row.section_name, []).append(entry)
            _note(names, row, entry)
        bound.append(issue)
    return Volume(period, bound, _indexes(names))


def _short(label: str) -> str:
    return label.partition("年")[2] or label


def _note(names: dict[str, dict[str, list[Entry]]], row: PrintedArticle, entry: Entry) -> None:
    names["section"].setdefault(row.section_name, []).append(entry)
    for told in row.authors:
        names["author"].setdefault(told["name"], []).append(entry)
    for branch in dict.fromkeys(each["branch"] for each in row.authors if each["branch"]):
        names["branch"].setdefault(branch, []).append(entry)


def _indexes(names: dict[str, dict[str, list[Entry]]]) -> tuple[Index, ...]:
    titles = {"author": "作者索引", "branch": "单位索引", "section": "栏目索引"}
    return tuple(
        Index(title, tuple((name, tuple(names[key][name])) for name in _sorted(names[key], key)))
        for key, title in titles.items()
    )


def _sorted(names: Iterable[str], key: str) -> list[str]:
    """By sound; sections in the order in which they are printed."""
    if key == "section":
        return list(names)
    from pypinyin import lazy_pinyin  # a quarter of a second and 56 MB: for whoever spells

    return sorted(names, key=lambda each: (lazy_pinyin(each), each))


def front(volume: Volume, journal: str, faces: Faces, *, bound: bool) -> bytes:
    """Contents and indexes. Bound, each entry says its page in the whole file too, which counts the
    front itself: so that is set twice.
    """
    data = papers.volume(_told(volume, journal, None), faces)
    if not bound:
        return data
    pages = len(pypdfium2.PdfDocument(data))
    data = papers.volume(_told(volume, journal, pages), faces)
    settled = len(pypdfium2.PdfDocument(data))
    return data if settled == pages else papers.volume(_told(volume, journal, settled), faces)


def bind(volume: Volume, journal: str, faces: Faces, read: Callable[[str], bytes]) -> bytes:
    """One PDF: the front, then every issue that has a PDF. `read` gives a file by name."""
    whole = pypdfium2.PdfDocument(front(volume, journal, faces, bound=True))
    for each in volume.issues:
        if each.pages:
            whole.import_pages(pypdfium2.PdfDocument(read(each.edition.pdf.name)))
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def _told(volume: Volume, journal: str, front_pages: int | None) -> dict[str, Any]:
    def page(entry: Entry) -> str:
        issue = volume.issues[entry.issue]
        if not entry.page:
            return issue.short
        own = f"{issue.short} {entry.page} 页"
        if front_pages is None or not issue.pages:
            return own
        return f"{own}　总 {volume.first_page(entry.issue, front_pages) + entry.page}"

    def line(entry: Entry) -> dict[str, str]:
        return {"title": entry.title, "byline": entry.byline, "page": page(entry)}

    articles = sum(len(each) for issue in volume.issues for each in issue.sections.values())
    return {
        "journal": journal,
        "title": f"{volume.period.label}合订本",
        "subtitle": f"{len(volume.issues)} 期　{articles} 篇",
        "issues": [
            {
                "label": issue.label,
                "sections": [
                    {"name": name, "articles": list(map(line, entries))}
                    for name, entries in issue.sections.items()
                ],
            }
            for issue in volume.issues
        ],
        "indexes": [
            {
                "title": index.title,
                "entries": [
                    {"name": name, "articles": list(map(line, entries))}
                    for name, entries in index.entries
                ],
            }
            for index in volume.indexes
        ],
    }
