"""A message as a zip: the HTML, and every picture to upload, in order. Pure but for `read`."""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from issues.exports.shape import Book, Face

from . import covers, of_article, of_issue

_UNSAFE = re.compile(r"[^\w\u4e00-\u9fff]+")


def pictures(files: Iterable[tuple[str, bytes]], cover: bytes | None) -> bytes:
    """`files` are (alternative text, bytes) in the order of the text."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as parcel:
        for number, (words, data) in enumerate(files, start=1):
            parcel.writestr(f"{number:02d}{_name(words)}.jpg", covers.uploadable(data))
        if cover:
            parcel.writestr("封面-2.35比1.jpg", covers.cropped(cover, covers.WIDE))
            parcel.writestr("封面-1比1.jpg", covers.cropped(cover, covers.SQUARE))
    return out.getvalue()


def whole(book: Book, face: Face, read: Callable[[str], bytes], *, theme: str) -> bytes:
    """Every message of an issue: `00-目录.html`, `01-TITLE.html` with its pictures beside it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parcel:
        parcel.writestr("00-目录.html", of_issue(book, face, theme=theme).html)
        for number, article in enumerate(book.articles, start=1):
            folder = f"{number:02d}{_name(article.title)}"
            files = {picture.token: picture.file for picture in article.pictures}
            places = {token: f"{folder}/{at:02d}.jpg" for at, token in enumerate(files, start=1)}
            message = of_article(book, article, face, theme=theme, source=places.__getitem__)
            parcel.writestr(f"{folder}.html", message.html)
            for token in message.pictures:
                parcel.writestr(places[token], covers.uploadable(read(files[token])))
    return out.getvalue()


def _name(words: str) -> str:
    """As part of a file's name, on every system."""
    short = _UNSAFE.sub("", words)[:24]
    return f"-{short}" if short else ""
