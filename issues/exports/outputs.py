"""The files of an issue: what each renderer makes of one `Book`, with pictures from the storage."""

import hashlib
import logging
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.files.storage import default_storage

from . import archive, epub, pdf, pictures
from .book import Book, BookEdition, Face
from .pdf import press

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outputs:
    """All of one publication; where `pdf` is None, `without_pdf` (Chinese) says why."""

    archive: bytes
    epub: bytes
    pdf: pdf.Printed | None
    without_pdf: str


class Unreadable(RuntimeError):
    """A picture's file is gone or broken; the message (Chinese) says which."""


#: What keeps a file from being made; each has a sentence for people.
REFUSALS = (pdf.NotPrinted, pdf.FontsMissing, Unreadable)


def of(book: Book, face: Face, edition: BookEdition) -> Outputs:
    """Everything. What keeps the PDF from being made does not keep the issue from coming out.

    Raises `Unreadable`.
    """
    _look_at_pictures(book, face)
    printed, why = None, ""
    try:
        printed = _pdf(book, face)
    except (pdf.NotPrinted, pdf.FontsMissing) as reason:
        why = str(reason)[:200]
        logger.warning("No PDF of %s-%s: %s", book.year, book.number, why, exc_info=True)
    data = printed.data if printed else None
    epub_file = _epub(book, face, data)
    told = replace(edition, without_pdf=why, starts=printed.starts if printed else ())
    return Outputs(
        archive=archive.render(book, face, told, read, epub=epub_file, pdf=data),
        epub=epub_file,
        pdf=printed,
        without_pdf=why,
    )


def pdf_of(book: Book, face: Face, *, paper: str = "a4", for_printer: bool = False) -> pdf.Printed:
    """Raises one of `REFUSALS`."""
    _look_at_pictures(book, face)
    return _pdf(book, face, paper=paper, for_printer=for_printer)


def epub_of(book: Book, face: Face) -> bytes:
    """Without the PDF's cover. Raises `Unreadable`."""
    _look_at_pictures(book, face)
    return _epub(book, face, None)


def read(name: str) -> bytes:
    """A file of the storage."""
    with default_storage.open(name) as file:
        return file.read()


def _pdf(book: Book, face: Face, **options) -> pdf.Printed:
    return pdf.render(book, face, read, pdf.fonts.find(settings.FONT_DIR), **options)


def _epub(book: Book, face: Face, printed: bytes | None) -> bytes:
    """With the PDF's first page as its cover: hardly an e-reader shows a drawing."""
    return epub.render(book, face, read, press.first_page(printed) if printed else None)


def _look_at_pictures(book: Book, face: Face) -> None:
    """Every output needs every picture whole, and as it was when it came in."""
    shown = [
        (f"《{a.title}》里有一张图片", p.file, p.sha256) for a in book.articles for p in a.pictures
    ]
    if face.cover_file:
        shown.append(("封面图片", face.cover_file, ""))
    for what, name, sha256 in shown:
        try:
            pictures.look_at(data := read(name))
        except OSError as error:
            raise Unreadable(f"{what}的文件读不出来，请重新上传。") from error
        if sha256 and hashlib.sha256(data).hexdigest() != sha256:
            raise Unreadable(f"{what}的文件与上传时不同，请重新上传。")
