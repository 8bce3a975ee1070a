"""The files of an issue: what each renderer makes of one `Book`, with pictures from the storage."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage

from . import archive, epub, pdf
from .book import Book, Face
from .pdf import press

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outputs:
    """All of one publication; where `pdf` is None, `without_pdf` (Chinese) says why."""

    archive: bytes
    epub: bytes
    pdf: bytes | None
    without_pdf: str


def of(book: Book, face: Face) -> Outputs:
    """Everything. What keeps the PDF from being made does not keep the issue from coming out."""
    printed, why = None, ""
    try:
        printed = pdf_of(book, face).data
    except (pdf.NotPrinted, pdf.FontsMissing) as reason:
        why = str(reason)
        logger.warning("No PDF of %s-%s: %s", book.year, book.number, why, exc_info=True)
    return Outputs(
        archive=archive.render(book, lambda picture: read(picture.file)),
        epub=epub_of(book, face, printed),
        pdf=printed,
        without_pdf=why,
    )


def pdf_of(book: Book, face: Face, *, paper: str = "a4", for_printer: bool = False) -> pdf.Printed:
    """Raises `pdf.NotPrinted` or `pdf.FontsMissing`."""
    faces = pdf.fonts.find(settings.FONT_DIR)
    return pdf.render(book, face, read, faces, paper=paper, for_printer=for_printer)


def epub_of(book: Book, face: Face, printed: bytes | None) -> bytes:
    """With the PDF's first page as its cover: hardly an e-reader shows a drawing."""
    return epub.render(book, face, read, press.first_page(printed) if printed else None)


def read(name: str) -> bytes:
    """A file of the storage."""
    with default_storage.open(name) as file:
        return file.read()
