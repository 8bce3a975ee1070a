"""A message as a zip: the HTML, and every picture to upload, in order. Pure but for `read`."""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from issues.exports.shape import Book, Face

from . import Message, covers, of_article, of_issue

_UNSAFE = re.compile(r"[^\w\u4e00-\u9fff]+")


def pictures(files: Iterable[tuple[str, bytes]], cover: bytes | None) -> bytes:
    """`files` are (alternative text, bytes) in the order of the text."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as parcel:
        for number, (words, data) in enumerate(files, start=1):
            parcel.writestr(f"{number:02d}{_name(words)}.jpg", covers.uploadable(data))
        _add_covers(parcel, "", cover)
    return out.getvalue()


def whole(
    book: Book,
    face: Face,
    read: Callable[[str], bytes],
    *,
    theme: str,
    cover: bytes | None = None,
) -> bytes:
    """Every message of an issue: `00-目录.html`, `01-TITLE.html`, and beside each a folder with
    what else the platform asks for: pictures, covers, and title, author and digest as a text.
    `cover` is the issue's, for what shows no picture.
    """
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parcel:
        _add_message(parcel, "00-目录", of_issue(book, face, theme=theme), cover)
        for number, article in enumerate(book.articles, start=1):
            folder = f"{number:02d}{_name(article.title)}"
            files = {picture.token: picture.file for picture in article.pictures}
            places = {token: f"{folder}/{at:02d}.jpg" for at, token in enumerate(files, start=1)}
            message = of_article(book, article, face, theme=theme, source=places.__getitem__)
            shown = [(places[token], read(files[token])) for token in message.pictures]
            _add_message(parcel, folder, message, shown[0][1] if shown else cover)
            for place, data in shown:
                parcel.writestr(place, covers.uploadable(data))
    return out.getvalue()


def _add_message(parcel: ZipFile, folder: str, message: Message, cover: bytes | None) -> None:
    parcel.writestr(f"{folder}.html", message.html)
    parcel.writestr(f"{folder}/标题和摘要.txt", _form(message))
    _add_covers(parcel, f"{folder}/", cover)


def _form(message: Message) -> bytes:
    """What is typed into the platform's form; with a byte order mark, for the oldest Notepad."""
    lines = [
        f"标题：{message.title}",
        f"作者：{message.author}",
        f"摘要：{message.digest}",
        *(f"注意：{words}" for words in message.too_long()),
    ]
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()


def _add_covers(parcel: ZipFile, folder: str, cover: bytes | None) -> None:
    if cover:
        parcel.writestr(f"{folder}封面-2.35比1.jpg", covers.cropped(cover, covers.WIDE))
        parcel.writestr(f"{folder}封面-1比1.jpg", covers.cropped(cover, covers.SQUARE))


def _name(words: str) -> str:
    """As part of a file's name, on every system."""
    short = _UNSAFE.sub("", words)[:24]
    return f"-{short}" if short else ""
