"""The files of an issue: what each renderer makes of one `Book`, with pictures from the storage."""

import hashlib
import logging
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage

from issues import numbering
from issues.models import Issue
from servicejournal import files

from . import archive, epub, offline, pages, pdf, pictures, progress, scans
from .book import Book, BookEdition, Face
from .pdf import press

logger = logging.getLogger(__name__)

#: Bookmarks: a title and its page.
Titles = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Outputs:
    """All but the archive; where `pdf` is None, `without_pdf` (Chinese) says why.

    `epub` is None where there are no articles. `titles` are the bookmarks of a scan.
    """

    epub: bytes | None
    pdf: pdf.Printed | None
    without_pdf: str
    titles: Titles = ()


class Unreadable(RuntimeError):
    """The file of a picture or scan is gone or broken; the message (Chinese) says which."""


class OnlyScanned(RuntimeError):
    """A back issue that exists only as PDF; the message (Chinese) says what there is instead."""


#: What keeps a file from being made; each has a sentence for people.
REFUSALS = (pdf.NotPrinted, pdf.FontsMissing, Unreadable, OnlyScanned)


def of(book: Book, face: Face, edition: BookEdition, *, archive_to: BinaryIO) -> Outputs:
    """Everything, and the archive, which is the largest, written to an open file.

    What keeps the PDF from being made does not keep the issue from coming out.

    Raises `Unreadable`.
    """
    progress.tell("核对图片", 2)
    _look_at_pictures(book, face)
    progress.tell("排印刷版式（PDF）", 15)
    printed, titles, why = _scanned(book) if book.scan else _set(book, face)
    progress.tell("做电子书", 60)
    data = printed.data if printed else None
    has_texts = bool(book.articles) or not book.scan
    # A file from outside is not drawn in this process: a scan's first page is the cover already.
    drawn = None if book.scan else data
    starts = printed.starts if printed else ()
    epub_file = _epub(book, face, drawn, starts) if has_texts else None
    progress.tell("打包存档", 75)
    told = replace(edition, without_pdf=why, starts=starts)
    archive.write(archive_to, book, face, told, read, epub=epub_file, pdf=data, copy=offline.render)
    return Outputs(
        epub=epub_file,
        pdf=printed,
        without_pdf=why,
        titles=titles,
    )


def _set(book: Book, face: Face) -> tuple[pdf.Printed | None, Titles, str]:
    """The PDF that Typst sets, or why there is none."""
    try:
        return _pdf(book, face), (), ""
    except (pdf.NotPrinted, pdf.FontsMissing) as reason:
        logger.warning("No PDF of %s: %s", numbering.stem(book), reason, exc_info=True)
        return None, (), str(reason)[:200]


def _scanned(book: Book) -> tuple[pdf.Printed, Titles, str]:
    """The PDF that was uploaded, with its bookmarks."""
    data = _scan(book)
    try:
        facts = pages.look_at(data)
    except pages.NotReadable as reason:
        raise Unreadable(str(reason)) from reason
    return pdf.Printed(data, facts.pages, (), frozenset()), facts.titles, ""


def _scan(book: Book) -> bytes:
    try:
        data = read(scans.file_of(book.scan))
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != book.scan:
        raise Unreadable("这一期的过刊 PDF 读不出来，请用备份恢复文件，或删除这一期重新导入。")
    return data


def pdf_of(
    book: Book,
    face: Face,
    *,
    paper: str = "a4",
    for_printer: bool = False,
    plates: pdf.Plates = pdf.Plates(),  # noqa: B008  frozen
) -> pdf.Printed:
    """Raises one of `REFUSALS`."""
    if book.scan and for_printer:
        raise OnlyScanned("这一期的 PDF 是当年的原件，要重印请把原件交给印厂。")
    if book.scan:
        return pdf.Printed(_scan(book), 0, (), frozenset())
    _look_at_pictures(book, face)
    return _pdf(book, face, paper=paper, for_printer=for_printer, plates=plates)


def epub_of(book: Book, face: Face) -> bytes:
    """Without the PDF's cover. Raises `Unreadable` and `OnlyScanned`."""
    if book.scan and not book.articles:
        raise OnlyScanned("这一期只有 PDF，没有单篇文章，请下载 PDF。")
    _look_at_pictures(book, face)
    return _epub(book, face, None)


def read(name: str) -> bytes:
    """A file of the storage."""
    with default_storage.open(name) as file:
        data: bytes = file.read()
    return data


def cover_of(issue: Issue) -> bytes | None:
    """The uploaded cover as it is, or the first page of what was published."""
    if issue.cover:
        return read(issue.cover.name)
    if issue.scan:  # a file from outside is not drawn in the process that answers
        return None
    newest = issue.editions.exclude(pdf="").first()
    return press.first_page(read(newest.pdf.name)) if newest else None


def _pdf(book: Book, face: Face, **options: Any) -> pdf.Printed:
    return pdf.render(book, face, read, pdf.fonts.find(settings.FONT_DIR), **options)


def _epub(book: Book, face: Face, printed: bytes | None, starts: tuple[int, ...] = ()) -> bytes:
    """With the PDF's first page as its cover: hardly an e-reader shows a drawing."""
    cover = press.first_page(printed) if printed else None
    return epub.render(book, face, read, cover, starts=starts)


def _look_at_pictures(book: Book, face: Face) -> None:
    """Every output needs every picture whole, and as it was when it came in."""
    shown = [
        (f"《{a.title}》里有一张图片", p.file, p.sha256) for a in book.articles for p in a.pictures
    ]
    if face.cover_file:
        shown.append(("封面图片", face.cover_file, ""))
    if face.cover_picture:
        shown.append(("封面上的图", face.cover_picture, ""))
    for what, name, sha256 in shown:
        try:
            pictures.look_at(data := read(name))
        except OSError as error:
            if files.are_away(error):
                raise
            raise Unreadable(f"{what}的文件读不出来，请重新上传。") from error
        if sha256 and hashlib.sha256(data).hexdigest() != sha256:
            raise Unreadable(f"{what}的文件与上传时不同，请重新上传。")
