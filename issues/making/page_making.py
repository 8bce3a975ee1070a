"""The pages of an edition (版面) as pictures and words: what the flipbook shows. Writes `Page`.

They are made after publication, page by page, by whoever runs the queue; no reader waits for one. A
row stands once its pictures are stored, so a run that breaks off goes on where it stopped, and two
runs at once only do the same twice.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from servicejournal import errands, files, generation, record
from servicejournal.models import User

from ..exports import outputs, pages
from ..models import Edition, Page
from . import indexing

logger = logging.getLogger(__name__)

#: Pages that one process makes: starting it costs a third of a second, and progress is shown.
BATCH = 4
AT_ONCE = 2
#: How long the worker may take to begin, and for a page; three times what it takes on two cores.
WHILE, A_PAGE = timedelta(minutes=1), timedelta(seconds=3)
#: After so long `manage.py remind` makes what nobody made.
FORGOTTEN = timedelta(minutes=10)
#: Editions of an earlier version whose letters are measured in one run of it.
MEASURED = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the pages of an edition are; `problem` (Chinese) says why they are not made."""

    made: int
    total: int
    problem: str

    @property
    def is_whole(self) -> bool:
        return bool(self.total) and self.made >= self.total

    @property
    def is_under_way(self) -> bool:
        return not self.is_whole and not self.problem

    def is_late(self, edition: Edition) -> bool:
        """Whether they should long be there: nobody seems to be making them."""
        due = edition.made_at + WHILE + self.total * A_PAGE
        return self.is_under_way and due < timezone.now()


def progress_of(edition: Edition) -> Progress:
    """One query."""
    return Progress(edition.pages.count(), edition.page_count, edition.without_pages)


def outline(
    articles: Iterable[tuple[str, int]],
    *,
    starts: Iterable[int] = (),
    titles: Iterable[tuple[str, int]] = (),
) -> list[dict[str, Any]]:
    """For `Edition.outline`. `articles` are (title, id) in print order, `starts` the pages on which
    they begin.

    A scan has `titles` (its bookmarks) instead, each with the one article of that title.
    """
    articles = list(articles)
    if titles := list(titles):
        named = _by_title(titles, articles)
        return [
            {"title": title, "page": page, "article": named.get(_bare(title))}
            for title, page in titles
        ]
    return [
        {"title": title, "page": page, "article": pk}
        for (title, pk), page in zip(articles, starts, strict=False)
    ]


def _by_title(titles: list[tuple[str, int]], articles: list[tuple[str, int]]) -> dict[str, int]:
    """Articles whose title stands once among them and once among the bookmarks."""
    marks = Counter(_bare(title) for title, _ in titles)
    named = Counter(_bare(title) for title, _ in articles)
    bare = {_bare(title): pk for title, pk in articles}
    return {title: pk for title, pk in bare.items() if marks[title] == named[title] == 1}


def _bare(title: str) -> str:
    return "".join(title.split())


def order(edition: Edition) -> None:
    """Has the pages made: by the worker, or right after the transaction where there is none."""
    if edition.pdf:
        errands.send_aside(make_pages, edition.pk)


@transaction.atomic
def order_again(edition: Edition, *, by: User) -> None:
    """重做版面: what kept the pages from being made may be gone. A row in the record."""
    record.write("重做版面", edition.issue, by=by, edition=edition.number)
    make_lost(edition)


@transaction.atomic
def make_lost(edition: Edition) -> None:
    """Has made again whose pictures are gone, a restore without its files for one."""
    lost = [page for page in edition.pages.all() if not _is_there(page)]
    if lost:
        rows = edition.pages.filter(pk__in=[page.pk for page in lost])
        indexing.forget_pages(rows)
        rows.delete()
        generation.turn()  # no page of readers leads to them meanwhile
    Edition.objects.filter(pk=edition.pk).update(
        without_pages="", in_pages=bool(edition.in_pages and not lost)
    )
    order(edition)


@task
def make_pages(edition_pk: int) -> None:
    """All pages of the edition that are missing; none where a newer edition stands."""
    edition = Edition.objects.filter(pk=edition_pk).first()
    if edition:
        _make(edition)


def make_forgotten() -> int:
    """Pages that were ordered a while ago and that nobody made, or whose pictures are gone; of how
    many editions.
    """
    for edition in Edition.objects.standing().filter(in_pages=True):
        if len(_pictures_of(edition)) < edition.page_count * len(pages.WIDTHS):
            make_lost(edition)
    _measure_older()
    waiting = _unmade().filter(made_at__lt=timezone.now() - FORGOTTEN)
    return sum(_make(edition) for edition in waiting)


