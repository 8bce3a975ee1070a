"""How an edition comes out: files are made outside any transaction, then a short one switches.

What is to happen is rehearsed in a transaction that is taken back, to read what the edition would
hold. Files are made from that while nobody waits for a lock. Then it happens in earnest, unless
the edition would now hold something else: of two who do it at once, one wins and the other is told.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from articles.reviewing import staffing
from servicejournal import files, generation
from servicejournal.models import User

from ..exports import book, outputs, printing, progress
from ..exports.book import Printing
from ..exports.shape import Book, BookEdition, Face
from ..models import Correction, Edition, Issue
from ..models.edition import archive_path
from . import indexing, outlining, page_making, posters

_only_rehearsed: ContextVar[bool] = ContextVar("only_rehearsed", default=False)
_nobody_else: ContextVar[bool] = ContextVar("nobody_else", default=False)


_CHANGED = "制作文件的时候，这一期有了改动，所以没有换上。请看过之后再做一次。"


class _Rehearsed(Exception):
    """It could be done."""


class Overtaken(RuntimeError):
    """The issue was changed while its files were made; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What the next edition is to be: its issue, locked, and what it prints.

    `face` is what it wears; of a `new` correction readers are told with it.
    """

    issue: Issue
    printing: Printing
    face: Face
    new: tuple[Correction, ...] = ()


#: Brings the issue to the state that an edition holds, and says what that edition is to be.
Act = Callable[[], Planned]


@dataclass(frozen=True, slots=True)
class _Material:
    """All that the files and the rows of an edition are made from."""

    book: Book
    rows: tuple[dict[str, Any], ...]
    face: Face
    told: BookEdition


@contextmanager
def next_of(act: Act, *, by: User) -> Iterator[Edition]:
    """Makes the next edition; what is done with it inside is part of the transaction that switches.

    `act` is done twice, so it starts from what is stored and touches nothing but the database. The
    edition stands from then on, in the place of the one before. Raises what `act` does,
    `outputs.Unreadable` and `Overtaken`, with nothing changed.
    """
    at = timezone.now()
    # With its first one a worker reads all addresses of the site: a second, and not under a lock.
    reverse("home")
    with _transaction():
        plan = act()
        material = _read(plan, at)
        transaction.set_rollback(True)
    if _only_rehearsed.get():
        raise _Rehearsed
    try:
        with ThreadPoolExecutor(1) as hand:  # it waits for a process of its own
            drawing = hand.submit(outlining.draw, material.face.cover_svg)
            edition = _made(material, plan, Edition(issue=plan.issue, made_at=at, made_by=by))
    except FileNotFoundError as swept:  # by whoever was faster: their edition is out already
        with _transaction():
            act()
            transaction.set_rollback(True)
        raise Overtaken(_CHANGED) from swept
    drawn = drawing.result()
    progress.tell("换上新的一版", 95)
    found = indexing.entries_of(row.printed for row in plan.printing.rows)
    with _transaction(), _removed_if_refused(edition):
        plan = act()
        if _read(plan, at) != material:
            raise Overtaken(_CHANGED)
        keep(edition, plan)
        outlining.keep(edition, drawn)
        indexing.store(found)
        yield edition
    _sweep(edition)


def rehearse(verb: Callable[[], Any]) -> None:
    """Does a verb of those that make an edition up to the point where files would be made.

    Raises what it raises where it cannot be; otherwise nothing is changed.
    """
    token = _only_rehearsed.set(True)
    try:
        verb()
    except _Rehearsed:
        return
    finally:
        _only_rehearsed.reset(token)


def keep(edition: Edition, plan: Planned) -> None:
    """Stores an edition whose files are there, with its rows; its issue in hand points at it.

    Part of the transaction of the caller, who saves the issue. Orders pages and long pictures.
    """
    edition.issue = plan.issue
    edition.signer = staffing.signature(edition.made_by)[:100]
    edition.facts = book.facts_for(plan.printing.book)
    edition.contents = printing.contents(plan.printing.rows)
    book.wear(edition, plan.face)
    edition.save()
    printing.store(edition, plan.printing.rows)
    page_making.order(edition)
    posters.order(edition)
    plan.issue.standing = edition
    generation.turn()


@contextmanager
def with_nobody_else() -> Iterator[None]:
    """Lets editions be made inside a transaction: nobody is there to wait. For the demo alone."""
    token = _nobody_else.set(True)
    try:
        yield
    finally:
        _nobody_else.reset(token)


def _transaction() -> transaction.Atomic:
    """Never part of another one, which would hold its locks while files are made."""
    return transaction.atomic(durable=not _nobody_else.get())


def _read(plan: Planned, at: datetime) -> _Material:
    last = plan.issue.editions.aggregate(last=Max("number"))["last"] or 0
    rows, edition = plan.printing.rows, Edition(number=last + 1, made_at=at)
    return _Material(
        book=plan.printing.book,
        rows=tuple(row.facts() for row in rows),
        face=plan.face,
        told=book.edition_of(plan.issue, rows, edition, new=plan.new),
    )


def _made(material: _Material, plan: Planned, edition: Edition) -> Edition:
    """The edition, not stored yet, with its files. Without fonts it says why it has no PDF."""
    edition.number = material.told.number or 0
    with TemporaryFile() as packed:
        made = outputs.of(material.book, material.face, material.told, archive_to=packed)
        packed.seek(0)
        edition.sha256 = file_digest(packed, "sha256").hexdigest()
        edition.archive.name = _put(edition, "archive.zip", packed)
    edition.without_pdf = made.without_pdf
    if made.epub:
        edition.epub.name = _put(edition, "issue.epub", made.epub)
        edition.epub_sha256, edition.epub_size = sha256(made.epub).hexdigest(), len(made.epub)
    if made.pdf:
        edition.pdf.name = _put(edition, "issue.pdf", made.pdf.data)
        data = made.pdf.data
        edition.pdf_sha256, edition.pdf_size = sha256(data).hexdigest(), len(data)
        edition.page_count = made.pdf.pages
        articles = [(row.printed.title, row.printed.article_id) for row in plan.printing.rows]
        edition.outline = page_making.outline(articles, starts=made.pdf.starts, titles=made.titles)
    return edition


def _put(edition: Edition, name: str, data: bytes | BinaryIO) -> str:
    path = archive_path(edition, name)
    files.put(path, data)
    return path


def _names(edition: Edition) -> set[str]:
    return {name for name in (edition.archive.name, edition.epub.name, edition.pdf.name) if name}


@contextmanager
def _removed_if_refused(edition: Edition) -> Iterator[None]:
    """Removes the files where the row is surely not stored; a commit that failed may have been one.

    What is left then goes with the next edition.
    """
    try:
        yield
    except BaseException:
        for name in _names(edition):
            default_storage.delete(name)
        raise


def _sweep(edition: Edition) -> None:
    """Removes what tries that were killed or overtaken left behind.

    Numbers only rise, so files of this one and below that no row names will never be named. Those
    of a higher one may be somebody's who is making them now.
    """
    folder = str(PurePosixPath(edition.archive.name).parent)
    rows = Edition.objects.filter(archive__startswith=f"{folder}/")
    named = {name for row in rows for name in _names(row)}
    for file in default_storage.listdir(folder)[1]:
        number = file.partition("-")[0]
        is_settled = number.isdecimal() and int(number) <= edition.number
        if is_settled and f"{folder}/{file}" not in named:
            default_storage.delete(f"{folder}/{file}")