def _measure_older() -> None:
    """Pages made before anybody asked where their letters stand; of some editions at a time."""
    older = Page.objects.filter(lines__isnull=True, edition__in_pages=True)
    standing = Edition.objects.standing().filter(pk__in=older.values("edition"))
    for edition in standing.order_by("-pk")[:MEASURED]:
        _measure(edition)


def _measure(edition: Edition) -> None:
    unmeasured = list(edition.pages.filter(lines__isnull=True))
    try:
        data = outputs.read(edition.pdf.name)
        lines = pages.measure(data, {page.number: page.text for page in unmeasured})
    except (pages.NotReadable, OSError) as reason:
        logger.exception("Where the letters of %s stand is not known", edition)
        if files.are_away(reason):
            return
        lines = {}  # looked at once: its pages are shown without marks
    for page in unmeasured:
        page.lines = lines.get(page.number, [])
    Page.objects.bulk_update(unmeasured, ["lines"])


def _pictures_of(edition: Edition) -> list[str]:
    """Names of what is stored for it; one question to the storage, and not one a page."""
    try:
        return default_storage.listdir(str(PurePosixPath(edition.pdf.name).with_suffix("")))[1]
    except FileNotFoundError:
        return []


def _is_there(page: Page) -> bool:
    return all(default_storage.exists(page.file(width)) for width in pages.WIDTHS)


def _unmade() -> QuerySet[Edition]:
    return Edition.objects.standing().without_all_pages().filter(without_pages="").order_by("pk")


def _make(edition: Edition) -> bool:
    """Whether the pages are all there now."""
    try:
        _make_missing(edition)
    except (pages.NotReadable, OSError) as reason:
        logger.exception("No pages of %s", edition)
        if files.are_away(reason):  # `resume` makes them when the storage is there again
            return False
        told = str(reason) if isinstance(reason, pages.NotReadable) else "PDF 文件读不出来。"
        Edition.objects.filter(pk=edition.pk).update(without_pages=told)
    is_whole = progress_of(edition).is_whole
    if is_whole:
        Edition.objects.filter(pk=edition.pk).update(in_pages=True)
        _drop_earlier(edition)
        indexing.index_pages(edition)
        generation.turn()  # readers' pages lead to them from now on
    return is_whole


def _drop_earlier(edition: Edition) -> None:
    """Pages of editions that nobody leafs through any more; their PDF can give them again."""
    before = Edition.objects.filter(issue=edition.issue, number__lt=edition.number)
    before.update(in_pages=False)
    earlier = Page.objects.filter(edition__in=before)
    indexing.forget_pages(earlier)
    with transaction.atomic():
        gone = earlier.select_related("edition")
        files.discard(*(page.file(width) for page in gone for width in pages.WIDTHS))
        earlier.delete()


def _make_missing(edition: Edition) -> None:
    """Stops when a newer edition takes this one's place. Raises `NotReadable` and `OSError`."""
    data = outputs.read(edition.pdf.name)
    _count(edition, data)
    with ThreadPoolExecutor(AT_ONCE) as processes:
        made = processes.map(partial(pages.photograph, data), _batches(edition))
        while Edition.objects.standing().filter(pk=edition.pk).exists():
            sheets = next(made, None)
            if sheets is None:
                return
            for sheet in sheets:
                _keep(edition, sheet)
        processes.shutdown(cancel_futures=True)


def _count(edition: Edition, data: bytes) -> None:
    """Editions made before there was a flipbook did not count their pages."""
    if not edition.page_count:
        edition.page_count = pages.look_at(data).pages
        edition.save(update_fields=["page_count"])


def _batches(edition: Edition) -> Iterator[list[int]]:
    there = set(edition.pages.values_list("number", flat=True))
    missing = [number for number in range(1, edition.page_count + 1) if number not in there]
    for start in range(0, len(missing), BATCH):
        yield missing[start : start + BATCH]


def _keep(edition: Edition, sheet: pages.Sheet) -> None:
    page = Page(
        edition=edition,
        number=sheet.number,
        width=sheet.width,
        height=sheet.height,
        text=sheet.text,
        lines=sheet.lines,
    )
    for width, picture in sheet.pictures.items():
        files.put(page.file(width), picture)
    Page.objects.bulk_create([page], ignore_conflicts=True)  # another run may have been faster
